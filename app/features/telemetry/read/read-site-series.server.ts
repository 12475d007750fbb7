/** What a site, or the clients that somebody may see of it, did over a span of time: the points of a chart. */

import { DAY_S, SLOT_S } from '#app/features/telemetry/layers.ts';
import { findDay, type Span } from '#app/features/telemetry/site-time.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/platform/db.server.ts';
import { findSite, type MachineReach, toSumKeys } from './reach.server.ts';
import { assertSpan, findStepS, MAX_SERIES_DAYS, type StepS } from './series-step.ts';

/** W of a TH/s and kWh of a slot, in one place. */
const WS_PER_KWH = 3.6e6;

export type SitePoint = {
  atS: number;
  /** Machines that should have been asked, on average. */
  machines: number;
  /** Hash rate that was seen, TH/s: with `readRatio` below 1 the least that there was; null: nothing was read. */
  hashrateThs: number | null;
  /** Power, reported or rated, W; null: none is known. */
  powerW: number | null;
  /** Share of machine time that was read, 0..1. */
  readRatio: number;
  /** Share of the power that is estimated from ratings; null without power. */
  estimatedRatio: number | null;
  /** Share of machine time whose power is not known. */
  powerUnknownRatio: number;
  hashingRatio: number;
  curtailedRatio: number;
  plannedRatio: number;
  faultyRatio: number;
  unknownRatio: number;
  chipTemperatureMaxC: number | null;
};

export type SiteSeries = { stepS: StepS; timeZone: string; points: SitePoint[] };

type SumRow = {
  atS: number;
  slots: number;
  machineS: number;
  hashingS: number;
  curtailedS: number;
  plannedS: number;
  faultyS: number;
  unknownS: number;
  readS: number;
  powerKnownS: number;
  hashedTh: number;
  machineKwh: number;
  ratedKwh: number;
  chipTemperatureMaxC: number | null;
};

function toPoint(row: SumRow): SitePoint {
  const { machineS, powerKnownS, machineKwh, ratedKwh } = row;
  const lengthS = row.slots * SLOT_S;
  const ratio = (part: number) => (machineS > 0 ? part / machineS : 0);
  const energyKwh = machineKwh + ratedKwh;
  return {
    atS: row.atS,
    machines: Math.round(machineS / lengthS),
    hashrateThs: row.readS > 0 ? row.hashedTh / lengthS : null,
    powerW: powerKnownS > 0 ? (energyKwh * WS_PER_KWH) / lengthS : null,
    readRatio: ratio(row.readS),
    estimatedRatio: powerKnownS > 0 && energyKwh > 0 ? ratedKwh / energyKwh : null,
    powerUnknownRatio: 1 - ratio(powerKnownS),
    hashingRatio: ratio(row.hashingS),
    curtailedRatio: ratio(row.curtailedS),
    plannedRatio: ratio(row.plannedS),
    faultyRatio: ratio(row.faultyS),
    unknownRatio: ratio(row.unknownS),
    chipTemperatureMaxC: row.chipTemperatureMaxC,
  };
}

/**
 * Points from `fromS` on, each the beginning of a step by the clock of the site; a step without a point is one of which nothing was stored. The step follows
 * from the span. `clientId` narrows to one client. Null: no such site within reach. Throws RangeError for a span longer than 400 days.
 */
export async function readSiteSeries(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { siteId, clientId = null, ...span }: Span & { siteId: string; clientId?: string | null },
): Promise<SiteSeries | null> {
  assertSpan(span, MAX_SERIES_DAYS);
  const keys = toSumKeys(reach, siteId, clientId);
  if (keys === null) return null;
  return db.$withTenant(tenantId, async (tx) => {
    const site = await findSite(tx, siteId);
    if (!site) return null;
    const stepS = findStepS(span);
    const bucket =
      stepS === DAY_S
        ? Prisma.sql`date_trunc('day', at, ${site.timeZone})`
        : Prisma.sql`date_bin(make_interval(secs => ${stepS}::float8), at, to_timestamp(${findDay(site.timeZone, span.fromS).fromS}::int8))`;
    const rows = await tx.$queryRaw<SumRow[]>`
      SELECT extract(epoch FROM bucket)::float8 AS "atS", count(DISTINCT at)::int4 AS slots,
        sum(hashing_s + curtailed_s + planned_s + faulty_s + unknown_s)::float8 AS "machineS",
        sum(hashing_s)::float8 AS "hashingS", sum(curtailed_s)::float8 AS "curtailedS", sum(planned_s)::float8 AS "plannedS", sum(faulty_s)::float8 AS "faultyS",
        sum(unknown_s)::float8 AS "unknownS", sum(read_s)::float8 AS "readS", sum(power_known_s)::float8 AS "powerKnownS", sum(hashed_th) AS "hashedTh",
        sum(energy_machine_kwh) AS "machineKwh", sum(energy_rated_kwh) AS "ratedKwh", max(chip_temperature_max_c)::int4 AS "chipTemperatureMaxC"
      FROM (
        SELECT *, ${bucket} AS bucket FROM telemetry_site_slots
        WHERE site = ${site.number}::int4 AND client_id = ANY(${keys}::uuid[]) AND at >= to_timestamp(${span.fromS}::int8) AND at < to_timestamp(${span.toS}::int8)
      ) AS slots
      GROUP BY bucket ORDER BY bucket`;
    return { stepS, timeZone: site.timeZone, points: rows.map(toPoint) };
  });
}
