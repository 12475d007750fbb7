/** Whose machines a reader may see, as conditions of a query: what is out of reach is not found. */

import { NO_CLIENT } from '#app/features/telemetry/layers.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

/** `own`: what was granted (app/platform/permissions/can.ts); of several kinds of grants a machine must meet each, and with none there is nothing to see. */
export type MachineReach = { kind: 'workspace' } | { kind: 'own'; siteIds: readonly string[]; clientIds: readonly string[] };

export type ReachedSite = { id: string; number: number; timeZone: string; cadenceS: number; createdAtS: number };
export type ReachedMachine = {
  id: string;
  number: number;
  site: ReachedSite;
  clientId: string | null;
  ratedHashrateThs: number | null;
  ratedPowerW: number | null;
  createdAtS: number;
  /** For a reader who is limited to clients: since when the machine is its client's, as far as that ever changed; 0 for everybody else. */
  ownedSinceS: number;
};

/** Condition on a row `m` of machines. */
export function isReached(reach: MachineReach): Prisma.Sql {
  if (reach.kind === 'workspace') return Prisma.sql`true`;
  const { siteIds, clientIds } = reach;
  if (siteIds.length + clientIds.length === 0) return Prisma.sql`false`;
  const site = siteIds.length === 0 ? Prisma.sql`true` : Prisma.sql`m.site_id = ANY(${[...siteIds]}::uuid[])`;
  const client = clientIds.length === 0 ? Prisma.sql`true` : Prisma.sql`m.client_id = ANY(${[...clientIds]}::uuid[])`;
  return Prisma.sql`(${site} AND ${client})`;
}

/**
 * The sums of a site that add up to what the reader may see: the site as a whole, or its clients that were granted. Null: nothing of the site.
 * A client asked for is one of them.
 */
export function toSumKeys(reach: MachineReach, siteId: string, clientId: string | null): string[] | null {
  if (reach.kind === 'workspace') return [clientId ?? NO_CLIENT];
  const { siteIds, clientIds } = reach;
  if (siteIds.length + clientIds.length === 0) return null;
  if (siteIds.length > 0 && !siteIds.includes(siteId)) return null;
  if (clientIds.length === 0) return [clientId ?? NO_CLIENT];
  if (clientId === null) return [...clientIds];
  return clientIds.includes(clientId) ? [clientId] : null;
}

/** The site if there is such a one; what of it is seen is `toSumKeys`. */
export async function findSite(tx: TenantClient, siteId: string): Promise<ReachedSite | null> {
  const [site] = await tx.$queryRaw<ReachedSite[]>`
    SELECT id, number, time_zone AS "timeZone", poll_cadence_s AS "cadenceS", extract(epoch FROM created_at)::float8 AS "createdAtS"
    FROM sites WHERE id = ${siteId}::uuid`;
  return site ?? null;
}

/** When the machine in a row `m` last changed hands, as far as the reader is limited by that: figures without a client of their own are shown from then on only. Seconds since 1970. */
export function ownedSinceS(reach: MachineReach): Prisma.Sql {
  return reach.kind === 'own' && reach.clientIds.length > 0
    ? Prisma.sql`coalesce((SELECT extract(epoch FROM max(c.at)) FROM machine_changes c WHERE c.machine_id = m.id AND c.field = 'clientId'), 0)::float8`
    : Prisma.sql`0::float8`;
}

export async function findMachine(tx: TenantClient, reach: MachineReach, machineId: string): Promise<ReachedMachine | null> {
  const [row] = await tx.$queryRaw<(Omit<ReachedMachine, 'site'> & { siteId: string })[]>`
    SELECT m.id, m.number, m.site_id AS "siteId", m.client_id AS "clientId", m.rated_hashrate_ths AS "ratedHashrateThs", m.rated_power_w AS "ratedPowerW",
      extract(epoch FROM m.created_at)::float8 AS "createdAtS", ${ownedSinceS(reach)} AS "ownedSinceS"
    FROM machines m WHERE m.id = ${machineId}::uuid AND ${isReached(reach)}`;
  const site = row ? await findSite(tx, row.siteId) : null;
  if (!row || !site) return null;
  const { siteId: _siteId, ...machine } = row;
  return { ...machine, site };
}

/**
 * Condition on the rows of a machine's roll-ups: a reader who is limited to clients sees the time in which the machine was theirs, and nobody else's.
 */
export function isOwnTime(reach: MachineReach): Prisma.Sql {
  return reach.kind === 'own' && reach.clientIds.length > 0
    ? Prisma.sql`client_id = ANY(${[...reach.clientIds]}::uuid[])`
    : Prisma.sql`true`;
}
