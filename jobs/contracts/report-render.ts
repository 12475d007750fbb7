// Make one report. Idempotent: a run that finds the report done or cancelled does nothing, and a run after a dead worker begins from the start.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const reportRender = defineJob({
  name: 'report.render',
  queue: 'reports',
  payload: z.strictObject({
    id: z.uuid(),
    /** Null: a guest's. */
    tenantId: z.uuid().nullable(),
  }),
  // A crashed page or a restarted database; figures that cannot be computed are not tried again.
  attempts: 3,
  backoffMs: 2_000,
  deduplicationKey: ({ id }) => id,
});

export type ReportRenderPayload = z.infer<typeof reportRender.payload>;
