// Refusals that their sender can repeat as often as it likes: on record once for each sender and a while, and never more than so many in all.
// Otherwise the log itself would be what an attacker fills. Without Redis nobody can count, and nothing is written.
import type { Redis } from 'ioredis';
import type { Db } from '../db.server.ts';
import type { Log } from '../log.server.ts';
import type { Actor } from '../permissions/actor.ts';
import { takeFromWindow } from '../rate-limit/sliding-window.server.ts';
import type { SnapshotOf } from './actions.ts';
import { type AuditOrigin, PLATFORM_CHAIN, recordAuditAlone } from './record-audit.server.ts';

/** One event of a sender within this span. */
const QUIET_S = 600;
/** Of all senders together, within a minute: an attack from many addresses leaves this much and a count in Redis. */
const MOST_PER_MINUTE = 60;
const MINUTE_MS = 60_000;

type RefusalAction = 'request.rate-limit' | 'request.forgery';

export type RefusalDeps = { db: Db; redis: Redis; log: Log };

export type NotedRefusal<Action extends RefusalAction> = {
  action: Action;
  actor: Actor;
  origin: AuditOrigin;
  /** Names the sender and what was refused: events with the same key are one. */
  key: string;
  path: string;
  after: SnapshotOf<Action>;
};

/** Whether an event was written. Never throws: the refusal itself must go out whatever happens to its record. */
export async function noteRefusal<Action extends RefusalAction>(
  { db, redis, log }: RefusalDeps,
  { action, actor, origin, key, path, after }: NotedRefusal<Action>,
): Promise<boolean> {
  try {
    if (redis.status !== 'ready') return false;
    const isFirst = (await redis.set(`refusal-noted:${action}:${key}`, '1', 'EX', QUIET_S, 'NX')) === 'OK';
    if (!isFirst) return false;
    const { isAllowed } = await takeFromWindow(redis, 'refusals-noted', { most: MOST_PER_MINUTE, windowMs: MINUTE_MS });
    if (!isAllowed) return false;
    const target = { kind: 'permission', id: path } as const;
    await recordAuditAlone(actor.tenantId ?? PLATFORM_CHAIN, { action, actor, origin, outcome: 'refused', target, after }, db);
    return true;
  } catch (error) {
    log.warn('audit.refusal-unrecorded', { action, error });
    return false;
  }
}
