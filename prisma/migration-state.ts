// Compares the migrations in the files with those recorded in the database. Pure: used by the migrate step, which
// refuses to go on, and by /readyz, which reports.
import type { Migration } from './migration-files.ts';

/** A row of _prisma_migrations. Not finished = begun by the Prisma command line and interrupted there. */
export type RecordedMigration = { name: string; checksum: string; isFinished: boolean };

export type MigrationState =
  | { kind: 'applied'; count: number }
  | { kind: 'pending'; migrations: Migration[] }
  | { kind: 'refused'; reason: string };

/** SQL whose rows are RecordedMigration; rolled-back attempts do not count. */
export const SELECT_RECORDED_MIGRATIONS = `
  SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`;

export function compareMigrations(files: readonly Migration[], recorded: readonly RecordedMigration[]): MigrationState {
  const fileByName = new Map(files.map((file) => [file.name, file]));
  for (const row of recorded) {
    const file = fileByName.get(row.name);
    if (!file) return refused(row.name, 'is recorded in the database but its folder is missing; this version is older than the database');
    if (!row.isFinished) return refused(row.name, 'was begun and not finished; repair it by hand and set finished_at or rolled_back_at');
    if (file.checksum !== row.checksum)
      return refused(row.name, 'was edited after it was applied; restore the file and write a new migration');
  }
  const done = new Set(recorded.map((row) => row.name));
  const pending = files.filter((file) => !done.has(file.name));
  const lastDone = recorded.at(-1);
  const overtaken = pending.find((file) => lastDone !== undefined && file.name < lastDone.name);
  if (lastDone && overtaken)
    return refused(overtaken.name, `sorts before ${lastDone.name}, which is already applied; give it a later number`);
  return pending.length > 0 ? { kind: 'pending', migrations: pending } : { kind: 'applied', count: files.length };
}

function refused(name: string, reason: string): MigrationState {
  return { kind: 'refused', reason: `migration ${name} ${reason}` };
}
