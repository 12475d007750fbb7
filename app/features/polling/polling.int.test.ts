import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toStateCode } from '#app/features/telemetry/store/sample-state.ts';
import { type BulkDb, createBulkDb } from '#app/platform/bulk-db.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { listenDatabase } from '#app/platform/listen-database.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { createCommandConnection } from '#app/platform/redis.server.ts';
import { createReadMachine } from '#collectors/cgminer/read-machine.ts';
import { type Farm, startFarm } from '#collectors/simulator/farm.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { type CuttableProxy, startCuttableProxy, targetOf, throughProxy } from '../../../tests/support/cuttable-proxy.ts';
import type { LiveCells } from './live-cells.ts';
import { readLiveAfter, toStreamId } from './live-stream.server.ts';
import type { StoredBatch } from './poll-one-site.server.ts';
import { type Polling, startPolling } from './start-polling.server.ts';

const MINERS = 120;
const [HASHING, UNKNOWN] = [toStateCode('hashing'), toStateCode('unknown')];
const CADENCE_S = 10;
/** Five cycles and what a busy computer adds. */
const PATIENCE = { timeout: 60_000, interval: 250 };

/** Far less than the minute after which lists are read anyway. */
const HINT = { timeout: 20_000, interval: 250 };

type Worker = {
  polling: Polling;
  postgres: CuttableProxy;
  redis: CuttableProxy;
  batches: StoredBatch[];
  lines: string[];
  close(): Promise<void>;
};

let scratch: ScratchDatabase;
let farm: Farm;
let tenantId: string;
let siteNumber: number;
let plainRedis: Redis;
const workers: Worker[] = [];
const redisUrl = process.env.TEST_REDIS_URL ?? '';

async function startWorker(): Promise<Worker> {
  const lines: string[] = [];
  const log = createLog({ minLevel: 'debug', now: () => new Date(), write: (line) => lines.push(line) });
  const postgres = await startCuttableProxy(targetOf(scratch.appUrl));
  const redisProxy = await startCuttableProxy(targetOf(redisUrl));
  const url = throughProxy(scratch.appUrl, postgres);
  const db: Db = createDb(url, { maxConnections: 2 });
  const bulkDb: BulkDb = createBulkDb(url, log);
  const redis = createCommandConnection(throughProxy(redisUrl, redisProxy), log);
  const batches: StoredBatch[] = [];
  const polling = startPolling({
    db,
    bulkDb,
    redis,
    log,
    read: createReadMachine(),
    hooks: [async (batch) => batches.push(batch)],
    allowsLoopback: false,
    rawDays: 2,
    listen: (onNotice) => listenDatabase('polling_changed', onNotice, url, log),
    leaseMs: 4_000,
    leaseTickMs: 1_000,
  });
  const worker: Worker = {
    polling,
    postgres,
    redis: redisProxy,
    batches,
    lines,
    async close() {
      await polling.stop(2_000);
      await Promise.all([db.$disconnect(), bulkDb.close()]);
      redis.disconnect();
      await Promise.all([postgres.close(), redisProxy.close()]);
    },
  };
  workers.push(worker);
  return worker;
}

const asOwner = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(scratch.ownerUrl, work);

/** Seconds at which a live machine was read, by machine. */
async function readSamples(): Promise<Map<number, number[]>> {
  const { rows } = await asOwner((owner) =>
    owner.query<{ machine: number; at_s: number }>('SELECT machine, at_s FROM telemetry_samples WHERE trouble = 0 ORDER BY machine, at_s'),
  );
  const samples = new Map<number, number[]>();
  for (const { machine, at_s } of rows) samples.set(machine, [...(samples.get(machine) ?? []), at_s]);
  return samples;
}

const cyclesOf = async () => Math.min(...[...(await readSamples()).values()].map(({ length }) => length));
const holdersOf = () => workers.filter(({ polling }) => polling.sites().length > 0);

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  plainRedis = createCommandConnection(redisUrl, createLog({ minLevel: 'error', now: () => new Date(), write: () => undefined }));
  farm = await startFarm({ miners: MINERS, seed: 7, basePort: 0, faults: { dead: 0.05 }, troublesPerDay: 0 });
  tenantId = randomUUID();
  siteNumber = await asOwner(async (owner) => {
    await owner.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Hash House')`, [tenantId]);
    const { rows } = await owner.query<{ id: string; number: number }>(
      `INSERT INTO sites (tenant_id, name, time_zone, poll_cadence_s, status, is_demo) VALUES ($1, 'North', 'UTC', $2, 'active', true) RETURNING id, number`,
      [tenantId, CADENCE_S],
    );
    const site = rows[0]!;
    await owner.query(
      `INSERT INTO machines (tenant_id, site_id, serial, host, port, rated_hashrate_ths, rated_power_w, approval)
       SELECT $1, $2, 'serial ' || place, host, port, 200, 3500, 'approved' FROM unnest($3::text[], $4::int[]) WITH ORDINALITY AS m (host, port, place)`,
      [tenantId, site.id, farm.machines.map(({ address }) => address.host), farm.machines.map(({ address }) => address.port)],
    );
    return site.number;
  });
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  plainRedis?.disconnect();
  await farm?.close();
  await scratch?.drop();
});

/** One story: each part begins where the one before ended. */
describe('polling a site of 120 machines, six of which are dead', () => {
  const live = Math.round(MINERS * 0.95);

  it('stores every live machine once a cycle, by one of two workers', async () => {
    await startWorker();
    await expect.poll(() => holdersOf().length, PATIENCE).toBe(1);
    await startWorker();
    await expect.poll(async () => (await readSamples()).size, PATIENCE).toBe(live);
    await expect.poll(cyclesOf, PATIENCE).toBeGreaterThanOrEqual(2);
    expect(holdersOf()).toEqual([workers[0]]);
  }, 90_000);

  it('tells the hooks and the live stream of what was stored', async () => {
    expect(workers[0]!.batches[0]).toMatchObject({ tenantId, siteNumber });
    const events = await readLiveAfter(plainRedis, { tenantId, siteNumber }, toStreamId(0));
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['cells']));
    const cells = events.map(({ data }) => JSON.parse(data) as LiveCells);
    expect(new Set(cells.flatMap(({ numbers }) => numbers)).size).toBeGreaterThanOrEqual(live);
    expect(new Set(cells.flatMap(({ states }) => states))).toEqual(new Set([HASHING, UNKNOWN]));
    for (const { numbers, states, hashrateThs, powerW, chipTemperatureC } of cells) {
      for (const column of [states, hashrateThs, powerW, chipTemperatureC]) expect(column).toHaveLength(numbers.length);
    }
  });

  it('keeps what it read while PostgreSQL is away, and stores it all afterwards', async () => {
    const [holder] = workers;
    holder!.postgres.cut();
    await expect.poll(() => holder!.polling.sites()[0]!.counts.waiting, PATIENCE).toBeGreaterThan(live);
    holder!.postgres.mend();
    await expect.poll(() => holder!.polling.sites()[0]!.counts.waiting, PATIENCE).toBe(0);
    expect(holder!.polling.sites()[0]!.counts).toMatchObject({ lost: 0, foreign: 0, tooOld: 0, ahead: 0 });
  }, 90_000);

  it('goes on while Redis is away, and is first to take its site back when Redis has forgotten everything', async () => {
    const before = await cyclesOf();
    for (const { redis } of workers) redis.cut();
    const keys = await plainRedis.keys('polling:site:*');
    await plainRedis.del(...keys);
    await expect.poll(cyclesOf, PATIENCE).toBeGreaterThan(before);
    for (const { redis } of workers) redis.mend();
    await expect.poll(() => plainRedis.keys('polling:site:*'), PATIENCE).toHaveLength(keys.length);
    expect(holdersOf()).toEqual([workers[0]]);
  }, 90_000);

  it('polls a machine that was just approved without waiting for the minute', async () => {
    const [spare] = farm.machines.filter(({ index }) => farm.faultOf(index) === null);
    const host = spare!.address.host;
    const setApproval = (approval: string) =>
      asOwner((owner) => owner.query('UPDATE machines SET approval = $2 WHERE host = $1', [host, approval]));
    const machinesOf = () => workers[0]!.polling.sites()[0]!.machines;
    await setApproval('rejected');
    await expect.poll(machinesOf, HINT).toBe(MINERS - 1);
    await setApproval('approved');
    await expect.poll(machinesOf, HINT).toBe(MINERS);
  }, 90_000);

  it('is taken over by the other worker when the first is cut off, and the samples have neither doubles nor holes but that one', async () => {
    const [first, second] = workers;
    first!.redis.cut();
    first!.postgres.cut();
    await expect.poll(() => second!.polling.sites()[0]?.counts.stored ?? 0, PATIENCE).toBeGreaterThan(2 * live);
    const samples = [...(await readSamples()).values()];
    const spaces = samples.flatMap((atS) => atS.slice(1).map((at, place) => at - atS[place]!));
    expect(spaces.filter((space) => space < CADENCE_S / 2).length).toBeLessThanOrEqual(live);
    for (const atS of samples) {
      const holes = atS.slice(1).filter((at, place) => at - atS[place]! > 2.5 * CADENCE_S);
      expect(holes.length).toBeLessThanOrEqual(1);
    }
  }, 90_000);

  it('counts and logs what is lost when a worker must end while the database is away', async () => {
    const [first] = workers;
    const waiting = first!.polling.sites()[0]!.counts.waiting;
    expect(waiting).toBeGreaterThan(0);
    await first!.polling.stop(100);
    expect(first!.polling.sites()[0]!.counts).toMatchObject({ waiting: 0 });
    expect(first!.polling.sites()[0]!.counts.lost).toBeGreaterThanOrEqual(waiting);
    expect(first!.lines.some((line) => line.includes('"event":"polling.lost"') && line.includes('the worker stopped'))).toBe(true);
  });
});
