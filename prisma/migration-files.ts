// The migrations as files: one folder each, applied in the order of their names, identified by a checksum.
// The checksum and the table are those of the Prisma command line, so that both accept each other's work.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type Migration = { name: string; sql: string; checksum: string };

/** prisma/migrations below the folder the process was started in, which every entry point keeps at the project's root. */
export function migrationsFolder(): string {
  return path.join(process.cwd(), 'prisma', 'migrations');
}

/** Every migration of a folder in the order in which it is applied. Throws when a folder holds no migration.sql. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
