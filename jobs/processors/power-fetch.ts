// Runs power.fetch; everything it does is in the room of power prices.
import { fetchFeedNow } from '#app/features/power-prices/fetch-feed.server.ts';
import type { PowerFetchPayload } from '#jobs/contracts/power-fetch.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processPowerFetch({ tenantId, seriesId }: PowerFetchPayload, { signal }: JobContext): Promise<void> {
  await fetchFeedNow(tenantId, seriesId, signal);
}
