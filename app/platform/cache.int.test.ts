import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cache, createCache } from './cache.server.ts';

let redis: Redis;
beforeAll(() => {
  const url = process.env.TEST_REDIS_URL;
  if (url === undefined) throw new Error('TEST_REDIS_URL is not set');
  redis = new Redis(url);
});
afterAll(() => redis.disconnect());

function aCache(over: { make?: () => Promise<number>; redis?: () => Redis; key?: string } = {}) {
  const clock = { nowMs: 1_000_000 };
  const troubles: unknown[] = [];
  let made = 0;
  const key = over.key ?? randomUUID();
  const cache: Cache<number> = createCache(over.redis ?? (() => redis), {
    key,
    freshMs: 1_000,
    staleMs: 60_000,
    schema: z.number(),
    make: over.make ?? (async () => ++made),
    onTrouble: (error) => troubles.push(error),
    nowMs: () => clock.nowMs,
  });
  return { cache, clock, troubles, key, made: () => made };
}

describe('a cache', () => {
  it('makes a value once while it is fresh, for every process', async () => {
    const one = aCache();
    expect(await one.cache.get()).toBe(1);
    expect(await one.cache.get()).toBe(1);
    const other = aCache({ key: one.key });
    expect(await other.cache.get()).toBe(1);
    expect(other.made()).toBe(0);
  });

  it('is made once for callers that come at the same time', async () => {
    const { cache, made } = aCache();
    expect(await Promise.all([cache.get(), cache.get(), cache.get()])).toEqual([1, 1, 1]);
    expect(made()).toBe(1);
  });

  it('gives the old value while the next one is made', async () => {
    const { cache, clock, made } = aCache();
    await cache.get();
    clock.nowMs += 1_001;
    expect(await cache.get()).toBe(1);
    await expect.poll(made).toBe(2);
    await expect.poll(() => cache.get()).toBe(2);
  });

  it('keeps the old value when the next one cannot be made', async () => {
    let mayMake = true;
    const { cache, clock, troubles } = aCache({
      make: async () => {
        if (mayMake) return 7;
        throw new Error('no database');
      },
    });
    await cache.get();
    mayMake = false;
    clock.nowMs += 1_001;
    expect(await cache.get()).toBe(7);
    await expect.poll(() => troubles.length).toBe(1);
    expect(await cache.get()).toBe(7);
  });

  it('forgets when told so', async () => {
    const { cache } = aCache();
    await cache.get();
    await cache.forget();
    expect(await cache.get()).toBe(2);
  });

  it('neither keeps nor shares a value that was being made when it was told to forget', async () => {
    const finish: ((value: number) => void)[] = [];
    const { cache, key } = aCache({ make: () => new Promise((resolve) => finish.push(resolve)) });
    const before = cache.get();
    await expect.poll(() => finish.length).toBe(1);
    await cache.forget();
    const after = cache.get();
    await expect.poll(() => finish.length).toBe(2);
    finish[1]!(2);
    expect(await after).toBe(2);
    finish[0]!(1);
    expect(await before).toBe(1);
    expect(await aCache({ key }).cache.get()).toBe(2);
  });

  it('lets the next process renew a value that could not be renewed', async () => {
    let mayMake = true;
    const { cache, clock, key, troubles } = aCache({
      make: async () => {
        if (mayMake) return 7;
        throw new Error('no database');
      },
    });
    await cache.get();
    mayMake = false;
    clock.nowMs += 1_001;
    await cache.get();
    await expect.poll(() => troubles.length).toBe(1);
    await expect.poll(() => redis.exists(`cache:${key}:making`)).toBe(0);
  });

  it('makes a value anew that another release wrote', async () => {
    const { cache, key } = aCache();
    await redis.set(`cache:${key}`, JSON.stringify({ atMs: 1_000_000, value: 'text' }));
    expect(await cache.get()).toBe(1);
  });

  it('works without Redis, and says that it does', async () => {
    const gone = new Redis({ port: 1, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
    gone.on('error', () => undefined);
    const { cache, troubles } = aCache({ redis: () => gone });
    expect(await cache.get()).toBe(1);
    expect(await cache.get()).toBe(2);
    expect(troubles.length).toBeGreaterThan(0);
    gone.disconnect();
  });
});
