// Make partitions for the days to come and drop those past their time. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const telemetryUpkeep = defineJob({
  name: 'telemetry.upkeep',
  queue: 'telemetry',
  payload: z.strictObject({}),
  // Without tomorrow's partition nothing could be stored tomorrow: tried again well before.
  attempts: 3,
  backoffMs: 30_000,
  deduplicationKey: () => 'telemetry.upkeep',
});

export type TelemetryUpkeepPayload = z.infer<typeof telemetryUpkeep.payload>;
