import { describe, expect, it } from 'vitest';
import { normalNumbers } from '../arima/dense-likelihood.fixture.ts';
import { createArimaForecaster } from './arima-forecaster.ts';
import { type Forecaster, forecastDrift, forecastNaive, HORIZONS_DAYS, normalQuantiles } from './forecaster.ts';
import { backtestPrice } from './price-backtest.ts';
import { compareModels, judge, listForecasts, listOrigins } from './run-backtest.ts';
import { compareWithNaive, type Judged, pinballLoss, scoreForecasts } from './score.ts';

const goOn = () => undefined;
const PLAN = { windowDays: 200, stepDays: 20, maxOrigins: 12, originsPerFit: 2, originsPerSearch: 4 };

function walk(count: number, seed: number, drift = 0): Float64Array {
  let level = 10;
  return Float64Array.from(normalNumbers(count, seed), (step) => (level += 0.02 * step + drift));
}

describe('no look ahead', () => {
  const series = walk(600, 17);
  const origins = listOrigins(series.length, PLAN);
  const changed = Float64Array.from(series);
  const turn = origins[6]!;
  // Everything after the seventh origin is another world.
  for (let t = turn + 1; t < changed.length; t += 1) changed[t] = 3 * series[t]! + t;

  it.each<[string, () => Forecaster]>([
    ['naive', () => forecastNaive],
    ['drift', () => forecastDrift],
    ['arima', () => createArimaForecaster(PLAN, goOn)],
  ])('%s: a forecast made on a day is the same whatever came after it', (_, create) => {
    const before = listForecasts(series, origins, PLAN.windowDays, create(), goOn);
    const after = listForecasts(changed, origins, PLAN.windowDays, create(), goOn);
    expect(after.slice(0, 7)).toEqual(before.slice(0, 7));
    // The change is real: whoever stands after it sees it.
    expect(after.slice(7)).not.toEqual(before.slice(7));
  });

  it('hands a forecaster the days up to the origin and nothing more, not even behind the view', () => {
    const seen: number[] = [];
    const spy: Forecaster = (known) => {
      seen.push(known.buffer.byteLength / 8);
      expect(known.at(-1)).toBe(series[origins[seen.length - 1]!]);
      return forecastNaive(known);
    };
    listForecasts(series, origins, PLAN.windowDays, spy, goOn);
    expect(seen).toEqual(origins.map(() => PLAN.windowDays));
  });
});

describe('origins', () => {
  it('end a day before the last one, so that at least tomorrow is known, and need a whole window', () => {
    expect(listOrigins(260, { windowDays: 200, stepDays: 20, maxOrigins: 9 })).toEqual([218, 238, 258]);
    expect(listOrigins(200, { windowDays: 200, stepDays: 20, maxOrigins: 9 })).toEqual([]);
  });

  it('whose outcome has not come are left out at that horizon only', () => {
    const series = walk(310, 2);
    const origins = listOrigins(310, { windowDays: 200, stepDays: 20, maxOrigins: 9 });
    const judged = judge(series, origins, listForecasts(series, origins, 200, forecastNaive, goOn));
    expect(HORIZONS_DAYS.map((_, h) => judged[h]!.length)).toEqual([6, 5, 4, 1]);
  });
});

describe('scores', () => {
  const judged: Judged[] = [
    { quantiles: [-2, -1, 0, 1, 2], actual: 0.5 },
    { quantiles: [-2, -1, 0, 1, 2], actual: -1.5 },
  ];

  it('are those computed by hand', () => {
    // Above 0.025, 0.1, 0.5 and below 0.9, 0.975: (0.025*2.5 + 0.1*1.5 + 0.5*0.5 + 0.1*0.5 + 0.025*1.5) / 5
    expect(pinballLoss(judged[0]!)).toBeCloseTo(0.55 / 5, 14);
    expect(scoreForecasts(judged)).toMatchObject({ origins: 2, meanAbsoluteError: 1, coverage80: 0.5, coverage95: 1 });
    expect(scoreForecasts(judged).rootMeanSquareError).toBeCloseTo(Math.sqrt((0.25 + 2.25) / 2), 14);
  });

  it('say no skill where a forecast is the naive one, and none beyond doubt where the gain is smaller than its error', () => {
    expect(compareWithNaive(judged, judged, 3)).toEqual({ skill: 0, skillError: 0, isBetter: false });
    const better = judged.map(({ actual }, i): Judged => ({ quantiles: normalQuantiles(i === 0 ? actual : actual + 9, 1), actual }));
    expect(compareWithNaive(better, judged, 0).isBetter).toBe(false);
  });

  it('leave the naive forecast in use where nothing beats it, and take the better one where something does', () => {
    const at = (quantiles: readonly number[]): Judged[][] =>
      HORIZONS_DAYS.map(() => Array.from({ length: 50 }, (_, i) => ({ quantiles, actual: (i % 5) / 10 })));
    const rows = compareModels<'wild' | 'sharp'>(
      { naive: at([-1, -0.5, 0.2, 0.5, 1]), wild: at([5, 6, 7, 8, 9]), sharp: at([0, 0.05, 0.2, 0.35, 0.4]) },
      ['wild', 'sharp'],
      () => 0,
    );
    expect(rows.filter(({ isUsed }) => isUsed).map(({ model }) => model)).toEqual(['sharp', 'sharp', 'sharp', 'sharp']);
    const without = compareModels<'wild'>({ naive: at([-1, -0.5, 0.2, 0.5, 1]), wild: at([5, 6, 7, 8, 9]) }, ['wild'], () => 0);
    expect(without.filter(({ isUsed }) => isUsed).map(({ model }) => model)).toEqual(['naive', 'naive', 'naive', 'naive']);
  });
});

describe('forecasters', () => {
  it('naive stays where the series is, with the spread of its past', () => {
    const known = walk(500, 33);
    const [day, , , quarter] = forecastNaive(known);
    expect(day![2]).toBe(known.at(-1));
    // Steps of 0.02: the 95 % interval of a day is about 1.96 times as wide.
    expect(day![4]! - day![2]!).toBeCloseTo(0.0392, 2);
    expect(quarter![4]! - quarter![2]!).toBeGreaterThan(day![4]! - day![2]!);
  });

  it('drift goes on as before', () => {
    const known = Float64Array.from({ length: 101 }, (_, t) => 5 + 0.01 * t + (t % 2 === 0 ? 0.001 : 0));
    expect(forecastDrift(known)[2]![2]).toBeCloseTo(known[100]! + 0.3, 10);
  });
});

describe('backtestPrice', () => {
  it('uses the naive forecast of a walk, and beats it where there is a strong drift', () => {
    const used = (series: Float64Array) =>
      backtestPrice(series, { ...PLAN, maxOrigins: 30, originsPerSearch: 30, originsPerFit: 10 }, goOn, goOn).rows.flatMap((row) =>
        row.isUsed ? [row.model] : [],
      );
    expect(used(walk(900, 5)).filter((model) => model === 'naive').length).toBeGreaterThanOrEqual(2);
    expect(used(walk(900, 5, 0.02)).slice(2)).not.toContain('naive');
  });

  it('tells its progress and stops when it is told to', () => {
    const told: number[] = [];
    backtestPrice(walk(320, 5), PLAN, goOn, (done, total) => told.push(done / total));
    expect(told).toEqual([0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]);
    const stop = () => {
      throw new Error('enough');
    };
    expect(() => backtestPrice(walk(320, 5), PLAN, stop, goOn)).toThrow('enough');
    expect(() => backtestPrice(walk(150, 5), PLAN, goOn, goOn)).toThrow('too short');
  });
});
