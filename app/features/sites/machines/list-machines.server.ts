// Machines for reading: one by its id, and pages of what fits a filter, with counts of all that fit. 60,000 machines in well under the time a reader
// notices; how is decision 0093.
import { Prisma } from '#app/generated/prisma/client.ts';
import { type Caller, type Scoped, type SitesDeps, withScope } from '../scope.server.ts';
import type { Approval, MachineStatus } from './machine-fields.ts';
import type { MachineCursor } from './machine-order.ts';
import type { MachineFilter, MachinePage } from './machine-query.ts';
import { MACHINE_COLUMNS, whereVisible } from './machine-rows.server.ts';
import { type MachineRow, type MachineView, toMachineView } from './machine-view.ts';
import { type MachineOrder, toEnteredOrder, toOrderBy, whereBehind } from './order-machines.server.ts';
import { fromListed, withSearch } from './search-machines.server.ts';

export type MachineCounts = {
  total: number;
  bySite: Record<string, number>;
  byStatus: Partial<Record<MachineStatus, number>>;
  byApproval: Partial<Record<Approval, number>>;
};

export type MachineList = {
  machines: MachineView[];
  /** `after` of the page behind this one; null: it was the last. */
  next: MachineCursor | null;
  /** More fit than can be put into that order, so none is listed: this many can. Null: they are. */
  mostSorted: number | null;
  counts: MachineCounts;
};

type Found = {
  siteId: string | null;
  status: MachineStatus | null;
  approval: Approval | null;
  machines: number;
  /** Of the one row that is no count: machines of the page and one more; null there: too many to sort. */
  page: [MachineCursor['key'], number][] | null;
};

/** One pass over what fits: it is counted, and the page is cut from it. */
export function listMachines(
  deps: SitesDeps,
  caller: Caller,
  filter: MachineFilter,
  page: MachinePage,
  order: MachineOrder = toEnteredOrder('number', false),
): Promise<MachineList> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const isLater = order.kind === 'later';
    const early = isLater ? Prisma.sql`NULL` : order.key;
    const keyed = isLater ? Prisma.sql`(SELECT f.number, ${order.key} AS key FROM fitting f ${order.join})` : Prisma.sql`fitting`;
    const isFew = isLater ? Prisma.sql`(SELECT count(*) FROM fitting) <= ${order.most}::int4` : Prisma.sql`true`;
    const found = await withSearch(
      scoped,
      filter,
      () => scoped.tx.$queryRaw<Found[]>`
      WITH fitting AS MATERIALIZED (SELECT m.number, m.site_id, m.status, m.approval, ${early} AS key ${fromListed(scoped, filter)})
      SELECT site_id AS "siteId", status, approval, count(*)::integer AS machines, NULL::jsonb AS page FROM fitting GROUP BY 1, 2, 3
      UNION ALL
      SELECT NULL, NULL, NULL, 0, CASE WHEN ${isFew} THEN coalesce((SELECT jsonb_agg(jsonb_build_array(key, number) ORDER BY ${toOrderBy(order)})
        FROM (SELECT key, number FROM ${keyed} AS keyed WHERE ${whereBehind(order, page.after)} ORDER BY ${toOrderBy(order)} LIMIT ${page.limit + 1}) AS cut), '[]') END`,
    );
    const counts = toCounts(found.filter(({ siteId }) => siteId !== null));
    const cut = found.find(({ siteId }) => siteId === null)?.page ?? null;
    if (cut === null) return { machines: [], next: null, mostSorted: isLater ? order.most : 0, counts };
    const shown = cut.slice(0, page.limit).map(([, number]) => number);
    const rows = await readRows(scoped, Prisma.sql`m.number = ANY(${shown}::integer[])`);
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    const last = cut[page.limit - 1];
    return {
      machines: shown.flatMap((number) => {
        const row = byNumber.get(number);
        return row === undefined ? [] : [toMachineView(row, scoped.seesHost)];
      }),
      next: cut.length > page.limit && last !== undefined ? { key: last[0], number: last[1] } : null,
      mostSorted: null,
      counts,
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
