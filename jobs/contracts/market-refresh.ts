// Fetch the live market figures once: all of them, or the price alone. Idempotent: each run only replaces the figures it could read.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const marketRefresh = defineJob({
  name: 'market.refresh',
  queue: 'market',
  payload: z.strictObject({}),
  // A failed source keeps its last value and is asked again at the next tick; only a broken database makes the job fail.
  attempts: 2,
  backoffMs: 5_000,
  // Two refreshes at once would ask every source twice for the same numbers.
  deduplicationKey: () => 'market.refresh',
});

export type MarketRefreshPayload = z.infer<typeof marketRefresh.payload>;

export const marketPrice = defineJob({
  name: 'market.price',
  queue: 'market',
  payload: z.strictObject({}),
  // The next minute asks again.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'market.price',
});
