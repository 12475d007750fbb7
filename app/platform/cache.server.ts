/**
 * Values that are dear to make and may be a little old, kept in Redis for every process: fresh for a while, then still given while one process makes the next
 * (stale-while-revalidate), and forgotten at once when something says that they changed. Redis is no condition: without it the value is made.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { z } from 'zod';
import { takeLease } from './lease.server.ts';

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
  /** What was kept, or is being made, is wrong from now on. */
  forget(): Promise<void>;
};

const PREFIX = 'cache:';
/** Longest time for which one process is trusted to be making the value. */
const MAKING_MS = 10_000;
/** Longest time for which a value can be under way: so long a `forget` is remembered. */
const FORGOTTEN_MS = 3_600_000;
/** Keeps a value unless a `forget` came since it was begun. */
const KEEP = `if (redis.call('get', KEYS[2]) or '') == ARGV[1] then return redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) else return 0 end`;

export function createCache<Value>(redis: () => Redis, options: CacheOptions<Value>): Cache<Value> {
  const { freshMs, staleMs, schema, make, onTrouble, nowMs = Date.now } = options;
  const key = `${PREFIX}${options.key}`;
  const lockKey = `${key}:making`;
  /** Changes with every `forget`: what was begun before it must be neither kept nor shared after it. */
  const generationKey = `${key}:generation`;
  let making: { generation: string | null; value: Promise<Value> } | null = null;

  /** `generation`: of the moment of reading; `null`: Redis does not answer. */
  async function read(): Promise<{ generation: string | null; kept: { atMs: number; value: Value } | null }> {
    try {
      const [text, generation] = await redis().mget(key, generationKey);
      return { generation: generation ?? '', kept: text === null || text === undefined ? null : parseKept(text) };
    } catch (error) {
      onTrouble(error);
      return { generation: null, kept: null };
    }
  }

  function parseKept(text: string): { atMs: number; value: Value } | null {
    const kept = JSON.parse(text) as { atMs: number; value: unknown };
    const parsed = schema.safeParse(kept.value);
    return parsed.success ? { atMs: kept.atMs, value: parsed.data } : null;
  }

  /** Calls of one process that come while the value is being made share it. */
  function makeOnce(generation: string | null): Promise<Value> {
    if (making !== null && making.generation === generation) return making.value;
    const mine = { generation, value: makeAndKeep(generation) };
    making = mine;
    const settle = () => {
      if (making === mine) making = null;
    };
    mine.value.then(settle, settle);
    return mine.value;
  }

  async function makeAndKeep(generation: string | null): Promise<Value> {
    const atMs = nowMs();
    const value = await make();
    if (generation !== null) {
      await redis()
        .eval(KEEP, 2, key, generationKey, generation, JSON.stringify({ atMs, value }), freshMs + staleMs)
        .catch(onTrouble);
    }
    return value;
  }

  /** In the background, by one process at a time. */
  async function renew(generation: string | null): Promise<void> {
    try {
      const lease = await takeLease(redis(), lockKey, MAKING_MS);
      if (lease === null) return;
      try {
        await makeOnce(generation);
      } finally {
        await lease.release();
      }
    } catch (error) {
      onTrouble(error);
    }
  }

  return {
    async get() {
      const { generation, kept } = await read();
      if (kept === null) return makeOnce(generation);
      if (nowMs() - kept.atMs > freshMs) void renew(generation);
      return kept.value;
    },
    async forget() {
      await redis().multi().set(generationKey, randomUUID(), 'PX', FORGOTTEN_MS).del(key).exec().catch(onTrouble);
    },
  };
}
