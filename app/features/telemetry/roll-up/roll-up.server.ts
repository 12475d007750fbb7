/**
 * Brings the roll-ups of a workspace up to what was stored: only buckets that a sample marked, slots first, then the hours and days above them. Called every minute; one that
 * was interrupted is continued by the next call, because a mark goes in the transaction that writes its bucket.
 */

import { DAY_S, SLOT_S, SLOTS_PER_HOUR, toGapLimitS, toOpenS } from '#app/features/telemetry/layers.ts';
import { findDay, findHour, type Span } from '#app/features/telemetry/site-time.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { type RolledSite, writeDays, writeHours, writeSlots } from './roll-up-sql.server.ts';

const TIMEOUT_MS = 60_000;
const MAX_MARKS = 5_000;

export type RollUpOptions = {
  nowMs: number;
  /** TELEMETRY_RAW_DAYS; 0 = raw samples are kept for ever. */
  rawDays: number;
  signal?: AbortSignal;
};

export type RolledUp = {
  slots: number;
  hours: number;
  days: number;
  /** Marks of buckets whose samples may have been dropped already: what was rolled up stays as it is. */
  expired: number;
};

type Layer = 'slot' | 'hour' | 'day';

/** Sites of the workspace with something to do, by number. */
async function listMarkedSites(tx: TenantClient): Promise<RolledSite[]> {
  return tx.$queryRaw<RolledSite[]>`
    SELECT s.id, s.number, s.time_zone AS "timeZone", s.poll_cadence_s AS "cadenceS"
    FROM sites s WHERE EXISTS (SELECT FROM telemetry_dirty d WHERE d.site = s.number) ORDER BY s.number`;
}

/** Beginnings of marked buckets that began at `beganS` at the latest, oldest first. */
async function listMarks(tx: TenantClient, site: RolledSite, layer: Layer, beganS: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ atS: number }[]>`
    SELECT extract(epoch FROM at)::int4 AS "atS" FROM telemetry_dirty
    WHERE site = ${site.number}::int4 AND layer = ${layer} AND at <= to_timestamp(${beganS}::int8) ORDER BY at LIMIT ${MAX_MARKS}`;
  return rows.map(({ atS }) => atS);
}

const toTimes = (seconds: readonly number[]) => seconds.map((atS) => new Date(atS * 1000));

async function removeMarks(tx: TenantClient, site: RolledSite, layer: Layer, seconds: readonly number[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM telemetry_dirty WHERE site = ${site.number}::int4 AND layer = ${layer} AND at = ANY(${toTimes(seconds)}::timestamptz[])`;
}

async function addMark(tx: TenantClient, tenantId: string, site: RolledSite, layer: Layer, atS: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO telemetry_dirty (tenant_id, site, layer, at) VALUES (${tenantId}::uuid, ${site.number}::int4, ${layer}, to_timestamp(${atS}::int8))
    ON CONFLICT (site, layer, at) DO UPDATE SET noticed_at = now()`;
}

/** Slots that follow each other within one hour of the site are written together. */
function joinSlots(site: RolledSite, seconds: readonly number[]): { span: Span; hourS: number }[] {
  const joined: { span: Span; hourS: number }[] = [];
  let hour: Span = { fromS: 0, toS: 0 };
  for (const atS of seconds) {
    if (atS >= hour.toS) hour = findHour(site.timeZone, atS);
    const last = joined.at(-1);
    if (last && last.hourS === hour.fromS && last.span.toS === atS) last.span.toS += SLOT_S;
    else joined.push({ span: { fromS: atS, toS: atS + SLOT_S }, hourS: hour.fromS });
  }
  return joined;
}

/**
 * Rolls up everything that is due in one workspace. Whoever calls for the same workspace meanwhile waits for each bucket. A site that cannot be rolled up keeps its marks and
 * stops no other; throws AggregateError, one error a site, after all had their turn.
 */
export async function rollUp(db: Db, tenantId: string, { nowMs, rawDays, signal }: RollUpOptions): Promise<RolledUp> {
  const nowS = Math.floor(nowMs / 1000);
  const done: RolledUp = { slots: 0, hours: 0, days: 0, expired: 0 };
  const within = <T>(work: (tx: TenantClient) => Promise<T>) => db.$withTenant(tenantId, work, { timeoutMs: TIMEOUT_MS });
  /** Marks go first: a sample that comes while the bucket is being written marks it again. */
  const write = (site: RolledSite, layer: Layer, seconds: readonly number[], work: (tx: TenantClient) => Promise<void>) =>
    within(async (tx) => {
      signal?.throwIfAborted();
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('telemetry:' || ${site.number}::text, 0)),
        set_config('work_mem', '64MB', true), set_config('statement_timeout', '60s', true)`;
      await removeMarks(tx, site, layer, seconds);
      await work(tx);
    });

  const rollUpSite = async (site: RolledSite) => {
    const openS = toOpenS(nowS, site.cadenceS);
    const horizonS = rawDays === 0 ? 0 : nowS - rawDays * DAY_S + toGapLimitS(site.cadenceS);

    const expired = await within((tx) => expire(tx, site, horizonS));
    done.expired += expired;

    for (const { span, hourS } of joinSlots(site, await within((tx) => listMarks(tx, site, 'slot', openS - SLOT_S)))) {
      const seconds = Array.from({ length: (span.toS - span.fromS) / SLOT_S }, (_, index) => span.fromS + index * SLOT_S);
      await write(site, 'slot', seconds, async (tx) => {
        await writeSlots(tx, tenantId, site, span);
        await addMark(tx, tenantId, site, 'hour', hourS);
      });
      done.slots += seconds.length;
    }
    for (const atS of await within((tx) => listMarks(tx, site, 'hour', openS - SLOT_S * SLOTS_PER_HOUR))) {
      const hour = findHour(site.timeZone, atS);
      await write(site, 'hour', [atS], async (tx) => {
        await writeHours(tx, tenantId, site, hour);
        await addMark(tx, tenantId, site, 'day', findDay(site.timeZone, atS).fromS);
      });
      done.hours += 1;
    }
    for (const atS of await within((tx) => listMarks(tx, site, 'day', nowS))) {
      await write(site, 'day', [atS], (tx) => writeDays(tx, tenantId, site, findDay(site.timeZone, atS)));
      done.days += 1;
    }
  };

  const failures: Error[] = [];
  for (const site of await within(listMarkedSites)) {
    try {
      await rollUpSite(site);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(new Error(`site ${site.number}: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `roll-ups failed, ${failures.map(({ message }) => message).join('; ')}`);
  return done;
}

/** Slots and hours that reach back behind the raw samples cannot be computed anew; computing them from what is left would write a loss that never was. */
async function expire(tx: TenantClient, site: RolledSite, horizonS: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM telemetry_dirty WHERE site = ${site.number}::int4
      AND layer IN ('slot', 'hour') AND at < to_timestamp(${horizonS}::int8)`;
}
