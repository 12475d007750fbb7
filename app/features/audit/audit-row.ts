// One event as the page and the export show it. What a reader may see of it depends on how far the permission reaches.
import type { AuditAction, AuditOutcome, SnapshotValue } from '#app/platform/audit/actions.ts';
import { isAuditAction } from '#app/platform/audit/actions.ts';
import { ROLES, type Role } from '#app/platform/permissions/actor.ts';
import type { Reach } from '#app/platform/permissions/permissions.ts';

export type AuditChange = { field: string; before: SnapshotValue | undefined; after: SnapshotValue | undefined };

export type AuditRow = {
  seq: number;
  at: string;
  /** Null: recorded by a version that knew actions which this one does not. */
  action: AuditAction | null;
  /** As it was recorded. */
  actionName: string;
  outcome: AuditOutcome;
  /** Null: nobody signed in, or not to be shown to this reader. */
  userId: string | null;
  role: Role | null;
  target: { kind: string; id: string } | null;
  changes: AuditChange[];
  address: string | null;
  requestId: string | null;
  hash: string | null;
};

export type StoredRow = { seq: bigint; at: Date; action: string; outcome: string; userId: string | null; body: string; hash: string };

type Body = {
  actor?: { role?: string };
  target?: { kind: string; id: string } | null;
  before?: Record<string, SnapshotValue> | null;
  after?: Record<string, SnapshotValue> | null;
  address?: string | null;
  requestId?: string | null;
};

/**
 * `reach` own: a client reads about its own machines. It learns what was done, when and with which outcome, and of its own acts everything;
 * not who at the host did it, from where, or which of the host's values changed.
 */
export function toAuditRow(stored: StoredRow, reader: { userId: string | null; reach: Reach }): AuditRow {
  const body = JSON.parse(stored.body) as Body;
  const isOwnAct = stored.userId !== null && stored.userId === reader.userId;
  const seesAll = reader.reach === 'workspace' || isOwnAct;
  return {
    seq: Number(stored.seq),
    at: stored.at.toISOString(),
    action: isAuditAction(stored.action) ? stored.action : null,
    actionName: stored.action,
    outcome: stored.outcome as AuditOutcome,
    userId: seesAll ? stored.userId : null,
    role: ROLES.find((role) => role === body.actor?.role) ?? null,
    target: seesAll ? (body.target ?? null) : null,
    changes: seesAll ? listChanges(body.before ?? {}, body.after ?? {}) : [],
    address: seesAll ? (body.address ?? null) : null,
    requestId: seesAll ? (body.requestId ?? null) : null,
    hash: reader.reach === 'workspace' ? stored.hash : null,
  };
}

function listChanges(before: Record<string, SnapshotValue>, after: Record<string, SnapshotValue>): AuditChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.map((field) => ({ field, before: before[field], after: after[field] }));
}
