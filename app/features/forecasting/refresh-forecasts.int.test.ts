// The monthly back-test against a real database. What the thread would compute in half a minute is given: its arithmetic has tests of its own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_SNAPSHOT } from '#app/features/market/shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot } from '#app/features/market/snapshot.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { HORIZONS_DAYS } from './backtest/forecaster.ts';
import type { ForecastHorizon, ForecastSeries } from './forecast-answer.ts';
import type { ForecastDesk } from './forecast-desk.server.ts';
import { readDifficultyHistory } from './forecast-history.server.ts';
import type { ForecastResult } from './forecast-work.ts';
import { readForecast } from './read-forecast.server.ts';
import { refreshForecasts } from './refresh-forecasts.server.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-01-02T00:00:00Z');

const CHANGES = HORIZONS_DAYS.map((days) => [-2, -1, 0, 1, 2].map((step) => 0.01 * step * Math.sqrt(days)));
const rowsOf = (model: ForecastHorizon['model']) =>
  HORIZONS_DAYS.map((horizonDays) => ({
    horizonDays,
    model,
    origins: 9,
    meanAbsoluteError: 0.1,
    rootMeanSquareError: 0.1,
    coverage80: 0.8,
    coverage95: 0.95,
    pinballLoss: 0.02,
    skill: 0,
    skillError: 0,
    isUsed: true,
  }));
const RESULTS: Record<ForecastSeries, ForecastResult> = {
  price: {
    kind: 'price',
    price: {
      rows: rowsOf('naive') as [],
      firstOrigin: 100,
      lastOrigin: 200,
      changes: { naive: CHANGES, drift: CHANGES, arima: CHANGES },
      arima: null,
    },
  },
  difficulty: {
    kind: 'difficulty',
    difficulty: { rows: rowsOf('retarget') as [], firstOriginMs: NOW_MS - 90 * DAY_MS, lastOriginMs: NOW_MS, naiveChanges: CHANGES },
  },
  networkHashrate: {
    kind: 'networkHashrate',
    hashrate: {
      rows: rowsOf('drift') as [],
      firstOriginMs: NOW_MS - 90 * DAY_MS,
      lastOriginMs: NOW_MS,
      changes: { naive: CHANGES, drift: CHANGES },
    },
  },
};

let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 2 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

/** Answers as the thread does; `onAsk` is called while the work is under way. */
function deskWith(onAsk: () => Promise<void> = async () => undefined, results: Record<string, ForecastResult> = RESULTS): ForecastDesk {
  return {
    ask: async (work, { onProgress }) => {
      onProgress?.(1, 2);
      await onAsk();
      return { kind: 'ok', result: results[work.kind]! };
    },
    close: async () => undefined,
  };
}

/** The shipped figures as if they had just been read. */
const LIVE = Object.fromEntries(
  MARKET_FIGURE_NAMES.map((name) => [name, { ...SHIPPED_SNAPSHOT[name], at: new Date(NOW_MS).toISOString(), origin: 'live' }]),
) as MarketSnapshot;
const read = (series: ForecastSeries) => readForecast(series, { db, readSnapshot: async () => LIVE, nowMs: () => NOW_MS });
const refresh = (nowMs: number, desk = deskWith()) =>
  refreshForecasts({ db, desk, nowMs: () => nowMs, signal: new AbortController().signal });

describe('refreshForecasts', () => {
  it('shows that a first result is being computed, then the result, as the application’s own role', async () => {
    expect(await read('price')).toMatchObject({
      status: 'computing',
      progressRatio: null,
      horizons: [],
      backtest: null,
    });
    const seen: unknown[] = [];
    const watching = deskWith(async () => {
      const { status, progressRatio } = await read('difficulty');
      seen.push([status, progressRatio === null]);
    });
    expect(await refresh(NOW_MS, watching)).toEqual(['difficulty', 'networkHashrate', 'price']);
    expect(seen[0]).toEqual(['computing', false]);
    const { status, horizons, backtest } = await read('price');
    expect({ status, models: horizons.map(({ model }) => model) }).toEqual({
      status: 'ready',
      models: ['naive', 'naive', 'naive', 'naive'],
    });
    expect(backtest).toMatchObject({ computedAt: new Date(NOW_MS).toISOString(), historyEndsAt: '2025-12-31T00:00:00.000Z' });
    // 148.195 T imply 1,060.82 EH/s; the drift model is in use.
    expect(await read('networkHashrate')).toMatchObject({
      status: 'ready',
      unit: 'TH/s',
      current: { value: expect.closeTo(1060.82e6, -4) },
      horizons: [{ days: 1, model: 'drift' }, { days: 7 }, { days: 30 }, { days: 90 }],
    });
    expect((await read('difficulty')).backtest?.inputsHash).toBe((await readDifficultyHistory(db)).inputsHash);
  });

  it('leaves a fresh result alone and computes one of last month again', async () => {
    expect(await refresh(NOW_MS + DAY_MS)).toEqual([]);
    expect(await refresh(NOW_MS + 30 * DAY_MS)).toEqual(['difficulty', 'networkHashrate', 'price']);
  });

  it('computes again at once when the history is another one', async () => {
    await db.forecastBacktest.update({ where: { series: 'price' }, data: { inputsHash: 'of other closes' } });
    expect(await refresh(NOW_MS + 31 * DAY_MS)).toEqual(['price']);
  });

  it('goes on from the epochs that were fetched since, of difficulty and hash rate alike', async () => {
    const began = (index: number) => Date.parse('2025-12-11T00:00:00Z') + index * 14 * DAY_MS;
    await db.marketEpoch.createMany({
      data: [1, 2, 3].map((index) => ({ epoch: 460 + index, beganAt: new Date(began(index)), difficulty: 1.4e14, source: 'a test' })),
    });
    expect(await refresh(NOW_MS + 60 * DAY_MS)).toEqual(['difficulty', 'networkHashrate', 'price']);
    for (const series of ['difficulty', 'networkHashrate'] as const) {
      const { backtest } = await read(series);
      expect(backtest?.historyEndsAt).toBe(new Date(began(3)).toISOString());
      expect(backtest?.source).toContain('a test');
    }
    expect(await refresh(NOW_MS + 61 * DAY_MS)).toEqual([]);
  });

  it('keeps the last result, and fails so that the job comes again, when the thread was stopped', async () => {
    const stopped = deskWith(undefined, { difficulty: { kind: 'stopped' } });
    await expect(refresh(NOW_MS + 120 * DAY_MS, stopped)).rejects.toThrow('was not finished');
    expect(await read('difficulty')).toMatchObject({ status: 'ready', progressRatio: null });
  });

  it('takes a stored result that it cannot read for none', async () => {
    await db.forecastBacktest.update({ where: { series: 'price' }, data: { result: { of: 'another version' } } });
    expect(await read('price')).toMatchObject({ status: 'computing', horizons: [] });
  });
});
