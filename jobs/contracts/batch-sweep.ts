// Remove uploads that died and files of lists that are past their time. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const batchSweep = defineJob({
  name: 'batch.sweep',
  queue: 'batches',
  payload: z.strictObject({}),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'batch.sweep',
});

export type BatchSweepPayload = z.infer<typeof batchSweep.payload>;
