import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../prisma/scratch-database.ts';
import { createDb, type Db } from './db.server.ts';

const ours = randomUUID();
const theirs = randomUUID();

let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  // One connection: whatever a transaction left behind would meet the next query.
  db = createDb(scratch.appUrl, { maxConnections: 1 });
  // A tenant table as a later migration would create it, so that the pattern is proved on a tenant_id column too.
  await asOwner(async (client) => {
    await client.query('CREATE TABLE pattern_rows (id int PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants (id), note text)');
    await client.query(`CALL isolate_by_tenant('pattern_rows')`);
    await client.query('GRANT SELECT, INSERT, UPDATE, DELETE ON pattern_rows TO hashinsight_app');
  });
  for (const [index, id] of [ours, theirs].entries()) {
    await db.$withTenant(id, async (tx) => {
      await tx.tenant.create({ data: { id, name: `Tenant ${index}` } });
      await tx.$executeRaw`INSERT INTO pattern_rows VALUES (${index}, ${id}::uuid, 'private')`;
    });
  }
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

const asApp = <T>(work: (client: Client) => Promise<T>) => withClient(scratch.appUrl, work);
const asOwner = <T>(work: (client: Client) => Promise<T>) => withClient(scratch.ownerUrl, work);

/** Plain SQL in a transaction of a tenant, without any code of ours; always rolled back. */
const plainSqlAs = (tenantId: string, sql: string, values: unknown[] = []) =>
  asApp(async (client) => {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    const result = await client.query(sql, values);
    await client.query('ROLLBACK');
    return result;
  });

describe('row-level security', () => {
  it('shows a tenant its own rows and nothing of another, even to SELECT *', async () => {
    expect((await plainSqlAs(ours, 'SELECT * FROM tenants')).rows).toEqual([expect.objectContaining({ id: ours })]);
    expect((await plainSqlAs(ours, 'SELECT * FROM pattern_rows')).rows).toEqual([{ id: 0, tenant_id: ours, note: 'private' }]);
    expect((await plainSqlAs(ours, 'SELECT FROM pattern_rows WHERE tenant_id = $1', [theirs])).rowCount).toBe(0);
  });

  it('shows nothing when no tenant is set, or an unknown one', async () => {
    for (const table of ['tenants', 'pattern_rows']) {
      expect((await asApp((client) => client.query(`SELECT * FROM ${table}`))).rows).toEqual([]);
      expect((await plainSqlAs(randomUUID(), `SELECT * FROM ${table}`)).rows).toEqual([]);
    }
  });

  it('refuses to write a row for another tenant', async () => {
    await expect(plainSqlAs(ours, 'INSERT INTO pattern_rows VALUES (10, $1)', [theirs])).rejects.toThrow('row-level security');
    await expect(plainSqlAs(ours, 'INSERT INTO tenants (name) VALUES ($1)', ['intruder'])).rejects.toThrow('row-level security');
    await expect(plainSqlAs(ours, 'UPDATE pattern_rows SET tenant_id = $1', [theirs])).rejects.toThrow('row-level security');
  });

  it('neither changes nor deletes what another tenant owns', async () => {
    expect((await plainSqlAs(ours, `UPDATE pattern_rows SET note = 'taken' WHERE id = 1`)).rowCount).toBe(0);
    expect((await plainSqlAs(ours, 'DELETE FROM pattern_rows')).rowCount).toBe(1);
  });

  it('is in force on every tenant table, for the owner of the table too', async () => {
    const { rows } = await asOwner((client) =>
      client.query<{ table: string; isProtected: boolean }>(`
        SELECT c.relname AS "table",
               c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS "isProtected"
        FROM pg_class c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
          AND (c.relname = 'tenants' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))`),
    );
    expect(rows.map(({ table }) => table).sort()).toEqual(expect.arrayContaining(['pattern_rows', 'tenants']));
    expect(rows.filter(({ isProtected }) => !isProtected)).toEqual([]);
  });

  it('has no view or function through which the owner would read for the application', async () => {
    const { rows } = await asOwner((client) =>
      client.query(`
        SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        UNION ALL
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
          AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`),
    );
    // Makes and drops whole partitions by their date; takes no row and gives none (docs/decisions/0094-telemetry-storage.md).
    expect(rows).toEqual([{ name: 'telemetry_upkeep' }]);
  });
});

describe('the role of the application', () => {
  it('owns nothing, bypasses nothing and may create no roles or databases, by itself or through its group', async () => {
    const { rows } = await asApp((client) =>
      client.query(`
        SELECT bool_or(rolsuper) AS super, bool_or(rolbypassrls) AS bypass, bool_or(rolcreaterole OR rolcreatedb) AS creates,
               (SELECT count(*)::int FROM pg_class c WHERE pg_has_role(current_user, c.relowner, 'MEMBER')) AS owned
        FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')`),
    );
    expect(rows).toEqual([{ super: false, bypass: false, creates: false, owned: 0 }]);
  });

  it.each([
    'ALTER TABLE tenants DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY',
    'DROP POLICY tenant_isolation ON tenants',
    'CREATE POLICY open ON tenants USING (true)',
    'CREATE TABLE loot AS SELECT 1 AS id',
    'SET ROLE postgres',
    'DELETE FROM tenants',
    'TRUNCATE tenants',
    `CALL isolate_by_tenant('market_figures', 'name')`,
    `UPDATE _prisma_migrations SET checksum = ''`,
  ])('may not run %s', async (sql) => {
    await expect(asApp((client) => client.query(sql))).rejects.toThrow(/permission denied|must be owner/);
  });

  it('sees no more when it switches row security off: its queries fail instead', async () => {
    await expect(
      asApp(async (client) => {
        await client.query('SET row_security = off');
        return client.query('SELECT * FROM tenants');
      }),
    ).rejects.toThrow('row-level security');
  });

  it('keeps the public market figures', async () => {
    const figure = { name: 'difficulty', value: 1.5e14, source: 'test', sourceUrl: null, observedAt: null };
    await db.marketFigure.upsert({ where: { name: figure.name }, create: figure, update: figure });
    expect(await db.marketFigure.findUnique({ where: { name: figure.name } })).toMatchObject(figure);
  });
});

describe('$withTenant', () => {
  it('gives the work the rows of its tenant', async () => {
    expect(await db.$withTenant(theirs, (tx) => tx.tenant.findMany())).toEqual([expect.objectContaining({ id: theirs, isDemo: false })]);
  });

  it('leaves nothing of the tenant on the pooled connection', async () => {
    await db.$withTenant(ours, (tx) => tx.tenant.findMany());
    expect(await db.tenant.findMany()).toEqual([]);
    const setting = await db.$queryRaw`SELECT nullif(current_setting('app.tenant_id', true), '') AS tenant`;
    expect(setting).toEqual([{ tenant: null }]);
  });

  it('leaves nothing behind either when the work fails, and rolls it back', async () => {
    const work = db.$withTenant(ours, async (tx) => {
      await tx.tenant.update({ where: { id: ours }, data: { name: 'renamed' } });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await db.tenant.findMany()).toEqual([]);
    expect(await db.$withTenant(ours, (tx) => tx.tenant.findMany())).toEqual([expect.objectContaining({ name: 'Tenant 0' })]);
  });

  it('keeps tenants apart that work at the same time', async () => {
    const pool = createDb(scratch.appUrl, { maxConnections: 4 });
    const ids = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? ours : theirs));
    const seen = await Promise.all(ids.map((id) => pool.$withTenant(id, (tx) => tx.tenant.findMany({ select: { id: true } }))));
    expect(seen).toEqual(ids.map((id) => [{ id }]));
    await pool.$disconnect();
  });

  it('refuses a tenant that is not a UUID before it reaches the database', async () => {
    expect(() => db.$withTenant(`${ours}' OR true`, (tx) => tx.tenant.findMany())).toThrow('tenantId is not a UUID');
  });
});
