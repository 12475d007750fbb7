import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type FakeMarketServer, startFakeMarketServer } from '#collectors/market/fake-market-server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import futures from '#collectors/market/fixtures/deribit-futures.json' with { type: 'json' };
import adjustments from '#collectors/market/fixtures/mempool-adjustments.json' with { type: 'json' };
import pools from '#collectors/market/fixtures/mempool-pools.json' with { type: 'json' };
import { withClient } from '../../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../../prisma/scratch-database.ts';
import { readDailyHistory, readEpochHistory, readHourlyHistory } from './history-store.server.ts';
import { refreshHistory } from './refresh-history.server.ts';

const DAY_MS = 86_400_000;
/** The shipped closes end on 2025-12-31. */
const FIRST_MISSING_MS = Date.parse('2026-01-01');
const NOW_MS = Date.parse('2026-01-05T12:30:00Z');
const COINBASE = '/coinbase-exchange/products/BTC-USD/candles';
const KRAKEN = '/kraken/0/public/OHLC';
const DERIBIT = '/deribit/api/v2/public/get_book_summary_by_currency';
const EPOCHS = '/mempool/api/v1/mining/difficulty-adjustments/1y';
const POOLS = '/mempool/api/v1/mining/pools/1w';

let scratch: ScratchDatabase;
let db: Db;
let server: FakeMarketServer;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 2 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(async () => {
  server = await startFakeMarketServer();
  await withClient(scratch.ownerUrl, (client) => client.query('TRUNCATE market_candles, market_epochs, market_days, market_documents'));
  server.answer(EPOCHS, { kind: 'json', body: adjustments });
  server.answer(POOLS, { kind: 'json', body: pools });
  server.answer(DERIBIT, { kind: 'json', body: futures });
});
afterEach(() => server.close());

const refresh = (nowMs = NOW_MS) =>
  refreshHistory({
    db,
    config: { urls: {}, mirrorUrl: server.url },
    fetchJson: createFetchJson({ timeoutMs: 2_000, maxBytes: 1e6 }),
    nowMs: () => nowMs,
  });

const coinbaseDay = (day: number, close = 90_000 + day) => [(FIRST_MISSING_MS + day * DAY_MS) / 1000, 80_000, 95_000, 90_000, close, 12.5];
const krakenDay = (day: number) => [(FIRST_MISSING_MS + day * DAY_MS) / 1000, '90000', '95000', '80000', '91000.5', '90100', '10.5', 100];

describe('the histories of the market', () => {
  it('are continued after the shipped days, without the day that is still open', async () => {
    server.answer(COINBASE, { kind: 'json', body: [0, 1, 2, 3, 4].map((day) => coinbaseDay(day)) });
    await refresh();
    const history = await readDailyHistory(db);
    expect(history.timesMs.at(-1)).toBe(FIRST_MISSING_MS + 3 * DAY_MS);
    expect([...history.close.slice(-4)]).toEqual([90_000, 90_001, 90_002, 90_003]);
    expect(history.open.at(-5)).toBe(88_429.59);
    expect(history.close.at(-5)).toBe(87_508.83);
    expect(history.sources).toContain('Coinbase Exchange');
    // The fake answers days to whoever asks for hours: one an hour is known, the hours between are unknown.
    const hours = await readHourlyHistory(db);
    expect(hours).toMatchObject({ stepMs: 3_600_000, sources: ['Coinbase Exchange'] });
    expect([...hours!.close.slice(0, 25)].filter((close) => !Number.isNaN(close))).toEqual([90_000, 90_001]);
  });

  it('fill their holes from the next exchange, and ask for nothing that is there', async () => {
    server.answer(COINBASE, { kind: 'json', body: [coinbaseDay(0), coinbaseDay(2)] });
    server.answer(KRAKEN, { kind: 'json', body: { error: [], result: { XXBTZUSD: [0, 1, 2, 3].map(krakenDay), last: 0 } } });
    await refresh();
    const { close } = await readDailyHistory(db);
    // Days of Coinbase stay; the two that it lacks are Kraken's.
    expect([...close.slice(-4)]).toEqual([90_000, 91_000.5, 90_002, 91_000.5]);
    const daily = (requests: string[]) => requests.filter((request) => /granularity=86400|interval=1440/.test(request));
    server.requests.length = 0;
    await refresh();
    expect(daily(server.requests)).toEqual([]);
  });

  it('get their newest hour however many holes before it nobody can fill', async () => {
    const HOUR_MS = 3_600_000;
    const nowMs = Date.parse('2026-01-05T12:30:00Z');
    const lastMs = Date.parse('2026-01-05T12:00:00Z');
    const hours = Array.from({ length: 60 * 24 }, (_, index) => (lastMs - index * HOUR_MS) / 1000);
    // Every twentieth of the last 600 hours is missing everywhere.
    const given = hours.filter((_, index) => index >= 600 || index % 20 !== 10);
    server.answer(COINBASE, { kind: 'json', body: given.map((timeS) => [timeS, 80_000, 95_000, 90_000, 90_000, 12.5]) });
    await refresh(nowMs);
    await refresh(nowMs + HOUR_MS);
    const stored = await db.marketCandle.findFirst({ where: { interval: '1h' }, orderBy: { openedAt: 'desc' } });
    expect(stored?.openedAt.getTime()).toBe(lastMs);
  });

  it('say what could not be read, and keep what they have', async () => {
    server.answer(COINBASE, { kind: 'json', body: [coinbaseDay(0)] });
    await refresh();
    for (const path of [COINBASE, KRAKEN, EPOCHS, POOLS, DERIBIT]) server.answer(path, { kind: 'text', body: 'no', status: 500 });
    const { failed, stored } = await refresh(NOW_MS + DAY_MS);
    expect(stored).toEqual({});
    expect(new Set(failed.map(({ what }) => what))).toEqual(new Set(['candles 1d', 'candles 1h', 'epochs', 'pools', 'derivatives']));
    expect((await readDailyHistory(db)).close.at(-1)).toBe(90_000);
    expect(await db.marketDocument.count()).toBe(2);
  });

  it('go on when a source gives times that are no times of today', async () => {
    await db.marketFigure.upsert({
      where: { name: 'cnyPerUsd' },
      create: { name: 'cnyPerUsd', value: 7, source: 'Frankfurter (ECB)', observedAt: new Date(NOW_MS - DAY_MS) },
      update: {},
    });
    server.answer(DERIBIT, { kind: 'json', body: { result: futures.result.map((row) => ({ ...row, creation_timestamp: 9e15 })) } });
    server.answer(EPOCHS, { kind: 'json', body: [[9e12, 461 * 2016, 1.5e14, 1]] });
    const { failed } = await refresh();
    expect(failed.map(({ what }) => what)).toEqual(expect.arrayContaining(['epochs', 'derivatives']));
    expect(await db.marketDay.count({ where: { figure: 'cnyPerUsd' } })).toBe(1);
  });

  it('continue the difficulties only as far as no epoch is missing', async () => {
    server.answer(EPOCHS, { kind: 'json', body: [...adjustments, [1_767_400_000, 463 * 2016, 1.5e14, 1]] });
    await refresh();
    const { difficulty } = await readEpochHistory(db);
    // Shipped: 0 to 460. Fetched: 460, 461 and 463.
    expect(difficulty).toHaveLength(462);
    expect(difficulty.at(-1)).toBe(148_195_306_640_204.7);
  });

  it('fill difficulties that are missing for longer than a year', async () => {
    const nowMs = Date.parse('2027-06-01T00:00:00Z');
    const adjustment = (epoch: number) => [(FIRST_MISSING_MS + (epoch - 461) * 14 * DAY_MS) / 1000, epoch * 2016, 1.5e14, 1];
    const epochs = Array.from({ length: 37 }, (_, index) => 461 + index);
    server.answer(EPOCHS, { kind: 'json', body: epochs.slice(-26).map(adjustment) });
    server.answer(EPOCHS.replace('1y', '3y'), { kind: 'json', body: epochs.map(adjustment) });
    await refresh(nowMs);
    expect((await readEpochHistory(db)).difficulty).toHaveLength(461 + 37);
    server.requests.length = 0;
    await refresh(nowMs);
    expect(server.requests.filter((request) => request.includes('difficulty-adjustments'))).toEqual([EPOCHS]);
  });
});
