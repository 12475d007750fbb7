/**
 * What integration tests, journeys and page benches stand on: PostgreSQL and Redis of their own, and the production build
 * running in test mode on a port and a database of its own. Nothing of it is shared with `npm start`.
 */
import { randomBytes } from 'node:crypto';
import { builtEntry, migrate, startProcess, waitUntilReady } from './app.mjs';
import { findFreePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

/** Settings of the product and of vitest that the caller's shell may hold; tests must not depend on them. */
const CALLERS_SETTINGS =
  /^(DATABASE_|REDIS_URL$|PORT$|HOST$|PUBLIC_ORIGIN$|HASHINSIGHT_|SESSION_SECRET$|ALLOWED_HOSTS$|RATE_LIMIT_FACTOR$|AUDIT_DIR$|OUTBOUND_|MAIL_|MARKET_|POLL|LOG_LEVEL$|NODE_ENV$|VITEST|FORCE_COLOR$)/;
/** Nothing listens on the discard port: a test that would fetch from outside fails at once and the same everywhere. */
const NOWHERE_URL = 'http://127.0.0.1:9';

/** The environment of every step: the caller's, without the product's settings and without colours. */
export function cleanEnv() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CALLERS_SETTINGS.test(name)));
  return { ...env, NO_COLOR: '1' };
}

/** Starts PostgreSQL (a new, empty one) and Redis; gives { ownerUrlFor(database), redisUrl, env } with env for the tests. */
export async function startTestServices(folders, redisProgram) {
  const ownerPassword = randomBytes(24).toString('hex');
  const [postgres, redis] = await Promise.all([
    startPostgres({ folders, ownerPassword, isThrowaway: true }),
    startRedis(redisProgram, folders),
  ]);
  return {
    ownerUrlFor: (database) => postgres.urlFor(database),
    appUrlFor: (database, role, password) => postgres.urlFor(database, role, password),
    redisUrl: redis.url,
    env: { TEST_DATABASE_OWNER_URL: postgres.urlFor('postgres'), TEST_REDIS_URL: redis.url },
  };
}

/** Starts web and worker of the build; gives the web server's origin. */
export async function startTestApp({ folders, buildName, services }) {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const database = 'hashinsight_journeys';
  const env = {
    ...cleanEnv(),
    HASHINSIGHT_MODE: 'test',
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_URL: services.appUrlFor(database, 'hashinsight_journeys_web', randomBytes(24).toString('hex')),
    REDIS_URL: services.redisUrl,
    MAIL_OUTBOX_DIR: `${folders.folder}/outbox`,
    // Every journey comes from one address, all at once.
    RATE_LIMIT_FACTOR: '1000',
    // Journeys put readings into the database themselves; polling has tests of its own.
    POLLING: 'off',
    MARKET_REFRESH_MINUTES: '0',
    MARKET_MIRROR_URL: NOWHERE_URL,
  };
  await migrate({ nodeArgs: builtEntry(buildName, 'migrate'), env: { ...env, DATABASE_OWNER_URL: services.ownerUrlFor(database) } });
  const web = startProcess({ name: 'web', nodeArgs: builtEntry(buildName, 'web'), env, folders });
  const worker = startProcess({ name: 'worker', nodeArgs: builtEntry(buildName, 'worker'), env, folders });
  await waitUntilReady(origin, [web, worker]);
  return { origin, children: [web, worker] };
}
