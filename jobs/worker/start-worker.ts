// Runs processors on the job queues: one BullMQ worker a queue, the schedule written to Redis, an orderly end.
// Any number of these processes may run; BullMQ makes sure that each job and each tick is taken once.
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '#app/platform/log.server.ts';
import { Queues, toJobOptions } from '#app/platform/queues.server.ts';
import { QUEUE_NAMES, type QueueName } from '#jobs/contracts/queue.ts';
import type { Recurrence } from '#jobs/schedule/recurrence.ts';
import { getHandler, type Handler, HopelessJob } from './handler.ts';

/** Our jobs wait for the network far more than they compute. */
const CONCURRENCY_PER_QUEUE = 4;
/** How often a job may be taken over from a worker that died. More than the library's one: a host that restarts twice while a long list is computed must not end it. */
const MAX_TAKEOVERS = 3;

export type WorkerDeps = {
  handlers: readonly Handler[];
  schedule: readonly Recurrence[];
  /** Called once per queue and once for producing; each connection is closed on stop. */
  createConnection: () => Redis;
  log: Log;
  /** Separates the keys of tests that share a Redis. */
  prefix?: string;
  /** How long a job belongs to a worker that gives no sign of life, ms; BullMQ's own unless a test cannot wait so long. */
  lockMs?: number;
};

export type RunningWorker = {
  /** Takes no new job, waits up to `graceMs` for those running, then aborts their signal and leaves them to a retry. */
  stop: (graceMs: number) => Promise<void>;
};

/** Resolves when every queue is being served and the schedule is written; waits for Redis as long as it takes. */
export async function startWorker({ handlers, schedule, createConnection, log, prefix, lockMs }: WorkerDeps): Promise<RunningWorker> {
  const queues = new Queues(createConnection(), { prefix });
  await writeSchedule(queues, schedule);

  const abort = new AbortController();
  const servedQueues = [...new Set(handlers.map(({ job }) => job.queue))];
  const workers = servedQueues.map((queue) => {
    const connection = createConnection();
    const processJob = (job: Job) => runJob(job, handlers, abort.signal);
    const worker = new Worker(queue, processJob, {
      connection,
      concurrency: CONCURRENCY_PER_QUEUE,
      maxStalledCount: MAX_TAKEOVERS,
      ...(prefix === undefined ? {} : { prefix }),
      ...(lockMs === undefined ? {} : { lockDuration: lockMs, stalledInterval: lockMs }),
    });
    logEvents(worker, queue, log);
    return { worker, connection };
  });
  await Promise.all(workers.map(({ worker }) => worker.waitUntilReady()));

  return {
    async stop(graceMs) {
      const timer = setTimeout(() => abort.abort(new Error('the worker is stopping')), graceMs);
      await Promise.all(workers.map(({ worker }) => worker.close()));
      clearTimeout(timer);
      for (const { connection } of workers) connection.disconnect();
      await queues.close();
    },
  };
}

async function runJob(job: Job, handlers: readonly Handler[], signal: AbortSignal): Promise<void> {
  try {
    // attemptsMade counts the attempts that have ended.
    await getHandler(handlers, job.name).process(job.data, { attempt: job.attemptsMade + 1, signal });
  } catch (error) {
    if (error instanceof HopelessJob) throw new UnrecoverableError(error.message);
    throw error;
  }
}

function logEvents(worker: Worker, queue: QueueName, log: Log): void {
  worker.on('completed', (job) => {
    const durationMs = job.finishedOn === undefined || job.processedOn === undefined ? null : job.finishedOn - job.processedOn;
    log.info('job.completed', { queue, job: job.name, id: job.id, durationMs });
  });
  worker.on('failed', (job, error) => {
    log.error('job.failed', { queue, job: job?.name, id: job?.id, attempt: job?.attemptsMade, attempts: job?.opts.attempts, error });
  });
  worker.on('stalled', (id) => log.warn('job.stalled', { queue, id }));
  // The connection logs its own loss; BullMQ repeats it for every command that failed meanwhile.
  worker.on('error', (error) => log.debug('worker.error', { queue, error }));
}

/**
 * Makes the job schedulers in Redis equal to the table: new and changed ones are written, switched-off and unknown ones removed.
 * An unchanged one keeps its rhythm over restarts, so restarting often does not fetch often.
 */
async function writeSchedule(queues: Queues, schedule: readonly Recurrence[]): Promise<void> {
  const active = schedule.flatMap(({ everyMs, ...rest }) => (everyMs === null ? [] : [{ everyMs, ...rest }]));
  const activeNames = new Set(active.map(({ job }) => job.name));
  const known = new Set<string>();
  for (const name of QUEUE_NAMES) {
    const queue = queues.get(name);
    for (const { key } of await queue.getJobSchedulers()) {
      if (activeNames.has(key)) known.add(key);
      else await queue.removeJobScheduler(key);
    }
  }
  for (const { job, payload, everyMs, runsAtStart } of active) {
    await queues
      .get(job.queue)
      .upsertJobScheduler(job.name, { every: everyMs }, { name: job.name, data: payload, opts: toJobOptions(job) });
    // A scheduler that is new runs its first job at once by itself.
    if (runsAtStart && known.has(job.name)) await queues.enqueue(job, payload);
  }
}
