// Who asks, and how far: every use case of this room begins here. Grants narrow what is read and what is written (decision 0071).
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { AuditOrigin } from '#app/platform/audit/record-audit.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { can, type Grant, type Scope } from '#app/platform/permissions/can.ts';
import { listGrants } from '#app/platform/permissions/grants.server.ts';
import type { Permission, Reach } from '#app/platform/permissions/permissions.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

export type Caller = { actor: Actor; origin: AuditOrigin };
export type SitesDeps = { db: Db };

/** What one transaction of this room knows about its caller. */
export type Scoped = {
  tx: TenantClient;
  tenantId: string;
  caller: Caller;
  reach: Reach;
  grants: readonly Grant[];
  /** Ids that the caller is limited to; null: not limited by sites. */
  siteIds: readonly string[] | null;
  /** Null: not limited by clients. */
  clientIds: readonly string[] | null;
  /** Whether addresses, prices paid and notes of the host may be shown. */
  seesHost: boolean;
};

/** Long enough for ten thousand machines in one transaction. */
export const LONG_WORK_MS = 120_000;

/** Runs the work in the caller's workspace after checking the permission there. Throws PermissionError. */
export async function withScope<T>(
  { db }: SitesDeps,
  caller: Caller,
  permission: Permission,
  work: (scoped: Scoped) => Promise<T>,
  timeoutMs?: number,
): Promise<T> {
  const { actor } = caller;
  requirePermission(actor, permission);
  const { tenantId } = actor;
  if (tenantId === null) throw new PermissionError(permission, 'workspace');
  return db.$withTenant(
    tenantId,
    async (tx) => {
      const grants = await listGrants(tx, actor);
      const reach = requirePermission(actor, permission, {}, grants);
      const idsOf = (kind: Grant['kind']) => grants.flatMap((grant) => (grant.kind === kind ? [grant.id] : []));
      // Whoever may see only what was granted and holds no grant sees nothing; grants of one kind limit by that kind alone.
      const limitedTo = (ids: string[]) => (reach === 'workspace' || (ids.length === 0 && grants.length > 0) ? null : ids);
      const seesHost = can(actor, 'sites.host', {}, grants);
      return work({
        tx,
        tenantId,
        caller,
        reach,
        grants,
        siteIds: limitedTo(idsOf('site')),
        clientIds: limitedTo(idsOf('client')),
        seesHost,
      });
    },
    timeoutMs === undefined ? {} : { timeoutMs },
  );
}

/** The permission on one row, with what the row names. Throws PermissionError. */
export function requireOn({ caller, grants }: Pick<Scoped, 'caller' | 'grants'>, permission: Permission, scope: Scope): void {
  requirePermission(caller.actor, permission, scope, grants);
}

/** For what concerns the whole workspace and no single site. Throws PermissionError for whoever is limited. */
export function requireWhole({ reach }: Pick<Scoped, 'reach'>, permission: Permission): void {
  if (reach !== 'workspace') throw new PermissionError(permission, 'scope');
}

/** Sites that the caller sees: a client's grant does not open the site that its machines stand on. */
export function whereSites({ tenantId, siteIds, clientIds }: Scoped): Prisma.SiteWhereInput {
  if (siteIds !== null) return { tenantId, id: { in: [...siteIds] } };
  return clientIds === null ? { tenantId } : { tenantId, id: { in: [] } };
}

export const getSitesDeps = (): SitesDeps => ({ db: getDb() });

export async function toSitesCaller(context: Pick<RequestContext, 'address' | 'requestId' | 'getActor'>): Promise<Caller> {
  return { actor: await context.getActor(), origin: { address: context.address, requestId: context.requestId } };
}
