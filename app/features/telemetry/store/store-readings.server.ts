/**
 * Takes what the poller read into the database: samples with a mark on every roll-up that they change, then the live state. Sending a reading again, or
 * late, or out of order leaves the same rows, so a crash half way is mended by sending again. COPY does not exist for tables with row-level security: columns go in as arrays.
 */

import { AHEAD_S, SLOT_S, toLateLimitS } from '#app/features/telemetry/layers.ts';
import { silenceLimit } from '#app/features/telemetry/read/silence-limit.server.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { BulkDb, RunBulk } from '#app/platform/bulk-db.server.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { type Sample, toSample } from './sample.server.ts';
import { ANNOUNCEMENTS, OBSERVATIONS, STATE_CODES } from './sample-state.ts';

/** Rows of one statement; more are stored in several. */
const MAX_ROWS = 10_000;
const MAX_DETAIL_LENGTH = 300;

export type MachineReadingOf = {
  /** `machines.number`. */
  machine: number;
  reading: MachineReading;
};

export type StoreOptions = {
  nowMs: number;
  /** TELEMETRY_RAW_DAYS: what is older than raw samples are kept is refused. */
  rawDays: number;
};

/** What became of the readings; the sum is what was given. */
export type Stored = {
  stored: number;
  /** There was a sample of this machine and second already. */
  duplicate: number;
  /** No machine of the workspace has the number. */
  foreign: number;
  /** Past the age up to which samples are taken. */
  tooOld: number;
  /** More than five minutes ahead of our clock. */
  ahead: number;
};

type Row = { machine: number; sample: Sample; reading: MachineReading };

/** A column as PostgreSQL writes arrays. Numbers and NULL need no quotes. */
function toNumbers(rows: readonly Row[], pick: (row: Row) => number | null): string {
  return `{${rows.map((row) => pick(row) ?? 'NULL').join()}}`;
}

/** Samples and marks of a workspace. Readings of one machine in the same second count once. */
export async function storeReadings(
  db: BulkDb,
  tenantId: string,
  batch: readonly MachineReadingOf[],
  { nowMs, rawDays }: StoreOptions,
): Promise<Stored> {
  const nowS = nowMs / 1000;
  const total: Stored = { stored: 0, duplicate: 0, foreign: 0, tooOld: 0, ahead: 0 };
  const rows: Row[] = [];
  for (const { machine, reading } of batch) {
    const sample = toSample(reading);
    if (sample.atS > nowS + AHEAD_S) total.ahead += 1;
    else if (sample.atS < nowS - toLateLimitS(rawDays)) total.tooOld += 1;
    else rows.push({ machine, sample, reading });
  }
  for (let start = 0; start < rows.length; start += MAX_ROWS) {
    const slice = rows.slice(start, start + MAX_ROWS);
    const { known, stored } = await db.withTenant(tenantId, (run) => storeSamples(run, tenantId, slice));
    total.stored += stored;
    total.duplicate += known - stored;
    total.foreign += slice.length - known;
  }
  for (const newest of pickNewest(rows)) {
    for (let start = 0; start < newest.length; start += MAX_ROWS) {
      const slice = newest.slice(start, start + MAX_ROWS);
      await db.withTenant(tenantId, (run) => storeLive(run, tenantId, slice));
    }
  }
  return total;
}

/**
 * Of a machine that was read several times only the last reading says how it is now. Where that one failed the last that did not is written before it: the snapshot
 * of a machine that fell silent is the newest there is.
 */
function pickNewest(rows: readonly Row[]): Row[][] {
  const inTime = [...rows].sort((one, other) => one.sample.atS - other.sample.atS);
  const last = new Map(inTime.map((row) => [row.machine, row]));
  const lastRead = new Map(inTime.filter(({ reading }) => reading.kind === 'read').map((row) => [row.machine, row]));
  return [[...lastRead.values()].filter((row) => last.get(row.machine) !== row), [...last.values()]];
}

/** The state of each machine by what was seen and what people announced: `m` is the machine, `u` holds the observation. */
const STATE = Prisma.sql`(${`{${STATE_CODES.join()}}`}::int2[])[(CASE m.status WHEN 'maintenance' THEN ${ANNOUNCEMENTS.indexOf('maintenance')}::int4
  WHEN 'curtailed' THEN ${ANNOUNCEMENTS.indexOf('curtailed')}::int4 ELSE 0 END) * ${OBSERVATIONS.length}::int4 + u.observation + 1]`;

async function storeSamples(run: RunBulk, tenantId: string, rows: readonly Row[]): Promise<{ known: number; stored: number }> {
  const figures = (pick: (sample: Sample) => number | null) => toNumbers(rows, ({ sample }) => pick(sample));
  const [counts] = await run<{ known: number; stored: number }>(Prisma.sql`
    WITH given AS MATERIALIZED (
      SELECT u.*, s.number AS site, s.poll_cadence_s AS cadence_s, ${STATE} AS state
      FROM ROWS FROM (
        unnest(${toNumbers(rows, ({ machine }) => machine)}::int4[]), unnest(${figures(({ atS }) => atS)}::int4[]),
        unnest(${figures(({ observation }) => observation)}::int4[]), unnest(${figures(({ trouble }) => trouble)}::int2[]),
        unnest(${figures(({ hashrateThs }) => hashrateThs)}::float4[]), unnest(${figures(({ powerW }) => powerW)}::float4[]),
        unnest(${figures(({ acceptedShares }) => acceptedShares)}::int4[]), unnest(${figures(({ rejectedShares }) => rejectedShares)}::int4[]),
        unnest(${figures(({ hardwareErrors }) => hardwareErrors)}::int4[]), unnest(${figures(({ uptimeS }) => uptimeS)}::int4[]),
        unnest(${figures(({ chipTemperatureC }) => chipTemperatureC)}::int2[]), unnest(${figures(({ boardTemperatureC }) => boardTemperatureC)}::int2[]),
        unnest(${figures(({ inletTemperatureC }) => inletTemperatureC)}::int2[]), unnest(${figures(({ fanRpm }) => fanRpm)}::int2[]),
        unnest(${figures(({ boardsAlive }) => boardsAlive)}::int2[]), unnest(${figures(({ chips }) => chips)}::int2[])
      ) AS u (machine, at_s, observation, trouble, hashrate_ths, power_w, accepted_shares, rejected_shares, hardware_errors, uptime_s,
        chip_temperature_c, board_temperature_c, inlet_temperature_c, fan_rpm, boards_alive, chips)
      JOIN machines m ON m.number = u.machine JOIN sites s ON s.id = m.site_id
    ), stored AS (
      INSERT INTO telemetry_samples (at_s, machine, site, hashrate_ths, power_w, accepted_shares, rejected_shares, hardware_errors, uptime_s,
        chip_temperature_c, board_temperature_c, inlet_temperature_c, fan_rpm, boards_alive, chips, state, trouble, tenant_id)
      SELECT at_s, machine, site, hashrate_ths, power_w, accepted_shares, rejected_shares, hardware_errors, uptime_s,
        chip_temperature_c, board_temperature_c, inlet_temperature_c, fan_rpm, boards_alive, chips, state, trouble, ${tenantId}::uuid
      FROM given
      ON CONFLICT (machine, at_s) DO NOTHING
      RETURNING site, at_s
    ), seconds AS (
      SELECT s.site, s.at_s, g.cadence_s FROM (SELECT DISTINCT site, at_s FROM stored) s JOIN (SELECT DISTINCT site, cadence_s FROM given) g USING (site)
    ), marked AS (
      -- In an order, so that two that store for the same sites wait for each other and never both.
      INSERT INTO telemetry_dirty (tenant_id, site, layer, at)
      SELECT DISTINCT ${tenantId}::uuid, site, 'slot', to_timestamp(slot * ${SLOT_S}::int8)
      FROM seconds, generate_series((at_s - cadence_s * 5 / 2) / ${SLOT_S}::int4, (at_s + ${silenceLimit('cadence_s')}) / ${SLOT_S}::int4) AS slot
      ORDER BY 2, 4
      ON CONFLICT (site, layer, at) DO UPDATE SET noticed_at = now()
    )
    SELECT (SELECT count(*) FROM given)::int4 AS known, (SELECT count(*) FROM stored)::int4 AS stored`);
  if (!counts) throw new Error('storing readings gave no counts');
  if (counts.stored > 0) await registerTenant(run, tenantId);
  return counts;
}

/** JSON text without U+0000, which PostgreSQL cannot hold: a machine that sends one in a name loses it. */
function toText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u0000')) return text;
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? part.replaceAll('\u0000', '') : part));
}

const toDetail = (reading: MachineReading): string =>
  reading.kind === 'read' ? toText([reading.snapshot, null]) : toText([null, reading.detail.slice(0, MAX_DETAIL_LENGTH)]);

/** What is newer than what stands there. A failed reading leaves the last snapshot in its place. */
async function storeLive(run: RunBulk, tenantId: string, rows: readonly Row[]): Promise<void> {
  const figures = (pick: (sample: Sample) => number | null) => toNumbers(rows, ({ sample }) => pick(sample));
  await run(Prisma.sql`
    INSERT INTO telemetry_live AS l (machine, site, at_s, read_at_s, hashrate_ths, power_w, chip_temperature_c, fan_rpm, boards_alive, state, trouble,
      tenant_id, trouble_detail, snapshot)
    SELECT u.machine, s.number, u.at_s, CASE WHEN u.trouble = 0 THEN u.at_s END, u.hashrate_ths, u.power_w, u.chip_temperature_c, u.fan_rpm, u.boards_alive,
      ${STATE}, u.trouble, ${tenantId}::uuid, u.detail ->> 1, CASE WHEN u.trouble = 0 THEN u.detail -> 0 END
    FROM ROWS FROM (
      unnest(${toNumbers(rows, ({ machine }) => machine)}::int4[]), unnest(${figures(({ atS }) => atS)}::int4[]),
      unnest(${figures(({ observation }) => observation)}::int4[]), unnest(${figures(({ trouble }) => trouble)}::int2[]),
      unnest(${figures(({ hashrateThs }) => hashrateThs)}::float4[]), unnest(${figures(({ powerW }) => powerW)}::float4[]),
      unnest(${figures(({ chipTemperatureC }) => chipTemperatureC)}::int2[]), unnest(${figures(({ fanRpm }) => fanRpm)}::int2[]),
      unnest(${figures(({ boardsAlive }) => boardsAlive)}::int2[]), json_array_elements(${`[${rows.map(({ reading }) => toDetail(reading)).join()}]`}::json)
    ) AS u (machine, at_s, observation, trouble, hashrate_ths, power_w, chip_temperature_c, fan_rpm, boards_alive, detail)
    JOIN machines m ON m.number = u.machine JOIN sites s ON s.id = m.site_id
    -- In an order, for the same reason as the marks.
    ORDER BY u.machine
    ON CONFLICT (machine) DO UPDATE SET site = excluded.site, at_s = excluded.at_s, read_at_s = coalesce(excluded.read_at_s, l.read_at_s),
      hashrate_ths = excluded.hashrate_ths, power_w = excluded.power_w, chip_temperature_c = excluded.chip_temperature_c, fan_rpm = excluded.fan_rpm,
      boards_alive = excluded.boards_alive, state = excluded.state, trouble = excluded.trouble, trouble_detail = excluded.trouble_detail,
      snapshot = coalesce(excluded.snapshot, l.snapshot)
    WHERE excluded.at_s > l.at_s`);
}

/** Once an hour is enough: the register only says that there is something to roll up. */
async function registerTenant(run: RunBulk, tenantId: string): Promise<void> {
  await run(Prisma.sql`
    INSERT INTO telemetry_tenants AS t (id) VALUES (${tenantId}::uuid)
    ON CONFLICT (id) DO UPDATE SET stored_at = now() WHERE t.stored_at < now() - interval '1 hour'`);
}
