// The one way to write an audit event: in the transaction of the act, so that neither exists without the other.
import { Prisma } from '#app/generated/prisma/client.ts';
import { getDb } from '../db.server.ts';
import type { Actor } from '../permissions/actor.ts';
import type { TenantClient } from '../tenancy.server.ts';
import type { AuditAction, AuditOutcome, SnapshotOf } from './actions.ts';
import { type Json, toCanonicalJson } from './canonical-json.ts';
import { redactSnapshot } from './redact-snapshot.ts';

/** The chain of what belongs to no workspace: sign-ins before one is chosen, accounts, failures for unknown addresses. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000';

/** Where the act came from; `null` for jobs and commands. */
export type AuditOrigin = { address: string | null; requestId: string | null };

export type AuditTarget = {
  kind:
    | 'account'
    | 'session'
    | 'token'
    | 'member'
    | 'invitation'
    | 'workspace'
    | 'wallet'
    | 'setting'
    | 'export'
    | 'permission'
    | 'batch'
    | 'scenario'
    | 'report'
    | 'site'
    | 'place'
    | 'client'
    | 'machine';
  id: string;
};

export type AuditEventInput<Action extends AuditAction> = {
  action: Action;
  actor: Actor;
  origin: AuditOrigin;
  outcome?: AuditOutcome;
  target?: AuditTarget;
  before?: SnapshotOf<Action>;
  after?: SnapshotOf<Action>;
  /** Whose site or client it concerns: they may see it. */
  siteId?: string;
  clientId?: string;
  /** The clock, for tests. */
  at?: Date;
};

/**
 * Hands the event in for the chain of the transaction's tenant; the database links it at the commit, where the chain's other writers wait for each
 * other. `before` and `after` are reduced to what the table of actions allows.
 */
export async function recordAudit<Action extends AuditAction>(
  tx: TenantClient,
  tenantId: string,
  input: AuditEventInput<Action>,
): Promise<void> {
  await tx.$executeRaw`SELECT ${toAppendCall(tenantId, input)}`;
}

/** The call that hands an event in; the rest of the statement says when. */
function toAppendCall<Action extends AuditAction>(tenantId: string, input: AuditEventInput<Action>): Prisma.Sql {
  const { action, actor, origin, target, siteId = null, clientId = null, outcome = 'succeeded', at = new Date() } = input;
  const event: { [name: string]: Json } = {
    tenantId,
    at: at.toISOString(),
    action,
    outcome,
    actor: { userId: actor.userId, role: actor.role, sessionId: actor.sessionId, tokenId: actor.tokenId },
    target: target === undefined ? null : { kind: target.kind, id: target.id },
    siteId,
    clientId,
    before: redactSnapshot(action, input.before),
    after: redactSnapshot(action, input.after),
    address: origin.address,
    requestId: origin.requestId,
  };
  return Prisma.sql`append_audit_event(${at}, ${action}, ${outcome}, ${actor.userId}::uuid, ${actor.role}, ${target?.kind ?? null}, ${target?.id ?? null},
    ${siteId}::uuid, ${clientId}::uuid, ${toCanonicalJson(event)})`;
}

/**
 * As `recordAudit`, by itself: for what has no act to go with, such as a refusal. One statement, which is its own transaction: the condition
 * is judged first and sets the tenant.
 */
export async function recordAuditAlone<Action extends AuditAction>(
  tenantId: string,
  input: AuditEventInput<Action>,
  db = getDb(),
): Promise<void> {
  await db.$executeRaw`SELECT ${toAppendCall(tenantId, input)} WHERE set_config('app.tenant_id', ${tenantId}::uuid::text, true) IS NOT NULL`;
}
