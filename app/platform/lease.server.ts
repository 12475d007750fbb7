/** The right to do something alone for a while, among all processes: a key in Redis that only its holder gives back. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Gives the right back, if it is still ours. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end`;

/** `null`: somebody else holds it. A holder that dies loses it after `holdMs`. Rejects when Redis does not answer. */
export async function takeLease(redis: Redis, key: string, holdMs: number): Promise<{ release: () => Promise<void> } | null> {
  const token = randomUUID();
  if ((await redis.set(key, token, 'PX', holdMs, 'NX')) !== 'OK') return null;
  return { release: async () => void (await redis.eval(RELEASE, 1, key, token)) };
}
