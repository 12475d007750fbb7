/**
 * PostgreSQL and Redis for one role: the ones that the environment names, else our own.
 */
import { join } from 'node:path';
import { stateFolder } from './folders.mjs';
import { startPostgres } from './postgres.mjs';
import { ensureRedisServer, startRedis } from './redis.mjs';
import { say } from './say.mjs';
import { ensureSecrets } from './secrets.mjs';

const DATABASE_NAME = 'hashinsight';
const APP_LOGIN_ROLE = 'hashinsight_web';

export function readSecrets() {
  return ensureSecrets(join(stateFolder, 'secrets.json'));
}

/** Call under the set-up lock: whether Redis is needed, and where its program is (null when REDIS_URL names a server). */
export function prepareRedis() {
  return process.env.REDIS_URL ? null : ensureRedisServer();
}

/**
 * For start and dev. Gives { children, env, ownerUrl }: `env` for web and worker, `ownerUrl` only for the migrate step;
 * it is null when the database is somebody else's and DATABASE_OWNER_URL is not set.
 */
export async function startServices(folders, redisProgram) {
  const [database, redis] = await Promise.all([
    process.env.DATABASE_URL ? namedDatabase() : ownDatabase(folders),
    redisProgram ? startRedis(redisProgram, folders) : { url: process.env.REDIS_URL, child: null },
  ]);
  return {
    children: [database.child, redis.child].filter((child) => child !== null),
    ownerUrl: database.ownerUrl,
    env: { DATABASE_URL: database.url, REDIS_URL: redis.url },
  };
}

function namedDatabase() {
  const ownerUrl = process.env.DATABASE_OWNER_URL || null;
  if (!ownerUrl) {
    say(
      'DATABASE_URL is set and DATABASE_OWNER_URL is not: no migrations and no demonstration data are applied; the database must be prepared already.',
    );
  }
  return { url: process.env.DATABASE_URL, ownerUrl, child: null };
}

async function ownDatabase(folders) {
  const secrets = readSecrets();
  const postgres = await startPostgres({ folders, ownerPassword: secrets.postgresOwnerPassword });
  return {
    url: postgres.urlFor(DATABASE_NAME, APP_LOGIN_ROLE, secrets.postgresAppPassword),
    ownerUrl: postgres.urlFor(DATABASE_NAME),
    child: postgres.child,
  };
}
