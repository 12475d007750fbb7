/** Where market sources are asked, from the configuration of the process. */
import { getEnv } from '#app/platform/env.server.ts';
import type { MarketConfig } from '#collectors/market/market-sources.ts';

export function getMarketConfig(): MarketConfig {
  const env = getEnv();
  return {
    urls: {
      ...(env.MARKET_PRICE_URL === undefined ? {} : { coinbase: env.MARKET_PRICE_URL }),
      ...(env.MARKET_NETWORK_URL === undefined ? {} : { mempool: env.MARKET_NETWORK_URL }),
      ...(env.MARKET_FX_URL === undefined ? {} : { frankfurter: env.MARKET_FX_URL }),
    },
    mirrorUrl: env.MARKET_MIRROR_URL ?? null,
    keys: {
      coingecko: env.MARKET_COINGECKO_KEY ?? null,
      coinwarz: env.MARKET_COINWARZ_KEY ?? null,
      ankr: env.MARKET_ANKR_KEY ?? null,
    },
    bitcoinRpcUrl: env.MARKET_BITCOIN_RPC_URL ?? null,
  };
}
