// For the proof of isolation: fills every tenant table of the catalogue with a row, whatever tables there will be. Knows columns by their types,
// parents by foreign keys, and nothing of what the rows mean.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export type Column = { name: string; type: string; isNullable: boolean; hasDefault: boolean };
export type Table = {
  name: string;
  tenantColumn: string;
  columns: Column[];
  primaryKey: string[];
  isPartitioned: boolean;
  parents: Parent[];
};
type Parent = { table: string; columns: string[]; parentColumns: string[] };

/** Values that a CHECK asks for, as `table.column`. A new table whose CHECK refuses the generated value needs a line here, and the test says so. */
const CHECKED_VALUES: Readonly<Record<string, string>> = {
  'users.locale': 'en',
  'memberships.role': 'operator',
  'invitations.role': 'operator',
  'audit_events.outcome': 'succeeded',
  'audit_inbox.outcome': 'succeeded',
  'audit_events.hash': 'a'.repeat(64),
  'audit_events.previous_hash': '0'.repeat(64),
  // Replaced by the parent's.
  'role_grants.site_id': 'of the site',
  'site_places.kind': 'building',
  'machines.serial': 'of the maker',
  'machine_changes.act': 'edit',
  'telemetry_samples.at_s': String(Math.floor(Date.now() / 1000)),
  'telemetry_dirty.layer': 'slot',
  'alerts.severity': '1',
  'alerts.scope': 'machine',
  'alert_events.kind': 'opened',
  'alert_channels.kind': 'email',
  'alert_channels.language': 'en',
  'alert_channels.least_severity': '1',
  'alert_channels.messages_per_hour': '5',
  'power_price_series.origin': 'file',
  'power_price_series.resolution_minutes': '60',
  'power_price_series.unit': 'perMwh',
  'batches.status': 'queued',
  'workspace_logos.media_type': 'image/png',
  'reports.kind': 'scenario',
  'reports.format': 'pdf',
  'reports.language': 'en',
  'workspace_entries.reason': 'a reason that is long enough',
};

/** Columns that name a row of the tenant without a foreign key, and where their value comes from. */
const BORROWED_VALUES: Readonly<Record<string, { table: string; column: string }>> = {
  'telemetry_samples.machine': { table: 'machines', column: 'number' },
  'telemetry_machine_hours.machine': { table: 'machines', column: 'number' },
  'telemetry_machine_days.machine': { table: 'machines', column: 'number' },
  'telemetry_site_slots.site': { table: 'sites', column: 'number' },
  'telemetry_dirty.site': { table: 'sites', column: 'number' },
};

/** Every ordinary table of the schema `public`, with `tenant_id` as its tenant column; `tenants` by its `id`; the others without one. */
export async function readTables(client: Client): Promise<Map<string, Table>> {
  const { rows } = await client.query<{ table: string; isPartitioned: boolean } & Column>(`
    SELECT c.relname AS "table", c.relkind = 'p' AS "isPartitioned", a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS "isNullable", a.atthasdef OR a.attidentity <> '' AS "hasDefault"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
    ORDER BY c.relname, a.attnum`);
  const keys = await client.query<{
    table: string;
    kind: 'p' | 'f';
    columns: string[];
    parent: string | null;
    parentColumns: string[] | null;
  }>(`
    SELECT k.conrelid::regclass::text AS "table", k.contype AS kind, k.confrelid::regclass::text AS parent,
           (SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(k.conkey) WITH ORDINALITY u(num, n) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = num) AS columns,
           (SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(k.confkey) WITH ORDINALITY u(num, n) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = num) AS "parentColumns"
    FROM pg_constraint k WHERE k.contype IN ('p', 'f') AND k.connamespace = 'public'::regnamespace`);
  const tables = new Map<string, Table>();
  for (const { table, isPartitioned, ...column } of rows) {
    const known = tables.get(table) ?? { name: table, isPartitioned, tenantColumn: '', columns: [], primaryKey: [], parents: [] };
    known.columns.push(column);
    if (column.name === 'tenant_id' || (table === 'tenants' && column.name === 'id')) known.tenantColumn = column.name;
    tables.set(table, known);
  }
  for (const { table, kind, columns, parent, parentColumns } of keys.rows) {
    const known = tables.get(table);
    if (kind === 'p') known?.primaryKey.push(...columns);
    else known?.parents.push({ table: parent ?? '', columns, parentColumns: parentColumns ?? [] });
  }
  return tables;
}

type Row = Record<string, unknown>;

/**
 * Inserts one row of `table` for the tenant, and before it a row of every table that it must refer to. `client` may write everything (the
 * test's owner is a superuser). Gives the row that `made` did not hold yet, or the one it did.
 */
export async function insertRow(
  client: Client,
  tables: Map<string, Table>,
  name: string,
  tenantId: string,
  made: Map<string, Row>,
): Promise<Row> {
  const existing = made.get(name);
  if (existing) return existing;
  const table = tables.get(name);
  if (!table) throw new Error(`there is no table ${name}`);
  const row: Row = {};
  for (const column of table.columns) {
    const isChecked = CHECKED_VALUES[`${name}.${column.name}`] !== undefined;
    if ((!column.isNullable && !column.hasDefault) || isChecked) row[column.name] = toValue(name, column);
  }
  for (const column of table.columns) {
    const source = BORROWED_VALUES[`${name}.${column.name}`];
    if (source) row[column.name] = (await insertRow(client, tables, source.table, tenantId, made))[source.column];
  }
  if (table.tenantColumn) row[table.tenantColumn] = tenantId;
  for (const { table: parent, columns, parentColumns } of table.parents) {
    const needed = columns.every((column) => row[column] !== undefined);
    if (!needed) continue;
    const parentRow = await insertRow(client, tables, parent, tenantId, made);
    for (const [index, column] of columns.entries()) row[column] = parentRow[parentColumns[index] ?? ''];
  }
  const names = Object.keys(row);
  const marks = names.map((_, index) => `$${index + 1}`);
  const { rows } = await client.query<Row>(
    `INSERT INTO "${name}" (${names.map((column) => `"${column}"`).join(', ')}) VALUES (${marks.join(', ')}) ON CONFLICT DO NOTHING RETURNING *`,
    Object.values(row),
  );
  // A trigger of another table may have written the tenant's row already.
  const inserted = rows[0] ?? (await client.query<Row>(`SELECT * FROM "${name}" WHERE tenant_id = $1`, [tenantId])).rows[0] ?? {};
  made.set(name, inserted);
  return inserted;
}

function toValue(table: string, { name, type }: Column): unknown {
  const checked = CHECKED_VALUES[`${table}.${name}`];
  if (checked !== undefined) return checked;
  if (type === 'uuid') return randomUUID();
  if (type === 'boolean') return false;
  if (/^(?:bigint|integer|smallint|numeric|double precision|real)/.test(type)) return 1;
  if (/^timestamp|^date/.test(type)) return new Date(Date.now() + 3_600_000);
  if (type === 'jsonb' || type === 'json') return '{}';
  if (type.endsWith('[]')) return [];
  if (type === 'bytea') return randomBytes(8);
  if (type === 'text' || type.startsWith('character')) return `x${randomBytes(6).toString('hex')}`;
  throw new Error(`a value for ${table}.${name} of type ${type} must be taught to tenant-rows.fixture.ts`);
}
