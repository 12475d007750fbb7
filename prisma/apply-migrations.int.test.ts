import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyMigrations, MigrationError } from './apply-migrations.ts';
import { migrationsFolder } from './migration-files.ts';
import { prepareDatabase, withClient } from './prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

let scratch: ScratchDatabase;
let folder: string;

beforeEach(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL, { isEmpty: true });
  folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
});
afterEach(async () => {
  await scratch.drop();
  await rm(folder, { recursive: true });
});

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

const prepare = (migrations = folder) => prepareDatabase({ ...scratch, migrationsFolder: migrations });

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MigrationError)) throw new Error('expected a MigrationError', { cause: error });
  return error.message;
}

const tablesOf = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
    return rows.map(({ tablename }) => tablename);
  });

describe('prepareDatabase', () => {
  it('turns nothing into a migrated database that the application can log in to', async () => {
    const applied = await prepare(migrationsFolder());
    expect(applied[0]).toBe('0001_tenants_and_market_figures');
    const { rows } = await withClient(scratch.appUrl, (client) => client.query('SELECT count(*)::int AS count FROM market_figures'));
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('finds nothing to do the second time', async () => {
    await prepare(migrationsFolder());
    expect(await prepare(migrationsFolder())).toEqual([]);
  });

  it('applies each migration once when several runners start on an empty server', async () => {
    await writeMigration('0001_first', 'CREATE TABLE first (id int)');
    await writeMigration('0002_second', 'CREATE TABLE second (id int)');
    const runs = await Promise.all([prepare(), prepare(), prepare()]);
    expect(runs.flat().sort()).toEqual(['0001_first', '0002_second']);
  });

  it('gives an existing login role the password of DATABASE_URL', async () => {
    // A role of its own: the scratch role is in use by other tests at the same time.
    const role = `${scratch.name}_login`;
    const appUrl = scratch.appUrl.replace('hashinsight_scratch', role);
    await prepare();
    await withClient(scratch.ownerUrl, (client) => client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'something else'`));
    await prepareDatabase({ ownerUrl: scratch.ownerUrl, appUrl, migrationsFolder: folder });
    const { rows } = await withClient(appUrl, (client) => client.query('SELECT current_user AS "user"'));
    expect(rows).toEqual([{ user: role }]);
    await withClient(scratch.ownerUrl, (client) => client.query(`DROP ROLE ${role}`));
  });

  it('refuses to let the application log in as the owner', async () => {
    expect(await refusal(prepareDatabase({ ownerUrl: scratch.ownerUrl, appUrl: scratch.ownerUrl, migrationsFolder: folder }))).toContain(
      'may bypass row-level security',
    );
  });

  it('refuses two URLs that name different databases', async () => {
    const appUrl = scratch.appUrl.replace(scratch.name, 'elsewhere');
    expect(await refusal(prepareDatabase({ ownerUrl: scratch.ownerUrl, appUrl, migrationsFolder: folder }))).toContain(
      'they must be the same',
    );
  });
});

describe('applyMigrations', () => {
  const apply = () => withClient(scratch.ownerUrl, (client) => applyMigrations(client, folder));

  beforeEach(async () => {
    await writeMigration('0001_first', 'CREATE TABLE first (id int)');
    await prepare();
  });

  it('stops when an applied migration was edited', async () => {
    await writeMigration('0001_first', 'CREATE TABLE first (id bigint)');
    expect(await refusal(apply())).toBe('migration 0001_first was edited after it was applied; restore the file and write a new migration');
  });

  it('stops when the folder of an applied migration is missing', async () => {
    await rm(path.join(folder, '0001_first'), { recursive: true });
    expect(await refusal(apply())).toContain('migration 0001_first is recorded in the database but its folder is missing');
  });

  it('stops when a migration was begun elsewhere and never finished', async () => {
    await withClient(scratch.ownerUrl, (client) => client.query('UPDATE _prisma_migrations SET finished_at = NULL'));
    expect(await refusal(apply())).toContain('migration 0001_first was begun and not finished');
  });

  it('rolls a failing migration back whole and keeps those before it', async () => {
    await writeMigration('0002_second', 'CREATE TABLE second (id int)');
    await writeMigration('0003_third', 'CREATE TABLE third (id int); SELECT 1 / 0');
    expect(await refusal(apply())).toContain('migration 0003_third failed and was rolled back: division by zero');
    expect(await tablesOf(scratch.ownerUrl)).toEqual(['_prisma_migrations', 'first', 'second']);
  });

  it('leaves nothing half done when its connection is cut in the middle, and the next run completes', async () => {
    await writeMigration('0002_second', 'CREATE TABLE second (id int); SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(apply()).rejects.toThrow(MigrationError);
    expect(await tablesOf(scratch.ownerUrl)).toEqual(['_prisma_migrations', 'first']);
    await writeMigration('0002_second', 'CREATE TABLE second (id int)');
    expect(await apply()).toEqual(['0002_second']);
  });

  it('waits while another runner holds the lock', async () => {
    await writeMigration('0002_second', 'CREATE TABLE second (id int)');
    const holder = new Client({ connectionString: scratch.ownerUrl });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(72707369)');
    const run = apply();
    await waitForLockQueue(holder);
    expect(await tablesOf(scratch.ownerUrl)).toEqual(['_prisma_migrations', 'first']);
    await holder.end();
    expect(await run).toEqual(['0002_second']);
  });
});

/** Returns once some session of this database waits for an advisory lock. */
async function waitForLockQueue(client: Client): Promise<void> {
  const query = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await client.query(query)).rowCount === 0);
}
