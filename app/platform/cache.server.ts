/**
 * Values that are dear to make and may be a little old, kept in Redis for every process: fresh for a while, then still given while one process makes the next
 * (stale-while-revalidate), and forgotten at once when something says that they changed. Redis is no condition: without it the value is made.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { z } from 'zod';

export type CacheOptions<Value> = {
  /** Without the prefix of all caches. */
  key: string;
  /** Age up to which a value is given without further thought. */
  freshMs: number;
  /** Further age up to which it is given while the next one is made. */
  staleMs: number;
  /** Values of another release that do not fit are made anew. */
  schema: z.ZodType<Value>;
  make: () => Promise<Value>;
  /** Redis or a background refresh failed: for the log. */
  onTrouble: (error: unknown) => void;
  nowMs?: () => number;
};

export type Cache<Value> = {
  /** Rejects only when `make` does and no value is there. */
  get(): Promise<Value>;
  /** What was kept is wrong from now on. */
  forget(): Promise<void>;
};

const PREFIX = 'cache:';
/** Longest time for which one process is trusted to be making the value. */
const MAKING_MS = 10_000;
/** Gives up the right to make the value, if it is still ours. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end`;

export function createCache<Value>(redis: () => Redis, options: CacheOptions<Value>): Cache<Value> {
  const { freshMs, staleMs, schema, make, onTrouble, nowMs = Date.now } = options;
  const key = `${PREFIX}${options.key}`;
  const lockKey = `${key}:making`;
  let making: Promise<Value> | null = null;

  async function read(): Promise<{ atMs: number; value: Value } | null> {
    try {
      const text = await redis().get(key);
      if (text === null) return null;
      const kept = JSON.parse(text) as { atMs: number; value: unknown };
      const parsed = schema.safeParse(kept.value);
      return parsed.success ? { atMs: kept.atMs, value: parsed.data } : null;
    } catch (error) {
      onTrouble(error);
      return null;
    }
  }

  /** Calls of one process that come while the value is being made share it. */
  function makeOnce(): Promise<Value> {
    making ??= (async () => {
      const atMs = nowMs();
      const value = await make();
      await redis()
        .set(key, JSON.stringify({ atMs, value }), 'PX', freshMs + staleMs)
        .catch(onTrouble);
      return value;
    })().finally(() => {
      making = null;
    });
    return making;
  }

  /** In the background, by one process at a time. */
  async function renew(): Promise<void> {
    const token = randomUUID();
    try {
      if ((await redis().set(lockKey, token, 'PX', MAKING_MS, 'NX')) !== 'OK') return;
      await makeOnce();
      await redis().eval(RELEASE, 1, lockKey, token);
    } catch (error) {
      onTrouble(error);
    }
  }

  return {
    async get() {
      const kept = await read();
      if (kept === null) return makeOnce();
      if (nowMs() - kept.atMs > freshMs) void renew();
      return kept.value;
    },
    async forget() {
      await redis().del(key).catch(onTrouble);
    },
  };
}
