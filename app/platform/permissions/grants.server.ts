// The sites and clients that were granted to a person, read in the transaction of the use case that asks.
import type { TenantClient } from '../tenancy.server.ts';
import type { Actor } from './actor.ts';
import type { Grant } from './can.ts';

/** More would be a group of its own; the list is read with every request that needs it. */
const MAX_GRANTS = 1_000;

/** Empty for guests and for whoever works in the whole workspace. */
export async function listGrants(tx: TenantClient, actor: Actor): Promise<Grant[]> {
  if (actor.userId === null || actor.tenantId === null) return [];
  const rows = await tx.roleGrant.findMany({
    where: { tenantId: actor.tenantId, userId: actor.userId },
    select: { siteId: true, clientId: true },
    take: MAX_GRANTS,
  });
  return rows.flatMap(toGrants);
}

/** A row names a site or a client, which the database checks: one grant. */
export function toGrants({ siteId, clientId }: { siteId: string | null; clientId: string | null }): Grant[] {
  if (siteId !== null) return [{ kind: 'site', id: siteId }];
  return clientId === null ? [] : [{ kind: 'client', id: clientId }];
}
