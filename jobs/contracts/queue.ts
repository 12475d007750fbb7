// What a job is: a name, a queue, the schema of its payload and how it is retried. Contracts hold no behaviour and import
// zod only, so that the app can enqueue without loading a processor. Names are `noun.verb`.
import type { z } from 'zod';

/** One BullMQ queue each; a worker process may serve a subset of them. */
export const QUEUE_NAMES = ['market', 'mail', 'audit', 'batches', 'reports', 'telemetry', 'forecasts', 'alerts', 'power'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export type JobDefinition<Payload = unknown> = {
  /** `noun.verb`, unique over all queues. */
  name: string;
  queue: QueueName;
  /** Parsed when the job is enqueued and again when it is processed: a queue outlives a deployment. */
  payload: z.ZodType<Payload>;
  /** Attempts in all, >= 1. Between two of them the wait doubles, starting with `backoffMs`. */
  attempts: number;
  backoffMs: number;
  /**
   * While a job with the same key waits or runs, enqueuing another is a no-op. `null` = every call makes a job.
   * Processors must be idempotent all the same: a worker that dies is followed by another attempt.
   */
  deduplicationKey: ((payload: Payload) => string) | null;
  /** Names the job itself: enqueuing it again is a no-op as long as the queue remembers the first, finished or not. Left out: every job has a new name. */
  jobId?: (payload: Payload) => string;
};

/** Declares a job. Identity at run time; it infers the payload's type from the schema. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}

/** What a processor knows besides its payload. */
export type JobContext = {
  /** 1 for the first attempt. */
  attempt: number;
  /** Aborted when the worker is told to stop; outside calls should be given it. */
  signal: AbortSignal;
};

export type JobProcessor<Payload> = (payload: Payload, context: JobContext) => Promise<void>;
