import { describe, expect, it } from 'vitest';
import { normalNumbers, simulateArma } from './arima/dense-likelihood.fixture.ts';
import { OwnForecastSchema } from './forecast-answer.ts';
import { doForecastWork, WorkStopped } from './forecast-work.ts';
import { forecastOwnSeries, type OwnSeries } from './own-series.ts';

const goOn = () => undefined;
const ask = (changes: Partial<OwnSeries> & Pick<OwnSeries, 'values'>): OwnSeries => ({
  order: [1, 0, 0],
  seasonal: null,
  trend: null,
  log: false,
  horizon: 3,
  ...changes,
});

describe('forecastOwnSeries', () => {
  const series = simulateArma(200, [0.6], [], 3).map((value) => value + 50);

  it('has a mean by default only where nothing is differenced', () => {
    const names = (changes: Partial<OwnSeries>) => {
      const outcome = forecastOwnSeries(ask({ values: series, ...changes }), goOn);
      return outcome.kind === 'ok' ? outcome.forecast.parameters.map(({ name }) => name) : [];
    };
    expect(names({})).toEqual(['constant', 'ar1', 'sigma2']);
    expect(names({ order: [1, 1, 0] })).toEqual(['ar1', 'sigma2']);
    expect(names({ order: [0, 1, 1], seasonal: [1, 0, 1, 4], trend: 'c' })).toEqual(['constant', 'ma1', 'sar1', 'sma1', 'sigma2']);
  });

  it('of a logarithm gives the mean of the values, above the median, and the interval of the logarithm carried back', () => {
    let level = 3;
    const values = normalNumbers(120, 8).map((step) => {
      level += 0.1 * step;
      return Math.exp(level);
    });
    const outcome = forecastOwnSeries(ask({ values, order: [0, 1, 0], log: true }), goOn);
    if (outcome.kind !== 'ok') throw new Error(outcome.kind);
    const [, , third] = outcome.forecast.forecast;
    const variance = 3 * outcome.forecast.parameters[0]!.value;
    expect(third!.median).toBeCloseTo(values.at(-1)!, 10);
    expect(third!.mean! / (values.at(-1)! * Math.exp(variance / 2))).toBeCloseTo(1, 12);
    expect(third!.upper95! / (values.at(-1)! * Math.exp(1.959963984540054 * Math.sqrt(variance)))).toBeCloseTo(1, 12);
  });

  it('searches for the order when asked, and says how many models it tried', () => {
    const outcome = forecastOwnSeries(ask({ values: series, order: 'auto' }), goOn);
    if (outcome.kind !== 'ok') throw new Error(outcome.kind);
    expect(outcome.forecast.modelsTried).toBeGreaterThan(5);
    expect(outcome.forecast.order[1]).toBe(0);
  });

  it('answers no test of a changing variance where a third of the residuals has none, as its schema says', () => {
    const outcome = forecastOwnSeries(ask({ values: [5, 5, 5, 5, 5, 5, 5, 7, 3, 8, 2, 9], order: [0, 1, 0] }), goOn);
    if (outcome.kind !== 'ok') throw new Error(outcome.kind);
    const answer = OwnForecastSchema.parse(JSON.parse(JSON.stringify(outcome.forecast)));
    expect(answer.residualTests.heteroskedasticity).toBeNull();
  });

  it('refuses a series that does not move, one too short for its model, and one that its trend explains wholly', () => {
    expect(forecastOwnSeries(ask({ values: new Array(20).fill(5) }), goOn)).toEqual({ kind: 'constant' });
    // Four differences of a season and one more, five parameters, two to spare.
    expect(forecastOwnSeries(ask({ values: series.slice(0, 11), order: [2, 1, 2], seasonal: [0, 1, 0, 4] }), goOn)).toEqual({
      kind: 'too-short',
      least: 12,
    });
  });

  it('refuses a line, a season that repeats itself and steady growth for what they are: nothing is left that moves', () => {
    const line = Array.from({ length: 30 }, (_, t) => 2 * t);
    // 30 values up to 58: their spacing, doubled by the difference.
    const least = 2 * 58 * 2 ** -52;
    expect(forecastOwnSeries(ask({ values: line, order: [1, 1, 0], trend: 'c' }), goOn)).toEqual({ kind: 'no-movement', least });
    expect(forecastOwnSeries(ask({ values: line, order: 'auto' }), goOn)).toEqual({ kind: 'no-movement', least });
    // A tenth is no sum of powers of two, so these differ by rounding alone.
    const tenths = Array.from({ length: 400 }, (_, t) => 0.1 * t);
    expect(forecastOwnSeries(ask({ values: tenths, order: 'auto' }), goOn).kind).toBe('no-movement');
    expect(forecastOwnSeries(ask({ values: tenths, order: [1, 0, 0], trend: 'ct' }), goOn).kind).toBe('no-movement');
    const season = Array.from({ length: 40 }, (_, t) => [3, 8, 5, 9][t % 4]!);
    expect(forecastOwnSeries(ask({ values: season, order: [1, 0, 0], seasonal: [0, 1, 0, 4] }), goOn).kind).toBe('no-movement');
    const growth = Array.from({ length: 60 }, (_, t) => 1.001 ** t);
    expect(forecastOwnSeries(ask({ values: growth, order: 'auto', log: true }), goOn).kind).toBe('no-movement');
  });

  it('says of a season that returns unchanged that no model searched keeps away from it, and fits it once it is differenced', () => {
    const wave = simulateArma(70, [0.5], [], 2).map((move, t) => 100 + 10 * Math.sin((2 * Math.PI * t) / 7) + move);
    expect(forecastOwnSeries(ask({ values: wave, order: 'auto', seasonal: [1, 0, 1, 7] }), goOn)).toEqual({ kind: 'no-model' });
    expect(forecastOwnSeries(ask({ values: wave, order: 'auto', seasonal: [0, 1, 1, 7] }), goOn).kind).toBe('ok');
  });

  it('refuses movements whose squares no number can hold, and fits those a little larger', () => {
    const small = (size: number) => simulateArma(40, [0.5], [], 4).map((move) => move * size);
    expect(forecastOwnSeries(ask({ values: small(1e-200), order: 'auto' }), goOn)).toEqual({ kind: 'no-movement', least: 1e-140 });
    const outcome = forecastOwnSeries(ask({ values: small(1e-130), order: [1, 0, 0] }), goOn);
    expect(outcome.kind === 'ok' && outcome.forecast.parameters.at(-1)!.value).toBeGreaterThan(1e-261);
  });

  it.each([
    [1, 0, 0] as const,
    'auto' as const,
  ])('fits movements around a level a thousand million million times as large, order %s', (order) => {
    const level = 1e15;
    const moves = simulateArma(200, [0.6], [], 3);
    const [near, far] = [0, level].map((offset) => {
      // To the spacing of numbers around the level, so that both hold the same movements.
      const values = moves.map((move) => offset + Math.round(move * 8) / 8);
      const outcome = forecastOwnSeries(ask({ values, order }), goOn);
      if (outcome.kind !== 'ok') throw new Error(outcome.kind);
      return outcome.forecast;
    });
    expect(far!.order).toEqual(near!.order);
    expect(far!.logLikelihood / near!.logLikelihood).toBeCloseTo(1, 9);
    const parameterOf = (name: string, forecast = far!) => forecast.parameters.find((parameter) => parameter.name === name)!;
    expect(parameterOf('ar1').value).toBeCloseTo(parameterOf('ar1', near!).value, 6);
    expect(parameterOf('ar1').standardError).toBeCloseTo(parameterOf('ar1', near!).standardError!, 6);
    expect(Math.abs(far!.forecast[0]!.mean! - level - near!.forecast[0]!.mean!)).toBeLessThan(0.5);
  });

  it('is stopped by its checkpoint, and then there is no result', () => {
    const stop = () => {
      throw new WorkStopped('stopped');
    };
    expect(doForecastWork({ kind: 'own', series: ask({ values: series, order: [2, 0, 1] }) }, stop, goOn)).toEqual({ kind: 'stopped' });
  });
});
