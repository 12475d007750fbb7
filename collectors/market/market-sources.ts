/** Which source is asked for which figure: exactly one each. Base addresses come from the configuration. */
import { coinbasePrice } from './coinbase-price.ts';
import { frankfurterRate } from './frankfurter-rate.ts';
import { mempoolEpoch } from './mempool-epoch.ts';
import { mempoolFees } from './mempool-fees.ts';
import { mempoolHashrate } from './mempool-hashrate.ts';
import type { MarketSource } from './source.ts';

export type MarketBaseUrls = { networkUrl: string; priceUrl: string; fxUrl: string };

export function createMarketSources({ networkUrl, priceUrl, fxUrl }: MarketBaseUrls): readonly MarketSource[] {
  return [mempoolEpoch(networkUrl), mempoolHashrate(networkUrl), mempoolFees(networkUrl), coinbasePrice(priceUrl), frankfurterRate(fxUrl)];
}
