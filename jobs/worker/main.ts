// Entry point of the worker process: processes jobs, keeps the schedule and polls machines until it is told to stop.
import { evaluateBatch } from '#app/features/alerts/evaluate-batch.server.ts';
import { pollInWorker } from '#app/features/polling/poll-in-worker.server.ts';
import type { Polling } from '#app/features/polling/start-polling.server.ts';
import { closeBulkDb } from '#app/platform/bulk-db.server.ts';
import { closeDb } from '#app/platform/db.server.ts';
import { EnvError, getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { listSchedule } from '#jobs/schedule/schedule.ts';
import { HANDLERS } from './handlers.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

/** Running jobs may finish; then their signal is aborted. */
const GRACE_MS = 8_000;
/** A job that ignores its signal must not keep the process alive: the queue gives it to another worker. */
const FORCED_EXIT_MS = 10_000;
/** Readings that wait may be stored; then they are given up, and counted. */
const POLLING_GRACE_MS = 6_000;

async function main(): Promise<void> {
  const env = getEnv();
  const log = getLog();

  let isStopping = false;
  let worker: RunningWorker | null = null;
  let polling: Polling | null = null;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info('worker.stopping', { signal });
    setTimeout(() => {
      log.error('worker.stop-forced', { afterMs: FORCED_EXIT_MS });
      process.exit(1);
    }, FORCED_EXIT_MS).unref();
    await Promise.all([worker?.stop(GRACE_MS), polling?.stop(POLLING_GRACE_MS)]);
    await Promise.all([closeDb(), closeBulkDb()]);
    log.info('worker.stopped');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  worker = await startWorker({ handlers: HANDLERS, schedule: listSchedule(env), createConnection: () => createQueueConnection(), log });
  if (!isStopping) polling = pollInWorker([evaluateBatch]);
  log.info('worker.started', { mode: env.HASHINSIGHT_MODE, jobs: HANDLERS.map(({ job }) => job.name), polls: polling !== null });
}

try {
  await main();
} catch (error) {
  if (error instanceof EnvError) console.error(error.message);
  else getLog().error('worker.failed', { error });
  process.exit(1);
}
