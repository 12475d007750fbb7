// Read, compute and store one uploaded list. Idempotent: an attempt goes on where the one before it stored last, and no row is stored twice.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const batchProcess = defineJob({
  name: 'batch.process',
  queue: 'batches',
  payload: z.strictObject({ tenantId: z.uuid(), batchId: z.uuid() }),
  // A list that cannot be read is an answer and no failure; what is tried again is a database or a process that went away.
  attempts: 4,
  backoffMs: 2_000,
  deduplicationKey: ({ batchId }) => batchId,
});

export type BatchProcessPayload = z.infer<typeof batchProcess.payload>;
