import { describe, expect, it } from 'vitest';
import { EnvError, type EnvSource, parseEnv, parseMigrateEnv } from './env.server.ts';

const STRONG_SECRET = '4b1f0c9e7d2a8356b1c4d7e0f9a28c3d';
const complete: EnvSource = {
  HASHINSIGHT_MODE: 'production',
  DATABASE_URL: 'postgresql://app:rX7-quiet-harbour@db.internal:5432/hashinsight',
  REDIS_URL: 'redis://cache.internal:6379',
  SESSION_SECRET: STRONG_SECRET,
};

function problemsOf(source: EnvSource, parse: (source: EnvSource) => unknown = parseEnv) {
  try {
    parse(source);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('parseEnv', () => {
  it('accepts a complete production configuration and fills the rest with the documented defaults', () => {
    expect(parseEnv(complete)).toMatchObject({ PORT: 3000, MARKET_REFRESH_MINUTES: 15, LOG_LEVEL: 'info' });
    expect(parseEnv(complete).HOST).toBeUndefined();
  });

  it('takes an unset mode for production', () => {
    expect(parseEnv({ ...complete, HASHINSIGHT_MODE: undefined }).HASHINSIGHT_MODE).toBe('production');
    expect(problemsOf({ ...complete, HASHINSIGHT_MODE: undefined, SESSION_SECRET: undefined }).message).toContain('SESSION_SECRET');
  });

  it('treats an empty variable as not given', () => {
    expect(parseEnv({ ...complete, PORT: '', LOG_LEVEL: ' ' })).toMatchObject({ PORT: 3000, LOG_LEVEL: 'info' });
  });

  it('takes the public address as scheme and host, and nothing longer', () => {
    expect(parseEnv({ ...complete, PUBLIC_ORIGIN: 'https://hashinsight.example/' }).PUBLIC_ORIGIN).toBe('https://hashinsight.example');
    expect(parseEnv(complete).PUBLIC_ORIGIN).toBeUndefined();
    for (const bad of ['hashinsight.example', 'https://hashinsight.example/app', 'ftp://hashinsight.example', 'https://a@b.example']) {
      expect(problemsOf({ ...complete, PUBLIC_ORIGIN: bad }).problems, bad).toMatchObject([{ variable: 'PUBLIC_ORIGIN' }]);
    }
  });

  it('lists every bad variable at once', () => {
    const { problems } = problemsOf({
      HASHINSIGHT_MODE: 'production',
      PORT: '70000',
      REDIS_URL: 'localhost',
      LOG_LEVEL: 'loud',
      MARKET_REFRESH_MINUTES: '-1',
    });
    const variables = problems.map(({ variable }) => variable).sort();
    expect(variables).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'MARKET_REFRESH_MINUTES', 'PORT', 'REDIS_URL', 'SESSION_SECRET']);
  });

  it.each([
    ['missing', undefined, 'is missing'],
    ['short', '4b1f0c9e7d2a8356', 'too short'],
    ['a placeholder', 'change-me-change-me-change-me-change-me', 'default value'],
    ['one character repeated', 'a'.repeat(40), 'too few characters'],
  ])('refuses a session secret that is %s, in production and in demonstration', (_case, secret, reason) => {
    for (const mode of ['production', 'demo']) {
      const { problems } = problemsOf({ ...complete, HASHINSIGHT_MODE: mode, SESSION_SECRET: secret });
      expect(problems).toEqual([{ variable: 'SESSION_SECRET', reason: expect.stringContaining(reason) }]);
    }
  });

  it.each([
    ['DATABASE_URL', 'postgresql://app@db.internal/hashinsight', 'no password'],
    ['DATABASE_URL', 'postgresql://app:postgres@db.internal/hashinsight', 'default password'],
    ['DATABASE_OWNER_URL', 'postgresql://owner:short@db.internal/hashinsight', 'too short'],
    ['REDIS_URL', 'redis://:change-me@cache.internal:6379', 'default password'],
  ])('refuses in production that %s carries a weak password', (variable, url, reason) => {
    expect(problemsOf({ ...complete, [variable]: url }).problems).toEqual([{ variable, reason: expect.stringContaining(reason) }]);
  });

  it('never repeats a value in its message', () => {
    const { message } = problemsOf({
      HASHINSIGHT_MODE: 'production',
      DATABASE_URL: 'postgresql://app:hunter2@db.internal/hashinsight',
      REDIS_URL: 'http://:hunter2@cache.internal',
      SESSION_SECRET: 'hunter2',
      LOG_LEVEL: 'hunter2',
      PORT: 'hunter2',
    });
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('internal');
  });

  it('lets development and test run without secrets', () => {
    for (const mode of ['development', 'test']) {
      const env = parseEnv({
        HASHINSIGHT_MODE: mode,
        DATABASE_URL: 'postgresql://app@127.0.0.1/hashinsight',
        REDIS_URL: 'redis://127.0.0.1',
      });
      expect(env.SESSION_SECRET).toContain('development-only');
    }
  });
});

describe('parseMigrateEnv', () => {
  it('asks for the owner of the tables and for no secret of the web process', () => {
    const { problems } = problemsOf({ ...complete, SESSION_SECRET: undefined, REDIS_URL: undefined }, parseMigrateEnv);
    expect(problems.map(({ variable }) => variable)).toEqual(['DATABASE_OWNER_URL']);
  });
});
