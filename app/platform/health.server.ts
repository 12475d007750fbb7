// Is this process able to serve? The four things that a request needs, each asked directly. Behind /readyz.
import type { Redis } from 'ioredis';
import type { Engine } from '#engine';
import { migrationsFolder, readMigrations } from '../../prisma/migration-files.ts';
import { compareMigrations, type RecordedMigration, SELECT_RECORDED_MIGRATIONS } from '../../prisma/migration-state.ts';
import { describeDatabaseTrouble } from './database-trouble.ts';
import { type Db, getDb } from './db.server.ts';
import { getEngine } from './engine.server.ts';
import { NotReady, type Readiness, runChecks } from './readiness.ts';
import { getRedis } from './redis.server.ts';

const CHECK_TIMEOUT_MS = 2_000;

export type CheckName = 'database' | 'redis' | 'migrations' | 'engine';

export type HealthDeps = {
  db: Db;
  redis: Redis;
  migrationsFolder: string;
  getEngine: () => Promise<Pick<Engine, 'selfTest'>>;
};

/** Never throws: what fails is in the answer. */
export function checkReadiness(
  { db, redis, migrationsFolder, getEngine }: HealthDeps,
  { timeoutMs = CHECK_TIMEOUT_MS } = {},
): Promise<Readiness<CheckName>> {
  return runChecks<CheckName>(
    {
      database: () => namingTrouble(checkDatabase(db)),
      redis: () => checkRedis(redis),
      migrations: () => namingTrouble(checkMigrations(db, migrationsFolder)),
      engine: () => checkEngine(getEngine),
    },
    { timeoutMs },
  );
}

/** The readiness of this very process. */
export function getReadiness(): Promise<Readiness<CheckName>> {
  return checkReadiness({ db: getDb(), redis: getRedis(), migrationsFolder: migrationsFolder(), getEngine });
}

async function namingTrouble(check: Promise<string>): Promise<string> {
  try {
    return await check;
  } catch (error) {
    const trouble = describeDatabaseTrouble(error);
    throw trouble === null ? error : new NotReady(trouble, { cause: error });
  }
}

/** A role that row-level security does not bind would serve every tenant's rows to everyone: worse than being down. */
async function checkDatabase(db: Db): Promise<string> {
  const rows = await db.$queryRaw<{ bypassesRls: boolean }[]>`
    SELECT rolsuper OR rolbypassrls AS "bypassesRls" FROM pg_roles WHERE rolname = current_user`;
  if (rows[0]?.bypassesRls !== false) throw new NotReady('the role of DATABASE_URL bypasses row-level security');
  return 'connected';
}

async function checkRedis(redis: Redis): Promise<string> {
  try {
    await redis.ping();
    return 'connected';
  } catch (error) {
    // ioredis wraps the reason away; its connection state is what helps an operator.
    throw new NotReady(`not connected (${redis.status})`, { cause: error });
  }
}

async function checkMigrations(db: Db, folder: string): Promise<string> {
  const [files, recorded] = await Promise.all([
    readMigrations(folder),
    db.$queryRawUnsafe<RecordedMigration[]>(SELECT_RECORDED_MIGRATIONS),
  ]);
  const state = compareMigrations(files, recorded);
  if (state.kind === 'refused') throw new NotReady(state.reason);
  if (state.kind === 'pending') throw new NotReady(`not applied: ${state.migrations.map(({ name }) => name).join(', ')}`);
  return `${state.count} applied`;
}

async function checkEngine(getEngine: HealthDeps['getEngine']): Promise<string> {
  const { ok, detail } = (await getEngine()).selfTest();
  if (!ok) throw new NotReady(detail);
  return detail;
}
