import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsFolder } from '../../prisma/migration-files.ts';
import { withClient } from '../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../prisma/scratch-database.ts';
import { createDb, type Db } from './db.server.ts';
import { checkReadiness, type HealthDeps } from './health.server.ts';
import { createLog } from './log.server.ts';
import { createCommandConnection } from './redis.server.ts';

/** Nothing listens on the discard port of the loopback address. */
const CLOSED_PORT = 9;
const silentLog = createLog({ minLevel: 'error', now: () => new Date(), write: () => {} });

let scratch: ScratchDatabase;
let db: Db;
let redis: Redis;
let healthy: HealthDeps;

beforeAll(async () => {
  const redisUrl = process.env.TEST_REDIS_URL;
  if (!redisUrl) throw new Error('TEST_REDIS_URL is not set; run this test through npm test');
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl);
  redis = new Redis(redisUrl);
  healthy = {
    db,
    redis,
    migrationsFolder: migrationsFolder(),
    getEngine: async () => ({ selfTest: () => ({ ok: true, detail: 'self-test passed' }) }),
  };
});
afterAll(async () => {
  await db?.$disconnect();
  redis?.disconnect();
  await scratch?.drop();
});

describe('checkReadiness', () => {
  it('is ready with a migrated database, Redis and a sound engine', async () => {
    expect(await checkReadiness(healthy)).toEqual({
      status: 'ready',
      checks: {
        database: { ok: true, detail: 'connected' },
        redis: { ok: true, detail: 'connected' },
        migrations: { ok: true, detail: expect.stringMatching(/^\d+ applied$/) },
        engine: { ok: true, detail: 'self-test passed' },
      },
    });
  });

  it('says that the database is down, without naming it, and that the rest is well', async () => {
    const url = new URL(scratch.appUrl);
    url.port = String(CLOSED_PORT);
    const unreachable = createDb(url.toString());
    const { status, checks } = await checkReadiness({ ...healthy, db: unreachable });
    await unreachable.$disconnect();
    expect(status).toBe('unready');
    expect(checks.database).toEqual({ ok: false, detail: 'not reachable' });
    expect(checks.migrations).toEqual({ ok: false, detail: 'not reachable' });
    expect(checks.redis.ok).toBe(true);
    expect(JSON.stringify(checks)).not.toMatch(/127\.0\.0\.1|hashinsight_scratch/);
  });

  it('tells a refused login and an empty database from an outage', async () => {
    const wrongPassword = createDb(scratch.appUrl.replace(/:[^:@]+@/, ':not-the-password@'));
    const refused = await checkReadiness({ ...healthy, db: wrongPassword });
    await wrongPassword.$disconnect();
    expect(refused.checks.database.detail).toBe('login refused');

    await withClient(scratch.ownerUrl, (client) => client.query('ALTER TABLE _prisma_migrations RENAME TO put_away'));
    const empty = await checkReadiness(healthy);
    await withClient(scratch.ownerUrl, (client) => client.query('ALTER TABLE put_away RENAME TO _prisma_migrations'));
    expect(empty.checks.migrations.detail).toBe('no migration was ever applied');
    expect(empty.checks.database.ok).toBe(true);
  });

  it('gives a database that accepts and never answers no more than the time limit', async () => {
    const sockets: Socket[] = [];
    const mute = await listen((socket) => sockets.push(socket));
    const url = new URL(scratch.appUrl);
    url.port = String((mute.address() as AddressInfo).port);
    const hanging = createDb(url.toString());
    const { checks } = await checkReadiness({ ...healthy, db: hanging }, { timeoutMs: 50 });
    expect(checks.database).toEqual({ ok: false, detail: 'no answer within 50 ms' });
    mute.close();
    for (const socket of sockets) socket.destroy();
    await hanging.$disconnect();
  });

  it('refuses a role that row-level security does not bind', async () => {
    const asOwner = createDb(scratch.ownerUrl);
    const { checks } = await checkReadiness({ ...healthy, db: asOwner });
    await asOwner.$disconnect();
    expect(checks.database).toEqual({ ok: false, detail: 'the role of DATABASE_URL bypasses row-level security' });
  });

  it('says that Redis is down', async () => {
    const unreachable = createCommandConnection(`redis://127.0.0.1:${CLOSED_PORT}`, silentLog);
    const { status, checks } = await checkReadiness({ ...healthy, redis: unreachable });
    unreachable.disconnect();
    expect(status).toBe('unready');
    expect(checks.redis).toEqual({ ok: false, detail: expect.stringMatching(/^not connected/) });
    expect(checks.database.ok).toBe(true);
  });

  it('names the migrations that are not applied', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
    const older = await checkReadiness({ ...healthy, migrationsFolder: folder });
    await rm(folder, { recursive: true });
    expect(older.checks.migrations.detail).toContain('this version is older than the database');

    await withClient(scratch.ownerUrl, (client) => client.query('UPDATE _prisma_migrations SET rolled_back_at = now()'));
    const { checks } = await checkReadiness(healthy);
    await withClient(scratch.ownerUrl, (client) => client.query('UPDATE _prisma_migrations SET rolled_back_at = NULL'));
    expect(checks.migrations.detail).toContain('not applied: 0001_tenants_and_market_figures');
  });

  it('passes on why the engine is unfit', async () => {
    const getEngine = async () => ({ selfTest: () => ({ ok: false, detail: 'golden case A is off by 3 %' }) });
    const { checks } = await checkReadiness({ ...healthy, getEngine });
    expect(checks.engine).toEqual({ ok: false, detail: 'golden case A is off by 3 %' });
  });
});

/** A server on a free port of the loopback address that accepts connections and says nothing. */
function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onConnection);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
