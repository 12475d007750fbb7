import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { createDb, type Db } from '../db.server.ts';
import { createLog } from '../log.server.ts';
import { type Actor, GUEST } from '../permissions/actor.ts';
import { type NotedRefusal, noteRefusal, type RefusalDeps } from './note-refusal.server.ts';
import { PLATFORM_CHAIN } from './record-audit.server.ts';
import { verifyChainInDatabase } from './verify-database.server.ts';

const log = createLog({ minLevel: 'error', now: () => new Date(), write: () => undefined });
let scratch: ScratchDatabase;
let db: Db;
let deps: RefusalDeps;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  const redis = new Redis(process.env.TEST_REDIS_URL ?? '');
  await redis.ping();
  deps = { db, log, redis };
});
afterAll(async () => {
  deps?.redis.disconnect();
  await db?.$disconnect();
  await scratch?.drop();
});

function aForgery(differences: Partial<NotedRefusal<'request.forgery'>> = {}): NotedRefusal<'request.forgery'> {
  return {
    action: 'request.forgery',
    actor: GUEST,
    origin: { address: '192.0.2.7', requestId: 'r1' },
    key: randomUUID(),
    path: '/members',
    after: { because: 'formOutdated' },
    ...differences,
  };
}

const countIn = (chain: string) => db.$withTenant(chain, (tx) => tx.auditEvent.count());

it('a refusal is on record once, however often and however fast its sender repeats it', async () => {
  const refusal = aForgery();
  const before = await countIn(PLATFORM_CHAIN);
  const noted = await Promise.all(Array.from({ length: 50 }, () => noteRefusal(deps, refusal)));
  expect(noted.filter(Boolean)).toHaveLength(1);
  expect(await countIn(PLATFORM_CHAIN)).toBe(before + 1);
});

it('stands in the log of the workspace of whoever is signed in', async () => {
  const tenantId = randomUUID();
  const actor: Actor = { ...GUEST, userId: randomUUID(), tenantId, role: 'operator', sessionId: randomUUID() };
  expect(await noteRefusal(deps, aForgery({ actor }))).toBe(true);
  const [event] = await db.$withTenant(tenantId, (tx) => tx.auditEvent.findMany());
  expect(JSON.parse(event?.body ?? '')).toMatchObject({
    action: 'request.forgery',
    outcome: 'refused',
    target: { kind: 'permission', id: '/members' },
    after: { because: 'formOutdated' },
    address: '192.0.2.7',
  });
});

it('senders without number leave a bounded number of events, and an intact chain', async () => {
  const before = await countIn(PLATFORM_CHAIN);
  const noted = await Promise.all(Array.from({ length: 150 }, () => noteRefusal(deps, aForgery())));
  // Sixty a minute; at the edge of a minute the sliding window lets a few more in.
  expect(noted.filter(Boolean).length).toBeLessThan(75);
  expect((await countIn(PLATFORM_CHAIN)) - before).toBe(noted.filter(Boolean).length);
  expect(await verifyChainInDatabase(db, PLATFORM_CHAIN)).toMatchObject({ kind: 'intact' });
});

it('nothing is written and nothing thrown when nobody can count', async () => {
  const lost = new Redis({ lazyConnect: true });
  expect(await noteRefusal({ ...deps, redis: lost }, aForgery())).toBe(false);
});
