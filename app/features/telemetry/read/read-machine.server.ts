/** One machine over time: every sample of the last day or two, then its five-minute means, hours and days. */

import { DAY_S, HOUR_S, SLOT_S } from '#app/features/telemetry/layers.ts';
import type { Span } from '#app/features/telemetry/site-time.ts';
import type { SampleFigures } from '#app/features/telemetry/store/sample-figures.ts';
import { fromStateCode, fromTroubleCode, type SampleTrouble, type TimeState } from '#app/features/telemetry/store/sample-state.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/platform/db.server.ts';
import { findMachine, isOwnTime, type MachineReach } from './reach.server.ts';
import { assertSpan, MAX_SERIES_DAYS } from './series-step.ts';

const MAX_SAMPLE_DAYS = 2;
/** Two days at the shortest cadence of ten seconds. */
const MAX_SAMPLES = (MAX_SAMPLE_DAYS * DAY_S) / 10;
const MAX_SLOT_DAYS = 7;
const MAX_HOUR_DAYS = 31;

export type MachineSample = SampleFigures & { atS: number; state: TimeState; trouble: SampleTrouble };

/** Samples in the order of time; a reader limited to clients gets those since the machine is their client's. Null: no such machine within reach. Throws RangeError for a span longer than two days. */
export async function readMachineSamples(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { machineId, ...span }: Span & { machineId: string },
): Promise<MachineSample[] | null> {
  assertSpan(span, MAX_SAMPLE_DAYS);
  return db.$withTenant(tenantId, async (tx) => {
    const machine = await findMachine(tx, reach, machineId);
    if (!machine) return null;
    const fromS = Math.floor(Math.max(span.fromS, Math.ceil(machine.ownedSinceS)));
    // As one text: Prisma takes longer over 1,440 rows of fifteen columns, value by value, than PostgreSQL over finding them.
    const [found] = await tx.$queryRaw<[{ samples: string }]>`
      SELECT coalesce(json_agg(json_build_array(at_s, state, trouble, hashrate_ths, power_w, accepted_shares, rejected_shares, hardware_errors, uptime_s,
        chip_temperature_c, board_temperature_c, inlet_temperature_c, fan_rpm, boards_alive, chips) ORDER BY at_s), '[]')::text AS samples
      FROM (
        SELECT * FROM telemetry_samples
        WHERE machine = ${machine.number}::int4 AND at_s >= ${fromS}::int8 AND at_s < ${Math.floor(span.toS)}::int8
        ORDER BY at_s LIMIT ${MAX_SAMPLES}
      ) AS read`;
    return (JSON.parse(found.samples) as SampleRow[]).map(toMachineSample);
  });
}

/** In the order in which the query names the columns. */
type SampleRow = [
  atS: number,
  state: number,
  trouble: number,
  hashrateThs: number | null,
  powerW: number | null,
  acceptedShares: number | null,
  rejectedShares: number | null,
  hardwareErrors: number | null,
  uptimeS: number | null,
  chipTemperatureC: number | null,
  boardTemperatureC: number | null,
  inletTemperatureC: number | null,
  fanRpm: number | null,
  boardsAlive: number | null,
  chips: number | null,
];

function toMachineSample(row: SampleRow): MachineSample {
  const [atS, state, trouble, hashrateThs, powerW, acceptedShares, rejectedShares, hardwareErrors, uptimeS, ...rest] = row;
  const [chipTemperatureC, boardTemperatureC, inletTemperatureC, fanRpm, boardsAlive, chips] = rest;
  return {
    atS,
    state: fromStateCode(state),
    trouble: fromTroubleCode(trouble),
    hashrateThs,
    powerW,
    acceptedShares,
    rejectedShares,
    hardwareErrors,
    uptimeS,
    chipTemperatureC,
    boardTemperatureC,
    inletTemperatureC,
    fanRpm,
    boardsAlive,
    chips,
  };
}

export type MachinePoint = {
  atS: number;
  /** Mean over the time that was read, TH/s; null: nothing was. */
  hashrateThs: number | null;
  /** Mean over the time with a power, W: reported, in hours and days also rated (`energyRatedKwh` tells); null: none is known. */
  powerW: number | null;
};

export type MachineBucket = MachinePoint & {
  samples: number;
  failedSamples: number;
  hashrateMinThs: number | null;
  hashrateMaxThs: number | null;
  hashingS: number;
  curtailedS: number;
  plannedS: number;
  faultyS: number;
  unknownS: number;
  /** Reported. */
  energyMachineKwh: number;
  /** Estimated from the rating. */
  energyRatedKwh: number;
  powerKnownS: number;
  /** Null: not counted. */
  acceptedShares: number | null;
  rejectedShares: number | null;
  hardwareErrors: number | null;
  chipTemperatureMaxC: number | null;
  boardTemperatureMaxC: number | null;
  inletTemperatureMaxC: number | null;
};

export type MachineHistory =
  | { layer: 'slots'; stepS: number; points: MachinePoint[] }
  | { layer: 'hours' | 'days'; timeZone: string; buckets: MachineBucket[] };

type SlotRow = { atS: number; hashrates: (number | null)[] | null; powers: (number | null)[] | null };

/**
 * Up to a week in five-minute means, up to a month in hours, then in days. The hour that is going on is in none of them. A reader limited to clients sees the time in
 * which the machine was theirs. Null: no such machine within reach. Throws RangeError for a span longer than 400 days.
 */
export async function readMachineHistory(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { machineId, fromS, toS }: Span & { machineId: string },
): Promise<MachineHistory | null> {
  assertSpan({ fromS, toS }, MAX_SERIES_DAYS);
  const days = (toS - fromS) / DAY_S;
  return db.$withTenant(tenantId, async (tx) => {
    const machine = await findMachine(tx, reach, machineId);
    if (!machine) return null;
    if (days <= MAX_SLOT_DAYS) {
      const rows = await tx.$queryRaw<SlotRow[]>`
        SELECT extract(epoch FROM at)::float8 AS "atS", hashrate_slots_ths AS hashrates, power_slots_w AS powers FROM telemetry_machine_hours
        WHERE machine = ${machine.number}::int4 AND at >= to_timestamp(${fromS - HOUR_S}::float8) AND at < to_timestamp(${toS}::float8) AND ${isOwnTime(reach)} ORDER BY at`;
      const points = rows.flatMap(({ atS, hashrates, powers }) =>
        (hashrates ?? []).map((hashrateThs, index) => ({ atS: atS + index * SLOT_S, hashrateThs, powerW: powers?.[index] ?? null })),
      );
      return { layer: 'slots', stepS: SLOT_S, points: points.filter(({ atS }) => atS >= fromS && atS < toS) };
    }
    const isHours = days <= MAX_HOUR_DAYS;
    const layer = Prisma.raw(isHours ? 'telemetry_machine_hours' : 'telemetry_machine_days');
    const buckets = await tx.$queryRaw<MachineBucket[]>`
      SELECT extract(epoch FROM at)::float8 AS "atS", hashed_th / nullif(read_s, 0) AS "hashrateThs",
        (energy_machine_kwh + energy_rated_kwh) * 3.6e6 / nullif(power_known_s, 0) AS "powerW",
        samples::int4, failed_samples::int4 AS "failedSamples", hashrate_min_ths AS "hashrateMinThs", hashrate_max_ths AS "hashrateMaxThs", hashing_s::int4 AS "hashingS",
        curtailed_s::int4 AS "curtailedS", planned_s::int4 AS "plannedS", faulty_s::int4 AS "faultyS", unknown_s::int4 AS "unknownS",
        energy_machine_kwh AS "energyMachineKwh", energy_rated_kwh AS "energyRatedKwh", power_known_s::int4 AS "powerKnownS", accepted_shares::float8 AS "acceptedShares",
        rejected_shares::float8 AS "rejectedShares", hardware_errors::float8 AS "hardwareErrors", chip_temperature_max_c::int4 AS "chipTemperatureMaxC",
        board_temperature_max_c::int4 AS "boardTemperatureMaxC", inlet_temperature_max_c::int4 AS "inletTemperatureMaxC"
      FROM ${layer}
      WHERE machine = ${machine.number}::int4 AND at >= to_timestamp(${fromS}::float8) AND at < to_timestamp(${toS}::float8) AND ${isOwnTime(reach)} ORDER BY at`;
    return { layer: isHours ? 'hours' : 'days', timeZone: machine.site.timeZone, buckets };
  });
}
