// Fill the holes of the market's histories. Idempotent: what is there is written over by the same or left alone.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const marketHistory = defineJob({
  name: 'market.history',
  queue: 'market',
  payload: z.strictObject({}),
  attempts: 2,
  backoffMs: 30_000,
  deduplicationKey: () => 'market.history',
});

export type MarketHistoryPayload = z.infer<typeof marketHistory.payload>;
