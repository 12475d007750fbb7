// Machines for reading: one by its id, and pages of what fits a filter, with counts of all that fit. 60,000 machines in well under the time a reader
// notices; how is decision 0093.
import { Prisma } from '#app/generated/prisma/client.ts';
import { type Caller, type Scoped, type SitesDeps, withScope } from '../scope.server.ts';
import type { Approval, MachineStatus } from './machine-fields.ts';
import { type MachineFilter, type MachinePage, toLikePattern, toSearchWords } from './machine-query.ts';
import { MACHINE_COLUMNS, whereVisible } from './machine-rows.server.ts';
import { type MachineRow, type MachineView, toMachineView } from './machine-view.ts';

export type MachineCounts = {
  total: number;
  bySite: Record<string, number>;
  byStatus: Partial<Record<MachineStatus, number>>;
  byApproval: Partial<Record<Approval, number>>;
};

export type MachineList = {
  machines: MachineView[];
  /** `after` of the page behind this one; null: it was the last. */
  next: number | null;
  counts: MachineCounts;
};

/** Every filter as a condition on `m`; clients search in a text that holds nothing of the host's. */
export function whereMachines(scoped: Scoped, filter: MachineFilter): Prisma.Sql {
  const { tenantId, seesHost } = scoped;
  const { q = '', siteId, clientId, rackId, status = [], approval = [], tag } = filter;
  const conditions = [whereVisible(scoped)];
  if (siteId !== undefined) conditions.push(Prisma.sql`m.site_id = ${siteId}::uuid`);
  if (clientId === 'none') conditions.push(Prisma.sql`m.client_id IS NULL`);
  else if (clientId !== undefined) conditions.push(Prisma.sql`m.client_id = ${clientId}::uuid`);
  if (rackId !== undefined) conditions.push(Prisma.sql`m.rack_id = ${rackId}::uuid`);
  if (status.length > 0) conditions.push(Prisma.sql`m.status = ANY(${status}::text[])`);
  if (approval.length > 0) conditions.push(Prisma.sql`m.approval = ANY(${approval}::text[])`);
  // Tags are the host's notes: for a client there is none.
  if (tag !== undefined) conditions.push(seesHost ? Prisma.sql`${tag} = ANY(m.tags)` : Prisma.sql`false`);
  const searched = Prisma.raw(seesHost ? 'm.search_text' : 'm.client_search_text');
  for (const pattern of toSearchWords(q).map(toLikePattern)) {
    // Names of racks and clients are looked up once, in tables of some hundred rows.
    conditions.push(Prisma.sql`(${searched} LIKE ${pattern}
      OR m.rack_id IN (SELECT p.id FROM site_places p WHERE p.tenant_id = ${tenantId}::uuid AND lower(p.name) LIKE ${pattern})
      OR m.client_id IN (SELECT c.id FROM clients c WHERE c.tenant_id = ${tenantId}::uuid AND lower(c.name) LIKE ${pattern}))`);
  }
  return Prisma.join(conditions, ' AND ');
}

type Found = { siteId: string | null; status: MachineStatus | null; approval: Approval | null; machines: number; numbers: number[] | null };

/** One pass over what fits: it is counted, and the page is cut from it. */
export function listMachines(deps: SitesDeps, caller: Caller, filter: MachineFilter, page: MachinePage): Promise<MachineList> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const found = await scoped.tx.$queryRaw<Found[]>`
      WITH fitting AS MATERIALIZED (SELECT m.number, m.site_id, m.status, m.approval FROM machines m WHERE ${whereMachines(scoped, filter)})
      SELECT site_id AS "siteId", status, approval, count(*)::integer AS machines, NULL::integer[] AS numbers FROM fitting GROUP BY 1, 2, 3
      UNION ALL
      SELECT NULL, NULL, NULL, 0, ARRAY(SELECT number FROM fitting WHERE number > ${page.after} ORDER BY number LIMIT ${page.limit + 1})`;
    const numbers = found.find((row) => row.numbers !== null)?.numbers ?? [];
    const shown = numbers.slice(0, page.limit);
    const rows = await readRows(scoped, Prisma.sql`m.number = ANY(${shown}::integer[])`);
    return {
      machines: rows.map((row) => toMachineView(row, scoped.seesHost)),
      next: numbers.length > page.limit ? (shown.at(-1) ?? null) : null,
      counts: toCounts(found.filter((row) => row.numbers === null)),
    };
  });
}

function toCounts(groups: readonly Found[]): MachineCounts {
  const counts = { total: 0, bySite: {}, byStatus: {}, byApproval: {} };
  const add = (sums: Record<string, number>, key: string | null, machines: number) => {
    if (key !== null) sums[key] = (sums[key] ?? 0) + machines;
  };
  for (const { siteId, status, approval, machines } of groups) {
    counts.total += machines;
    add(counts.bySite, siteId, machines);
    add(counts.byStatus, status, machines);
    add(counts.byApproval, approval, machines);
  }
  return counts;
}

/** In the order of their numbers; under the visibility that `where` must carry or rest on. */
function readRows({ tx, tenantId }: Scoped, where: Prisma.Sql): Promise<MachineRow[]> {
  return tx.$queryRaw<MachineRow[]>`
    SELECT ${MACHINE_COLUMNS}, s.name AS "siteName", c.name AS "clientName", p.name AS "rackName", m.created_at AS "createdAt", m.updated_at AS "updatedAt"
    FROM machines m JOIN sites s ON s.id = m.site_id LEFT JOIN clients c ON c.id = m.client_id LEFT JOIN site_places p ON p.id = m.rack_id
    WHERE m.tenant_id = ${tenantId}::uuid AND ${where} ORDER BY m.number`;
}

/** Null: there is none that the caller may see. */
export async function readMachine(scoped: Scoped, id: string): Promise<MachineView | null> {
  const [row] = await readRows(scoped, Prisma.sql`${whereVisible(scoped)} AND m.id = ${id}::uuid`);
  return row === undefined ? null : toMachineView(row, scoped.seesHost);
}

export function findMachineById(deps: SitesDeps, caller: Caller, id: string): Promise<MachineView | null> {
  return withScope(deps, caller, 'sites.read', (scoped) => readMachine(scoped, id));
}
