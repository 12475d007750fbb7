// Platform staff inside a customer's workspace: only with a reason, only for a while, and on record in that workspace's own log (decision 0071).
import { type AuditOrigin, recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { PermissionError, requireSignedIn, requireStaff as requireStaffActor } from '#app/platform/permissions/require-permission.ts';
import { findStayFaults } from './enter-result.ts';

export type EnterOutcome =
  | { kind: 'entered'; entryId: string; expiresAt: Date }
  | { kind: 'no-such-workspace' }
  /** Members work there without a stay, under their own role. */
  | { kind: 'is-member' }
  | { kind: 'invalid'; fields: ('reason' | 'minutes')[] };

type Stay = { tenantId: string; reason: string; minutes: number };

/** The session must be moved to the workspace afterwards; from then on the actor is an admin there until the stay ends. Throws PermissionError. */
export async function enterWorkspace(
  actor: Actor,
  { tenantId, reason, minutes }: Stay,
  origin: AuditOrigin,
  { db = getDb(), now = new Date() }: { db?: Db; now?: Date } = {},
): Promise<EnterOutcome> {
  const userId = await requireStaff(actor, db);
  const text = reason.trim();
  const fields = findStayFaults({ reason, minutes });
  if (fields.length > 0) return { kind: 'invalid', fields };
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  return db.$withTenant(tenantId, async (tx) => {
    if ((await tx.tenant.count({ where: { closedAt: null } })) === 0) return { kind: 'no-such-workspace' };
    if ((await tx.membership.count({ where: { userId, suspendedAt: null } })) > 0) return { kind: 'is-member' };
    // A new stay takes the place of one that is still open: the last reason and the last length are the ones that hold.
    await tx.workspaceEntry.updateMany({ where: { tenantId, userId, leftAt: null, expiresAt: { gt: now } }, data: { leftAt: now } });
    const { id } = await tx.workspaceEntry.create({ data: { tenantId, userId, reason: text, enteredAt: now, expiresAt } });
    await recordAudit(tx, tenantId, {
      action: 'workspace.enter',
      actor: { ...actor, tenantId, role: 'admin' },
      origin,
      target: { kind: 'workspace', id: tenantId },
      after: { reason: text, expiresAt: expiresAt.toISOString() },
      at: now,
    });
    return { kind: 'entered', entryId: id, expiresAt };
  });
}

/** Ends every stay of the actor in the workspace; false when there was none. */
export async function exitWorkspace(
  actor: Actor,
  tenantId: string,
  origin: AuditOrigin,
  { db = getDb(), now = new Date() }: { db?: Db; now?: Date } = {},
): Promise<boolean> {
  requireSignedIn(actor);
  const { userId } = actor;
  return db.$withTenant(tenantId, async (tx) => {
    const { count } = await tx.workspaceEntry.updateMany({
      where: { tenantId, userId, leftAt: null, expiresAt: { gt: now } },
      data: { leftAt: now },
    });
    if (count === 0) return false;
    const target = { kind: 'workspace', id: tenantId } as const;
    await recordAudit(tx, tenantId, { action: 'workspace.exit', actor: { ...actor, tenantId, role: 'admin' }, origin, target, at: now });
    return true;
  });
}

/** What the actor says is looked up once more where it counts: a place among the staff may have ended since the request came in. */
async function requireStaff(actor: Actor, db: Db): Promise<string> {
  requireStaffActor(actor);
  if ((await db.platformStaff.count({ where: { userId: actor.userId } })) === 0) throw new PermissionError(null, 'role');
  return actor.userId;
}
