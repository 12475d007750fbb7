// The two places outside of the code that name variables: .env.example and docker-compose.yml.
import { readFileSync } from 'node:fs';
import { parseEnv as parseDotenv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { EnvError, EnvSchema, type EnvSource, MigrateEnvSchema, parseEnv, parseMigrateEnv } from './env.server.ts';

type Compose = {
  services: Record<string, { environment?: Record<string, string>; image?: string; profiles?: string[]; command?: string[] }>;
};

const sample: EnvSource = parseDotenv(readFileSync('.env.example', 'utf8'));
const composeText = readFileSync('docker-compose.yml', 'utf8');
const compose = parseYaml(composeText, { merge: true }) as Compose;

/** ${NAME}, ${NAME:-default} and ${NAME:?complaint}, as docker compose understands them. */
const INTERPOLATION = /\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g;

const interpolated = [...composeText.matchAll(INTERPOLATION)].map(([, name = '', kind]) => ({ name, isRequired: kind !== '-' }));

/** What a container receives when .env holds `values`. */
function environmentOf(service: string, values: EnvSource): EnvSource {
  const environment = compose.services[service]?.environment ?? {};
  const fill = (text: string) =>
    text.replace(INTERPOLATION, (_all, name: string, kind, fallback) => values[name] || (kind === '-' ? fallback : ''));
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, fill(String(text))]));
}

const filledIn: EnvSource = {
  SESSION_SECRET: '4b1f0c9e7d2a8356b1c4d7e0f9a28c3d',
  APP_DATABASE_PASSWORD: '9f3b6d2e8a17c054',
  OWNER_DATABASE_PASSWORD: '5c81e0a7d4f2b963',
};

describe('.env.example', () => {
  it('names every variable of the schema, and besides them only what docker-compose.yml asks for', () => {
    const own = Object.keys(EnvSchema.shape);
    expect(Object.keys(sample)).toEqual(expect.arrayContaining(own));
    const others = Object.keys(sample).filter((name) => !own.includes(name));
    const askedFor = new Set(interpolated.map(({ name }) => name));
    expect(others.filter((name) => !askedFor.has(name))).toEqual([]);
  });

  it('is refused in production until its placeholders are replaced, and by nothing else', () => {
    const refused = () => parseEnv({ ...sample, HASHINSIGHT_MODE: 'production' });
    expect(refused).toThrow(EnvError);
    expect(refused).toThrow(/^Configuration refused:\n {2}SESSION_SECRET .*\n {2}DATABASE_URL .*\n {2}DATABASE_OWNER_URL .*$/);
  });

  it('is complete for development', () => {
    expect(parseEnv({ ...sample, HASHINSIGHT_MODE: 'development' }).DATABASE_URL).toBe(sample.DATABASE_URL);
  });
});

describe('docker-compose.yml', () => {
  it.each([
    ['web', EnvSchema],
    ['worker', EnvSchema],
    ['migrate', MigrateEnvSchema],
  ])('gives %s only variables that it knows', (service, schema) => {
    const given = Object.keys(compose.services[service]?.environment ?? {});
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((name) => !(name in schema.shape))).toEqual([]);
  });

  it('gives each process a configuration that production accepts once .env is filled in', () => {
    expect(parseEnv(environmentOf('web', filledIn))).toMatchObject({ HASHINSIGHT_MODE: 'production', HOST: '0.0.0.0' });
    expect(parseEnv(environmentOf('worker', filledIn)).MARKET_REFRESH_MINUTES).toBe(15);
    expect(parseMigrateEnv(environmentOf('migrate', filledIn)).HASHINSIGHT_MODE).toBe('production');
  });

  it('gives each process a configuration that production refuses while .env is the untouched sample', () => {
    for (const service of ['web', 'worker']) expect(() => parseEnv(environmentOf(service, sample))).toThrow('SESSION_SECRET');
    expect(() => parseMigrateEnv(environmentOf('migrate', sample))).toThrow('DATABASE_OWNER_URL');
  });

  it('hands the owner of the tables to the migrate step alone', () => {
    const knowing = Object.keys(compose.services).filter(
      (service) => 'DATABASE_OWNER_URL' in (compose.services[service]?.environment ?? {}),
    );
    expect(knowing).toEqual(['migrate']);
  });

  it('bounds the heap of the worker as npm start and npm run start:worker do', () => {
    const heapMb = /WORKER_HEAP_MB = (\d+)/.exec(readFileSync('scripts/setup/app.mjs', 'utf8'))?.[1];
    const flag = `--max-old-space-size=${heapMb}`;
    expect(compose.services.worker?.command).toContain(flag);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(scripts['start:worker']).toContain(flag);
  });

  it('asks for nothing that .env.example does not name', () => {
    expect(interpolated.length).toBeGreaterThan(0);
    expect(interpolated.filter(({ name, isRequired }) => isRequired && !(name in sample))).toEqual([]);
  });

  it('pins every image and starts change events only on demand', () => {
    for (const [service, { image, profiles }] of Object.entries(compose.services)) {
      if (image) expect(image, service).toMatch(/^[a-z/-]+:(?!latest)[\w.-]+$/);
      expect(profiles, service).toEqual(['kafka', 'connect'].includes(service) ? ['events'] : undefined);
    }
  });
});
