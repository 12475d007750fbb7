/** The energy of a month as a file: by machine, or the demand by the quarter of an hour. */

import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { readMonthDemand } from '#app/features/telemetry/read/read-sums.server.ts';
import { findMonth } from '#app/features/telemetry/site-time.ts';
import { toCsv, toMiddleS } from './energy-month.ts';
import { findAsked, listEnergySites, MAX_FILE_MACHINES, sumMachines } from './read-energy.server.ts';

/** Null: there is nothing of the kind that the reader may see. */
export async function readEnergyFile(reader: FleetReader, url: string): Promise<{ name: string; text: string } | null> {
  const { deps, tenantId, reach } = reader;
  const { site, month } = findAsked(await listEnergySites(reader), url, Date.now() / 1000);
  if (site === null) return null;
  const middleS = toMiddleS(month);
  if (new URL(url).searchParams.get('of') === 'demand') {
    const demand = await readMonthDemand(deps.db, tenantId, reach, { siteId: site.id, atS: middleS });
    if (demand === null) return null;
    const rows = demand.quarters.map(({ atS, demandKw, source, estimatedRatio, unknownRatio }) => [
      new Date(atS * 1000).toISOString(),
      demandKw,
      source,
      estimatedRatio,
      unknownRatio,
    ]);
    return { name: `demand-${month}.csv`, text: toCsv(['at', 'demandKw', 'source', 'estimatedRatio', 'unknownRatio'], rows) };
  }
  const span = findMonth(site.timeZone, middleS);
  const machines = await deps.db.$withTenant(tenantId, (tx) => sumMachines(tx, reach, site.number, span, MAX_FILE_MACHINES));
  const rows = machines.map(({ number, serial, energyKwh, estimatedRatio, unknownRatio }) => [
    number,
    serial,
    energyKwh,
    estimatedRatio,
    unknownRatio,
  ]);
  return { name: `energy-${month}.csv`, text: toCsv(['machine', 'serial', 'energyKwh', 'estimatedRatio', 'unknownRatio'], rows) };
}
