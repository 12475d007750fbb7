// Runs market.history; everything it does is in the market room.
import { refreshHistoryNow } from '#app/features/market/history/refresh-history.server.ts';
import type { MarketHistoryPayload } from '#jobs/contracts/market-history.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processMarketHistory(_payload: MarketHistoryPayload, { signal }: JobContext): Promise<void> {
  await refreshHistoryNow(signal);
}
