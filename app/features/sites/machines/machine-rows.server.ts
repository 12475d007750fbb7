// Machines between the database and `MachineValues`: read with a lock, written together. Every writer of this room writes through here, so that no
// change of a machine is without its line in the history.
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Scoped } from '../scope.server.ts';
import { type FieldChange, listFieldChanges } from './change-machine.ts';
import type { MachineField, MachineValues, StoredMachine } from './machine-fields.ts';
import { Occupancy } from './occupancy.ts';

/** Rows of one statement. */
const ROWS_PER_STATEMENT = 2_000;

const COLUMNS: Readonly<Record<MachineField, { column: string; type: string }>> = {
  siteId: { column: 'site_id', type: 'uuid' },
  clientId: { column: 'client_id', type: 'uuid' },
  rackId: { column: 'rack_id', type: 'uuid' },
  rackRow: { column: 'rack_row', type: 'integer' },
  rackColumn: { column: 'rack_column', type: 'integer' },
  serial: { column: 'serial', type: 'text' },
  macAddress: { column: 'mac_address', type: 'text' },
  model: { column: 'model', type: 'text' },
  catalogueId: { column: 'catalogue_id', type: 'text' },
  ratedHashrateThs: { column: 'rated_hashrate_ths', type: 'double precision' },
  ratedPowerW: { column: 'rated_power_w', type: 'double precision' },
  host: { column: 'host', type: 'text' },
  port: { column: 'port', type: 'integer' },
  worker: { column: 'worker', type: 'text' },
  firmware: { column: 'firmware', type: 'text' },
  purchasedOn: { column: 'purchased_on', type: 'date' },
  purchaseUsd: { column: 'purchase_usd', type: 'double precision' },
  approval: { column: 'approval', type: 'text' },
  status: { column: 'status', type: 'text' },
  tags: { column: 'tags', type: 'text[]' },
};
const FIELDS = Object.entries(COLUMNS);
const selected = FIELDS.map(
  ([field, { column, type }]) => `${type === 'date' ? `to_char(m.${column}, 'YYYY-MM-DD')` : `m.${column}`} AS "${field}"`,
);
/** `m.id`, `m.number` and every field by its name. */
export const MACHINE_COLUMNS = Prisma.raw(['m.id', 'm.number', ...selected].join(', '));
const INSERTED = Prisma.raw(FIELDS.map(([, { column }]) => column).join(', '));
const GIVEN = Prisma.raw(FIELDS.map(([field]) => `x."${field}"`).join(', '));
const ASSIGNED = Prisma.raw(FIELDS.map(([field, { column }]) => `${column} = x."${field}"`).join(', '));
const RECORD = Prisma.raw(`x(id uuid, ${FIELDS.map(([field, { type }]) => `"${field}" ${type}`).join(', ')})`);

/** What of the workspace's machines the caller may see, as a condition on `m`. The tenant is named beside the policy: see decision 0093. */
export function whereVisible({ tenantId, siteIds, clientIds }: Scoped): Prisma.Sql {
  const bySite = siteIds === null ? Prisma.empty : Prisma.sql` AND m.site_id = ANY(${[...siteIds]}::uuid[])`;
  const byClient = clientIds === null ? Prisma.empty : Prisma.sql` AND m.client_id = ANY(${[...clientIds]}::uuid[])`;
  return Prisma.sql`m.tenant_id = ${tenantId}::uuid${bySite}${byClient}`;
}

/** Locked until the transaction ends, in one order for everybody, so that two writers never wait for each other. */
export function lockMachines({ tx }: Scoped, where: Prisma.Sql, most: number): Promise<StoredMachine[]> {
  return tx.$queryRaw<StoredMachine[]>`SELECT ${MACHINE_COLUMNS} FROM machines m WHERE ${where} ORDER BY m.number LIMIT ${most} FOR UPDATE`;
}

/** Who holds the numbers, addresses and positions that these machines name. */
export async function readOccupancy(scoped: Scoped, machines: readonly MachineValues[]): Promise<Occupancy> {
  const occupancy = new Occupancy();
  for (const row of await readHolders(scoped, machines)) occupancy.occupy(row.id, null, row);
  return occupancy;
}

/** The machines of the workspace that have something of what these name, each as often as it has. */
export function readHolders({ tx, tenantId }: Scoped, machines: readonly MachineValues[]): Promise<StoredMachine[]> {
  const valuesOf = (field: MachineField) => [...new Set(machines.map((machine) => machine[field]).filter((value) => value !== null))];
  return tx.$queryRaw<StoredMachine[]>`
    SELECT ${MACHINE_COLUMNS} FROM machines m WHERE m.tenant_id = ${tenantId}::uuid AND m.serial = ANY(${valuesOf('serial')}::text[])
    UNION ALL SELECT ${MACHINE_COLUMNS} FROM machines m WHERE m.tenant_id = ${tenantId}::uuid AND m.mac_address = ANY(${valuesOf('macAddress')}::text[])
    UNION ALL SELECT ${MACHINE_COLUMNS} FROM machines m WHERE m.tenant_id = ${tenantId}::uuid AND m.status <> 'retired'
      AND m.site_id = ANY(${valuesOf('siteId')}::uuid[]) AND m.host = ANY(${valuesOf('host')}::text[])
    UNION ALL SELECT ${MACHINE_COLUMNS} FROM machines m WHERE m.tenant_id = ${tenantId}::uuid AND m.status <> 'retired'
      AND m.rack_row IS NOT NULL AND m.rack_id = ANY(${valuesOf('rackId')}::uuid[])`;
}

function* inBlocks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) yield rows.slice(start, start + ROWS_PER_STATEMENT);
}

export type ChangeAct = 'create' | 'edit' | 'bulk-edit' | 'import' | 'approval';
/** What is done in one go: `setId` ties its lines together. */
export type ChangeSet = { act: ChangeAct; setId: string };

/** Adds machines with numbers of ours (`id`) and one line of history each. */
export async function insertMachines(scoped: Scoped, machines: readonly (MachineValues & { id: string })[], set: ChangeSet): Promise<void> {
  const { tx, tenantId } = scoped;
  for (const block of inBlocks(machines)) {
    await tx.$executeRaw`INSERT INTO machines (tenant_id, id, ${INSERTED})
      SELECT ${tenantId}::uuid, x.id, ${GIVEN} FROM jsonb_to_recordset(${JSON.stringify(block)}::jsonb) AS ${RECORD}`;
    await insertChanges(
      scoped,
      set,
      block.map(({ id }) => ({ machineId: id, field: null, from: null, to: null })),
    );
  }
}

/** Writes machines over what they were, with a line of history for every field that differs. Those that do not differ are left alone; gives how many did. */
export async function updateMachines(
  scoped: Scoped,
  pairs: readonly { before: StoredMachine; after: MachineValues }[],
  set: ChangeSet,
): Promise<number> {
  const { tx, tenantId } = scoped;
  const changed = pairs
    .map(({ before, after }) => ({ id: before.id, after, changes: listFieldChanges(before, after) }))
    .filter(({ changes }) => changes.length > 0);
  // What some let go of, others may take: addresses and positions are free before anything is put there.
  const isLeaving = ({ changes }: { changes: FieldChange[] }) =>
    changes.some(
      ({ field }) => field === 'rackId' || field === 'rackRow' || field === 'rackColumn' || field === 'host' || field === 'port',
    );
  const leaving = changed.filter(isLeaving).map(({ id }) => id);
  for (const ids of leaving.length > 1 ? inBlocks(leaving) : []) {
    await tx.$executeRaw`UPDATE machines SET rack_row = NULL, rack_column = NULL, port = NULL, host = CASE WHEN host IS NULL THEN NULL ELSE 'moving-' || id END
      WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${ids}::uuid[])`;
  }
  for (const block of inBlocks(changed)) {
    const rows = JSON.stringify(block.map(({ id, after }) => ({ ...after, id })));
    await tx.$executeRaw`UPDATE machines m SET ${ASSIGNED}, updated_at = now()
      FROM jsonb_to_recordset(${rows}::jsonb) AS ${RECORD} WHERE m.id = x.id AND m.tenant_id = ${tenantId}::uuid`;
    await insertChanges(
      scoped,
      set,
      block.flatMap(({ id, changes }) => changes.map((change) => ({ machineId: id, ...change }))),
    );
  }
  return changed.length;
}

type ChangeLine = { machineId: string; field: MachineField | null; from: unknown; to: unknown };

async function insertChanges({ tx, tenantId, caller }: Scoped, { act, setId }: ChangeSet, lines: readonly ChangeLine[]): Promise<void> {
  for (const block of inBlocks(lines)) {
    await tx.$executeRaw`INSERT INTO machine_changes (tenant_id, machine_id, user_id, act, set_id, field, from_value, to_value)
      SELECT ${tenantId}::uuid, x."machineId", ${caller.actor.userId}::uuid, ${act}, ${setId}::uuid, x.field, x."from", x."to"
      FROM jsonb_to_recordset(${JSON.stringify(block)}::jsonb) AS x("machineId" uuid, field text, "from" jsonb, "to" jsonb)`;
  }
}
