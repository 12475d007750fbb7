/** Lists through the real queue: two at once go on side by side, and a worker that dies hard is followed by another. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCENARIO } from '#app/features/batch/computing/computing.fixture.ts';
import { NO_CHOICES } from '#app/features/batch/rows/read-batch.ts';
import {
  beginUpload,
  type Caller,
  cancelBatch,
  findBatch,
  finishUpload,
  giveUpBatch,
  listRows,
  type StoreDeps,
} from '#app/features/batch/stored/batch-store.server.ts';
import { processBatchWith } from '#app/features/batch/stored/process-batch.server.ts';
import { createPartWriter } from '#app/features/batch/stored/stored-file.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import type { Engine } from '#engine';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { batchProcess } from '#jobs/contracts/batch-process.ts';
import { withClient } from '../../prisma/prepare-database.ts';
import { createScratchDatabase } from '../../prisma/scratch-database.ts';
import { handling } from './handler.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

/** A worker without a sign of life for so long is taken for dead. */
const LOCK_MS = 1_000;
const GRACE_MS = 5_000;

let db: Db;
let engine: Engine;
let scratch: Awaited<ReturnType<typeof createScratchDatabase>>;
let caller: Caller;
let redisUrl: string;
let prefix: string;
let queues: Queues;
let deps: StoreDeps;
let worker: RunningWorker | null;
let child: ChildProcess | null;
let onDone: (batchId: string) => void;
const log = createLog({ minLevel: 'error', now: () => new Date(), write: () => undefined });

beforeAll(async () => {
  redisUrl = process.env.TEST_REDIS_URL ?? '';
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  engine = await loadBuild('simd');
  const tenantId = randomUUID();
  await withClient(scratch.ownerUrl, (owner) => owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, 'Test']));
  caller = {
    actor: {
      userId: randomUUID(),
      tenantId,
      role: 'operator',
      isAlone: false,
      sessionId: null,
      tokenId: null,
      scopes: null,
      isStaff: false,
      stayEndsAtMs: null,
    },
    origin: { address: null, requestId: null },
  };
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  queues = new Queues(createQueueConnection(redisUrl, log), { prefix });
  deps = { db, enqueue: (job) => queues.enqueue(batchProcess, job), now: () => new Date() };
  worker = null;
  child = null;
  onDone = () => undefined;
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await worker?.stop(GRACE_MS);
  await queues.close();
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

function aList(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) =>
    index % 100 === 7 ? 'S19,x,0.05' : `S19j Pro,${1 + (index % 9)},0.0${3 + (index % 5)}`,
  );
  return `Model,Qty,Electricity\n${lines.join('\n')}\n`;
}

async function upload(text: string): Promise<string> {
  const { tenantId, batchId } = await beginUpload(deps, caller, 'list.csv');
  const writer = createPartWriter(db, tenantId, batchId);
  await writer.write(new TextEncoder().encode(text));
  const fileBytes = await writer.end();
  const request = { scenario: SCENARIO, cnyPerUsd: 7, corrections: null, choices: NO_CHOICES, table: {}, market: {} };
  await finishUpload(deps, caller, { tenantId, batchId, fileBytes, request, name: null });
  return batchId;
}

const see = (batchId: string) => findBatch(deps, caller, batchId, null);
const doneOf = (batchId: string) =>
  new Promise<void>((resolve) => {
    onDone = (id) => {
      if (id === batchId) resolve();
    };
  });

async function start(onStored: (batchId: string) => void = () => undefined): Promise<void> {
  worker = await startWorker({
    handlers: [
      handling(batchProcess, async (payload, { signal }) => {
        await processBatchWith(payload, signal, { db, engine, now: () => new Date(), onStored: () => onStored(payload.batchId) });
        onDone(payload.batchId);
      }),
    ],
    schedule: [],
    createConnection: () => createQueueConnection(redisUrl, log),
    log,
    prefix,
    lockMs: LOCK_MS,
  });
}

describe('lists in the queue', () => {
  it('go on side by side: a small one is done while a large one before it is in the middle', { timeout: 120_000 }, async () => {
    const order: string[] = [];
    let begin: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await start((batchId) => {
      order.push(batchId);
      begin();
    });
    const large = await upload(aList(100_000));
    await hasBegun;
    const small = await upload(aList(3_000));
    await doneOf(small);
    expect(await see(small)).toMatchObject({ status: 'done', rowsTotal: 3_000 });
    const half = await see(large);
    expect(half).toMatchObject({ status: 'running' });
    expect(half!.rowsTotal).toBeLessThan(100_000);
    // Neither waits for the other: slices of both alternate.
    const during = order.slice(order.indexOf(small), order.lastIndexOf(small) + 1);
    const largeSlices = during.filter((batchId) => batchId === large).length;
    const smallSlices = during.length - largeSlices;
    expect(smallSlices).toBeGreaterThanOrEqual(6);
    expect(largeSlices).toBeGreaterThanOrEqual(smallSlices / 3);
    expect(largeSlices).toBeLessThanOrEqual(smallSlices * 3);
    await cancelBatch(deps, caller, large);
  });

  it('of a worker that was killed are taken by another and finished without a row twice', { timeout: 120_000 }, async () => {
    child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        fileURLToPath(new URL('./killed-worker.fixture.server.ts', import.meta.url)),
        scratch.appUrl,
        redisUrl,
        prefix,
        String(LOCK_MS),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const stored = new Promise<string>((resolve) => child!.stdout!.once('data', (data) => resolve(String(data))));
    const batchId = await upload(aList(3_000));
    expect(await stored).toBe('stored 501\n');
    const ended = new Promise((resolve) => child!.once('exit', (_code, signal) => resolve(signal)));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(await see(batchId)).toMatchObject({ status: 'running', storedThroughRow: 501 });

    const done = doneOf(batchId);
    await start();
    await done;
    expect(await see(batchId)).toMatchObject({ status: 'done', rowsTotal: 3_000, rowsOk: 2_970, rowsFailed: 30 });
    const numbers: number[] = [];
    for (let afterRow = 0; ; afterRow = numbers.at(-1)!) {
      const rows = await listRows(deps, caller, { batchId, secret: null, afterRow, take: 1_000 });
      if (rows.length === 0) break;
      numbers.push(...rows.map(({ row }) => row));
    }
    expect(numbers).toHaveLength(2_970);
    expect(new Set(numbers).size).toBe(2_970);
  });

  it('that broke off at every attempt say so, and nothing that is done is touched', async () => {
    const batchId = await upload(aList(10));
    const tenantId = caller.actor.tenantId!;
    await giveUpBatch({ tenantId, batchId }, new Date(), db);
    expect(await see(batchId)).toMatchObject({ status: 'failed', failure: { kind: 'given_up' } });
    const done = await upload(aList(10));
    const isDone = doneOf(done);
    await start();
    await isDone;
    await giveUpBatch({ tenantId, batchId: done }, new Date(), db);
    expect(await see(done)).toMatchObject({ status: 'done', failure: null });
  });
});
