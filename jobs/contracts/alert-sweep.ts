// What time alone does to alerts: machines that nobody hears any more, snoozes that end, news that nobody has told. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const alertSweep = defineJob({
  name: 'alert.sweep',
  queue: 'alerts',
  payload: z.strictObject({}),
  // The next sweep is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'alert.sweep',
});

export type AlertSweepPayload = z.infer<typeof alertSweep.payload>;
