// The only reader of process.env. Each variable of the product is declared here once, with its meaning and default;
// everything else receives typed values. A refused configuration names every bad variable and prints no value.
import { z } from 'zod';
import { parseNetwork } from './network/special-addresses.ts';
import { DEVELOPMENT_SESSION_SECRET, findSecretWeakness, findUrlPasswordWeakness } from './secret-strength.ts';

const MODES = ['demo', 'production', 'development', 'test'] as const;

function urlOf(protocols: readonly string[], shape: string) {
  return z
    .string({ error: `is missing; expected ${shape}` })
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), { error: `is not a URL of the form ${shape}` });
}

const postgresUrl = () => urlOf(['postgres:', 'postgresql:'], 'postgresql://user:password@host:port/database');
const httpUrl = () => urlOf(['http:', 'https:'], 'https://host');

/** Scheme, host and port of a site; a trailing slash is forgiven. */
function originUrl() {
  const shape = 'https://host without a path';
  return httpUrl()
    .transform((text) => text.replace(/\/$/, ''))
    .refine((text) => URL.canParse(text) && new URL(text).origin === text, { error: `is not a URL of the form ${shape}` });
}

function wholeNumber(min: number, max: number) {
  const error = `is not a whole number in [${min}, ${max}]`;
  return z
    .string()
    .regex(/^\d{1,10}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}

const splitList = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');

function hostList() {
  const isHost = (host: string) => /^[^\s/\\?#@]+$/.test(host) && URL.canParse(`http://${host}/`);
  const error = 'is not a list of host or host:port, separated by commas';
  return z
    .string()
    .transform(splitList)
    .refine((hosts) => hosts.every(isHost), { error });
}

function networkList() {
  const error = 'is not a list of networks such as 10.0.0.0/8, separated by commas';
  return z
    .string()
    .transform(splitList)
    .refine((networks) => networks.every((network) => parseNetwork(network) !== null), { error });
}

export const EnvSchema = z.object({
  /** Unset means production: forgetting it must never loosen a rule. */
  HASHINSIGHT_MODE: z.enum(MODES, { error: `is not one of ${MODES.join(', ')}` }).default('production'),
  /** The application's own role, which owns nothing and cannot bypass row-level security. */
  DATABASE_URL: postgresUrl(),
  /** The role that owns the tables. Only the migrate step needs it; web and worker should not be given it. */
  DATABASE_OWNER_URL: postgresUrl().optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:'], 'redis://host:port'),
  /** Signs cookies. Development and test may leave it out. */
  SESSION_SECRET: z.string().default(DEVELOPMENT_SESSION_SECRET),
  PORT: wholeNumber(1, 65_535).default(3000),
  /** Address to listen on; unset = 127.0.0.1 and ::1. */
  HOST: z.string().optional(),
  /** Address under which readers reach the product, e.g. https://hashinsight.example; unset = pages name no address but on this machine. */
  PUBLIC_ORIGIN: originUrl().optional(),
  /** Further names under which the product answers, `host` or `host:port`, separated by commas. */
  ALLOWED_HOSTS: hostList().default([]),
  /** Multiplies every rate limit, for installations behind one address and for tests. */
  RATE_LIMIT_FACTOR: wholeNumber(1, 1_000).default(1),
  /** Where the worker writes the audit log as files; unset = it is in the database only. */
  AUDIT_DIR: z.string().optional(),
  /** Private networks that addresses given by users (webhooks) may lead to, as CIDR, separated by commas; none unless named. */
  OUTBOUND_PRIVATE_NETWORKS: networkList().default([]),
  /** Minutes between two fetches of the live market figures; 0 = never, prices included. */
  MARKET_REFRESH_MINUTES: wholeNumber(0, 1440).default(15),
  /** Days that samples of every poll are kept; 0 = for ever. Late samples are taken for as long, two days at most. */
  TELEMETRY_RAW_DAYS: wholeNumber(0, 3_650).default(2),
  /** Days that five-minute figures of sites and their clients are kept; 0 = for ever. */
  TELEMETRY_SITE_DAYS: wholeNumber(0, 36_500).default(400),
  /** Days that hours of machines, with their five-minute means, are kept; 0 = for ever. */
  TELEMETRY_HOUR_DAYS: wholeNumber(0, 36_500).default(100),
  /** Days that days of machines are kept; 0 = for ever. */
  TELEMETRY_DAY_DAYS: wholeNumber(0, 36_500).default(0),
  /** Whether this worker asks the machines of active sites. */
  POLLING: z.enum(['on', 'off'], { error: 'is not one of on, off' }).default('on'),
  /** Whether machines may have addresses of the computer that the worker runs on; sites of the demonstration always may. */
  POLL_LOOPBACK: z.enum(['on', 'off'], { error: 'is not one of on, off' }).default('off'),
  /** Seconds between two fetches of the prices; 0 = never. */
  MARKET_PRICE_SECONDS: wholeNumber(0, 3600).default(60),
  /** Addresses used instead of those of Coinbase, mempool.space and Frankfurter. */
  MARKET_PRICE_URL: httpUrl().optional(),
  MARKET_NETWORK_URL: httpUrl().optional(),
  MARKET_FX_URL: httpUrl().optional(),
  /** One server that has every market source in a folder of its name (collectors/market/market-sources.ts); unset = the public addresses. */
  MARKET_MIRROR_URL: httpUrl().optional(),
  /** A Bitcoin node's RPC, user and password included; unset = no node is asked. */
  MARKET_BITCOIN_RPC_URL: httpUrl().optional(),
  /** Keys of market sources; a source that needs one is off without it. */
  MARKET_ANKR_KEY: z.string().max(200).optional(),
  MARKET_COINWARZ_KEY: z.string().max(200).optional(),
  MARKET_COINGECKO_KEY: z.string().max(200).optional(),
  /** Subscription key, user name and password of ERCOT's public API; it is asked for power prices when all three are there. */
  MARKET_ERCOT_KEY: z.string().max(200).optional(),
  MARKET_ERCOT_USER: z.string().max(200).optional(),
  MARKET_ERCOT_PASSWORD: z.string().max(200).optional(),
  /** The server that messages are handed to; unset = they are written to the outbox folder. */
  MAIL_SMTP_URL: urlOf(['smtp:', 'smtps:'], 'smtps://user:password@host:port').optional(),
  /** Sender of every message. */
  MAIL_FROM: z.string().max(320).default('HashInsight <no-reply@localhost>'),
  /** Where messages go without a mail server, one file each; shown at /dev/mail in demonstration and development. */
  MAIL_OUTBOX_DIR: z.string().default('.hashinsight/outbox'),
  /** Chromium for PDF reports; unset = where systems put it. */
  CHROMIUM_PATH: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], { error: 'is not one of debug, info, warn, error' }).default('info'),
});
export type Env = z.infer<typeof EnvSchema>;

/** What the migrate step needs; it is given no secret of the web process. */
export const MigrateEnvSchema = EnvSchema.pick({ HASHINSIGHT_MODE: true, DATABASE_URL: true, LOG_LEVEL: true }).extend({
  DATABASE_OWNER_URL: postgresUrl(),
  /** Password of the demonstration accounts, for `--seed` in demonstration mode. */
  DEMO_PASSWORD: z.string().optional(),
  /** Machines of the demonstration site; the simulator that `npm start` runs has as many. */
  DEMO_MINERS: wholeNumber(0, 60_000).default(0),
  /** Port at which they listen. */
  DEMO_MINER_PORT: wholeNumber(1, 65_535).default(4028),
  /** Since when the demonstration site is there, seconds since 1970: prisma/demo-history.server.ts fills the time from then on. */
  DEMO_SINCE_S: wholeNumber(0, 2_147_483_647).optional(),
});
export type MigrateEnv = z.infer<typeof MigrateEnvSchema>;

export type EnvProblem = { variable: string; reason: string };
export type EnvSource = Readonly<Record<string, string | undefined>>;

/** Thrown when the configuration is refused. The message may be shown as it is: it holds no values. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  constructor(readonly problems: readonly EnvProblem[]) {
    super(`Configuration refused:\n${problems.map(({ variable, reason }) => `  ${variable} ${reason}`).join('\n')}`);
  }
}

/** Compose files and shells hand over unset variables as empty strings. */
function withoutEmpty(source: EnvSource): Record<string, string> {
  const entries = Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== '');
  return Object.fromEntries(entries);
}

const URLS_WITH_REQUIRED_PASSWORD = ['DATABASE_URL', 'DATABASE_OWNER_URL'];

/** Demonstration needs a real signing secret; production also real passwords. Variables not asked for by the schema are left alone. */
function findSecretProblems(given: Record<string, string>, variables: readonly string[]): EnvProblem[] {
  const mode = given.HASHINSIGHT_MODE ?? 'production';
  if (mode === 'development' || mode === 'test') return [];
  const problems: EnvProblem[] = [];
  if (variables.includes('SESSION_SECRET')) {
    const secret = given.SESSION_SECRET;
    const reason = secret === undefined ? 'is missing; generate one with: openssl rand -hex 32' : findSecretWeakness(secret);
    if (reason) problems.push({ variable: 'SESSION_SECRET', reason });
  }
  if (mode === 'demo') return problems;
  for (const variable of [...URLS_WITH_REQUIRED_PASSWORD, 'REDIS_URL']) {
    const url = given[variable];
    if (!variables.includes(variable) || url === undefined || !URL.canParse(url)) continue;
    const reason = findUrlPasswordWeakness(url, { required: URLS_WITH_REQUIRED_PASSWORD.includes(variable) });
    if (reason) problems.push({ variable, reason });
  }
  return problems;
}

function parseWith<T extends z.ZodObject>(schema: T, source: EnvSource): z.infer<T> {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  const shapeProblems = (parsed.error?.issues ?? []).map((issue) => ({ variable: issue.path.join('.'), reason: issue.message }));
  const problems = [...shapeProblems, ...findSecretProblems(given, Object.keys(schema.shape))];
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
}

/** Configuration of web and worker. Throws EnvError. */
export function parseEnv(source: EnvSource): Env {
  return parseWith(EnvSchema, source);
}

/** Configuration of the migrate step. Throws EnvError. */
export function parseMigrateEnv(source: EnvSource): MigrateEnv {
  return parseWith(MigrateEnvSchema, source);
}

let env: Env | undefined;

/** The process's configuration, read once. Throws EnvError; entry points print its message and exit. */
export function getEnv(): Env {
  env ??= parseEnv(process.env);
  return env;
}

/** As getEnv, for prisma/migrate.ts. */
export function getMigrateEnv(): MigrateEnv {
  return parseMigrateEnv(process.env);
}
