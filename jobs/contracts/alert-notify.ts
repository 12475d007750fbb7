// Tell the channels of one workspace what is new about its alerts. Idempotent: works off marks.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const alertNotify = defineJob({
  name: 'alert.notify',
  queue: 'alerts',
  payload: z.strictObject({ tenantId: z.uuid() }),
  // The next sweep is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: ({ tenantId }) => tenantId,
});

export type AlertNotifyPayload = z.infer<typeof alertNotify.payload>;
