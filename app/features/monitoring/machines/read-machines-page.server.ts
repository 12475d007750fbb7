/** Read model of /machines: a page of what fits the filters, with what each machine does now. */

import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { whereSiteSeen } from '#app/features/monitoring/overview/read-overview.server.ts';
import { listClients } from '#app/features/sites/clients/client-store.server.ts';
import { listMachines, type MachineCounts } from '#app/features/sites/machines/list-machines.server.ts';
import { readCursor, writeCursor } from '#app/features/sites/machines/machine-cursor.ts';
import type { MachineSort } from '#app/features/sites/machines/machine-order.ts';
import type { MachineView } from '#app/features/sites/machines/machine-view.ts';
import { toMachineOrder } from '#app/features/telemetry/read/order-by-live.server.ts';
import { isFreshLive } from '#app/features/telemetry/read/silence-limit.server.ts';
import { fromStateCode, type TimeState } from '#app/features/telemetry/store/sample-state.ts';
import { type FilterTexts, readMachinesQuery } from './machines-query.ts';

/** A phone shows each as a card. */
const PAGE_MACHINES = 50;
const MAX_CHOICES = 500;

export type MachineNow = {
  state: TimeState;
  hashrateThs: number | null;
  chipTemperatureC: number | null;
  atS: number | null;
};

export type MachinesView = {
  nowMs: number;
  texts: FilterTexts;
  isFaulty: boolean;
  machines: (MachineView & { now: MachineNow | null })[];
  counts: MachineCounts;
  /** More fit than can be put into that order: this many can. Null: they are listed. */
  mostSorted: number | null;
  sort: MachineSort;
  next: string | null;
  isFirst: boolean;
  sites: { id: string; name: string }[];
  clients: { id: string; name: string }[];
  /** Racks of the site that is filtered by. */
  racks: { id: string; name: string }[];
  seesHost: boolean;
  may: FleetReader['may'];
};

export async function readMachinesPage(reader: FleetReader, url: string): Promise<MachinesView> {
  const { deps, caller, tenantId, reach, seesHost, may } = reader;
  const nowMs = Date.now();
  const { texts, filter, sort, after, ...query } = readMachinesQuery(new URL(url).searchParams);
  const cursor = after === '' ? null : readCursor(sort, after);
  const isFaulty = query.isFaulty || (after !== '' && cursor === null);
  const list = isFaulty
    ? { machines: [], next: null, mostSorted: null, counts: { total: 0, bySite: {}, byStatus: {}, byApproval: {} } }
    : await listMachines(deps, caller, filter, { after: cursor, limit: PAGE_MACHINES }, toMachineOrder(sort, nowMs / 1000));
  const clients = await listClients(deps, caller);
  return deps.db.$withTenant(tenantId, async (tx) => {
    const sites = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT s.id, s.name FROM sites s WHERE ${whereSiteSeen(reach)} ORDER BY s.name LIMIT ${MAX_CHOICES}::int4`;
    // Racks are the host's; a client finds the own ones by the name that the list shows.
    const racks =
      filter.siteId === undefined || !seesHost
        ? []
        : await tx.sitePlace.findMany({
            where: { siteId: filter.siteId, kind: 'rack' },
            select: { id: true, name: true },
            orderBy: { name: 'asc' },
            take: MAX_CHOICES,
          });
    const numbers = list.machines.map(({ number }) => number);
    const rows = await tx.$queryRaw<(Omit<MachineNow, 'state'> & { number: number; state: number; isFresh: boolean })[]>`
      SELECT m.number, l.state::int4, l.at_s AS "atS", l.hashrate_ths AS "hashrateThs", l.chip_temperature_c::int4 AS "chipTemperatureC",
        ${isFreshLive(nowMs / 1000)} AS "isFresh"
      FROM machines m JOIN sites s ON s.id = m.site_id JOIN telemetry_live l ON l.machine = m.number
      WHERE m.number = ANY(${numbers}::int4[]) AND m.approval = 'approved' AND m.status <> 'retired'`;
    const nows = new Map(
      rows.map(({ number, state, isFresh, atS, hashrateThs, chipTemperatureC }): [number, MachineNow] => [
        number,
        isFresh
          ? { state: fromStateCode(state), hashrateThs, chipTemperatureC, atS }
          : { state: 'unknown', hashrateThs: null, chipTemperatureC: null, atS },
      ]),
    );
    return {
      nowMs,
      texts,
      isFaulty,
      machines: list.machines.map((machine) => ({ ...machine, now: nows.get(machine.number) ?? null })),
      counts: list.counts,
      mostSorted: list.mostSorted,
      sort,
      next: list.next === null ? null : writeCursor(sort, list.next),
      isFirst: after === '',
      sites,
      clients: clients.map(({ id, name }) => ({ id, name })),
      racks,
      seesHost,
      may,
    };
  });
}
