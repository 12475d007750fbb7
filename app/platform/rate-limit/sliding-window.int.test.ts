import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeFromWindow } from './sliding-window.server.ts';

let redis: Redis;
beforeAll(() => {
  redis = new Redis(process.env.TEST_REDIS_URL ?? '');
});
afterAll(() => redis?.disconnect());

/** A day: no test reaches the end of a window. */
const A_DAY_MS = 86_400_000;
const daily = (most: number) => ({ most, windowMs: A_DAY_MS });

describe('takeFromWindow', () => {
  it('takes up to the limit and refuses the next, for one subject only', async () => {
    const subject = randomUUID();
    const lefts: number[] = [];
    for (let request = 0; request < 3; request += 1) lefts.push((await takeFromWindow(redis, subject, daily(3))).left);
    expect(lefts).toEqual([2, 1, 0]);
    const refused = await takeFromWindow(redis, subject, daily(3));
    expect(refused).toMatchObject({ isAllowed: false, left: 0 });
    expect(refused.resetMs).toBeGreaterThan(0);
    expect(refused.resetMs).toBeLessThanOrEqual(2 * A_DAY_MS);
    expect(await takeFromWindow(redis, randomUUID(), daily(3))).toMatchObject({ isAllowed: true });
  });

  it('lets exactly the limit through when many ask at once', async () => {
    const subject = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => takeFromWindow(redis, subject, daily(20))));
    expect(answers.filter(({ isAllowed }) => isAllowed)).toHaveLength(20);
  });

  it('counts what was asked in the window before as far as the span still reaches into it', async () => {
    const subject = randomUUID();
    // The whole limit was used in the window before. The share of it that still counts is what of the day is left.
    const windowOfNow = Math.floor(Date.now() / A_DAY_MS);
    await redis.hset(`rate:${subject}`, { w: windowOfNow - 1, c: 1000, p: 0 });
    const { left } = await takeFromWindow(redis, subject, daily(1000), 0);
    const elapsedRatio = (Date.now() % A_DAY_MS) / A_DAY_MS;
    expect(left / 1000).toBeCloseTo(elapsedRatio, 2);
  });

  it('forgets what is older than two windows', async () => {
    const subject = randomUUID();
    const windowOfNow = Math.floor(Date.now() / A_DAY_MS);
    await redis.hset(`rate:${subject}`, { w: windowOfNow - 2, c: 1000, p: 1000 });
    expect(await takeFromWindow(redis, subject, daily(1000))).toMatchObject({ isAllowed: true, left: 999 });
  });

  it('promises a wait after which the request is taken', async () => {
    const subject = randomUUID();
    const limit = { most: 4, windowMs: 200 };
    let refusal = await takeFromWindow(redis, subject, limit);
    while (refusal.isAllowed) refusal = await takeFromWindow(redis, subject, limit);
    // Waits by asking the server's clock, not by a fixed pause.
    const readMs = async () => {
      const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
      return seconds * 1000 + micros / 1000;
    };
    const until = (await readMs()) + refusal.resetMs + 1;
    while ((await readMs()) < until);
    expect(await takeFromWindow(redis, subject, limit)).toMatchObject({ isAllowed: true });
  });

  it('keeps no key longer than two windows', async () => {
    const subject = randomUUID();
    await takeFromWindow(redis, subject, daily(5));
    const ttlMs = await redis.pttl(`rate:${subject}`);
    expect(ttlMs).toBeGreaterThan(A_DAY_MS);
    expect(ttlMs).toBeLessThanOrEqual(2 * A_DAY_MS);
  });
});
