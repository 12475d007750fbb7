// The one place where acts of the account room become audit events. What belongs to no workspace goes into the chain of the platform.
import type { AuditTarget } from '#app/platform/audit/record-audit.server.ts';
import { PLATFORM_CHAIN, recordAudit, recordAuditAlone } from '#app/platform/audit/record-audit.server.ts';
import type { Db } from '#app/platform/db.server.ts';
import { actInTenant, type TenantClient } from '#app/platform/tenancy.server.ts';
import type { Visit } from './account-deps.server.ts';
import type { AccountEvent } from './audit-events.ts';

export type EventOrigin = Pick<Visit, 'address' | 'requestId' | 'actor'>;

/**
 * In the transaction of the act and as its last statement: the transaction belongs to the chain's workspace afterwards.
 */
export async function recordAccountEvent(tx: TenantClient, event: AccountEvent, from: EventOrigin): Promise<void> {
  const chain = chainOf(event);
  await actInTenant(tx, chain);
  await recordAudit(tx, chain, toInput(event, from));
}

/** For what changed nothing in the database: sessions, and everything that was refused. */
export async function recordAccountEventAlone(db: Db, event: AccountEvent, from: EventOrigin): Promise<void> {
  await recordAuditAlone(chainOf(event), toInput(event, from), db);
}

function chainOf(event: AccountEvent): string {
  return 'tenantId' in event ? event.tenantId : PLATFORM_CHAIN;
}

function toInput(event: AccountEvent, { address, requestId, actor }: EventOrigin) {
  return {
    action: event.action,
    actor: { ...actor, userId: event.userId ?? actor.userId },
    origin: { address, requestId },
    outcome: 'outcome' in event ? event.outcome : ('succeeded' as const),
    target: toTarget(event),
    ...('before' in event ? { before: { role: event.before } } : {}),
    after: toSnapshot(event),
  };
}

function toTarget(event: AccountEvent): AuditTarget | undefined {
  if ('memberId' in event) return { kind: 'member', id: event.memberId };
  if ('tokenId' in event) return { kind: 'token', id: event.tokenId };
  if ('invitationId' in event) return { kind: 'invitation', id: event.invitationId };
  if ('tenantId' in event) return { kind: 'workspace', id: event.tenantId };
  if ('endedSessionId' in event) return { kind: 'session', id: event.endedSessionId };
  if ('address' in event) return { kind: 'wallet', id: event.address };
  return event.userId === null ? undefined : { kind: 'account', id: event.userId };
}

/** Every field of the event; the table of actions keeps what may be written down. */
function toSnapshot(event: AccountEvent): Record<string, string | number | null | readonly string[]> {
  const { action: _, ...fields } = event;
  const entries = Object.entries(fields).filter(([name]) => name !== 'before' && name !== 'outcome');
  return Object.fromEntries(entries.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]));
}
