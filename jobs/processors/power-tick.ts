// Runs power.tick: one job for each series whose time has come.
import { beginFetches } from '#app/features/power-prices/fetch-feed.server.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { powerFetch } from '#jobs/contracts/power-fetch.ts';
import type { PowerTickPayload } from '#jobs/contracts/power-tick.ts';

export async function processPowerTick(_payload: PowerTickPayload): Promise<void> {
  const queues = processSingleton('power-queues', () => new Queues(createQueueConnection()));
  await beginFetches((tenantId, seriesId) => queues.enqueue(powerFetch, { tenantId, seriesId }));
}
