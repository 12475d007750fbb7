import { describe, expect, it } from 'vitest';
import { normalNumbers, simulateArma } from './dense-likelihood.fixture.ts';
import { difference, integrate, toLevelWeights } from './differencing.ts';
import { fitArima, listParameters } from './fit-arima.ts';
import { forecastArima } from './forecast-arima.ts';
import type { Specification, Trend } from './specification.ts';

const specify = (order: Specification['order'], trend: Trend = 'n', seasonal: Specification['seasonal'] = [0, 0, 0, 1]): Specification => ({
  order,
  seasonal,
  trend,
});
const goOn = () => undefined;

const accumulate = (steps: readonly number[], start = 0): number[] => {
  let level = start;
  return steps.map((step) => (level += step));
};

describe('fitArima', () => {
  it.each([
    ['AR(2)', [1.3, -0.6], []],
    ['MA(2)', [], [0.5, 0.3]],
    ['ARMA(1, 1)', [0.7], [0.4]],
    ['ARMA(2, 1)', [0.4, 0.3], [-0.5]],
  ])('finds the parameters a series was made with, within four of its own standard errors: %s', (_, ar, ma) => {
    const series = simulateArma(4000, ar, ma, 5).map((value) => value * 3 + 20);
    const fit = fitArima(series, specify([ar.length, 0, ma.length], 'c'))!;
    const truths = [20, ...ar, ...ma, 9];
    listParameters(series, fit, goOn).forEach(({ value, standardError }, i) => {
      expect(Math.abs(value - truths[i]!)).toBeLessThan(4 * standardError!);
      expect(standardError).toBeLessThan(0.1 * Math.max(1, truths[i]!));
    });
  });

  it('has the closed form of a random walk with drift', () => {
    const steps = normalNumbers(50, 9).map((value) => value * 2 + 1);
    const fit = fitArima(accumulate(steps, 100), specify([0, 1, 0], 'c'))!;
    // The first step's level is the first value, so 49 steps are left.
    const own = steps.slice(1);
    const mean = own.reduce((sum, step) => sum + step, 0) / 49;
    const variance = own.reduce((sum, step) => sum + (step - mean) ** 2, 0) / 49;
    expect(fit.coefficients[0]).toBeCloseTo(mean, 12);
    expect(fit.variance).toBeCloseTo(variance, 12);
    expect(fit.logLikelihood).toBeCloseTo(-0.5 * 49 * (Math.log(2 * Math.PI * variance) + 1), 10);
    const [drift, sigma2] = listParameters(accumulate(steps, 100), fit, goOn);
    expect(drift!.standardError! / Math.sqrt(variance / 49)).toBeCloseTo(1, 5);
    expect(sigma2!.standardError! / (variance * Math.sqrt(2 / 49))).toBeCloseTo(1, 5);
  });

  it('answers in the unit of the series: a thousand times as large, a million times the variance', () => {
    const series = simulateArma(300, [0.6], [0.3], 21);
    const small = fitArima(series, specify([1, 0, 1], 'ct'))!;
    const large = fitArima(
      series.map((value) => value * 1000),
      specify([1, 0, 1], 'ct'),
    )!;
    expect(large.variance / small.variance / 1e6).toBeCloseTo(1, 8);
    expect(large.blocks.ar[0]).toBeCloseTo(small.blocks.ar[0]!, 6);
    expect(large.logLikelihood).toBeCloseTo(small.logLikelihood - 300 * Math.log(1000), 6);
  });

  it('finds a line through noise as a trend', () => {
    const series = normalNumbers(400, 4).map((value, t) => 10 + 0.5 * (t + 1) + value);
    const fit = fitArima(series, specify([1, 0, 0], 'ct'))!;
    expect(fit.coefficients[0]).toBeCloseTo(10, 0);
    expect(fit.coefficients[1]).toBeCloseTo(0.5, 2);
  });

  it('has nothing to say about a series that does not move, nor about one that is too short', () => {
    expect(fitArima(new Array(40).fill(7), specify([1, 0, 0], 'c'))).toBeNull();
    expect(
      fitArima(
        Array.from({ length: 40 }, (_, t) => 3 + 0.1 * t),
        specify([1, 1, 0], 'c'),
      ),
    ).toBeNull();
    expect(fitArima([1, 2, 1, 3], specify([1, 0, 1], 'c'))).toBeNull();
  });

  it('stops when it is told to', () => {
    const stop = () => {
      throw new Error('enough');
    };
    expect(() => fitArima(simulateArma(200, [0.5], [], 2), specify([1, 0, 1]), { checkpoint: stop, isQuick: false })).toThrow('enough');
  });
});

describe('forecastArima', () => {
  it('of a random walk stays where the walk is, with a variance that grows with the steps', () => {
    const series = accumulate(normalNumbers(60, 8), 50);
    const fit = fitArima(series, specify([0, 1, 0]))!;
    forecastArima(series, fit, 5).forEach(({ mean, variance }, h) => {
      expect(mean).toBeCloseTo(series.at(-1)!, 12);
      expect(variance / fit.variance).toBeCloseTo(h + 1, 12);
    });
  });

  it('of AR(1) returns to its mean, with the variance of the closed form', () => {
    const series = simulateArma(200, [0.8], [], 13).map((value) => value + 40);
    const fit = fitArima(series, specify([1, 0, 0], 'c'))!;
    const [mean, a] = [fit.coefficients[0]!, fit.blocks.ar[0]!];
    forecastArima(series, fit, 8).forEach((step, h) => {
      expect(step.mean).toBeCloseTo(mean + a ** (h + 1) * (series.at(-1)! - mean), 10);
      expect(step.variance / fit.variance).toBeCloseTo((1 - a ** (2 * (h + 1))) / (1 - a * a), 9);
    });
  });

  it('of a seasonal walk with drift repeats the last season, higher by the drift', () => {
    const noise = normalNumbers(44, 31);
    const series: number[] = [];
    for (const [t, value] of noise.entries()) series.push(t < 4 ? t * 10 : series[t - 4]! + 2 + 0.01 * value);
    const fit = fitArima(series, specify([0, 0, 0], 'c', [0, 1, 0, 4]))!;
    forecastArima(series, fit, 8).forEach(({ mean }, h) => {
      expect(mean).toBeCloseTo(series[40 + (h % 4)]! + (Math.floor(h / 4) + 1) * fit.coefficients[0]!, 10);
    });
  });

  it('covers 95 of 100 outcomes of its own model', () => {
    let inside = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const series = accumulate(simulateArma(210, [0.5], [0.3], seed * 101));
      const known = series.slice(0, 200);
      const [, , , , step] = forecastArima(known, fitArima(known, specify([1, 1, 1]))!, 5);
      inside += Number(Math.abs(series[204]! - step!.mean) <= 1.96 * Math.sqrt(step!.variance));
    }
    // 300 tosses at 0.95: deviation 3.8; 285 ± 4 deviations.
    expect(inside).toBeGreaterThan(269);
    expect(inside).toBeLessThanOrEqual(300);
  });
});

describe('differences', () => {
  it('are undone by integrating', () => {
    const series = simulateArma(40, [0.5], [], 6);
    const differencing = { plain: 1, seasonal: 1, period: 4 };
    const steps = difference(series, differencing);
    expect(steps.length).toBe(35);
    const back = integrate(series.slice(0, 30), steps.slice(25), differencing);
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(series[30 + i]!, 10);
    });
    // (1 - B)(1 - B^4) y = x means y_t = x_t + y_{t-1} + y_{t-4} - y_{t-5}.
    expect([...toLevelWeights(differencing)]).toEqual([1, 0, 0, 1, -1]);
  });
});
