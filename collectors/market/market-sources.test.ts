import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBinancePrice } from './binance-price.ts';
import { parseBlockchainInfoStats } from './blockchain-info-stats.ts';
import { parseBybitPrice } from './bybit-price.ts';
import { parseCoinbasePrice } from './coinbase-price.ts';
import { parseCoingeckoPrice } from './coingecko-price.ts';
import { parseCoinwarz } from './coinwarz-network.ts';
import { parseFutures, parseVolatilities } from './deribit-derivatives.ts';
import { parseExchangeRateApi } from './exchange-rate-api.ts';
import manifest from './fixtures/manifest.json' with { type: 'json' };
import { parseFrankfurterRate } from './frankfurter-rate.ts';
import { parseKrakenPrice } from './kraken-price.ts';
import { listMarketSources, type MarketConfig } from './market-sources.ts';
import { parseMempoolEpoch } from './mempool-epoch.ts';
import { parseMempoolFees } from './mempool-fees.ts';
import { parseMempoolHashrate } from './mempool-hashrate.ts';
import { parseDifficultyHistory, parsePoolShares } from './mempool-history.ts';
import { parseOkxPrice } from './okx-price.ts';
import { COLLECTED_FIGURES } from './source.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');

describe('the market sources', () => {
  const config: MarketConfig = {
    urls: {},
    mirrorUrl: 'http://127.0.0.1:1/market/',
    keys: { coingecko: null, coinwarz: null, ankr: null },
    bitcoinRpcUrl: null,
  };

  it('give every figure at least once, and the price by six', () => {
    const figures = listMarketSources(config).flatMap(({ source }) => source?.figures ?? []);
    expect([...new Set(figures)].sort()).toEqual([...COLLECTED_FIGURES].sort());
    expect(figures.filter((figure) => figure === 'priceUsdPerBtc')).toHaveLength(6);
  });

  it('say what their price is quoted in: three in dollars, three in Tether', () => {
    const quotes = listMarketSources(config).flatMap(({ name, source }) => (source?.priceQuote ? [`${name} ${source.priceQuote}`] : []));
    expect(quotes).toEqual(['Coinbase USD', 'Kraken USD', 'Binance USDT', 'OKX USDT', 'Bybit USDT', 'CoinGecko USD']);
  });

  it('are off, and say what they lack, without a key or an address', () => {
    const off = listMarketSources(config).flatMap(({ name, missing }) => (missing === null ? [] : [`${name}: ${missing}`]));
    expect(off).toEqual(['Bitcoin Core: address', 'Ankr: key', 'CoinWarz: key']);
    const all = listMarketSources({
      ...config,
      keys: { coingecko: 'g', coinwarz: 'w', ankr: 'a' },
      bitcoinRpcUrl: 'http://u:p@127.0.0.1:2/',
    });
    expect(all.every(({ missing }) => missing === null)).toBe(true);
  });

  it('never show a key or a password in their address', () => {
    const secrets = {
      keys: { coingecko: 'secret-g', coinwarz: 'secret-w', ankr: 'secret-a' },
      bitcoinRpcUrl: 'http://secret-u:secret-p@127.0.0.1:2/',
    };
    const shown = listMarketSources({ ...config, ...secrets }).map(({ source }) => source?.url);
    expect(shown.filter((url) => url?.includes('secret'))).toEqual([]);
  });

  it('ask a mirror that has every service in a folder', () => {
    const urls = listMarketSources({ ...config, urls: { coinbase: 'http://127.0.0.1:3' } }).map(({ source }) => source?.url);
    expect(urls).toContain('http://127.0.0.1:1/market/mempool/api/v1/difficulty-adjustment');
    expect(urls).toContain('http://127.0.0.1:3/v2/prices/BTC-USD/spot');
  });

  it('have a manifest that names every fixture', () => {
    const files = readdirSync(new URL('./fixtures', import.meta.url)).filter((file) => file !== 'manifest.json');
    expect(Object.keys(manifest.files).sort()).toEqual(files.sort());
  });

  // Every parser against the same kinds of nonsense.
  it.each([
    ['mempool epoch', parseMempoolEpoch],
    ['mempool hash rate', parseMempoolHashrate],
    ['mempool fees', parseMempoolFees],
    ['coinbase', parseCoinbasePrice],
    ['frankfurter', parseFrankfurterRate],
    ['binance', parseBinancePrice],
    ['okx', parseOkxPrice],
    ['bybit', parseBybitPrice],
    ['kraken', parseKrakenPrice],
    ['coingecko', parseCoingeckoPrice],
    ['blockchain.info', parseBlockchainInfoStats],
    ['coinwarz', parseCoinwarz],
    ['exchange-rate-api', parseExchangeRateApi],
    ['deribit futures', parseFutures],
    ['deribit options', parseVolatilities],
    ['difficulty history', parseDifficultyHistory],
    ['pools', parsePoolShares],
  ])('%s takes nothing from a reply of another shape', (_, parse) => {
    for (const body of [null, 42, 'text', [7], {}, { error: 'rate limited' }, { data: null }, { data: { amount: null } }]) {
      expect(parse(body, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    }
  });
});
