// Bring the roll-ups of one workspace up to what was stored. Idempotent: works off marks.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const telemetryRollUp = defineJob({
  name: 'telemetry.roll-up',
  queue: 'telemetry',
  payload: z.strictObject({ tenantId: z.uuid() }),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: ({ tenantId }) => tenantId,
});

export type TelemetryRollUpPayload = z.infer<typeof telemetryRollUp.payload>;
