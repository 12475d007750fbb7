// The proof that no workspace reaches another's rows, made from the catalogue: a table that is added tomorrow is proved tomorrow.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../prisma/scratch-database.ts';
import { createDb } from './db.server.ts';
import { insertRow, readTables, type Table } from './tenant-rows.fixture.ts';

const A = randomUUID();
const B = randomUUID();

let scratch: ScratchDatabase;
let app: Client;
let tables: Map<string, Table>;
const rowsOfA = new Map<string, Record<string, unknown>>();
const rowsOfB = new Map<string, Record<string, unknown>>();

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  await withClient(scratch.ownerUrl, async (owner) => {
    tables = await readTables(owner);
    for (const { name, tenantColumn } of tables.values()) {
      if (!tenantColumn) continue;
      await insertRow(owner, tables, name, A, rowsOfA);
      await insertRow(owner, tables, name, B, rowsOfB);
    }
  });
  app = new Client({ connectionString: scratch.appUrl });
  await app.connect();
});
afterAll(async () => {
  await app?.end();
  await scratch?.drop();
});

const tenantTables = () => [...tables.values()].filter(({ tenantColumn }) => tenantColumn !== '');

/** The tenant that the transaction claims to be: another one, and none. */
const OTHERS: [string, string | null][] = [
  ['another tenant', B],
  ['no tenant', null],
];

type Attempt = { rows: Record<string, unknown>[]; rowCount: number | null; refused: string | null };

/** One statement as the application's role in a transaction of `tenantId`, rolled back. */
async function attempt(tenantId: string | null, sql: string, values: unknown[] = []): Promise<Attempt> {
  await app.query('BEGIN');
  try {
    if (tenantId !== null) await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    const { rows, rowCount } = await app.query(sql, values);
    return { rows, rowCount, refused: null };
  } catch (error) {
    return { rows: [], rowCount: 0, refused: String((error as Error).message) };
  } finally {
    await app.query('ROLLBACK');
  }
}

/** What of a row of A identifies it. */
function findKey({ name, primaryKey }: Table): { where: string; values: unknown[] } {
  const row = rowsOfA.get(name) ?? {};
  return {
    where: primaryKey.map((column, index) => `t."${column}" = $${index + 1}`).join(' AND '),
    values: primaryKey.map((column) => row[column]),
  };
}

const WALL = /row-level security|permission denied/;

describe('the catalogue', () => {
  it('holds every tenant table that the product has, and none twice', () => {
    expect(tenantTables().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'audit_events',
        'audit_inbox',
        'invitations',
        'memberships',
        'personal_tokens',
        'role_grants',
        'tenants',
        'workspace_entries',
      ]),
    );
  });

  it('gave every one of them a row of A and a row of B', async () => {
    for (const { name, tenantColumn } of tenantTables()) {
      expect(rowsOfA.get(name)?.[tenantColumn], name).toBe(A);
      expect(rowsOfB.get(name)?.[tenantColumn], name).toBe(B);
    }
  });

  it('has row-level security enabled and forced on every tenant table, with a policy for reading and one for writing', async () => {
    const { rows } = await withClient(scratch.ownerUrl, (owner) =>
      owner.query<{ name: string; isForced: boolean; policies: number }>(`
        SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS "isForced",
               (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polwithcheck IS NOT NULL) AS policies
        FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`),
    );
    const byName = new Map(rows.map((row) => [row.name, row]));
    const open = tenantTables().filter(({ name }) => byName.get(name)?.isForced !== true || byName.get(name)?.policies === 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('has no table that would show a tenant’s rows through a reference although it has no tenant of its own', () => {
    // What belongs to no workspace, and why that is right.
    const shared = {
      audit_chains: 'numbers and hashes of chains, no row of a workspace',
      forecast_backtests: 'back-tests of public series',
      market_candles: 'public prices',
      market_days: 'public figures by day',
      market_documents: 'public derivatives and pools',
      market_epochs: 'public difficulties',
      market_figures: 'public figures',
      market_readings: 'what each source said of them',
      market_sources: 'how asking the sources went',
      platform_staff: 'who runs the installation',
      polling_tenants: 'which workspaces have sites to poll, no row of a workspace',
      power_price_tenants: 'which workspaces have power prices to fetch, no row of a workspace',
      signal_tenants: 'in which workspaces somebody watches a signal, no row of a workspace',
      signing_keys: 'keys of the installation, sealed',
      telemetry_tenants: 'which workspaces have roll-ups to make, no row of a workspace',
    };
    const protectedByPerson = new Set(['users', 'user_credentials', 'recovery_codes', 'one_time_tokens', 'wallets']);
    const others = [...tables.keys()].filter((name) => tables.get(name)?.tenantColumn === '' && !protectedByPerson.has(name));
    expect(others.sort()).toEqual(Object.keys(shared));
  });

  it('gives the application’s role no ownership, no way around the policies and no right to truncate, reference or trigger', async () => {
    const { rows } = await app.query(`
      SELECT (SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')) AS powerful,
             (SELECT count(*)::int FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')) AS owned,
             (SELECT count(*)::int FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                AND (has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'REFERENCES') OR has_table_privilege(c.oid, 'TRIGGER'))) AS "rightsTooMany"`);
    expect(rows).toEqual([{ powerful: false, owned: 0, rightsTooMany: 0 }]);
  });
});

describe.each(OTHERS)('under %s, of every table', (_, tenantId) => {
  it('no row of A is read: by a list, by its key, counted, joined, from a sub-query, through a function or copied out', async () => {
    for (const table of tenantTables()) {
      const { name, tenantColumn } = table;
      const { where, values } = findKey(table);
      const isA = `t."${tenantColumn}" = '${A}'`;
      const reads: [string, unknown[]][] = [
        [`SELECT * FROM "${name}" t WHERE ${isA}`, []],
        [`SELECT * FROM "${name}" t WHERE ${where}`, values],
        [`SELECT 1 FROM "${name}" t WHERE ${isA} HAVING count(*) > 0`, []],
        [`SELECT 1 FROM "${name}" t JOIN "${name}" u ON u."${tenantColumn}" = t."${tenantColumn}" AND ${isA}`, []],
        [`SELECT 1 FROM tenants x RIGHT JOIN "${name}" t ON x.id = t."${tenantColumn}" WHERE ${isA}`, []],
        [`SELECT 1 WHERE EXISTS (SELECT FROM "${name}" t WHERE ${isA})`, []],
        [`WITH all_rows AS MATERIALIZED (SELECT * FROM "${name}") SELECT 1 FROM all_rows t WHERE ${isA}`, []],
        [`SELECT row_to_json(t) FROM "${name}" t WHERE ${isA}`, []],
        [
          `SELECT 1 FROM query_to_xml('SELECT * FROM "${name}" t WHERE ${isA.replaceAll("'", "''")}', false, false, '') x WHERE x::text LIKE '%${A}%'`,
          [],
        ],
        [`SELECT * FROM "${name}" t WHERE ${isA} FOR UPDATE`, []],
      ];
      for (const [sql, given] of reads) {
        const { rows, refused } = await attempt(tenantId, sql, given);
        expect(rows, `${sql} ${refused ?? ''}`).toEqual([]);
        if (refused !== null) expect(refused, sql).toMatch(WALL);
      }
      const whole = await attempt(tenantId, `COPY "${name}" TO STDOUT`);
      const own = await attempt(tenantId, `SELECT 1 FROM "${name}"`);
      // COPY under a policy takes the table without its partitions.
      expect(whole.rowCount, `COPY ${name}`).toBe(table.isPartitioned ? 0 : own.rowCount);
      const copied = await attempt(tenantId, `COPY (SELECT * FROM "${name}" t WHERE ${isA}) TO STDOUT`);
      expect(copied.rowCount, `COPY of a query on ${name}`).toBe(0);
    }
  });

  it('no row of A is changed, taken over or deleted', async () => {
    for (const table of tenantTables()) {
      const { name, tenantColumn, columns } = table;
      const { where, values } = findKey(table);
      const column = columns[0]?.name ?? tenantColumn;
      for (const sql of [
        `UPDATE "${name}" t SET "${column}" = "${column}" WHERE ${where}`,
        `UPDATE "${name}" t SET "${tenantColumn}" = '${B}' WHERE ${where}`,
        `DELETE FROM "${name}" t WHERE ${where}`,
      ]) {
        const { rowCount, refused } = await attempt(tenantId, sql, values);
        expect(rowCount, sql).toBe(0);
        if (refused !== null) expect(refused, sql).toMatch(WALL);
      }
      const all = await attempt(tenantId, `DELETE FROM "${name}"`);
      expect(all.rowCount, `DELETE FROM ${name}`).toBeLessThanOrEqual((await attempt(tenantId, `SELECT 1 FROM "${name}"`)).rowCount ?? 0);
      expect((await attempt(tenantId, `TRUNCATE "${name}"`)).refused, name).toMatch(WALL);
    }
  });

  it('no row is written for A: inserted, upserted over the one that is there, merged or copied in', async () => {
    for (const table of tenantTables()) {
      const { name, primaryKey, tenantColumn } = table;
      const row = rowsOfA.get(name) ?? {};
      const names = Object.keys(row);
      const list = names.map((column) => `"${column}"`).join(', ');
      const marks = names.map((_name, index) => `$${index + 1}`).join(', ');
      const key = primaryKey.map((column) => `"${column}"`).join(', ');
      const values = names.map((column) => toParameter(row[column]));
      for (const sql of [
        `INSERT INTO "${name}" (${list}) OVERRIDING SYSTEM VALUE VALUES (${marks})`,
        `INSERT INTO "${name}" (${list}) OVERRIDING SYSTEM VALUE VALUES (${marks}) ON CONFLICT (${key}) DO UPDATE SET "${tenantColumn}" = excluded."${tenantColumn}"`,
      ]) {
        const { refused } = await attempt(tenantId, sql, values);
        expect(refused ?? 'nothing refused it', sql).toMatch(WALL);
      }
      const silent = await attempt(
        tenantId,
        `INSERT INTO "${name}" (${list}) OVERRIDING SYSTEM VALUE VALUES (${marks}) ON CONFLICT DO NOTHING RETURNING *`,
        values,
      );
      expect(silent.rows, `${name}, ON CONFLICT DO NOTHING`).toEqual([]);
      const bulk = await attempt(tenantId, `COPY "${name}" (${list}) FROM STDIN`);
      expect(bulk.refused ?? 'nothing refused it', `COPY ${name} FROM`).toMatch(/row-level security|permission denied/);
    }
  });

  it('what A owns is as it was', async () => {
    await withClient(scratch.ownerUrl, async (owner) => {
      for (const table of tenantTables()) {
        const { where, values } = findKey(table);
        const { rows } = await owner.query(`SELECT t.* FROM "${table.name}" t WHERE ${where}`, values);
        expect(rows, table.name).toEqual([rowsOfA.get(table.name)]);
      }
    });
  });
});

/** Lists and objects as the driver wants them. */
function toParameter(value: unknown): unknown {
  return value !== null && typeof value === 'object' && !(value instanceof Date) && !Array.isArray(value) ? JSON.stringify(value) : value;
}

describe('functions of the schema', () => {
  it('run with the caller’s rights and under the caller’s tenant', async () => {
    const { rows } = await withClient(scratch.ownerUrl, (owner) =>
      owner.query(`SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`),
    );
    // Makes and drops whole partitions by their date: no row of anybody goes in or out.
    expect(rows).toEqual([{ proname: 'telemetry_upkeep' }]);
    const body = `{"tenantId":"${A}"}`;
    const call = `SELECT append_audit_event(now(), 'x.y', 'succeeded', NULL, 'guest', NULL, NULL, NULL, NULL, $1)`;
    expect((await attempt(null, call, [body])).refused).toMatch(/needs a tenant/);
    await app.query('BEGIN');
    await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [B]);
    await app.query(call, [body]);
    await app.query('SET CONSTRAINTS ALL IMMEDIATE');
    const { rows: written } = await app.query('SELECT DISTINCT tenant_id FROM audit_events');
    await app.query('ROLLBACK');
    expect(written).toEqual([{ tenant_id: B }]);
  });
});

/** On a busy machine the pool turns requests away after seconds of waiting, as it should; they come again. */
async function untilNotBusy<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!/timeout exceeded when trying to connect|Unable to start a transaction|expired transaction/.test(String(error))) throw error;
    }
  }
}

describe('the pool of the product', () => {
  it('never crosses 200 requests of 10 tenants at the same time, some of which fail', async () => {
    const tenants = Array.from({ length: 10 }, () => randomUUID());
    const db = createDb(scratch.appUrl);
    for (const id of tenants) await db.$withTenant(id, (tx) => tx.tenant.create({ data: { id, name: `Tenant ${id}` } }));
    const seeTenants = async (index: number) => {
      const seen = await db.$withTenant(tenants[index % tenants.length] ?? '', async (tx) => {
        const before = await tx.tenant.findMany({ select: { id: true } });
        await tx.auditEvent.count();
        if (index % 7 === 0) throw new Error('this request fails half-way');
        return [before, await tx.tenant.findMany({ select: { id: true } })];
      });
      // Between two requests of tenants somebody asks without one.
      return index % 5 === 0 ? [...seen, await db.tenant.findMany({ select: { id: true } })] : seen;
    };
    const answers = await Promise.allSettled(Array.from({ length: 200 }, (_unused, index) => untilNotBusy(() => seeTenants(index))));
    await db.$disconnect();
    for (const [index, answer] of answers.entries()) {
      if (index % 7 === 0) expect(answer.status).toBe('rejected');
      else {
        const own = [{ id: tenants[index % tenants.length] }];
        const expected = index % 5 === 0 ? [own, own, []] : [own, own];
        expect(answer.status === 'fulfilled' ? answer.value : answer.reason, `request ${index}`).toEqual(expected);
      }
    }
  });
});
