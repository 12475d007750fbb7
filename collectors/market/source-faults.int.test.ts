// Every source of the list over a real connection, against the nine ways in which its service may answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeMarketServer, type FakeReply, startFakeMarketServer } from './fake-market-server.ts';
import { createFetchJson } from './fetch-json.ts';
import binance from './fixtures/binance-ticker.json' with { type: 'json' };
import rpc from './fixtures/bitcoin-rpc.json' with { type: 'json' };
import blockchainInfo from './fixtures/blockchain-info-stats.json' with { type: 'json' };
import btcCom from './fixtures/btc-com-pool.json' with { type: 'json' };
import bybit from './fixtures/bybit-tickers.json' with { type: 'json' };
import coinbase from './fixtures/coinbase-spot.json' with { type: 'json' };
import coingecko from './fixtures/coingecko-simple.json' with { type: 'json' };
import coinwarz from './fixtures/coinwarz-coin.json' with { type: 'json' };
import epoch from './fixtures/difficulty-adjustment.json' with { type: 'json' };
import exchangeRate from './fixtures/exchange-rate-usd.json' with { type: 'json' };
import frankfurter from './fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from './fixtures/hashrate-3d.json' with { type: 'json' };
import kraken from './fixtures/kraken-ticker.json' with { type: 'json' };
import okx from './fixtures/okx-ticker.json' with { type: 'json' };
import rewards from './fixtures/reward-stats-144.json' with { type: 'json' };
import viabtc from './fixtures/viabtc-pool.json' with { type: 'json' };
import { type ListedSource, listMarketSources } from './market-sources.ts';
import type { CollectedFigure, ReadOutcome } from './source.ts';

const NOW_MS = Date.parse('2025-12-31T18:00:00Z');
const NOW_S = NOW_MS / 1000;
/** Sources allow clocks two minutes, and times of blocks two hours. */
const AHEAD_S = 121;
const BLOCK_AHEAD_S = 7_201;
/** Long enough for an answer of loopback on a busy machine. */
const PATIENT = { timeoutMs: 10_000, maxBytes: 100_000 };
/** Short enough to wait for. */
const HASTY = { timeoutMs: 250, maxBytes: 100_000 };

type Wrong = readonly [figure: CollectedFigure, reply: FakeReply];
type Case = {
  name: string;
  /** Under the mirror. */
  path: string;
  right: FakeReply;
  wrongUnit: Wrong;
  absurd: Wrong;
  /** A clock ahead of ours; `null`: the service says no time, and its figures count as of the moment of asking. */
  ahead: Wrong | null;
};

const json = (body: unknown): FakeReply => ({ kind: 'json', body });
const price = (reply: FakeReply): Wrong => ['priceUsdPerBtc', reply];

function toNode(change: { chain?: object; hashps?: number; header?: object } = {}): FakeReply {
  const bodies = {
    ...rpc,
    getblockchaininfo: { ...rpc.getblockchaininfo, result: { ...rpc.getblockchaininfo.result, ...change.chain } },
    getnetworkhashps: { ...rpc.getnetworkhashps, result: change.hashps ?? rpc.getnetworkhashps.result },
    getblockheader: { ...rpc.getblockheader, result: { ...rpc.getblockheader.result, ...change.header } },
  };
  return { kind: 'rpc', bodies };
}
/** TH/s for H/s, a difficulty beyond every number of coins, a block stamped ahead. */
const ofNode = {
  right: toNode(),
  wrongUnit: ['networkHashrateThs', toNode({ hashps: 1.052e9 })],
  absurd: ['difficulty', toNode({ chain: { difficulty: 1e30 } })],
  ahead: ['epochElapsedS', toNode({ header: { time: NOW_S + BLOCK_AHEAD_S } })],
} as const;

const toKraken = (last: string) => json({ ...kraken, result: { XXBTZUSD: { ...kraken.result.XXBTZUSD, c: [last, '0.001'] } } });
const toOkx = (change: object) => json({ ...okx, data: [{ ...okx.data[0], ...change }] });
const toBybit = (lastPrice: string) => json({ ...bybit, result: { ...bybit.result, list: [{ ...bybit.result.list[0], lastPrice }] } });
const toCoingecko = (change: object) => json({ bitcoin: { ...coingecko.bitcoin, ...change } });
const toRates = (body: { rates: object }, CNY: number): FakeReply => json({ ...body, rates: { ...body.rates, CNY } });

/** In the order of the list. Prices in another unit are in thousands of dollars. */
const CASES: readonly Case[] = [
  { name: 'Bitcoin Core', path: '/node', ...ofNode },
  {
    name: 'mempool.space',
    path: '/mempool/api/v1/difficulty-adjustment',
    right: json(epoch),
    // Milliseconds for seconds.
    wrongUnit: ['epochElapsedS', json({ ...epoch, previousTime: epoch.previousTime * 1000 })],
    absurd: ['height', json({ ...epoch, nextRetargetHeight: 2016 * 2_000_000 })],
    ahead: ['epochElapsedS', json({ ...epoch, previousTime: NOW_S + BLOCK_AHEAD_S })],
  },
  {
    name: 'mempool.space',
    path: '/mempool/api/v1/mining/hashrate/3d',
    right: json(hashrate),
    wrongUnit: ['networkHashrateThs', json({ ...hashrate, currentHashrate: 1_052_000_000 })],
    absurd: ['difficulty', json({ ...hashrate, currentDifficulty: 1e30 })],
    ahead: null,
  },
  {
    name: 'mempool.space',
    path: '/mempool/api/v1/mining/reward-stats/144',
    right: json(rewards),
    // Bitcoin for satoshi.
    wrongUnit: ['feesBtcPerBlock', json({ ...rewards, totalFee: 2.4912 })],
    absurd: ['feesBtcPerBlock', json({ ...rewards, totalFee: '9999999999999999' })],
    ahead: null,
  },
  {
    name: 'Blockchain.info',
    path: '/blockchain-info/stats',
    right: json(blockchainInfo),
    // TH/s for GH/s.
    wrongUnit: ['networkHashrateThs', json({ ...blockchainInfo, hash_rate: 1.049e9 })],
    absurd: ['difficulty', json({ ...blockchainInfo, difficulty: -1 })],
    ahead: ['difficulty', json({ ...blockchainInfo, timestamp: NOW_MS + AHEAD_S * 1000 })],
  },
  {
    name: 'ViaBTC',
    path: '/viabtc/res/pool/BTC/state',
    right: json(viabtc),
    wrongUnit: ['networkHashrateThs', json({ ...viabtc, data: { ...viabtc.data, network_hashrate: '1049310000' } })],
    absurd: ['difficulty', json({ ...viabtc, data: { ...viabtc.data, curr_diff: '0' } })],
    ahead: null,
  },
  {
    name: 'BTC.com',
    path: '/btc-com/v1/pool/status/',
    right: json(btcCom),
    wrongUnit: ['networkHashrateThs', json({ ...btcCom, data: { ...btcCom.data, network_hashrate_unit: 'P' } })],
    absurd: ['networkHashrateThs', json({ ...btcCom, data: { ...btcCom.data, network_hashrate: '0' } })],
    ahead: null,
  },
  { name: 'Ankr', path: '/ankr/btc/key-a', ...ofNode },
  {
    name: 'CoinWarz',
    path: '/coinwarz/v1/api/coininformation/',
    right: json(coinwarz),
    // In units of 1e12, as its pages show it.
    wrongUnit: ['difficulty', json({ ...coinwarz, Data: { ...coinwarz.Data, Difficulty: 148.2 } })],
    absurd: ['difficulty', json({ ...coinwarz, Data: { ...coinwarz.Data, Difficulty: 1e30 } })],
    ahead: null,
  },
  {
    name: 'Coinbase',
    path: '/coinbase/v2/prices/BTC-USD/spot',
    right: json(coinbase),
    wrongUnit: price(json({ data: { ...coinbase.data, amount: '87.5' } })),
    absurd: price(json({ data: { ...coinbase.data, amount: '0' } })),
    ahead: null,
  },
  {
    name: 'Kraken',
    path: '/kraken/0/public/Ticker',
    right: json(kraken),
    wrongUnit: price(toKraken('87.5')),
    absurd: price(toKraken('600000000')),
    ahead: null,
  },
  {
    name: 'Binance',
    path: '/binance/api/v3/ticker/price',
    right: json(binance),
    wrongUnit: price(json({ ...binance, price: '87.5' })),
    absurd: price(json({ ...binance, price: '600000000' })),
    ahead: null,
  },
  {
    name: 'OKX',
    path: '/okx/api/v5/market/ticker',
    right: json(okx),
    wrongUnit: price(toOkx({ last: '87.5' })),
    absurd: price(toOkx({ last: '0' })),
    ahead: price(toOkx({ ts: String(NOW_MS + AHEAD_S * 1000) })),
  },
  {
    name: 'Bybit',
    path: '/bybit/v5/market/tickers',
    right: json(bybit),
    wrongUnit: price(toBybit('87.5')),
    absurd: price(toBybit('600000000')),
    ahead: price(json({ ...bybit, time: NOW_MS + AHEAD_S * 1000 })),
  },
  {
    name: 'CoinGecko',
    path: '/coingecko/api/v3/simple/price',
    right: json(coingecko),
    wrongUnit: price(toCoingecko({ usd: 87.5 })),
    absurd: price(toCoingecko({ usd: -87_500 })),
    ahead: price(toCoingecko({ last_updated_at: NOW_S + AHEAD_S })),
  },
  {
    name: 'Frankfurter (ECB)',
    path: '/frankfurter/v1/latest',
    right: json(frankfurter),
    // For a hundred dollars.
    wrongUnit: ['cnyPerUsd', toRates(frankfurter, 699.31)],
    absurd: ['cnyPerUsd', toRates(frankfurter, 0)],
    ahead: ['cnyPerUsd', json({ ...frankfurter, date: '2026-01-02' })],
  },
  {
    name: 'ExchangeRate-API',
    path: '/exchange-rate-api/v6/latest/USD',
    right: json(exchangeRate),
    // Dollars for a yuan.
    wrongUnit: ['cnyPerUsd', toRates(exchangeRate, 0.143)],
    absurd: ['cnyPerUsd', toRates(exchangeRate, -7)],
    ahead: ['cnyPerUsd', json({ ...exchangeRate, time_last_update_unix: NOW_S + AHEAD_S })],
  },
];

let server: FakeMarketServer;
let sources: readonly ListedSource[];

beforeAll(async () => {
  server = await startFakeMarketServer();
  sources = listMarketSources({
    urls: {},
    mirrorUrl: server.url,
    keys: { coingecko: 'key-g', coinwarz: 'key-w', ankr: 'key-a' },
    bitcoinRpcUrl: `${server.url}/node`,
  });
});
afterAll(() => server.close());

function read(index: number, reply: FakeReply, limits = PATIENT): Promise<readonly ReadOutcome[]> {
  server.answer(CASES[index]!.path, reply);
  return sources[index]!.source!.read({ fetchJson: createFetchJson(limits), nowMs: () => NOW_MS });
}

it('every source of the list has its cases here', () => {
  expect(CASES.map(({ name }) => name)).toEqual(sources.map(({ name }) => name));
});

describe.each(CASES.map((one, index) => ({ ...one, index })))('$name at $path', ({ index, right, wrongUnit, absurd, ahead }) => {
  it('gives all its figures, none dated ahead', async () => {
    const outcomes = await read(index, right);
    expect(outcomes.map(({ figure }) => figure)).toEqual(sources[index]!.figures);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'reading', value: expect.any(Number) });
    for (const outcome of outcomes) if (outcome.kind === 'reading') expect(outcome.observedAtMs).toBeLessThanOrEqual(NOW_MS);
  });

  it.each<[string, FakeReply, object]>([
    ['slow', { kind: 'silent' }, { kind: 'no-answer', reason: expect.stringContaining('in time') }],
    ['cut off', { kind: 'cut-off', body: { half: 'of an answer' } }, { kind: 'no-answer' }],
    [
      'asked too often',
      { kind: 'text', body: '', status: 429, headers: { 'Retry-After': '90' } },
      { kind: 'no-answer', reason: expect.stringContaining('HTTP 429'), retryAfterMs: 90_000 },
    ],
    ['broken', { kind: 'text', body: 'broken', status: 500 }, { kind: 'no-answer', reason: expect.stringContaining('HTTP 500') }],
    ['a page of the web', { kind: 'text', body: '<html></html>', contentType: 'text/html' }, { kind: 'garbled' }],
  ])('says of every figure what it made of an answer that is %s', async (shape, reply, said) => {
    const outcomes = await read(index, reply, shape === 'slow' ? HASTY : PATIENT);
    expect(outcomes.map(({ figure }) => figure)).toEqual(sources[index]!.figures);
    for (const outcome of outcomes) expect(outcome).toMatchObject(said);
  });

  it.each([
    ['in another unit', wrongUnit],
    ['absurd', absurd],
    ['dated ahead of our clock', ahead],
  ] as const)('does not believe a figure that is %s', async (_, wrong) => {
    const outcomes = await read(index, wrong === null ? right : wrong[1]);
    const figure = wrong?.[0];
    if (figure === undefined) {
      // Nothing to be skewed: the moment of asking is all there is.
      for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'reading', observedAtMs: NOW_MS });
      return;
    }
    const outcome = outcomes.find((one) => one.figure === figure);
    expect(['refused', 'garbled']).toContain(outcome?.kind);
  });
});
