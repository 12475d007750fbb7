// Remove reports that have expired. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const reportSweep = defineJob({
  name: 'report.sweep',
  queue: 'reports',
  payload: z.strictObject({}),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'report.sweep',
});

export type ReportSweepPayload = z.infer<typeof reportSweep.payload>;
