/**
 * The statements of the roll-ups. A sample speaks for the time from it to the next one of its machine, or for one cadence where the next is further away than the gap limit: what is
 * left of such a hole is unknown. Only the silence of a machine whose curtailment or maintenance was announced speaks for as long as a silent machine is left alone. That time is cut at the ends of five-minute slots, and everything longer is a sum of slots.
 */

import { NO_CLIENT, SLOT_S, SLOTS_PER_HOUR, toGapLimitS, toSilenceLimitS } from '#app/features/telemetry/layers.ts';
import type { Span } from '#app/features/telemetry/site-time.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

export type RolledSite = {
  id: string;
  /** `sites.number`. */
  number: number;
  timeZone: string;
  cadenceS: number;
};

const [HASHING, CURTAILED, PLANNED, FAULTY] = [1, 2, 3, 4].map((code) => Prisma.raw(String(code)));
/** W·s in a kWh. */
const WS_PER_KWH = Prisma.raw('3.6e6::float8');

/** Seconds of a table's row in which the machine was in a state that is known. */
const KNOWN_S = Prisma.raw('(p.hashing_s + p.curtailed_s + p.planned_s + p.faulty_s)');

/**
 * `pieces`: what each machine of the site did in each slot of the span (whole slots). Counters of shares and errors count in the slot of the reading that tells of their
 * growth, from the last one before it that had the counter, over failed readings between them. One that became smaller has begun anew.
 */
function toPieces(site: RolledSite, { fromS, toS }: Span): Prisma.Sql {
  const limitS = toGapLimitS(site.cadenceS);
  const silenceS = toSilenceLimitS(site.cadenceS);
  // The last known time and counter in one number, the time above: the greatest of what came before is the last of it.
  const lastOf = (counter: string) =>
    Prisma.raw(`max((at_s::int8 << 32) | ${counter}) FILTER (WHERE ${counter} >= 0) OVER before AS last_${counter}`);
  const grown = (counter: string) => {
    const before = `(last_${counter} & 4294967295)`;
    return Prisma.raw(
      `sum(CASE WHEN ${counter} >= ${before} THEN ${counter} - ${before} ELSE ${counter} END)
        FILTER (WHERE is_own AND ${counter} >= 0 AND at_s - (last_${counter} >> 32) <= ${silenceS})`,
    );
  };
  return Prisma.sql`
    samples AS (
      SELECT machine, at_s, state, trouble, hashrate_ths, power_w, accepted_shares, rejected_shares, hardware_errors,
        chip_temperature_c, board_temperature_c, inlet_temperature_c,
        lead(at_s) OVER before AS next_at_s, ${lastOf('accepted_shares')}, ${lastOf('rejected_shares')}, ${lastOf('hardware_errors')}
      FROM telemetry_samples
      WHERE site = ${site.number}::int4 AND at_s >= ${fromS - silenceS}::int4 AND at_s < ${toS + limitS}::int4
      WINDOW before AS (PARTITION BY machine ORDER BY at_s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), spans AS (
      SELECT *, greatest(at_s, ${fromS}::int4) AS start_s,
        least(CASE WHEN next_at_s - at_s <= ${limitS}::int4 THEN next_at_s
          WHEN trouble <> 0 AND state IN (${CURTAILED}, ${PLANNED}) THEN least(next_at_s, at_s + ${silenceS}::int4)
          ELSE at_s + ${site.cadenceS}::int4 END, ${toS}::int4) AS end_s
      FROM samples
    ), cut AS (
      SELECT spans.*, slot, at_s / ${SLOT_S}::int4 = slot AS is_own,
        least(end_s, (slot + 1) * ${SLOT_S}::int4) - greatest(start_s, slot * ${SLOT_S}::int4) AS length_s
      FROM spans, generate_series(start_s / ${SLOT_S}::int4, (end_s - 1) / ${SLOT_S}::int4) AS slot
      WHERE end_s > start_s
    ), pieces AS MATERIALIZED (
      SELECT machine, slot,
        count(*) FILTER (WHERE is_own)::int4 AS samples,
        count(*) FILTER (WHERE is_own AND trouble <> 0)::int4 AS failed_samples,
        coalesce(sum(length_s) FILTER (WHERE state = ${HASHING}), 0)::int4 AS hashing_s,
        coalesce(sum(length_s) FILTER (WHERE state = ${CURTAILED}), 0)::int4 AS curtailed_s,
        coalesce(sum(length_s) FILTER (WHERE state = ${PLANNED}), 0)::int4 AS planned_s,
        coalesce(sum(length_s) FILTER (WHERE state = ${FAULTY}), 0)::int4 AS faulty_s,
        coalesce(sum(length_s) FILTER (WHERE state <= ${FAULTY} AND trouble = 0), 0)::int4 AS read_s,
        coalesce(sum(length_s * hashrate_ths) FILTER (WHERE state = ${HASHING}), 0) AS hashed_th,
        min(hashrate_ths) FILTER (WHERE state = ${HASHING} AND is_own) AS hashrate_min_ths,
        max(hashrate_ths) FILTER (WHERE state = ${HASHING} AND is_own) AS hashrate_max_ths,
        coalesce(sum(length_s) FILTER (WHERE power_w IS NOT NULL), 0)::int4 AS power_s,
        coalesce(sum(length_s * power_w), 0) AS energy_ws,
        coalesce(sum(length_s) FILTER (WHERE power_w IS NULL AND state = ${HASHING}), 0)::int4 AS unreported_s,
        ${grown('accepted_shares')} AS accepted_shares, ${grown('rejected_shares')} AS rejected_shares, ${grown('hardware_errors')} AS hardware_errors,
        max(chip_temperature_c) FILTER (WHERE is_own) AS chip_temperature_max_c,
        max(board_temperature_c) FILTER (WHERE is_own) AS board_temperature_max_c,
        max(inlet_temperature_c) FILTER (WHERE is_own) AS inlet_temperature_max_c
      FROM cut GROUP BY machine, slot
    )`;
}

/** Writes the slots of the span anew: the site as a whole, under NO_CLIENT, and each client's machines on it. */
export async function writeSlots(tx: TenantClient, tenantId: string, site: RolledSite, span: Span): Promise<void> {
  const [fromSlot, pastSlot] = [span.fromS / SLOT_S, span.toS / SLOT_S];
  await tx.$executeRaw`
    DELETE FROM telemetry_site_slots WHERE site = ${site.number}::int4 AND at >= to_timestamp(${span.fromS}::int8) AND at < to_timestamp(${span.toS}::int8)`;
  await tx.$executeRaw`
    WITH ${toPieces(site, span)}, fleet AS (
      SELECT m.number AS machine, m.client_id, m.rated_hashrate_ths, m.rated_power_w,
        m.approval = 'approved' AND m.status <> 'retired' AS is_expected, m.created_at
      FROM machines m
      WHERE (m.site_id = ${site.id}::uuid AND m.approval = 'approved' AND m.status <> 'retired') OR m.number IN (SELECT machine FROM pieces)
    ), minutes AS (
      SELECT f.client_id, g.slot, f.rated_hashrate_ths AS rated_ths,
        coalesce(p.samples, 0) AS samples, coalesce(p.failed_samples, 0) AS failed_samples,
        coalesce(p.hashing_s, 0) AS hashing_s, coalesce(p.curtailed_s, 0) AS curtailed_s, coalesce(p.planned_s, 0) AS planned_s,
        coalesce(p.faulty_s, 0) AS faulty_s, ${SLOT_S}::int4 - coalesce(${KNOWN_S}, 0) AS unknown_s, coalesce(p.read_s, 0) AS read_s,
        coalesce(p.hashed_th, 0) AS hashed_th, coalesce(p.energy_ws, 0) / ${WS_PER_KWH} AS energy_machine_kwh,
        coalesce(p.unreported_s * f.rated_power_w, 0) / ${WS_PER_KWH} AS energy_rated_kwh,
        coalesce(p.power_s + CASE WHEN f.rated_power_w IS NULL THEN 0 ELSE p.unreported_s END, 0) AS power_known_s, p.chip_temperature_max_c
      FROM fleet f CROSS JOIN generate_series(${fromSlot}::int4, ${pastSlot - 1}::int4) AS g(slot)
      LEFT JOIN pieces p ON p.machine = f.machine AND p.slot = g.slot
      WHERE p.machine IS NOT NULL OR (f.is_expected AND f.created_at < to_timestamp((g.slot + 1) * ${SLOT_S}::int8))
    )
    INSERT INTO telemetry_site_slots (tenant_id, site, client_id, at, machines, unrated_machines, samples, failed_samples, hashing_s, curtailed_s, planned_s, faulty_s, unknown_s,
      read_s, power_known_s, hashed_th, delivered_th, owed_th, unknown_th, energy_machine_kwh, energy_rated_kwh, chip_temperature_max_c)
    SELECT ${tenantId}::uuid, ${site.number}::int4, CASE WHEN grouping(client_id) = 1 THEN ${NO_CLIENT}::uuid ELSE client_id END, to_timestamp(slot * ${SLOT_S}::int8),
      count(*), count(*) FILTER (WHERE rated_ths IS NULL), sum(samples), sum(failed_samples), sum(hashing_s), sum(curtailed_s), sum(planned_s), sum(faulty_s), sum(unknown_s),
      sum(read_s), sum(power_known_s), sum(hashed_th),
      -- Cut at the rated figure by means of five minutes: the noise of short readings is no loss of work.
      coalesce(sum(least(hashed_th, rated_ths * hashing_s)) FILTER (WHERE rated_ths IS NOT NULL), 0),
      coalesce(sum(rated_ths * (hashing_s + planned_s + faulty_s)), 0), coalesce(sum(rated_ths * unknown_s), 0),
      sum(energy_machine_kwh), sum(energy_rated_kwh), max(chip_temperature_max_c)
    FROM minutes
    GROUP BY GROUPING SETS ((slot), (slot, client_id))
    HAVING grouping(client_id) = 1 OR client_id IS NOT NULL`;
}

const slotValues = (column: string, fromSlot: number) =>
  Prisma.raw(
    `ARRAY[${Array.from({ length: SLOTS_PER_HOUR }, (_, index) => `max(${column}) FILTER (WHERE p.slot = ${fromSlot + index})`).join()}]::float4[]`,
  );

/** What a roll-up of an hour may write anew: everything but its key, its workspace and its client. */
const HOUR_COLUMNS = [
  'site',
  'samples',
  'failed_samples',
  'hashing_s',
  'curtailed_s',
  'planned_s',
  'faulty_s',
  'unknown_s',
  'read_s',
  'power_known_s',
  'rated_ths',
  'hashed_th',
  'delivered_th',
  'hashrate_min_ths',
  'hashrate_max_ths',
  'energy_machine_kwh',
  'energy_rated_kwh',
  'accepted_shares',
  'rejected_shares',
  'hardware_errors',
  'chip_temperature_max_c',
  'board_temperature_max_c',
  'inlet_temperature_max_c',
  'hashrate_slots_ths',
  'power_slots_w',
] as const;

const columnsOf = (names: readonly string[], table?: string) =>
  Prisma.raw(names.map((name) => (table === undefined ? name : `${table}.${name}`)).join(', '));

/** Writes the hour of each machine that was asked in it. Whose the machine was is kept from the first time the hour was written. */
export async function writeHours(tx: TenantClient, tenantId: string, site: RolledSite, hour: Span): Promise<void> {
  const lengthS = hour.toS - hour.fromS;
  const fromSlot = hour.fromS / SLOT_S;
  await tx.$executeRaw`
    WITH ${toPieces(site, hour)}
    INSERT INTO telemetry_machine_hours AS h (tenant_id, client_id, site, machine, at, samples, failed_samples, hashing_s, curtailed_s, planned_s, faulty_s, unknown_s, read_s,
      power_known_s, rated_ths, hashed_th, delivered_th, hashrate_min_ths, hashrate_max_ths, energy_machine_kwh, energy_rated_kwh, accepted_shares, rejected_shares, hardware_errors,
      chip_temperature_max_c, board_temperature_max_c, inlet_temperature_max_c, hashrate_slots_ths, power_slots_w)
    SELECT ${tenantId}::uuid, coalesce(m.client_id, ${NO_CLIENT}::uuid), ${site.number}::int4, p.machine, to_timestamp(${hour.fromS}::int8),
      sum(p.samples), sum(p.failed_samples), sum(p.hashing_s), sum(p.curtailed_s), sum(p.planned_s), sum(p.faulty_s), ${lengthS}::int4 - sum(${KNOWN_S}), sum(p.read_s),
      sum(p.power_s + CASE WHEN m.rated_power_w IS NULL THEN 0 ELSE p.unreported_s END), m.rated_hashrate_ths, sum(p.hashed_th),
      sum(least(p.hashed_th, m.rated_hashrate_ths * p.hashing_s)) FILTER (WHERE m.rated_hashrate_ths IS NOT NULL),
      min(p.hashrate_min_ths), max(p.hashrate_max_ths), sum(p.energy_ws) / ${WS_PER_KWH}, coalesce(sum(p.unreported_s * m.rated_power_w), 0) / ${WS_PER_KWH},
      sum(p.accepted_shares), sum(p.rejected_shares), sum(p.hardware_errors),
      max(p.chip_temperature_max_c), max(p.board_temperature_max_c), max(p.inlet_temperature_max_c),
      ${slotValues('p.hashed_th / nullif(p.read_s, 0)', fromSlot)}, ${slotValues('p.energy_ws / nullif(p.power_s, 0)', fromSlot)}
    FROM pieces p JOIN machines m ON m.number = p.machine
    GROUP BY p.machine, m.client_id, m.rated_hashrate_ths
    ON CONFLICT (machine, at) DO UPDATE SET (${columnsOf(HOUR_COLUMNS)}) = (${columnsOf(HOUR_COLUMNS, 'excluded')})
    -- A late sample of one machine leaves the rows of the others as they lie.
    WHERE (${columnsOf(HOUR_COLUMNS, 'h')}) IS DISTINCT FROM (${columnsOf(HOUR_COLUMNS, 'excluded')})`;
}

const DAY_COLUMNS = [
  'owed_th',
  'unknown_th',
  ...HOUR_COLUMNS.filter((column) => !['rated_ths', 'hashrate_slots_ths', 'power_slots_w'].includes(column)),
];

/** Writes a day of the site's machines from its hours. The day may still be going on: hours to come count for nothing, not even as unknown. */
export async function writeDays(tx: TenantClient, tenantId: string, site: RolledSite, day: Span): Promise<void> {
  const within = Prisma.sql`site = ${site.number}::int4 AND at >= to_timestamp(${day.fromS}::int8) AND at < to_timestamp(${day.toS}::int8)`;
  await tx.$executeRaw`
    INSERT INTO telemetry_machine_days AS d (tenant_id, client_id, site, machine, at, samples, failed_samples, hashing_s, curtailed_s, planned_s, faulty_s, unknown_s, read_s,
      power_known_s, hashed_th, delivered_th, owed_th, unknown_th, hashrate_min_ths, hashrate_max_ths, energy_machine_kwh, energy_rated_kwh, accepted_shares, rejected_shares,
      hardware_errors, chip_temperature_max_c, board_temperature_max_c, inlet_temperature_max_c)
    SELECT ${tenantId}::uuid, client_id, ${site.number}::int4, machine, to_timestamp(${day.fromS}::int8),
      sum(samples), sum(failed_samples), sum(hashing_s), sum(curtailed_s), sum(planned_s), sum(faulty_s), sum(unknown_s), sum(read_s),
      sum(power_known_s), sum(hashed_th::float8), sum(delivered_th::float8), sum(rated_ths::float8 * (hashing_s + planned_s + faulty_s)), sum(rated_ths::float8 * unknown_s),
      min(hashrate_min_ths), max(hashrate_max_ths), sum(energy_machine_kwh::float8), sum(energy_rated_kwh::float8), sum(accepted_shares), sum(rejected_shares),
      sum(hardware_errors), max(chip_temperature_max_c), max(board_temperature_max_c), max(inlet_temperature_max_c)
    FROM telemetry_machine_hours WHERE ${within}
    GROUP BY machine, client_id
    ON CONFLICT (machine, client_id, at) DO UPDATE SET (${columnsOf(DAY_COLUMNS)}) = (${columnsOf(DAY_COLUMNS, 'excluded')})
    WHERE (${columnsOf(DAY_COLUMNS, 'd')}) IS DISTINCT FROM (${columnsOf(DAY_COLUMNS, 'excluded')})`;
}
