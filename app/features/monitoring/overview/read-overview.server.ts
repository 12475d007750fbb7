/** Read model of /sites: each site that the reader sees, as it is now. */

import { countOpenBySite, type OpenOfSite } from '#app/features/alerts/read/open-alerts.server.ts';
import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import type { FleetNow } from '#app/features/monitoring/rack-map/fleet-cells.ts';
import type { SiteStatus } from '#app/features/sites/sites/site-fields.ts';
import { MAX_SITES } from '#app/features/sites/sites/site-store.server.ts';
import { isReached, type MachineReach } from '#app/features/telemetry/read/reach.server.ts';
import { isFreshLive } from '#app/features/telemetry/read/silence-limit.server.ts';
import type { Uptime } from '#app/features/telemetry/read/uptime.ts';
import { TIME_STATES, type TimeState, toStateCode } from '#app/features/telemetry/store/sample-state.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { readRecentUptime } from './recent-uptime.server.ts';

export const AVAILABILITY_HOURS = 24;

export type SiteCard = {
  id: string;
  number: number;
  name: string;
  location: string | null;
  status: SiteStatus;
  timeZone: string;
  cadenceS: number;
  isDemo: boolean;
  now: FleetNow;
  /** Machines that are entered and not let in: they are not polled and in no figure. */
  waiting: number;
  /** Of the last 24 hours; null: nothing was rolled up of them. */
  uptime: Uptime | null;
};

export type OverviewView = {
  nowMs: number;
  sites: SiteCard[];
  /** By the id of the site; null: alerts are not the reader's to see. */
  openAlerts: Record<string, OpenOfSite> | null;
  total: { machines: number; byState: Record<TimeState, number> };
  /** The reader is limited to clients: figures are of their machines only. */
  isOwnOnly: boolean;
  may: FleetReader['may'];
};

type SiteRow = Omit<SiteCard, 'now' | 'uptime'> & {
  machines: number;
  hashing: number;
  curtailed: number;
  planned: number;
  faulty: number;
  hashrateThs: number | null;
  powerW: number | null;
  powerKnown: number;
  pairedThs: number | null;
  pairedW: number | null;
  lastS: number | null;
};

/** Sites that a reader sees: granted ones, or for a client those on which own machines stand. */
export function whereSiteSeen(reach: MachineReach): Prisma.Sql {
  if (reach.kind === 'workspace') return Prisma.sql`true`;
  const { siteIds, clientIds } = reach;
  if (siteIds.length > 0) return Prisma.sql`s.id = ANY(${[...siteIds]}::uuid[])`;
  return Prisma.sql`EXISTS (SELECT 1 FROM machines m WHERE m.site_id = s.id AND m.client_id = ANY(${[...clientIds]}::uuid[]) AND m.status <> 'retired')`;
}

const countOf = (state: TimeState) =>
  Prisma.sql`count(*) FILTER (WHERE m.approval = 'approved' AND fresh.is AND l.state = ${toStateCode(state)}::int2)::int4`;

/** One pass over the machines' live state. What is older than two and a half cadences is in no sum and, unless its silence was announced, of unknown state. */
export async function readSiteCards(
  tx: TenantClient,
  reach: MachineReach,
  { nowS, siteId = null }: { nowS: number; siteId?: string | null },
): Promise<SiteCard[]> {
  const one = siteId === null ? Prisma.sql`true` : Prisma.sql`s.id = ${siteId}::uuid`;
  const rows = await tx.$queryRaw<SiteRow[]>`
    SELECT s.id, s.number, s.name, s.location, s.status, s.time_zone AS "timeZone", s.poll_cadence_s AS "cadenceS", s.is_demo AS "isDemo", n.*
    FROM sites s CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE m.approval = 'approved')::int4 AS machines, count(*) FILTER (WHERE m.approval IN ('draft', 'pending'))::int4 AS waiting,
        ${countOf('hashing')} AS hashing, ${countOf('curtailed')} AS curtailed, ${countOf('planned')} AS planned, ${countOf('faulty')} AS faulty,
        sum(l.hashrate_ths::float8) FILTER (WHERE fresh.is) AS "hashrateThs", sum(l.power_w::float8) FILTER (WHERE fresh.is) AS "powerW",
        count(l.power_w) FILTER (WHERE fresh.is)::int4 AS "powerKnown",
        sum(l.hashrate_ths::float8) FILTER (WHERE fresh.is AND l.hashrate_ths > 0 AND l.power_w IS NOT NULL) AS "pairedThs",
        sum(l.power_w::float8) FILTER (WHERE fresh.is AND l.hashrate_ths > 0 AND l.power_w IS NOT NULL) AS "pairedW", max(l.at_s)::int4 AS "lastS"
      FROM machines m LEFT JOIN telemetry_live l ON l.machine = m.number AND m.approval = 'approved'
        CROSS JOIN LATERAL (SELECT coalesce(${isFreshLive(nowS)}, false) AS is) AS fresh
      WHERE m.site_id = s.id AND m.status <> 'retired' AND ${isReached(reach)}
    ) AS n
    WHERE ${whereSiteSeen(reach)} AND ${one} ORDER BY s.status = 'closed', s.name LIMIT ${MAX_SITES}::int4`;
  const uptimes = await readRecentUptime(
    tx,
    reach,
    rows.map(({ number }) => number),
    { nowS, hours: AVAILABILITY_HOURS },
  );
  return rows.map((row) => toCard(row, uptimes.get(row.number) ?? null));
}

function toCard({ pairedThs, pairedW, ...row }: SiteRow, uptime: Uptime | null): SiteCard {
  const { id, number, name, location, status, timeZone, cadenceS, isDemo, waiting } = row;
  const { machines, hashing, curtailed, planned, faulty, hashrateThs, powerW, powerKnown, lastS } = row;
  const byState = { hashing, curtailed, planned, faulty, unknown: machines - hashing - curtailed - planned - faulty };
  const efficiencyJPerTh = pairedThs !== null && pairedThs > 0 && pairedW !== null ? pairedW / pairedThs : null;
  const now: FleetNow = { machines, byState, hashrateThs, powerW, powerKnown, efficiencyJPerTh, lastS };
  return { id, number, name, location, status, timeZone, cadenceS, isDemo, now, waiting, uptime };
}

export async function readOverview({ deps, caller, tenantId, reach, may }: FleetReader): Promise<OverviewView> {
  const nowMs = Date.now();
  const [sites, open] = await Promise.all([
    deps.db.$withTenant(tenantId, (tx) => readSiteCards(tx, reach, { nowS: nowMs / 1000 })),
    may.readAlerts ? countOpenBySite(deps, caller) : null,
  ]);
  return {
    nowMs,
    sites,
    openAlerts: open === null ? null : Object.fromEntries(open),
    total: sumUp(sites),
    isOwnOnly: reach.kind === 'own' && reach.clientIds.length > 0,
    may,
  };
}

function sumUp(cards: readonly SiteCard[]): OverviewView['total'] {
  const byState = Object.fromEntries(TIME_STATES.map((state) => [state, cards.reduce((sum, { now }) => sum + now.byState[state], 0)]));
  return { machines: cards.reduce((sum, { now }) => sum + now.machines, 0), byState: byState as Record<TimeState, number> };
}
