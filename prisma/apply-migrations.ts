// Applies SQL migrations without any download: one at a time under a lock, each in a transaction together with its record.
// Called by prisma/migrate.ts at start and by tests on databases of their own.
import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { type Migration, readMigrations } from './migration-files.ts';
import { compareMigrations, type RecordedMigration, SELECT_RECORDED_MIGRATIONS } from './migration-state.ts';

/** The lock that the Prisma command line takes too, so that neither runs while the other does. */
const MIGRATION_LOCK = 72_707_369;

/** As the Prisma command line creates it. */
const CREATE_RECORD_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

/** Thrown when migrations cannot go on. The message is one line that says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Runs the work while this session holds the migration lock of the database it is connected to; waits for it first. */
export async function withMigrationLock<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    return await work();
  } finally {
    // A broken connection has released the lock already; its own error is the one worth reporting.
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
  }
}

/**
 * Brings the database of `client` (connected as the owner of the tables) up to the migrations of `folder` and returns the names it
 * applied. Idempotent; several may run at once. A crash leaves whole migrations only. Throws MigrationError.
 * Statements that forbid a transaction (CREATE INDEX CONCURRENTLY) cannot be used in a migration.
 */
export async function applyMigrations(client: ClientBase, folder: string): Promise<string[]> {
  const files = await readMigrations(folder);
  return withMigrationLock(client, async () => {
    await client.query(CREATE_RECORD_TABLE);
    const { rows } = await client.query<RecordedMigration>(SELECT_RECORDED_MIGRATIONS);
    const state = compareMigrations(files, rows);
    if (state.kind === 'refused') throw new MigrationError(state.reason);
    if (state.kind === 'applied') return [];
    for (const migration of state.migrations) await applyOne(client, migration);
    return state.migrations.map(({ name }) => name);
  });
}

async function applyOne(client: ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    // Fails only when the connection is gone, and then the server has rolled back by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationError(`migration ${name} failed and was rolled back: ${(cause as Error).message}`, { cause });
  }
}
