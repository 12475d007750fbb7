// Runs market.refresh and market.price; everything it does is in the market room.
import { refreshMarketNow } from '#app/features/market/refresh-market.server.ts';
import type { MarketRefreshPayload } from '#jobs/contracts/market-refresh.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processMarketRefresh(_payload: MarketRefreshPayload, { signal }: JobContext): Promise<void> {
  await refreshMarketNow('everything', signal);
}

export async function processMarketPrice(_payload: MarketRefreshPayload, { signal }: JobContext): Promise<void> {
  await refreshMarketNow('price', signal);
}
