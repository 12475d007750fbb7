// Fetch the prices of one series. Idempotent: what is stored already is not stored again.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const powerFetch = defineJob({
  name: 'power.fetch',
  queue: 'power',
  payload: z.strictObject({ tenantId: z.uuid(), seriesId: z.uuid() }),
  // How a fetch failed is written down, and the tick asks again; only a broken database makes the job fail.
  attempts: 2,
  backoffMs: 5_000,
  deduplicationKey: ({ seriesId }) => `power.fetch ${seriesId}`,
});

export type PowerFetchPayload = z.infer<typeof powerFetch.payload>;
