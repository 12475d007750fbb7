/** Every source of figures, in the order in which they are believed. Base addresses and keys come from the configuration. */
import { binancePrice } from './binance-price.ts';
import { bitcoinRpc } from './bitcoin-rpc.ts';
import { blockchainInfoStats } from './blockchain-info-stats.ts';
import { btcComPool } from './btc-com-pool.ts';
import { bybitPrice } from './bybit-price.ts';
import { coinbasePrice } from './coinbase-price.ts';
import { coingeckoPrice } from './coingecko-price.ts';
import { coinwarzNetwork } from './coinwarz-network.ts';
import { exchangeRateApi } from './exchange-rate-api.ts';
import { frankfurterRate } from './frankfurter-rate.ts';
import { krakenPrice } from './kraken-price.ts';
import { mempoolEpoch } from './mempool-epoch.ts';
import { mempoolFees } from './mempool-fees.ts';
import { mempoolHashrate } from './mempool-hashrate.ts';
import { okxPrice } from './okx-price.ts';
import type { CollectedFigure, MarketSource } from './source.ts';
import { viabtcPool } from './viabtc-pool.ts';

/** Public services and where they answer. The names are the folders under which a mirror has them. */
export const PUBLIC_URLS = {
  coinbase: 'https://api.coinbase.com',
  'coinbase-exchange': 'https://api.exchange.coinbase.com',
  kraken: 'https://api.kraken.com',
  binance: 'https://api.binance.com',
  okx: 'https://www.okx.com',
  bybit: 'https://api.bybit.com',
  coingecko: 'https://api.coingecko.com',
  mempool: 'https://mempool.space',
  'blockchain-info': 'https://api.blockchain.info',
  viabtc: 'https://www.viabtc.com',
  'btc-com': 'https://pool.api.btc.com',
  ankr: 'https://rpc.ankr.com',
  coinwarz: 'https://www.coinwarz.com',
  frankfurter: 'https://api.frankfurter.dev',
  'exchange-rate-api': 'https://open.er-api.com',
  deribit: 'https://www.deribit.com',
  ercot: 'https://api.ercot.com',
  'ercot-sign-in': 'https://ercotb2c.b2clogin.com',
} as const;
export type ServiceName = keyof typeof PUBLIC_URLS;

export type MarketConfig = {
  /** Addresses used instead of the public ones. */
  urls: Partial<Record<ServiceName, string>>;
  /** One server that has every service in a folder of its name; `null`: none. */
  mirrorUrl: string | null;
  keys: { coingecko: string | null; coinwarz: string | null; ankr: string | null };
  /** One's own node, user and password included; `null`: none. */
  bitcoinRpcUrl: string | null;
};

export function findServiceUrl({ urls, mirrorUrl }: Pick<MarketConfig, 'urls' | 'mirrorUrl'>, service: ServiceName): string {
  return urls[service] ?? (mirrorUrl === null ? PUBLIC_URLS[service] : `${mirrorUrl.replace(/\/+$/, '')}/${service}`);
}

/** `source: null`: it cannot be asked, because the configuration lacks what `missing` names. */
export type ListedSource = { name: string; figures: readonly CollectedFigure[] } & (
  | { source: MarketSource; missing: null }
  | { source: null; missing: 'key' | 'address' }
);

const asked = (source: MarketSource): ListedSource => ({ name: source.name, figures: source.figures, source, missing: null });

const NETWORK_FIGURES: readonly CollectedFigure[] = ['height', 'epochElapsedS', 'difficulty', 'networkHashrateThs'];

/** For every figure the order of this list is the order of its chain: one's own node first, then public services, then those with a key. */
export function listMarketSources(config: MarketConfig): readonly ListedSource[] {
  const at = (service: ServiceName) => findServiceUrl(config, service);
  const { coingecko, coinwarz, ankr } = config.keys;
  return [
    config.bitcoinRpcUrl === null
      ? { name: 'Bitcoin Core', figures: NETWORK_FIGURES, source: null, missing: 'address' }
      : asked(bitcoinRpc(readNodeAddress(config.bitcoinRpcUrl))),
    asked(mempoolEpoch(at('mempool'))),
    asked(mempoolHashrate(at('mempool'))),
    asked(mempoolFees(at('mempool'))),
    asked(blockchainInfoStats(at('blockchain-info'))),
    asked(viabtcPool(at('viabtc'))),
    asked(btcComPool(at('btc-com'))),
    ankr === null
      ? { name: 'Ankr', figures: NETWORK_FIGURES, source: null, missing: 'key' }
      : asked(bitcoinRpc({ name: 'Ankr', url: `${at('ankr')}/btc/${encodeURIComponent(ankr)}`, login: null })),
    coinwarz === null
      ? { name: 'CoinWarz', figures: ['difficulty'], source: null, missing: 'key' }
      : asked(coinwarzNetwork(at('coinwarz'), coinwarz)),
    asked(coinbasePrice(at('coinbase'))),
    asked(krakenPrice(at('kraken'))),
    asked(binancePrice(at('binance'))),
    asked(okxPrice(at('okx'))),
    asked(bybitPrice(at('bybit'))),
    asked(coingeckoPrice(at('coingecko'), coingecko)),
    asked(frankfurterRate(at('frankfurter'))),
    asked(exchangeRateApi(at('exchange-rate-api'))),
  ];
}

/** User and password travel in a header: an address that holds them is refused by `fetch`. */
function readNodeAddress(address: string): Parameters<typeof bitcoinRpc>[0] {
  const url = new URL(address);
  const login = url.username === '' ? null : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  url.username = '';
  url.password = '';
  return { name: 'Bitcoin Core', url: url.href, login };
}
