import { describe, expect, it } from 'vitest';
import { SHIPPED_SNAPSHOT } from '#app/features/market/shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot, unknownFigure } from '#app/features/market/snapshot.ts';
import { HORIZONS_DAYS } from './backtest/forecaster.ts';
import { composeDifficultyForecast, composeHashrateForecast, composePriceForecast } from './compose-forecast.ts';
import { type ForecastHorizon, SeriesForecastSchema } from './forecast-answer.ts';
import type { Stored, StoredDifficulty, StoredHashrate, StoredPrice } from './stored-backtest.ts';

const nowMs = Date.parse('2026-01-02T00:00:00Z');
/** The shipped figures, as if a source had given them so long ago. */
function liveSnapshot(ageS: number): MarketSnapshot {
  const at = new Date(nowMs - ageS * 1000).toISOString();
  const figures = MARKET_FIGURE_NAMES.map((name) => [name, { ...SHIPPED_SNAPSHOT[name], at, origin: 'live' }]);
  return Object.fromEntries(figures) as MarketSnapshot;
}
const LIVE = liveSnapshot(60);
const HOUR_S = 3600;
const CHANGES = HORIZONS_DAYS.map((days) => [-0.2, -0.1, 0, 0.1, 0.2].map((change) => change * Math.sqrt(days)));
const row = (horizonDays: number, model: ForecastHorizon['model'], isUsed: boolean) => ({
  horizonDays,
  model,
  origins: 100,
  meanAbsoluteError: 0.1,
  rootMeanSquareError: 0.1,
  coverage80: 0.8,
  coverage95: 0.95,
  pinballLoss: 0.02,
  skill: 0.1,
  skillError: 0,
  isUsed,
});
const common = {
  source: 'a test',
  historyEndsAt: '2025-12-31T00:00:00.000Z',
  firstOriginAt: '2020-01-01T00:00:00.000Z',
  lastOriginAt: '2025-12-30T00:00:00.000Z',
};
const stored = <Result>(result: Result): Stored<Result> => ({ result, computedAt: '2026-01-01T00:00:00.000Z', inputsHash: 'ab' });
const priceWith = (model: 'naive' | 'arima'): Stored<StoredPrice> =>
  stored({
    ...common,
    rows: HORIZONS_DAYS.flatMap((days) => (['naive', 'arima'] as const).map((name) => row(days, name, name === model))),
    changes: { naive: CHANGES, drift: CHANGES, arima: CHANGES.map((quantiles) => quantiles.map((change) => change + 0.05)) },
  });
const difficultyWith = (model: 'naive' | 'retarget'): Stored<StoredDifficulty> =>
  stored({
    ...common,
    rows: HORIZONS_DAYS.flatMap((days) => (['naive', 'retarget'] as const).map((name) => row(days, name, name === model))),
    naiveChanges: CHANGES,
    growth: { mean: 0.01, variance: 0.0006, changes: 52 },
  });
const ask = <Result>(of: Stored<Result> | null, snapshot: MarketSnapshot = LIVE) => ({
  stored: of,
  progressRatio: null,
  snapshot,
  nowMs,
});

describe('the price forecast', () => {
  it('is the naive one and says so where naive was not beaten', () => {
    const answer = composePriceForecast(ask(priceWith('naive')));
    expect(SeriesForecastSchema.parse(answer)).toMatchObject({ status: 'ready', current: { value: 87_508.83, ageS: 60 } });
    expect(answer.horizons.map(({ model, because }) => [model, because])).toEqual(HORIZONS_DAYS.map(() => ['naive', 'naive-not-beaten']));
    expect(answer.horizons[0]!.median).toBeCloseTo(87_508.83, 6);
    expect(answer.horizons[1]!.upper80 / 87_508.83).toBeCloseTo(Math.exp(0.1 * Math.sqrt(7)), 10);
  });

  it('is of the model that won, as long as the history reaches up to today', () => {
    const answer = composePriceForecast(ask(priceWith('arima')));
    expect(answer.horizons[0]).toMatchObject({ model: 'arima', because: 'beats-naive' });
    expect(answer.horizons[0]!.median / 87_508.83).toBeCloseTo(Math.exp(0.05), 10);
    const later: MarketSnapshot = {
      ...LIVE,
      priceUsdPerBtc: { value: 90_000, source: 'x', sourceUrl: null, at: '2026-03-01T00:00:00.000Z', origin: 'live' },
    };
    const inMarch = { ...ask(priceWith('arima'), later), nowMs: Date.parse('2026-03-01T01:00:00.000Z') };
    expect(composePriceForecast(inMarch).horizons[0]).toMatchObject({ model: 'naive', because: 'history-ended' });
  });

  it('is being computed until there is a back-test, and unknown without a price', () => {
    expect(composePriceForecast({ ...ask<StoredPrice>(null), progressRatio: 0.4 })).toMatchObject({
      status: 'computing',
      progressRatio: 0.4,
      horizons: [],
      backtest: null,
    });
    const unknown: MarketSnapshot = {
      ...LIVE,
      priceUsdPerBtc: { value: null, source: null, sourceUrl: null, at: null, origin: 'live' },
    };
    expect(composePriceForecast(ask(priceWith('naive'), unknown))).toMatchObject({
      status: 'unknown',
      horizons: [],
      current: { value: null },
    });
  });
});

describe('the difficulty forecast', () => {
  it('knows the retarget from the epoch, and starts at its first block without an elapsed time', () => {
    const answer = composeDifficultyForecast(ask(difficultyWith('retarget')));
    expect(SeriesForecastSchema.parse(answer).nextRetarget).toMatchObject({ height: 929_376, blocksLeft: 2016 });
    expect(answer.horizons[0]).toMatchObject({ model: 'retarget' });
    expect(answer.horizons[0]!.median / 148_195_306_640_204.72).toBeCloseTo(1, 12);
    expect(answer.horizons[2]!.lower95).toBeLessThan(answer.horizons[2]!.upper95);
  });

  it('is unknown inside an epoch whose elapsed time nobody told', () => {
    const inside: MarketSnapshot = {
      ...LIVE,
      height: { ...LIVE.height, value: 927_400 } as MarketSnapshot['height'],
    };
    expect(composeDifficultyForecast(ask(difficultyWith('retarget'), inside))).toMatchObject({
      status: 'unknown',
      horizons: [],
      nextRetarget: null,
    });
  });

  it('counts the time to the retarget from now, not from the block that was seen last', () => {
    const { remainingS: soon } = composeDifficultyForecast(ask(difficultyWith('retarget'), liveSnapshot(0))).nextRetarget!;
    const { remainingS: later } = composeDifficultyForecast(ask(difficultyWith('retarget'), liveSnapshot(5 * HOUR_S))).nextRetarget!;
    expect(soon.median - later.median).toBeCloseTo(5 * HOUR_S, 6);
  });

  it.each([
    ['shipped with the product', SHIPPED_SNAPSHOT],
    ['read 46 hours ago', liveSnapshot(46 * HOUR_S)],
  ])('is none of today where its state was %s, since days ahead lie behind us, and is dated to that state', (_, old) => {
    const pairs = [
      [
        composeDifficultyForecast(ask(difficultyWith('retarget'), old)),
        composeDifficultyForecast(ask(difficultyWith('retarget'))),
        old.height,
      ],
      [composePriceForecast(ask(priceWith('naive'), old)), composePriceForecast(ask(priceWith('naive'))), old.priceUsdPerBtc],
    ] as const;
    for (const [answer, ofToday, figure] of pairs) {
      expect(SeriesForecastSchema.parse(answer)).toMatchObject({
        status: 'too-old',
        horizons: [],
        nextRetarget: null,
        current: { value: expect.any(Number), ageS: expect.any(Number) },
        dated: { at: figure.at },
      });
      // The same figures, so the same forecast, only of another day.
      expect(answer.dated?.horizons).toEqual(ofToday.horizons);
      expect(ofToday.dated).toBeNull();
    }
  });

  it('counts a dated retarget from its own moment, not from now', () => {
    const { remainingS: fromNow } = composeDifficultyForecast(ask(difficultyWith('retarget'), liveSnapshot(0))).nextRetarget!;
    const old = composeDifficultyForecast(ask(difficultyWith('retarget'), liveSnapshot(46 * HOUR_S)));
    expect(old.dated?.nextRetarget?.remainingS).toEqual(fromNow);
  });

  it('says that a horizon was not tested where nobody could be wrong', () => {
    const even = difficultyWith('retarget');
    const rows = even.result.rows.map((entry) => ({ ...entry, skill: 0 }));
    const { horizons } = composeDifficultyForecast(ask({ ...even, result: { ...even.result, rows } }));
    expect(horizons[0]).toMatchObject({ model: 'retarget', because: 'not-tested' });
  });

  it('is the naive one where that was not beaten', () => {
    const answer = composeDifficultyForecast(ask(difficultyWith('naive')));
    expect(answer.horizons[3]).toMatchObject({ model: 'naive', because: 'naive-not-beaten' });
  });
});

describe('the hash rate forecast', () => {
  const hashrateWith = (model: 'naive' | 'drift'): Stored<StoredHashrate> =>
    stored({
      ...common,
      rows: HORIZONS_DAYS.flatMap((days) => (['naive', 'drift'] as const).map((name) => row(days, name, name === model))),
      changes: { naive: CHANGES, drift: CHANGES.map((quantiles) => quantiles.map((change) => change + 0.02)) },
    });
  /** Difficulty 148.20 T: `D * 2^32 / 600` hashes a second. */
  const impliedThs = ((SHIPPED_SNAPSHOT.difficulty.value ?? 0) * 2 ** 32) / 600 / 1e12;

  it('starts from the hash rate that the difficulty implies, not from what was measured', () => {
    const { current, horizons, unit } = SeriesForecastSchema.parse(composeHashrateForecast(ask(hashrateWith('naive'))));
    expect(unit).toBe('TH/s');
    expect(current.value! / impliedThs).toBeCloseTo(1, 12);
    expect(current.source).toBe(SHIPPED_SNAPSHOT.difficulty.source);
    expect(horizons.map(({ model, because }) => [model, because])).toEqual(HORIZONS_DAYS.map(() => ['naive', 'naive-not-beaten']));
  });

  it('is of drift where drift won', () => {
    const { horizons } = composeHashrateForecast(ask(hashrateWith('drift')));
    expect(horizons.map(({ model, because }) => [model, because])).toEqual(HORIZONS_DAYS.map(() => ['drift', 'beats-naive']));
    expect(horizons[0]!.median / impliedThs).toBeCloseTo(Math.exp(0.02), 12);
  });

  it('is none without a back-test or without a difficulty', () => {
    expect(composeHashrateForecast(ask<StoredHashrate>(null))).toMatchObject({ status: 'computing', horizons: [] });
    const unknown = { ...LIVE, difficulty: unknownFigure('live') };
    expect(composeHashrateForecast(ask(hashrateWith('drift'), unknown))).toMatchObject({ status: 'unknown', horizons: [] });
  });
});
