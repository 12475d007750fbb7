/** Read model of /energy: what a site, its clients and its machines used in a month, and the demand of the site by the quarter of an hour. */

import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { whereSiteSeen } from '#app/features/monitoring/overview/read-overview.server.ts';
import { type Energy, toEnergy } from '#app/features/telemetry/energy/energy.ts';
import { readSiteEnergy } from '#app/features/telemetry/energy/read-site-energy.server.ts';
import { NO_CLIENT } from '#app/features/telemetry/layers.ts';
import { isReached, type MachineReach } from '#app/features/telemetry/read/reach.server.ts';
import { type MonthDemand, readMonthDemand } from '#app/features/telemetry/read/read-sums.server.ts';
import { findMonth, type Span, toLocalMonth } from '#app/features/telemetry/site-time.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { readMonth, toMiddleS } from './energy-month.ts';

const MAX_CHOICES = 500;
/** Machines of a page; the file has all of them. */
const PAGE_MACHINES = 50;
export const MAX_FILE_MACHINES = 60_000;

export type MachineEnergy = Energy & { number: number; serial: string | null };
export type ClientEnergy = Energy & { name: string | null };

export type EnergyView = {
  sites: { id: string; name: string }[];
  /** Null: there is no site to tell of. */
  site: { id: string; name: string; timeZone: string } | null;
  month: string;
  isOwnOnly: boolean;
  /** Readings of the site's meter may be sent. */
  maySendMeter: boolean;
  /** Of the site, or of what the reader may see of it. */
  total: Energy | null;
  clients: ClientEnergy[];
  machines: MachineEnergy[];
  machineCount: number;
  /** Null: demand is the whole site's, and the reader is limited to clients. */
  demand: MonthDemand | null;
};

type Site = { id: string; name: string; number: number; timeZone: string };
type SumRow = { machineKwh: number; ratedKwh: number; powerKnownS: number; totalS: number };

const SUMS = Prisma.sql`
  coalesce(sum(energy_machine_kwh::float8), 0) AS "machineKwh", coalesce(sum(energy_rated_kwh::float8), 0) AS "ratedKwh", coalesce(sum(power_known_s), 0)::float8 AS "powerKnownS",
  coalesce(sum(hashing_s + curtailed_s + planned_s + faulty_s + unknown_s), 0)::float8 AS "totalS"`;

const within = ({ fromS, toS }: Span) => Prisma.sql`t.at >= to_timestamp(${fromS}::float8) AND t.at < to_timestamp(${toS}::float8)`;

function keysOf(reach: MachineReach): string[] | null {
  return reach.kind === 'own' && reach.clientIds.length > 0 ? [...reach.clientIds] : null;
}

export async function listEnergySites({ deps, tenantId, reach }: FleetReader): Promise<Site[]> {
  return deps.db.$withTenant(
    tenantId,
    (tx) => tx.$queryRaw<Site[]>`
      SELECT s.id, s.name, s.number, s.time_zone AS "timeZone" FROM sites s WHERE ${whereSiteSeen(reach)} ORDER BY s.name LIMIT ${MAX_CHOICES}::int4`,
  );
}

/** An unknown site or month in the address is the first site and the current month. */
export function findAsked(sites: readonly Site[], url: string, nowS: number): { site: Site | null; month: string } {
  const { searchParams } = new URL(url);
  const site = sites.find(({ id }) => id === searchParams.get('siteId')) ?? sites[0] ?? null;
  return { site, month: readMonth(searchParams.get('month')) ?? toLocalMonth(site?.timeZone ?? 'UTC', nowS) };
}

export async function readEnergyPage(reader: FleetReader, url: string): Promise<EnergyView> {
  const { deps, tenantId, reach } = reader;
  const maySendMeter = reader.may.writeSites;
  const sites = await listEnergySites(reader);
  const { site, month } = findAsked(sites, url, Date.now() / 1000);
  const isOwnOnly = keysOf(reach) !== null;
  const choices = sites.map(({ id, name }) => ({ id, name }));
  if (site === null)
    return { sites: choices, site, month, isOwnOnly, maySendMeter, total: null, clients: [], machines: [], machineCount: 0, demand: null };
  const middleS = toMiddleS(month);
  const span = findMonth(site.timeZone, middleS);
  const [sums, demand] = await Promise.all([
    deps.db.$withTenant(tenantId, async (tx) => ({
      total: await sumSite(tx, reach, site.number, span),
      clients: await sumClients(tx, reach, site.number, span),
      machines: await sumMachines(tx, reach, site.number, span, PAGE_MACHINES),
      machineCount: await countMachines(tx, reach, site.number, span),
    })),
    readMonthDemand(deps.db, tenantId, reach, { siteId: site.id, atS: middleS }),
  ]);
  return { sites: choices, site, month, isOwnOnly, maySendMeter, ...sums, demand };
}

async function sumSite(tx: TenantClient, reach: MachineReach, site: number, span: Span): Promise<Energy> {
  const keys = keysOf(reach);
  // A client is told of own machines; the meter counts everybody's, and cooling with them.
  if (keys === null) return toEnergy(await readSiteEnergy(tx, site, span));
  const rows = await tx.$queryRaw<SumRow[]>`
    SELECT ${SUMS} FROM telemetry_site_slots t WHERE t.site = ${site}::int4 AND t.client_id = ANY(${keys}::uuid[]) AND ${within(span)}`;
  return toEnergy(rows[0] ?? { machineKwh: 0, ratedKwh: 0, powerKnownS: 0, totalS: 0 });
}

async function sumClients(tx: TenantClient, reach: MachineReach, site: number, span: Span): Promise<ClientEnergy[]> {
  const keys = keysOf(reach);
  const own = keys === null ? Prisma.sql`t.client_id <> ${NO_CLIENT}::uuid` : Prisma.sql`t.client_id = ANY(${keys}::uuid[])`;
  const rows = await tx.$queryRaw<(SumRow & { name: string | null })[]>`
    SELECT c.name, ${SUMS} FROM telemetry_site_slots t LEFT JOIN clients c ON c.id = t.client_id
    WHERE t.site = ${site}::int4 AND ${own} AND ${within(span)} GROUP BY t.client_id, c.name ORDER BY "machineKwh" DESC LIMIT ${MAX_CHOICES}::int4`;
  return rows.map(({ name, ...sums }) => ({ name, ...toEnergy(sums) }));
}

/** By energy, most first. Whole days: the hour that is going on is in none of them. */
export async function sumMachines(tx: TenantClient, reach: MachineReach, site: number, span: Span, take: number): Promise<MachineEnergy[]> {
  const rows = await tx.$queryRaw<(SumRow & { number: number; serial: string | null })[]>`
    SELECT m.number, m.serial, ${SUMS} FROM telemetry_machine_days t JOIN machines m ON m.number = t.machine
    WHERE t.site = ${site}::int4 AND ${within(span)} AND ${isReached(reach)} AND ${ownTime(reach)}
    GROUP BY m.number, m.serial ORDER BY coalesce(sum(energy_machine_kwh::float8 + energy_rated_kwh::float8), 0) DESC, m.number LIMIT ${take}::int4`;
  return rows.map(({ number, serial, ...sums }) => ({ number, serial, ...toEnergy(sums) }));
}

async function countMachines(tx: TenantClient, reach: MachineReach, site: number, span: Span): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT t.machine)::int4 AS count FROM telemetry_machine_days t JOIN machines m ON m.number = t.machine
    WHERE t.site = ${site}::int4 AND ${within(span)} AND ${isReached(reach)} AND ${ownTime(reach)}`;
  return rows[0]?.count ?? 0;
}

/** The time in which the machines were the reader's own, on rows `t`. */
function ownTime(reach: MachineReach): Prisma.Sql {
  const keys = keysOf(reach);
  return keys === null ? Prisma.sql`true` : Prisma.sql`t.client_id = ANY(${keys}::uuid[])`;
}
