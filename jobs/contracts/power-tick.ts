// See that every series of power prices whose time has come is fetched. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const powerTick = defineJob({
  name: 'power.tick',
  queue: 'power',
  payload: z.strictObject({}),
  // The next tick is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'power.tick',
});

export type PowerTickPayload = z.infer<typeof powerTick.payload>;
