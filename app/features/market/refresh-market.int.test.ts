import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type FakeMarketServer, type FakeReply, startFakeMarketServer } from '#collectors/market/fake-market-server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import binanceTicker from '#collectors/market/fixtures/binance-ticker.json' with { type: 'json' };
import blockchainInfo from '#collectors/market/fixtures/blockchain-info-stats.json' with { type: 'json' };
import btcCom from '#collectors/market/fixtures/btc-com-pool.json' with { type: 'json' };
import bybitTickers from '#collectors/market/fixtures/bybit-tickers.json' with { type: 'json' };
import spot from '#collectors/market/fixtures/coinbase-spot.json' with { type: 'json' };
import coingecko from '#collectors/market/fixtures/coingecko-simple.json' with { type: 'json' };
import epoch from '#collectors/market/fixtures/difficulty-adjustment.json' with { type: 'json' };
import exchangeRate from '#collectors/market/fixtures/exchange-rate-usd.json' with { type: 'json' };
import fx from '#collectors/market/fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from '#collectors/market/fixtures/hashrate-3d.json' with { type: 'json' };
import krakenTicker from '#collectors/market/fixtures/kraken-ticker.json' with { type: 'json' };
import okxTicker from '#collectors/market/fixtures/okx-ticker.json' with { type: 'json' };
import rewards from '#collectors/market/fixtures/reward-stats-144.json' with { type: 'json' };
import viabtc from '#collectors/market/fixtures/viabtc-pool.json' with { type: 'json' };
import { listMarketSources } from '#collectors/market/market-sources.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { composeSnapshot } from './consistent-snapshot.ts';
import { createMarketReader, readLiveFigures } from './market.server.ts';
import { type RefreshScope, refreshMarket } from './refresh-market.server.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';

const NOW_MS = Date.parse('2025-12-31T18:00:00Z');
const MINUTE_MS = 60_000;
const EPOCH = '/mempool/api/v1/difficulty-adjustment';
const HASHRATE = '/mempool/api/v1/mining/hashrate/3d';
const FEES = '/mempool/api/v1/mining/reward-stats/144';
const COINBASE = '/coinbase/v2/prices/BTC-USD/spot';
const RATE = '/frankfurter/v1/latest';
const KRAKEN = '/kraken/0/public/Ticker';
const BINANCE = '/binance/api/v3/ticker/price';
const OKX = '/okx/api/v5/market/ticker';
const BYBIT = '/bybit/v5/market/tickers';
const COINGECKO = '/coingecko/api/v3/simple/price';
const STATS = '/blockchain-info/stats';
const VIABTC = '/viabtc/res/pool/BTC/state';
const BTC_COM = '/btc-com/v1/pool/status/';
const SECOND_RATE = '/exchange-rate-api/v6/latest/USD';
const PRICES = [COINBASE, KRAKEN, BINANCE, OKX, BYBIT, COINGECKO];

let scratch: ScratchDatabase;
let db: Db;
let redis: Redis;
let server: FakeMarketServer;

const json = (body: unknown): FakeReply => ({ kind: 'json', body });

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  const redisUrl = process.env.TEST_REDIS_URL;
  if (redisUrl === undefined) throw new Error('TEST_REDIS_URL is not set');
  redis = new Redis(redisUrl);
});
afterAll(async () => {
  redis?.disconnect();
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(async () => {
  server = await startFakeMarketServer();
  // Every test starts with a world that works and a database that knows nothing.
  await withClient(scratch.ownerUrl, (client) => client.query('TRUNCATE market_figures, market_readings, market_sources'));
  server.answer(EPOCH, json(epoch));
  server.answer(HASHRATE, json(hashrate));
  server.answer(FEES, json(rewards));
  server.answer(COINBASE, json(spot));
  server.answer(RATE, json(fx));
  server.answer(KRAKEN, json(krakenTicker));
  server.answer(BINANCE, json(binanceTicker));
  server.answer(STATS, json(blockchainInfo));
  server.answer(VIABTC, json(viabtc));
  server.answer(BTC_COM, json(btcCom));
  server.answer(SECOND_RATE, json(exchangeRate));
  sayNow(NOW_MS);
});
afterEach(() => server.close());

/** The sources that date their prices say them as of now. */
function sayNow(nowMs: number): void {
  server.answer(OKX, json({ ...okxTicker, data: [{ ...okxTicker.data[0], ts: String(nowMs) }] }));
  server.answer(BYBIT, json({ ...bybitTickers, time: nowMs }));
  server.answer(COINGECKO, json({ bitcoin: { ...coingecko.bitcoin, last_updated_at: Math.floor(nowMs / 1000) } }));
  server.answer(STATS, json({ ...blockchainInfo, timestamp: nowMs }));
}

const refresh = (nowMs: number, scope?: RefreshScope, own: { db: Db; redis: Redis } = { db, redis }) =>
  refreshMarket(
    {
      ...own,
      sources: listMarketSources({
        urls: {},
        mirrorUrl: server.url,
        keys: { coingecko: null, coinwarz: null, ankr: null },
        bitcoinRpcUrl: null,
      }),
      fetchJson: createFetchJson({ timeoutMs: 2_000, maxBytes: 10_000 }),
      nowMs: () => nowMs,
    },
    scope,
  );

describe('refreshMarket', () => {
  it('stores every figure with source, time and how it was chosen, as the application’s own role', async () => {
    const { failed } = await refresh(NOW_MS);
    expect(failed).toEqual([]);

    const snapshot = composeSnapshot(await readLiveFigures(db));
    const at = new Date(NOW_MS).toISOString();
    expect(snapshot.height).toMatchObject({
      value: 930_348,
      source: 'mempool.space',
      sourceUrl: `${server.url}${EPOCH}`,
      at,
      origin: 'live',
    });
    expect(snapshot.height.basis).toMatchObject({ kind: 'chain', step: 1 });
    expect(snapshot.epochElapsedS.value).toBe(583_200);
    expect(snapshot.difficulty.value).toBe(148_200_000_000_000);
    expect(snapshot.networkHashrateThs.value).toBe(1_052_000_000);
    expect(snapshot.feesBtcPerBlock.value).toBe(0.0173);
    expect(snapshot.cnyPerUsd).toMatchObject({ value: 6.9931, source: 'Frankfurter (ECB)', at: '2025-12-31T00:00:00.000Z' });
    const rates = await db.marketFigure.findMany({ where: { name: { in: ['eurPerUsd', 'audPerUsd'] } }, orderBy: { name: 'asc' } });
    const day = new Date('2025-12-31T00:00:00Z');
    expect(rates).toMatchObject([
      { name: 'audPerUsd', value: 1.4958, source: 'Frankfurter (ECB)', observedAt: day },
      { name: 'eurPerUsd', value: 0.85106, source: 'Frankfurter (ECB)', observedAt: day },
    ]);
    // Prices sorted: 87,505.10, 87,508.83, 87,509.90, 87,510.12, 87,512.30, 87,515.00; the middle two: 87,510.01
    expect(snapshot.priceUsdPerBtc.value).toBeCloseTo(87_510.01, 6);
    expect(snapshot.priceUsdPerBtc).toMatchObject({ sourceUrl: null, at, basis: { kind: 'median', passedOver: [] } });
    expect(snapshot.priceUsdPerBtc.basis).toMatchObject({
      used: expect.arrayContaining([expect.objectContaining({ source: 'OKX', quote: 'USDT' })]),
    });
  });

  it('goes down the chain as sources fall silent one after another, and keeps the last price with its age at the end', async () => {
    await refresh(NOW_MS);
    const troubles: FakeReply[] = [
      { kind: 'cut-off', body: spot },
      { kind: 'text', body: '<html>', contentType: 'text/html' },
      { kind: 'json', body: { error: 'down' }, status: 500 },
      { kind: 'json', body: okxTicker, status: 429 },
      json({ ...bybitTickers, time: NOW_MS + 86_400_000 }),
      { kind: 'huge', bytes: 20_000 },
    ];
    const bases: string[] = [];
    let nowMs = NOW_MS;
    for (const [index, path] of PRICES.entries()) {
      // Past the age up to which the price of before counts.
      nowMs += 4 * MINUTE_MS;
      sayNow(nowMs);
      for (const [silent, reply] of troubles.entries()) if (silent <= index) server.answer(PRICES[silent]!, reply);
      const { chosen } = await refresh(nowMs, 'price');
      const basis = chosen.priceUsdPerBtc?.basis;
      bases.push(basis === undefined ? `${path}: none` : `${basis.kind} ${basis.kind === 'chain' ? '' : basis.used.length}`);
    }
    expect(bases).toEqual(['median 5', 'median 4', 'median 3', 'median 2', 'single 1', `${COINGECKO}: none`]);

    const live = await readLiveFigures(db);
    expect(live.priceUsdPerBtc).toMatchObject({ value: 87_515, source: 'CoinGecko', at: new Date(NOW_MS + 20 * MINUTE_MS).toISOString() });
  });

  it('takes the next source of a figure whose first one fails, and comes back to it', async () => {
    await refresh(NOW_MS);
    server.answer(HASHRATE, { kind: 'silent' });
    server.answer(RATE, json({ ...fx, rates: { CNY: 0.143 } }));
    const later = NOW_MS + 7 * 3_600_000;
    sayNow(later);
    const { chosen } = await refresh(later);
    expect(chosen.difficulty).toMatchObject({
      source: 'Blockchain.info',
      basis: { kind: 'chain', step: 2, passedOver: [{ source: 'mempool.space', reason: 'stale' }] },
    });
    expect(chosen.cnyPerUsd?.source).toBe('Frankfurter (ECB)');

    const muchLater = NOW_MS + 6 * 86_400_000;
    server.answer(SECOND_RATE, json({ ...exchangeRate, time_last_update_unix: muchLater / 1000 }));
    expect((await refresh(muchLater)).chosen.cnyPerUsd).toMatchObject({ source: 'ExchangeRate-API', value: 6.9945 });
    server.answer(HASHRATE, json(hashrate));
    sayNow(muchLater + MINUTE_MS);
    expect((await refresh(muchLater + MINUTE_MS)).chosen.difficulty?.source).toBe('mempool.space');
  });

  it('leaves a source alone that failed three times, asks it again after the pause, and keeps the pause it asks for', async () => {
    const asked = (path: string) => server.requests.filter((request) => request.startsWith(path)).length;
    server.answer(KRAKEN, { kind: 'text', body: 'no', status: 500 });
    server.answer(BINANCE, { kind: 'text', body: 'slow down', status: 429, headers: { 'retry-after': '600' } });
    for (let minute = 0; minute < 4; minute++) await refresh(NOW_MS + minute * MINUTE_MS, 'price');
    expect(asked(KRAKEN)).toBe(4);
    expect(asked(BINANCE)).toBe(1);
    const { resting } = await refresh(NOW_MS + 3.5 * MINUTE_MS, 'price');
    expect(resting.sort()).toEqual(['Binance', 'Kraken']);
    await refresh(NOW_MS + 10 * MINUTE_MS, 'price');
    expect(asked(BINANCE)).toBe(2);
    const state = await db.marketSourceState.findFirstOrThrow({ where: { source: 'Kraken' } });
    expect(state).toMatchObject({ recent: '00000', failureKind: 'no-answer', failureReason: 'HTTP 500', answeredAt: null });
  });

  it('counts a figure that is not believed as a failure of its source, and one that does not exist yet as none', async () => {
    server.answer(COINBASE, json({ data: { ...spot.data, amount: '500000000' } }));
    server.answer(KRAKEN, { kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
    server.answer(EPOCH, json({ ...epoch, remainingBlocks: 1 }));
    for (let minute = 0; minute < 3; minute++) await refresh(NOW_MS + minute * MINUTE_MS);
    const stateOf = (path: string) => db.marketSourceState.findFirstOrThrow({ where: { url: { startsWith: `${server.url}${path}` } } });
    expect(await stateOf(COINBASE)).toMatchObject({ recent: '000', failuresInRow: 3, failureKind: 'refused', answeredAt: null });
    expect(await stateOf(KRAKEN)).toMatchObject({ recent: '000', failuresInRow: 3, failureKind: 'refused' });
    expect(await stateOf(EPOCH)).toMatchObject({ recent: '111', failuresInRow: 0, failedAt: null });
    expect((await refresh(NOW_MS + 2.5 * MINUTE_MS, 'price')).resting.sort()).toEqual(['Coinbase', 'Kraken']);
  });

  it('leaves an absurd price out of the median', async () => {
    server.answer(COINBASE, json({ data: { ...spot.data, amount: '875088.3' } }));
    const { chosen } = await refresh(NOW_MS);
    expect(chosen.priceUsdPerBtc?.value).toBeGreaterThan(87_500);
    expect(chosen.priceUsdPerBtc?.value).toBeLessThan(87_520);
    expect(chosen.priceUsdPerBtc?.basis.passedOver).toEqual([{ source: 'Coinbase', reason: 'outlier', value: 875_088.3 }]);
  });

  it('keeps the last price with its age when the sources that are left disagree', async () => {
    await refresh(NOW_MS);
    const later = NOW_MS + 4 * MINUTE_MS;
    sayNow(later);
    for (const path of [COINBASE, OKX, BYBIT, COINGECKO]) server.answer(path, { kind: 'text', body: 'no', status: 500 });
    server.answer(KRAKEN, json({ ...krakenTicker, result: { XXBTZUSD: { ...krakenTicker.result.XXBTZUSD, c: ['875051.0', '0.001'] } } }));
    await refresh(later, 'price');
    const { priceUsdPerBtc } = await readLiveFigures(db);
    expect(priceUsdPerBtc?.value).toBeCloseTo(87_510.01, 6);
    expect(priceUsdPerBtc).toMatchObject({ at: new Date(NOW_MS).toISOString(), basis: { kind: 'disputed', used: [] } });
    expect(priceUsdPerBtc?.basis?.passedOver).toContainEqual({ source: 'Kraken', reason: 'disputed', value: 875_051 });
  });

  it('asks for prices alone when only prices are due', async () => {
    await refresh(NOW_MS, 'price');
    expect(server.requests.map((request) => request.split('?')[0]).sort()).toEqual([...PRICES].sort());
  });

  it('asks each address once', async () => {
    await refresh(NOW_MS);
    expect(new Set(server.requests).size).toBe(server.requests.length);
  });

  it('asks a source once when several processes refresh at the same time, and loses neither a count nor a pause', async () => {
    server.answer(KRAKEN, { kind: 'text', body: 'no', status: 500 });
    server.answer(BINANCE, { kind: 'text', body: 'slow down', status: 429, headers: { 'retry-after': '600' } });
    const others = [0, 1].map(() => ({ db: createDb(scratch.appUrl, { maxConnections: 4 }), redis: redis.duplicate() }));
    for (let minute = 0; minute < 2; minute++) {
      const nowMs = NOW_MS + minute * MINUTE_MS;
      const results = await Promise.all([
        refresh(nowMs, 'everything'),
        refresh(nowMs, 'price', others[0]),
        refresh(nowMs, 'price', others[1]),
      ]);
      // Whoever did not ask a source says so; all three choose the same price in the end.
      expect(results.flatMap(({ shared }) => shared).filter((name) => name === 'Kraken')).toHaveLength(2);
    }
    const asked = (path: string) => server.requests.filter((request) => request.startsWith(path)).length;
    expect(PRICES.map(asked)).toEqual([2, 2, 1, 2, 2, 2]);
    const states = await db.marketSourceState.findMany({ where: { source: { in: ['Kraken', 'Binance', 'Coinbase'] } } });
    const stateOf = (name: string) => states.find(({ source }) => source === name);
    expect(stateOf('Kraken')).toMatchObject({ recent: '00', failuresInRow: 2 });
    expect(stateOf('Binance')).toMatchObject({ recent: '0', openUntil: new Date(NOW_MS + 600_000) });
    expect(stateOf('Coinbase')).toMatchObject({ recent: '11', failuresInRow: 0 });
    expect((await readLiveFigures(db)).priceUsdPerBtc?.basis).toMatchObject({
      used: [{ source: 'Coinbase' }, { source: 'OKX' }, { source: 'Bybit' }, { source: 'CoinGecko' }],
    });
    for (const other of others) {
      other.redis.disconnect();
      await other.db.$disconnect();
    }
  });

  it('frees a source after asking it, so that the next run may', async () => {
    server.answer(KRAKEN, { kind: 'text', body: 'no', status: 500 });
    expect((await refresh(NOW_MS, 'price')).shared).toEqual([]);
    await db.marketSourceState.updateMany({ where: { source: 'Kraken' }, data: { failuresInRow: 2, recent: '000' } });
    expect((await refresh(NOW_MS + MINUTE_MS, 'price')).shared).toEqual([]);
    const kraken = await db.marketSourceState.findFirstOrThrow({ where: { source: 'Kraken' } });
    expect(kraken).toMatchObject({ recent: '0000', failuresInRow: 3, openUntil: new Date(NOW_MS + 2 * MINUTE_MS) });
  });

  it('does not make up what was never read', async () => {
    for (const path of [EPOCH, HASHRATE, FEES, RATE, STATS, VIABTC, BTC_COM, SECOND_RATE, ...PRICES])
      server.answer(path, { kind: 'text', body: 'null' });
    expect((await refresh(NOW_MS)).chosen).toEqual({});
    expect(composeSnapshot(await readLiveFigures(db))).toEqual(SHIPPED_SNAPSHOT);
  });
});

describe('createMarketReader', () => {
  const aReader = (readLive: () => Promise<object>) => {
    const clock = { nowMs: NOW_MS };
    const errors: unknown[] = [];
    return { clock, errors, read: createMarketReader({ readLive, nowMs: () => clock.nowMs, onUnreadable: (error) => errors.push(error) }) };
  };

  it('reads the database at most once in a second, however many ask', async () => {
    let reads = 0;
    const { clock, read } = aReader(async () => {
      reads++;
      return {};
    });
    await Promise.all([read(), read(), read()]);
    clock.nowMs += 999;
    await read();
    expect(reads).toBe(1);
    clock.nowMs += 1;
    await read();
    expect(reads).toBe(2);
  });

  it('gives the shipped figures, marked as such, when the database does not answer, and comes back with it', async () => {
    const gone = createDb('postgresql://nobody:nothing@127.0.0.1:1/none', { maxConnections: 1 });
    let source: Pick<Db, 'marketFigure'> = gone;
    const { clock, errors, read } = aReader(() => readLiveFigures(source));
    expect(await read()).toEqual(SHIPPED_SNAPSHOT);
    expect(errors).toHaveLength(1);

    await refresh(NOW_MS);
    source = db;
    clock.nowMs += 1_000;
    expect((await read()).priceUsdPerBtc.origin).toBe('live');
    await gone.$disconnect();
  });
});
