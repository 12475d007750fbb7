// See that every workspace with telemetry is rolled up. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const telemetryTick = defineJob({
  name: 'telemetry.tick',
  queue: 'telemetry',
  payload: z.strictObject({}),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'telemetry.tick',
});

export type TelemetryTickPayload = z.infer<typeof telemetryTick.payload>;
