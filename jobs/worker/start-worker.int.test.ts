import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from '#app/platform/log.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { defineJob, type JobContext } from '#jobs/contracts/queue.ts';
import { recurring } from '#jobs/schedule/recurrence.ts';
import { type Handler, handling } from './handler.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

const HOUR_MS = 3_600_000;
const GRACE_MS = 2_000;

const noteTake = defineJob({
  name: 'note.take',
  queue: 'market',
  payload: z.strictObject({ text: z.string() }),
  attempts: 3,
  backoffMs: 1,
  deduplicationKey: ({ text }) => text,
});

let prefix: string;
let lines: Record<string, unknown>[];
let onLine: () => void;
let started: { stop: () => Promise<unknown> }[];

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  lines = [];
  onLine = () => {};
  started = [];
});
afterEach(async () => {
  for (const { stop } of started.reverse()) await stop();
  const redis = new Redis(redisUrl());
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

function redisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error('TEST_REDIS_URL is not set; run this test through npm test');
  return url;
}

const log = createLog({
  minLevel: 'info',
  now: () => new Date(),
  write: (line) => {
    lines.push(JSON.parse(line));
    onLine();
  },
});
const createConnection = () => createQueueConnection(redisUrl(), log);

/** The first line logged for `event`, now or later. */
function lineOf(event: string, matches: (line: Record<string, unknown>) => boolean = () => true): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    onLine = () => {
      const line = lines.find((candidate) => candidate.event === event && matches(candidate));
      if (line) resolve(line);
    };
    onLine();
  });
}

async function start(handlers: Handler[], schedule = [] as Parameters<typeof startWorker>[0]['schedule']): Promise<RunningWorker> {
  const worker = await startWorker({ handlers, schedule, createConnection, log, prefix });
  started.push({ stop: () => worker.stop(GRACE_MS) });
  return worker;
}

function openQueues(): Queues {
  const queues = new Queues(createConnection(), { prefix });
  started.push({ stop: () => queues.close() });
  return queues;
}

describe('startWorker', () => {
  it('processes an enqueued job once and logs it', async () => {
    const texts: string[] = [];
    await start([handling(noteTake, async ({ text }) => void texts.push(text))]);
    await openQueues().enqueue(noteTake, { text: 'first' });
    expect(await lineOf('job.completed')).toMatchObject({ queue: 'market', job: 'note.take' });
    expect(texts).toEqual(['first']);
  });

  it('tries a failing job again as often as its contract says, and logs each failure without secrets', async () => {
    const attempts: number[] = [];
    const fail = async (_payload: unknown, { attempt }: JobContext) => {
      attempts.push(attempt);
      throw new Error('cannot reach postgresql://app:hunter2@db/x');
    };
    await start([handling(noteTake, fail)]);
    await openQueues().enqueue(noteTake, { text: 'doomed' });
    await lineOf('job.failed', ({ attempt }) => attempt === 3);
    expect(attempts).toEqual([1, 2, 3]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('gives up at once on a payload that does not fit the contract', async () => {
    await start([handling(noteTake, async () => {})]);
    await openQueues().get('market').add('note.take', { text: 7 }, { attempts: 3 });
    expect(await lineOf('job.failed')).toMatchObject({
      attempt: 1,
      error: { message: expect.stringContaining('does not fit its contract') },
    });
  });

  it('makes one job of several with the same deduplication key', async () => {
    const queues = openQueues();
    for (const text of ['same', 'same', 'other']) await queues.enqueue(noteTake, { text });
    expect(await queues.get('market').getWaitingCount()).toBe(2);
  });

  it('runs a scheduled job at its first start and again at a restart, without a second scheduler', async () => {
    const runs: string[] = [];
    const handlers = [handling(noteTake, async ({ text }) => void runs.push(text))];
    const schedule = [recurring({ job: noteTake, payload: { text: 'tick' }, everyMs: HOUR_MS, runsAtStart: true })];
    const first = await start(handlers, schedule);
    await lineOf('job.completed');
    expect(runs).toEqual(['tick']);
    await first.stop(GRACE_MS);
    lines = [];
    started = [];
    await start(handlers, schedule);
    await lineOf('job.completed');
    expect(runs).toEqual(['tick', 'tick']);
    expect(await openQueues().get('market').getJobSchedulersCount()).toBe(1);
  });

  it('takes a job that was switched off out of the schedule', async () => {
    const line = { job: noteTake, payload: { text: 'tick' }, runsAtStart: true };
    const first = await start([], [recurring({ ...line, everyMs: HOUR_MS })]);
    await first.stop(GRACE_MS);
    started = [];
    await start([], [recurring({ ...line, everyMs: null })]);
    expect(await openQueues().get('market').getJobSchedulersCount()).toBe(0);
  });

  it('lets a running job finish when it is stopped', async () => {
    const { promise: running, resolve: isRunning } = withResolvers();
    const { promise: permission, resolve: allow } = withResolvers();
    const worker = await start([
      handling(noteTake, async () => {
        isRunning();
        await permission;
      }),
    ]);
    await openQueues().enqueue(noteTake, { text: 'slow' });
    await running;
    const stopped = worker.stop(GRACE_MS);
    allow();
    await stopped;
    started.shift();
    expect(lines.map(({ event }) => event)).toContain('job.completed');
  });

  it('aborts a job that outlives the grace period, and leaves it to another attempt', async () => {
    const { promise: running, resolve: isRunning } = withResolvers();
    const outlive = (_payload: unknown, { signal }: JobContext) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        isRunning();
      });
    const worker = await start([handling(noteTake, outlive)]);
    const queues = openQueues();
    await queues.enqueue(noteTake, { text: 'endless' });
    await running;
    await worker.stop(10);
    started.shift();
    const counts = await queues.get('market').getJobCounts('delayed', 'waiting', 'failed');
    expect(counts.failed).toBe(0);
    expect((counts.delayed ?? Number.NaN) + (counts.waiting ?? Number.NaN)).toBe(1);
  });
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
