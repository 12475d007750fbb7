// Carry new audit events from the table into files. Idempotent: each run goes on where the files end.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const auditStream = defineJob({
  name: 'audit.stream',
  queue: 'audit',
  payload: z.strictObject({}),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'audit.stream',
});

export type AuditStreamPayload = z.infer<typeof auditStream.payload>;
