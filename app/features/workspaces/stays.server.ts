// The stays of platform staff in workspaces of customers: their own list, and the one they are in right now.
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { requireStaff } from '#app/platform/permissions/require-permission.ts';

const MOST_LISTED = 20;

export type ListedStay = { id: string; tenantId: string; reason: string; enteredAt: string; endsAt: string; isOver: boolean };

/** The actor's own, newest first. Names of workspaces are theirs: outside of one, staff know its number only. Throws PermissionError. */
export async function listOwnStays(actor: Actor, { db = getDb(), now = new Date() }: { db?: Db; now?: Date } = {}): Promise<ListedStay[]> {
  requireStaff(actor);
  const rows = await db.$withUser(actor.userId, (tx) =>
    tx.workspaceEntry.findMany({ where: { userId: actor.userId }, orderBy: [{ enteredAt: 'desc' }, { id: 'asc' }], take: MOST_LISTED }),
  );
  return rows.map(({ id, tenantId, reason, enteredAt, expiresAt, leftAt }) => {
    const endsAt = leftAt ?? expiresAt;
    return { id, tenantId, reason, enteredAt: enteredAt.toISOString(), endsAt: endsAt.toISOString(), isOver: endsAt <= now };
  });
}

export type CurrentStay = {
  workspace: string;
  /** Time left at the moment of the answer, ms. */
  leftMs: number;
  endsAt: string;
};

/** Null: the actor is where they are as a member, or nowhere. */
export async function findCurrentStay(
  { tenantId, stayEndsAtMs }: Actor,
  { db = getDb(), now = new Date() }: { db?: Db; now?: Date } = {},
): Promise<CurrentStay | null> {
  if (tenantId === null || stayEndsAtMs === null) return null;
  const tenant = await db.$withTenant(tenantId, (tx) => tx.tenant.findUnique({ where: { id: tenantId }, select: { name: true } }));
  if (tenant === null) return null;
  return { workspace: tenant.name, leftMs: Math.max(0, stayEndsAtMs - now.getTime()), endsAt: new Date(stayEndsAtMs).toISOString() };
}
