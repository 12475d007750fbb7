// Compute the back-tests of the forecasts anew where they are a month old or their history has changed. Idempotent.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const forecastRefresh = defineJob({
  name: 'forecast.refresh',
  // A queue of its own: half a minute of computing must not stand before a minute's prices.
  queue: 'forecasts',
  payload: z.strictObject({}),
  attempts: 3,
  backoffMs: 30_000,
  // Two at once would compute the same figures twice.
  deduplicationKey: () => 'forecast.refresh',
});

export type ForecastRefreshPayload = z.infer<typeof forecastRefresh.payload>;
