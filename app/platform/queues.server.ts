// The producing side of the job queues: turns a contract and a payload into a BullMQ job.
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobDefinition, QueueName } from '#jobs/contracts/queue.ts';

/** Finished jobs are kept for looking at, not as a record: what a job did is in the database. */
const KEEP_COMPLETED = 100;
const KEEP_FAILED = 1_000;

/** Retries and retention of a job, as BullMQ options. */
export function toJobOptions<Payload>(job: JobDefinition<Payload>): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs },
    removeOnComplete: { count: KEEP_COMPLETED },
    removeOnFail: { count: KEEP_FAILED },
  };
}

/** The queues of one process over one connection, each opened on first use. */
export class Queues {
  readonly #queues = new Map<QueueName, Queue>();
  readonly #prefix: string | undefined;

  /** `prefix` separates the keys of tests that share a Redis; the product uses BullMQ's own. */
  constructor(
    private readonly connection: Redis,
    { prefix }: { prefix?: string } = {},
  ) {
    this.#prefix = prefix;
  }

  get(name: QueueName): Queue {
    const existing = this.#queues.get(name);
    if (existing) return existing;
    const queue = new Queue(name, { connection: this.connection, ...(this.#prefix === undefined ? {} : { prefix: this.#prefix }) });
    // The connection reports its own trouble; without a listener BullMQ would end the process.
    queue.on('error', () => undefined);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Throws a ZodError when the payload does not fit the contract. */
  async enqueue<Payload>(job: JobDefinition<Payload>, payload: Payload): Promise<void> {
    const checked = job.payload.parse(payload);
    const deduplication = job.deduplicationKey ? { deduplication: { id: `${job.name}/${job.deduplicationKey(checked)}` } } : {};
    const named = job.jobId ? { jobId: `${job.name}/${job.jobId(checked)}` } : {};
    await this.get(job.queue).add(job.name, checked, { ...toJobOptions(job), ...deduplication, ...named });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.connection.disconnect();
  }
}
