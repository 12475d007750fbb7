import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBinancePrice } from './binance-price.ts';
import { bitcoinRpc } from './bitcoin-rpc.ts';
import { parseBlockchainInfoStats } from './blockchain-info-stats.ts';
import { parseBybitPrice } from './bybit-price.ts';
import { binanceCandles, type Candle, coinbaseCandles, krakenCandles, readCandles } from './candles.ts';
import { parseCoinbasePrice } from './coinbase-price.ts';
import { parseCoingeckoPrice } from './coingecko-price.ts';
import { parseCoinwarz } from './coinwarz-network.ts';
import { parseFutures, parseVolatilities, readInstrument } from './deribit-derivatives.ts';
import { parseExchangeRateApi } from './exchange-rate-api.ts';
import type { FetchJson } from './fetch-json.ts';
import binanceRows from './fixtures/binance-klines.json' with { type: 'json' };
import binanceTicker from './fixtures/binance-ticker.json' with { type: 'json' };
import rpc from './fixtures/bitcoin-rpc.json' with { type: 'json' };
import blockchainInfo from './fixtures/blockchain-info-stats.json' with { type: 'json' };
import bybitTickers from './fixtures/bybit-tickers.json' with { type: 'json' };
import coinbaseRows from './fixtures/coinbase-candles.json' with { type: 'json' };
import spot from './fixtures/coinbase-spot.json' with { type: 'json' };
import coingecko from './fixtures/coingecko-simple.json' with { type: 'json' };
import coinwarz from './fixtures/coinwarz-coin.json' with { type: 'json' };
import deribitFutures from './fixtures/deribit-futures.json' with { type: 'json' };
import deribitOptions from './fixtures/deribit-options.json' with { type: 'json' };
import epoch from './fixtures/difficulty-adjustment.json' with { type: 'json' };
import exchangeRate from './fixtures/exchange-rate-usd.json' with { type: 'json' };
import fx from './fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from './fixtures/hashrate-3d.json' with { type: 'json' };
import krakenRows from './fixtures/kraken-ohlc.json' with { type: 'json' };
import krakenTicker from './fixtures/kraken-ticker.json' with { type: 'json' };
import manifest from './fixtures/manifest.json' with { type: 'json' };
import adjustments from './fixtures/mempool-adjustments.json' with { type: 'json' };
import pools from './fixtures/mempool-pools.json' with { type: 'json' };
import okxTicker from './fixtures/okx-ticker.json' with { type: 'json' };
import rewards from './fixtures/reward-stats-144.json' with { type: 'json' };
import { parseFrankfurterRate } from './frankfurter-rate.ts';
import { parseKrakenPrice } from './kraken-price.ts';
import { listMarketSources, type MarketConfig } from './market-sources.ts';
import { parseMempoolEpoch } from './mempool-epoch.ts';
import { parseMempoolFees } from './mempool-fees.ts';
import { parseMempoolHashrate } from './mempool-hashrate.ts';
import { difficultyHistoryPath, parseDifficultyHistory, parsePoolShares } from './mempool-history.ts';
import { parseOkxPrice } from './okx-price.ts';
import { COLLECTED_FIGURES } from './source.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');
/** After everything that the recorded replies are dated to. */
const LATER_MS = Date.parse('2026-06-01T00:00:00Z');
const reading = (figure: string, value: number, observedAtMs = ASKED_AT_MS) => ({ kind: 'reading', figure, value, observedAtMs });

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

describe('parseMempoolEpoch', () => {
  it('reads the next block’s height and the age of the epoch', () => {
    // tip 931,392 - 1,045 = 930,347; next 930,348. Epoch began 2025-12-25T00:00:00Z: 6.75 days = 583,200 s
    expect(parseMempoolEpoch(epoch, ASKED_AT_MS)).toEqual([reading('height', 930_348), reading('epochElapsedS', 583_200)]);
  });

  it('refuses to pair the first block of an epoch with the difficulty of the last', () => {
    expect(parseMempoolEpoch({ ...epoch, remainingBlocks: 1 }, ASKED_AT_MS)).toMatchObject({ kind: 'not-yet' });
  });

  it('takes the whole epoch as remaining right after a retarget', () => {
    expect(parseMempoolEpoch({ ...epoch, remainingBlocks: 2016 }, ASKED_AT_MS)).toMatchObject([reading('height', 929_377), {}]);
  });

  it('does not take milliseconds for seconds', () => {
    expect(parseMempoolEpoch({ ...epoch, previousTime: epoch.previousTime * 1000 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('allows a block stamped up to two hours ahead, and no more', () => {
    const ahead = (s: number) => parseMempoolEpoch({ ...epoch, previousTime: ASKED_AT_MS / 1000 + s }, ASKED_AT_MS);
    expect(ahead(7200)).toMatchObject([{}, reading('epochElapsedS', 0)]);
    expect(ahead(7201)).toMatchObject([{ kind: 'reading' }, { kind: 'refused', figure: 'epochElapsedS' }]);
  });

  it.each([
    { nextRetargetHeight: 931_391 },
    { remainingBlocks: 0 },
    { remainingBlocks: 2017 },
    { remainingBlocks: 10.5 },
  ])('takes nothing from %o', (change) => {
    expect(parseMempoolEpoch({ ...epoch, ...change }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});

describe('parseMempoolHashrate', () => {
  it('converts H/s to TH/s', () => {
    expect(parseMempoolHashrate(hashrate, ASKED_AT_MS)).toEqual([
      reading('difficulty', 148_200_000_000_000),
      reading('networkHashrateThs', 1_052_000_000),
    ]);
  });

  it('refuses a pair that cannot belong together, as when a unit changed', () => {
    expect(parseMempoolHashrate({ ...hashrate, currentHashrate: 1.052e20 }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
    // TH/s for H/s: out of range by itself.
    expect(parseMempoolHashrate({ ...hashrate, currentHashrate: 1_052_000_000 }, ASKED_AT_MS)).toMatchObject([
      { kind: 'reading', figure: 'difficulty' },
      { kind: 'refused', figure: 'networkHashrateThs' },
    ]);
  });

  it('refuses a difficulty of zero and keeps the other figure’s own verdict', () => {
    expect(parseMempoolHashrate({ ...hashrate, currentDifficulty: 0 }, ASKED_AT_MS)).toMatchObject([
      { kind: 'refused', figure: 'difficulty' },
      { kind: 'reading', figure: 'networkHashrateThs' },
    ]);
  });
});

describe('parseMempoolFees', () => {
  it('spreads the fees over the blocks of the window', () => {
    // 249,120,000 sat / 1e8 / 144 blocks = 0.0173 BTC
    expect(parseMempoolFees(rewards, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0.0173)]);
    expect(parseMempoolFees({ ...rewards, totalFee: 249_120_000 }, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0.0173)]);
  });

  it('believes fees of zero', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: '0' }, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0)]);
  });

  it.each([
    { totalFee: '12 sat' },
    { totalFee: '' },
    { totalFee: '-1' },
    { endBlock: 930_203 },
    { startBlock: 0 },
  ])('takes nothing from %o', (change) => {
    expect(parseMempoolFees({ ...rewards, ...change }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('refuses a sum that is in bitcoin, not satoshi', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: 2.4912 }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });

  it('refuses more fees than there are coins', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: '9999999999999999' }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('parseCoinbasePrice', () => {
  it('reads the amount', () => {
    expect(parseCoinbasePrice(spot, ASKED_AT_MS)).toEqual([reading('priceUsdPerBtc', 87_508.83)]);
  });

  it('takes no other pair and no other writing of a number', () => {
    for (const data of [
      { ...spot.data, currency: 'EUR' },
      { ...spot.data, base: 'ETH' },
      { ...spot.data, amount: '87,508.83' },
      { ...spot.data, amount: 'NaN' },
      { ...spot.data, amount: '1e5' },
      { ...spot.data, amount: 87_508.83 },
    ]) {
      expect(parseCoinbasePrice({ data }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    }
  });

  it('refuses a price in another unit', () => {
    for (const amount of ['0.6', '875.08', '600000000']) {
      expect(parseCoinbasePrice({ data: { ...spot.data, amount } }, ASKED_AT_MS), amount).toMatchObject([{ kind: 'refused' }]);
    }
  });

  it('refuses a price of zero', () => {
    expect(parseCoinbasePrice({ data: { ...spot.data, amount: '0' } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('parseFrankfurterRate', () => {
  const day = Date.parse('2025-12-31T00:00:00Z');

  it('reads the rates, dated to the day they were fixed', () => {
    expect(parseFrankfurterRate(fx, ASKED_AT_MS)).toEqual([
      reading('cnyPerUsd', 6.9931, day),
      reading('eurPerUsd', 0.85106, day),
      reading('gbpPerUsd', 0.7426, day),
      reading('cadPerUsd', 1.3705, day),
      reading('audPerUsd', 1.4958, day),
    ]);
  });

  it('keeps the other rates where one is missing, no number or out of range', () => {
    const { CNY, EUR, GBP } = fx.rates;
    expect(parseFrankfurterRate({ ...fx, rates: { CNY, EUR, GBP, CAD: '1.37', AUD: 149.58 } }, ASKED_AT_MS)).toEqual([
      reading('cnyPerUsd', 6.9931, day),
      reading('eurPerUsd', 0.85106, day),
      reading('gbpPerUsd', 0.7426, day),
      { kind: 'garbled', figure: 'cadPerUsd', reason: 'no rate of CAD' },
      { kind: 'refused', figure: 'audPerUsd', reason: '149.58 is outside [0.5, 4]' },
    ]);
  });

  it('refuses a rate turned upside down, and one from the future', () => {
    expect(parseFrankfurterRate({ ...fx, rates: { ...fx.rates, CNY: 0.143 } }, ASKED_AT_MS)).toContainEqual(
      expect.objectContaining({ kind: 'refused', figure: 'cnyPerUsd' }),
    );
    expect(parseFrankfurterRate({ ...fx, date: '2026-02-01' }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
  });

  it('takes nothing for another base or amount', () => {
    expect(parseFrankfurterRate({ ...fx, base: 'EUR' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseFrankfurterRate({ ...fx, amount: 100 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});

describe('the exchanges', () => {
  it.each([
    ['Binance', parseBinancePrice, binanceTicker, 87_510.12, ASKED_AT_MS],
    ['OKX', parseOkxPrice, okxTicker, 87_512.3, 1_767_203_999_500],
    ['Bybit', parseBybitPrice, bybitTickers, 87_509.9, 1_767_203_999_000],
    ['Kraken', parseKrakenPrice, krakenTicker, 87_505.1, ASKED_AT_MS],
    ['CoinGecko', parseCoingeckoPrice, coingecko, 87_515, 1_767_203_940_000],
  ] as const)('%s: reads the price and when it was true', (_, parse, body, price, observedAtMs) => {
    expect(parse(body, ASKED_AT_MS)).toEqual([reading('priceUsdPerBtc', price, observedAtMs)]);
  });

  it('do not take another pair, an error or an exponent for a price', () => {
    expect(parseBinancePrice({ ...binanceTicker, symbol: 'ETHUSDT' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseBinancePrice({ ...binanceTicker, price: '8.7e4' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseOkxPrice({ ...okxTicker, code: '50011' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseBybitPrice({ ...bybitTickers, retCode: 10_006 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseKrakenPrice({ ...krakenTicker, error: ['EGeneral:Too many requests'] }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('are not believed when their clock runs ahead, and dated to now when it does by seconds', () => {
    const at = (ms: number) => parseBybitPrice({ ...bybitTickers, time: ASKED_AT_MS + ms }, ASKED_AT_MS);
    expect(at(30_000)).toMatchObject([{ kind: 'reading', observedAtMs: ASKED_AT_MS }]);
    expect(at(121_000)).toMatchObject([{ kind: 'refused', reason: 'dated 121 s in the future' }]);
    expect(parseCoingeckoPrice({ bitcoin: { usd: 1, last_updated_at: 1_767_203_940_000 } }, ASKED_AT_MS)).toMatchObject({
      kind: 'garbled',
    });
  });
});

describe('the other sources of the network', () => {
  it('Blockchain.info: converts GH/s, and refuses the pair when the unit is another', () => {
    expect(parseBlockchainInfoStats(blockchainInfo, ASKED_AT_MS)).toEqual([
      reading('difficulty', 148_195_306_640_204.72, 1_767_203_400_000),
      reading('networkHashrateThs', 1_049_000_000, 1_767_203_400_000),
    ]);
    expect(parseBlockchainInfoStats({ ...blockchainInfo, hash_rate: 1.049e9 }, ASKED_AT_MS)).toMatchObject([{}, { kind: 'refused' }]);
  });

  it('CoinWarz: reads the difficulty, and its refusals', () => {
    expect(parseCoinwarz(coinwarz, ASKED_AT_MS)).toEqual([reading('difficulty', 148_195_306_640_204.72)]);
    // In units of 1e12, as its pages show it.
    expect(parseCoinwarz({ ...coinwarz, Data: { ...coinwarz.Data, Difficulty: 148.2 } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
    expect(parseCoinwarz({ Success: false, Message: 'Invalid API key', Data: null }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('ExchangeRate-API: reads the rates', () => {
    const rates = parseExchangeRateApi(exchangeRate, ASKED_AT_MS);
    expect(rates).toHaveLength(5);
    expect(rates).toContainEqual(reading('cnyPerUsd', 6.9945, 1_767_139_351_000));
    expect(rates).toContainEqual(reading('eurPerUsd', 0.8514, 1_767_139_351_000));
    expect(parseExchangeRateApi({ ...exchangeRate, rates: { ...exchangeRate.rates, CNY: 0.14 } }, ASKED_AT_MS)).toContainEqual(
      expect.objectContaining({ kind: 'refused', figure: 'cnyPerUsd' }),
    );
  });
});

describe('a node', () => {
  const node = bitcoinRpc({ name: 'Node', url: 'http://127.0.0.1:1/wallet/a', login: { user: 'u', password: 'p' } });
  type Replies = Record<keyof typeof rpc, unknown>;
  const ask = (change: Partial<Replies> = {}) => {
    const fetchJson: FetchJson = async (_, options) => {
      const { method } = options?.post as { method: keyof typeof rpc };
      expect(options?.headers).toEqual({ authorization: `Basic ${Buffer.from('u:p').toString('base64')}` });
      return { kind: 'json', body: { ...rpc, ...change }[method] };
    };
    return node.read({ fetchJson, nowMs: () => ASKED_AT_MS });
  };

  it('gives height, age of the epoch, difficulty and hash rate as the other sources do', async () => {
    expect(await ask()).toEqual([
      reading('height', 930_348),
      reading('epochElapsedS', 583_200),
      reading('difficulty', 148_195_306_640_204.7),
      reading('networkHashrateThs', 1_052_000_000),
    ]);
    expect(node.url).toBe('http://127.0.0.1:1');
  });

  it('is not believed while it catches up, on another chain, or right before a new epoch', async () => {
    const chain = (change: object) => ({
      getblockchaininfo: { ...rpc.getblockchaininfo, result: { ...rpc.getblockchaininfo.result, ...change } },
    });
    for (const outcome of await ask(chain({ initialblockdownload: true }))) expect(outcome.kind).toBe('not-yet');
    for (const outcome of await ask(chain({ chain: 'test' }))) expect(outcome.kind).toBe('garbled');
    for (const outcome of await ask(chain({ blocks: 931_391 }))) expect(outcome.kind).toBe('not-yet');
  });

  it('keeps the other figures when one call fails', async () => {
    const outcomes = await ask({ getblockheader: { result: null, error: { code: -5, message: 'Block not found' } } });
    expect(outcomes.map(({ figure, kind }) => `${figure} ${kind}`)).toEqual([
      'height reading',
      'epochElapsedS garbled',
      'difficulty reading',
      'networkHashrateThs reading',
    ]);
  });
});

describe('Deribit', () => {
  it('reads names of contracts', () => {
    expect(readInstrument('BTC-27MAR26-90000-C')).toEqual({ expiresAtMs: Date.UTC(2026, 2, 27, 8), strikeUsd: 90_000 });
    expect(readInstrument('BTC-5JUN26')).toEqual({ expiresAtMs: Date.UTC(2026, 5, 5, 8), strikeUsd: null });
    for (const name of ['BTC-PERPETUAL', 'ETH-27MAR26', 'BTC-27XXX26', 'BTC-27MAR26-9e4-C']) expect(readInstrument(name)).toBeNull();
  });

  it('gives the perpetual with its funding and the dated futures by expiry', () => {
    expect(parseFutures(deribitFutures, LATER_MS)).toMatchObject({
      futures: [
        { instrument: 'BTC-PERPETUAL', expiresAtMs: null, funding8hRatio: 0.00008 },
        { instrument: 'BTC-27MAR26', markUsd: 88_900, indexUsd: 87_500, funding8hRatio: null },
        { instrument: 'BTC-26JUN26' },
      ],
    });
  });

  it('is not believed when it is dated ahead', () => {
    const dated = (ms: number) => deribitFutures.result.map((row) => ({ ...row, creation_timestamp: ms }));
    expect(parseFutures({ result: dated(LATER_MS + 30_000) }, LATER_MS)).toMatchObject({ observedAtMs: LATER_MS });
    for (const ms of [LATER_MS + 121_000, 9e15]) {
      expect(parseFutures({ result: dated(ms) }, LATER_MS)).toMatchObject({ kind: 'refused' });
    }
  });

  it('takes volatility at the forward, between the strikes around it, and leaves out expiries with one side only', () => {
    // Forward 88,900 between 85,000 (46 %) and 90,000 (44 %): 46 - 2 x 3,900 / 5,000 = 44.44 %
    const volatilities = parseVolatilities(deribitOptions);
    expect(volatilities).toHaveLength(1);
    expect(volatilities).toMatchObject([{ expiresAtMs: Date.UTC(2026, 2, 27, 8), options: 8 }]);
    expect(Array.isArray(volatilities) && volatilities[0]?.volatilityRatioPerYear).toBeCloseTo(0.4444, 10);
  });
});

describe('candles', () => {
  const DAY_MS = 86_400_000;
  const query = { interval: '1d', fromMs: Date.parse('2025-12-29'), toMs: Date.parse('2025-12-31') } as const;
  const read = (source: ReturnType<typeof krakenCandles>, body: unknown, nowMs = ASKED_AT_MS) =>
    readCandles(source, query, { fetchJson: async () => ({ kind: 'json', body }), nowMs: () => nowMs });

  it.each([
    ['Coinbase Exchange', coinbaseCandles('http://127.0.0.1:1'), coinbaseRows, 87_700, 4100.25],
    ['Kraken', krakenCandles('http://127.0.0.1:1'), krakenRows, 87_700, 1100.25],
    ['Binance', binanceCandles('http://127.0.0.1:1'), binanceRows, 87_710, 14_100.25],
  ] as const)('%s: closed days in order', async (_, source, rows, open, volumeBtc) => {
    const candles = (await read(source, rows)) as Candle[];
    expect(candles.map(({ timeMs }) => timeMs)).toEqual([query.fromMs, query.fromMs + DAY_MS]);
    expect(candles[0]).toMatchObject({ open, volumeBtc });
    expect(candles[0]!.low).toBeLessThan(candles[0]!.high);
  });

  it('leave out what is still open, doubled, or outside of the range', async () => {
    const candles = await read(krakenCandles('http://127.0.0.1:1'), krakenRows, Date.parse('2025-12-30T12:00:00Z'));
    expect(candles).toHaveLength(1);
    const doubled = [...coinbaseRows, coinbaseRows[0]!, [1_766_880_000, 1, 2, 1, 2, 1]];
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), doubled)).toHaveLength(2);
  });

  it('are not believed when they contradict themselves', async () => {
    const [first, second] = coinbaseRows;
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), [first, [second![0], 90_000, 88_000, 89_000, 89_000, 1]])).toMatchObject({
      kind: 'refused',
    });
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), [first, [second![0], 0, 88_000, 87_000, 87_000, 1]])).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('past epochs and pools', () => {
  it('is asked for no further back than needed', () => {
    const path = (days: number) =>
      difficultyHistoryPath(days * 86_400_000)
        .split('/')
        .at(-1);
    expect([0, 360, 361, 1080, 1081].map(path)).toEqual(['1y', '1y', '3y', '3y', 'difficulty-adjustments']);
  });

  it('gives difficulties by epoch', () => {
    expect(parseDifficultyHistory(adjustments, LATER_MS)).toMatchObject([{ epoch: 460 }, { epoch: 461, timeMs: 1_766_620_800_000 }]);
    expect(parseDifficultyHistory([[1, 929_377, 1e14, 1]], LATER_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('refuses an epoch that has not begun', () => {
    const at = (s: number) => parseDifficultyHistory([[LATER_MS / 1000 + s, 929_376, 1e14, 1]], LATER_MS);
    expect(at(7_200)).toHaveLength(1);
    for (const s of [7_201, 9e12]) expect(at(s)).toMatchObject({ kind: 'refused' });
  });

  it('refuses a difficulty that no retarget leads to', () => {
    for (const difficulty of [1.5, 148.2, 1e30, 148_195_306_640_204.7 / 5]) {
      expect(parseDifficultyHistory([...adjustments, [1_767_800_000, 931_392, difficulty, 1]], LATER_MS), `${difficulty}`).toMatchObject({
        kind: 'refused',
        reason: 'the difficulty of epoch 462 cannot follow from the one before',
      });
    }
    expect(parseDifficultyHistory([[1_767_800_000, 931_392, 1e30, 1]], LATER_MS)).toMatchObject({ kind: 'refused' });
    // Two retargets may change it by a factor of 16.
    expect(parseDifficultyHistory([...adjustments, [1_769_000_000, 933_408, 148_195_306_640_204.7 / 15, 1]], LATER_MS)).toHaveLength(3);
  });

  it('gives shares of blocks, never more than all', () => {
    expect(parsePoolShares(pools)).toEqual([
      { name: 'Foundry USA', blocks: 300, blocksRatio: 0.3 },
      { name: 'AntPool', blocks: 180, blocksRatio: 0.18 },
    ]);
    expect(parsePoolShares({ ...pools, blockCount: 400 })).toMatchObject({ kind: 'refused' });
  });
});
