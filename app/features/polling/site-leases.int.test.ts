// Two workers and a Redis that forgets.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSiteLeases } from './site-leases.server.ts';

const TICK_MS = 12_000;

let redis: Redis;
let nowMs = 0;

beforeAll(() => {
  redis = new Redis(process.env.TEST_REDIS_URL ?? '');
});
afterAll(() => redis?.disconnect());

const leases = (worker: string) => createSiteLeases(redis, worker, { tickMs: TICK_MS, nowMs: () => nowMs });
const forget = (siteId: string) => redis.del(`polling:site:${siteId}`);

it('leaves a forgotten lease to the worker that polls, however often others look, and takes it when that one is gone', async () => {
  const siteId = randomUUID();
  const [holder, other] = [leases('holder'), leases('other')];
  expect([...(await holder.round([siteId]))]).toEqual([siteId]);
  expect([...(await other.round([siteId]))]).toEqual([]);
  await forget(siteId);
  for (const laterMs of [0, 50, 11_000]) {
    nowMs += laterMs;
    expect([...(await other.round([siteId]))], `${laterMs}`).toEqual([]);
  }
  expect([...(await holder.round([siteId]))]).toEqual([siteId]);
  expect([...(await other.round([siteId]))]).toEqual([]);

  await forget(siteId);
  expect([...(await other.round([siteId]))]).toEqual([]);
  nowMs += 1.5 * TICK_MS;
  expect([...(await other.round([siteId]))]).toEqual([siteId]);
  expect([...(await holder.round([siteId]))]).toEqual([]);
});

it('gives a site that nobody ever held to the first that asks', async () => {
  const siteId = randomUUID();
  expect([...(await leases('first').round([siteId]))]).toEqual([siteId]);
  expect([...(await leases('second').round([siteId]))]).toEqual([]);
});
