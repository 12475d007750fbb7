/** Energy and uptime of a machine, of a client's machines and of a site over a span of time, and the demand of a site. */

import { type Demand, type Energy, findPeak, toDemand, toEnergy } from '#app/features/telemetry/energy/energy.ts';
import { readSiteEnergy } from '#app/features/telemetry/energy/read-site-energy.server.ts';
import { NO_CLIENT, QUARTER_S, SLOT_S, toRolledS } from '#app/features/telemetry/layers.ts';
import { findDay, findHour, findMonth, type Span, toLocalMonth } from '#app/features/telemetry/site-time.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { findMachine, findSite, isOwnTime, type MachineReach, type ReachedSite, toSumKeys } from './reach.server.ts';
import { assertSpan, MAX_SERIES_DAYS } from './series-step.ts';
import { toUptime, type Uptime, type WorkSums, withUncovered } from './uptime.ts';

/** Whose sums are asked for: one machine, everything of a site, or a client, on one site or on all. */
export type SumOf =
  | { kind: 'machine'; machineId: string }
  | { kind: 'site'; siteId: string }
  | { kind: 'client'; clientId: string; siteId?: string };

export type EnergyAndUptime = Span & {
  energy: Energy;
  uptime: Uptime;
  /** Machines of the span without a rated hash rate, of which no availability is known; null where it was not counted. */
  unratedMachines: number | null;
};

type Sums = WorkSums & { machineKwh: number; ratedKwh: number; powerKnownS: number; coveredS: number; unratedMachines: number | null };

const SUM = Prisma.sql`
  coalesce(sum(hashing_s), 0)::float8 AS "hashingS", coalesce(sum(curtailed_s), 0)::float8 AS "curtailedS", coalesce(sum(planned_s), 0)::float8 AS "plannedS",
  coalesce(sum(faulty_s), 0)::float8 AS "faultyS", coalesce(sum(unknown_s), 0)::float8 AS "unknownS", coalesce(sum(delivered_th::float8), 0) AS "deliveredTh",
  coalesce(sum(owed_th::float8), 0) AS "owedTh", coalesce(sum(unknown_th::float8), 0) AS "unknownTh", coalesce(sum(energy_machine_kwh::float8), 0) AS "machineKwh",
  coalesce(sum(energy_rated_kwh::float8), 0) AS "ratedKwh", coalesce(sum(power_known_s), 0)::float8 AS "powerKnownS"`;

const between = ({ fromS, toS }: Span) => Prisma.sql`at >= to_timestamp(${fromS}::float8) AND at < to_timestamp(${toS}::float8)`;

function sumSlots(tx: TenantClient, site: Pick<ReachedSite, 'number'> | null, keys: readonly string[], span: Span): Promise<Sums[]> {
  const onSite = site === null ? Prisma.sql`true` : Prisma.sql`site = ${site.number}::int4`;
  return tx.$queryRaw<Sums[]>`
    SELECT ${SUM}, count(DISTINCT at)::float8 * ${SLOT_S}::float8 AS "coveredS", max(unrated_machines)::int4 AS "unratedMachines"
    FROM telemetry_site_slots WHERE ${onSite} AND client_id = ANY(${[...keys]}::uuid[]) AND ${between(span)}`;
}

/** A span of whole days of the site, so that sums of days and of slots are of the same time; its end is not after now. */
function toWholeDays(timeZone: string, { fromS, toS }: Span): Span {
  return { fromS: findDay(timeZone, fromS).fromS, toS: findDay(timeZone, toS - 1).toS };
}

/**
 * The span is widened to whole days of the site (of a client: of UTC, five minutes at a time). It begins with the first that was ever rolled up of whom is asked for, and ends with
 * what has been rolled up by `nowS`: hours of a machine, slots of all others. Null: nothing within reach.
 * Throws RangeError for a span longer than 400 days.
 */
export async function readSums(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { of, nowS, ...asked }: Span & { of: SumOf; nowS: number },
): Promise<EnergyAndUptime | null> {
  assertSpan(asked, MAX_SERIES_DAYS);
  return db.$withTenant(tenantId, async (tx) => {
    if (of.kind === 'machine') {
      const machine = await findMachine(tx, reach, of.machineId);
      if (!machine) return null;
      const span = toWholeDays(machine.site.timeZone, asked);
      const [sums] = await tx.$queryRaw<Sums[]>`
        SELECT ${SUM}, coalesce(sum(hashing_s + curtailed_s + planned_s + faulty_s + unknown_s), 0)::float8 AS "coveredS",
          ${machine.ratedHashrateThs === null ? 1 : 0}::int4 AS "unratedMachines"
        FROM telemetry_machine_days WHERE machine = ${machine.number}::int4 AND ${between(span)} AND ${isOwnTime(reach)}`;
      const rolledS = findHour(machine.site.timeZone, toRolledS(nowS, machine.site.cadenceS)).fromS;
      return conclude(sums, clip(span, rolledS, (await findMachineBeginS(tx, reach, machine.number)) ?? machine.createdAtS));
    }
    if (of.kind === 'site') {
      const keys = toSumKeys(reach, of.siteId, null);
      const site = keys && (await findSite(tx, of.siteId));
      if (!site) return null;
      const span = toWholeDays(site.timeZone, asked);
      const sums = await sumClosedSlots(tx, site, keys, span, nowS);
      if (sums === null || keys[0] !== NO_CLIENT) return sums;
      // Whoever sees the whole site is told of its meter. Time of which no roll-up tells has no power either.
      const energy = await readSiteEnergy(tx, site.number, sums);
      return { ...sums, energy: toEnergy({ ...energy, totalS: Math.max(energy.totalS, sums.uptime.totalS) }) };
    }
    if (of.clientId === NO_CLIENT || !isClientReached(reach, of.clientId)) return null;
    const site = of.siteId === undefined ? null : await findSite(tx, of.siteId);
    if (of.siteId !== undefined && (!site || toSumKeys(reach, of.siteId, of.clientId) === null)) return null;
    const span = site ? toWholeDays(site.timeZone, asked) : asked;
    return sumClosedSlots(tx, site, [of.clientId], span, nowS);
  });
}

/** A person limited to sites has no sum of a client over all sites. */
function isClientReached(reach: MachineReach, clientId: string): boolean {
  return reach.kind === 'workspace' || reach.clientIds.includes(clientId);
}

/** First hour in which the machine was asked, as far as it was the reader's then: what came before is nobody's business here, and not unknown. Null: it never was. */
async function findMachineBeginS(tx: TenantClient, reach: MachineReach, machine: number): Promise<number | null> {
  const own = Prisma.sql`machine = ${machine}::int4 AND ${isOwnTime(reach)}`;
  // Hours may be kept for a shorter time than days.
  const [first] = await tx.$queryRaw<{ atS: number | null }[]>`
    SELECT extract(epoch FROM coalesce((
      SELECT min(at) FROM telemetry_machine_hours WHERE ${own} AND at >= d.at AND at < d.at + interval '25 hours'
    ), d.at))::float8 AS "atS"
    FROM (SELECT min(at) AS at FROM telemetry_machine_days WHERE ${own}) AS d`;
  return first?.atS ?? null;
}

/** First slot in which one of them was asked. The one before is marked with it and may stand there empty. Null: none ever was. */
async function findSlotsBeginS(
  tx: TenantClient,
  site: Pick<ReachedSite, 'number'> | null,
  keys: readonly string[],
): Promise<number | null> {
  const onSite = site === null ? Prisma.sql`true` : Prisma.sql`s.number = ${site.number}::int4`;
  const [first] = await tx.$queryRaw<{ atS: number | null }[]>`
    SELECT extract(epoch FROM min(f.at))::float8 AS "atS" FROM sites s CROSS JOIN unnest(${[...keys]}::uuid[]) AS k(id)
      CROSS JOIN LATERAL (SELECT at FROM telemetry_site_slots WHERE site = s.number AND client_id = k.id AND samples > 0 ORDER BY at LIMIT 1) AS f
    WHERE ${onSite}`;
  return first?.atS ?? null;
}

async function sumClosedSlots(
  tx: TenantClient,
  site: ReachedSite | null,
  keys: readonly string[],
  asked: Span,
  nowS: number,
): Promise<EnergyAndUptime | null> {
  const [slowest] = site ? [site] : await tx.$queryRaw<{ cadenceS: number | null }[]>`SELECT max(poll_cadence_s) AS "cadenceS" FROM sites`;
  const rolledS = Math.floor(toRolledS(nowS, slowest?.cadenceS ?? 0) / SLOT_S) * SLOT_S;
  const span = clip(asked, rolledS, (await findSlotsBeginS(tx, site, keys)) ?? 0);
  const [sums] = await sumSlots(tx, site, keys, span);
  return conclude(sums, span);
}

/** What lies before the first or after the last that is rolled up is neither known nor unknown. */
function clip({ fromS, toS }: Span, rolledS: number, beginS: number): Span {
  const begunS = Math.max(fromS, Math.floor(beginS / SLOT_S) * SLOT_S);
  return { fromS: begunS, toS: Math.max(begunS, Math.min(toS, rolledS)) };
}

function conclude(sums: Sums | undefined, span: Span): EnergyAndUptime | null {
  if (!sums) return null;
  const whole = withUncovered(sums, { coveredS: sums.coveredS, lengthS: span.toS - span.fromS });
  const uptime = toUptime(whole);
  return {
    ...span,
    energy: toEnergy({ machineKwh: sums.machineKwh, ratedKwh: sums.ratedKwh, powerKnownS: sums.powerKnownS, totalS: uptime.totalS }),
    uptime,
    unratedMachines: sums.unratedMachines,
  };
}

export type MonthDemand = {
  /** `2026-11`, at the site. */
  month: string;
  timeZone: string;
  /** Quarters of an hour, by the clock of the site, of which anything is known. */
  quarters: Demand[];
  peak: Demand | null;
};

/** Demand of the month at the site that holds `atS`. It is the whole site's: null for a reader who is limited to clients, and for an unknown site. */
export async function readMonthDemand(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { siteId, atS }: { siteId: string; atS: number },
): Promise<MonthDemand | null> {
  if (toSumKeys(reach, siteId, null)?.[0] !== NO_CLIENT) return null;
  return db.$withTenant(tenantId, async (tx) => {
    const site = await findSite(tx, siteId);
    if (!site) return null;
    const month = findMonth(site.timeZone, atS);
    // Days at a site begin on whole quarters of an hour UTC, so its quarters are counted from the month's first midnight.
    const rows = await tx.$queryRaw<
      { atS: number; sums: boolean; machineKwh: number; ratedKwh: number; powerKnownS: number; totalS: number; meterKwh: number | null }[]
    >`
      SELECT extract(epoch FROM coalesce(q.at, m.at))::float8 AS "atS", q.at IS NOT NULL AS sums, coalesce(q.machine_kwh, 0) AS "machineKwh", coalesce(q.rated_kwh, 0) AS "ratedKwh",
        coalesce(q.known_s, 0)::float8 AS "powerKnownS", coalesce(q.total_s, 0)::float8 AS "totalS", m.energy_kwh AS "meterKwh"
      FROM (
        SELECT date_bin('15 minutes', at, to_timestamp(${month.fromS}::float8)) AS at, sum(energy_machine_kwh) AS machine_kwh, sum(energy_rated_kwh) AS rated_kwh, sum(power_known_s) AS known_s,
          sum(hashing_s + curtailed_s + planned_s + faulty_s + unknown_s) AS total_s
        FROM telemetry_site_slots WHERE site = ${site.number}::int4 AND client_id = ${NO_CLIENT}::uuid AND ${between(month)}
        -- Of a quarter that is going on, or that has holes, the rest is not known: it would be read as a low demand.
        GROUP BY 1 HAVING count(*) = ${QUARTER_S / SLOT_S}::int4
      ) AS q FULL JOIN (
        SELECT at, energy_kwh FROM telemetry_meter_quarters WHERE site = ${site.number}::int4 AND ${between(month)}
      ) AS m ON m.at = q.at ORDER BY 1`;
    const quarters = rows.map(({ meterKwh, sums, ...row }) => toDemand(row.atS, sums ? row : null, meterKwh));
    return { month: toLocalMonth(site.timeZone, month.fromS), timeZone: site.timeZone, quarters, peak: findPeak(quarters) };
  });
}
