import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type FakeMarketServer, startFakeMarketServer } from '#collectors/market/fake-market-server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import spot from '#collectors/market/fixtures/coinbase-spot.json' with { type: 'json' };
import epoch from '#collectors/market/fixtures/difficulty-adjustment.json' with { type: 'json' };
import fx from '#collectors/market/fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from '#collectors/market/fixtures/hashrate-3d.json' with { type: 'json' };
import rewards from '#collectors/market/fixtures/reward-stats-144.json' with { type: 'json' };
import { createMarketSources } from '#collectors/market/market-sources.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { composeSnapshot } from './consistent-snapshot.ts';
import { createMarketReader, readLiveFigures } from './market.server.ts';
import { refreshMarket } from './refresh-market.server.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';

const NOW_MS = Date.parse('2025-12-31T18:00:00Z');
const A_QUARTER_OF_AN_HOUR_MS = 900_000;
const EPOCH = '/api/v1/difficulty-adjustment';
const HASHRATE = '/api/v1/mining/hashrate/3d';
const FEES = '/api/v1/mining/reward-stats/144';
const PRICE = '/v2/prices/BTC-USD/spot';
const RATE = '/v1/latest';

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
  server.answer(EPOCH, { kind: 'json', body: epoch });
  server.answer(HASHRATE, { kind: 'json', body: hashrate });
  server.answer(FEES, { kind: 'json', body: rewards });
  server.answer(PRICE, { kind: 'json', body: spot });
  server.answer(RATE, { kind: 'json', body: fx });
});
afterEach(() => server.close());

const refresh = (nowMs: number) =>
  refreshMarket({
    db,
    sources: createMarketSources({ networkUrl: server.url, priceUrl: server.url, fxUrl: server.url }),
    fetchJson: createFetchJson({ timeoutMs: 2_000, maxBytes: 10_000 }),
    nowMs: () => nowMs,
  });

describe('refreshMarket', () => {
  it('stores every figure with source, address and the time it was true, as the application’s own role', async () => {
    const { stored, failed } = await refresh(NOW_MS);
    expect(failed).toEqual([]);
    expect(stored.map(({ figure }) => figure).sort()).toEqual(Object.keys(SHIPPED_SNAPSHOT).sort());

    const snapshot = composeSnapshot(await readLiveFigures(db));
    const at = new Date(NOW_MS).toISOString();
    expect(snapshot.height).toEqual({ value: 930_348, source: 'mempool.space', sourceUrl: `${server.url}${EPOCH}`, at, origin: 'live' });
    expect(snapshot.epochElapsedS.value).toBe(583_200);
    expect(snapshot.difficulty.value).toBe(148_200_000_000_000);
    expect(snapshot.networkHashrateThs.value).toBe(1_052_000_000);
    expect(snapshot.feesBtcPerBlock.value).toBe(0.0173);
    expect(snapshot.priceUsdPerBtc).toMatchObject({ value: 87_508.83, source: 'Coinbase', at });
    expect(snapshot.cnyPerUsd).toMatchObject({ value: 6.9931, at: '2025-12-31T00:00:00.000Z' });
  });

  it('keeps the last value of a figure that could not be read, and renews the others', async () => {
    await refresh(NOW_MS);
    server.answer(PRICE, { kind: 'cut-off', body: spot });
    server.answer(FEES, { kind: 'json', body: { ...rewards, totalFee: '9999999999999999' } });
    server.answer(RATE, { kind: 'text', body: '<html>', contentType: 'text/html' });
    const later = NOW_MS + A_QUARTER_OF_AN_HOUR_MS;
    const { failed } = await refresh(later);
    expect(failed.map(({ figure, kind }) => `${figure} ${kind}`).sort()).toEqual([
      'cnyPerUsd garbled',
      'feesBtcPerBlock refused',
      'priceUsdPerBtc no-answer',
    ]);

    const live = await readLiveFigures(db);
    expect(live.priceUsdPerBtc).toMatchObject({ value: 87_508.83, at: new Date(NOW_MS).toISOString() });
    expect(live.feesBtcPerBlock?.value).toBe(0.0173);
    expect(live.height?.at).toBe(new Date(later).toISOString());
  });

  it('asks each address once', async () => {
    await refresh(NOW_MS);
    expect(server.requests.sort()).toEqual([EPOCH, FEES, HASHRATE, `${RATE}?base=USD&symbols=CNY`, PRICE].sort());
  });

  it('does not make up what was never read', async () => {
    await db.$executeRaw`UPDATE market_figures SET name = 'unused_' || name`;
    for (const path of [EPOCH, HASHRATE, FEES, PRICE, RATE]) server.answer(path, { kind: 'text', body: 'null' });
    expect((await refresh(NOW_MS)).stored).toEqual([]);
    expect(composeSnapshot(await readLiveFigures(db))).toEqual(SHIPPED_SNAPSHOT);
  });
});

describe('createMarketReader', () => {
  const aReader = (readLive: () => Promise<object>) => {
    const clock = { nowMs: NOW_MS };
    const errors: unknown[] = [];
    return { clock, errors, read: createMarketReader({ readLive, nowMs: () => clock.nowMs, onUnreadable: (error) => errors.push(error) }) };
  };

  it('reads the database at most once in five seconds, however many ask', async () => {
    let reads = 0;
    const { clock, read } = aReader(async () => {
      reads++;
      return {};
    });
    await Promise.all([read(), read(), read()]);
    clock.nowMs += 4_999;
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
    clock.nowMs += 5_000;
    expect((await read()).priceUsdPerBtc.origin).toBe('live');
    await gone.$disconnect();
  });
});
