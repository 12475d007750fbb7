// Counts attempts in Redis, before they are looked at: a hundred guesses at once count as a hundred. Fails closed: without Redis the call throws, and
// nothing is tried.
import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ATTEMPT_LIMITS, type AttemptKind } from './attempt-limits.ts';

/**
 * KEYS[1] sorted set of the attempts, scored by time in ms.
 * ARGV[1] now, ms. ARGV[2] window, ms. ARGV[3] max. ARGV[4] slow after. ARGV[5] name of this attempt.
 * Returns 0 when the attempt may be made (it is counted), else the ms to wait (it is not counted).
 */
const TAKE = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - ARGV[2])
local count = redis.call('ZCARD', KEYS[1])
if count >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(1, oldest[2] + ARGV[2] - ARGV[1])
end
if count >= tonumber(ARGV[4]) then
  local latest = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  local pause = math.min(60, 2 ^ (count - ARGV[4])) * 1000
  local wait = latest[2] + pause - ARGV[1]
  if wait > 0 then return wait end
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
`;

export type AttemptDeps = { redis: Redis; keyPrefix: string };

/** Hashed, so that Redis holds no list of addresses. */
function keyOf({ keyPrefix }: AttemptDeps, kind: AttemptKind, subject: string): string {
  return `${keyPrefix}attempts:${kind}:${createHash('sha256').update(subject).digest('base64url')}`;
}

/** Seconds to wait before the next attempt; null: this one may be made, and is counted. */
export async function takeAttempt(deps: AttemptDeps, kind: AttemptKind, subject: string, now: Date): Promise<number | null> {
  const { windowMs, max, slowAfter } = ATTEMPT_LIMITS[kind];
  const waitMs = await deps.redis.eval(TAKE, 1, keyOf(deps, kind, subject), now.getTime(), windowMs, max, slowAfter, randomUUID());
  return Number(waitMs) === 0 ? null : Math.ceil(Number(waitMs) / 1000);
}

/** It was the person after all: earlier attempts no longer count. */
export async function forgetAttempts(deps: AttemptDeps, kind: AttemptKind, subject: string): Promise<void> {
  await deps.redis.del(keyOf(deps, kind, subject));
}
