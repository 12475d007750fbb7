/** Read model of the page: the panel from the address, the market of the moment, and how price and network have moved. The list itself never comes here. */
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';
import { readShippedMotion } from '#app/features/risk/shipped-motion.server.ts';
import { parseScenarioUrl, type ScenarioForm } from './scenario-form.ts';

export type BatchPage = {
  form: ScenarioForm;
  market: MarketSnapshot;
  motion: ShippedMotion;
  /** The instant the page was made, ISO 8601 UTC. */
  nowAt: string;
};

export async function readBatchPage(url: URL): Promise<BatchPage> {
  return {
    form: parseScenarioUrl(url.searchParams),
    market: await getMarketSnapshot(),
    motion: readShippedMotion(),
    nowAt: new Date().toISOString(),
  };
}
