import { describe, expect, it } from 'vitest';
import { denseAutocovariances, denseLogLikelihood, normalNumbers, simulateArma } from './dense-likelihood.fixture.ts';
import { filterColumns } from './fast-filter.ts';
import { filterWithCovariance } from './forecast-arima.ts';
import { evaluate, logLikelihoodAt } from './likelihood.ts';
import { hasRootsBeyond, multiplySeasonal, negate, partialAutocorrelations, toFree, toStationary } from './polynomials.ts';
import { autocovariances, stationaryCovariance, toStateForm } from './stationary-state.ts';

const LN_TWO_PI = Math.log(2 * Math.PI);

/** Airline polynomials: a moving average of 13 with holes. */
const AIRLINE = [...negate(multiplySeasonal([0.4], [0.55], 12))];
const SEASONAL_AR = [...multiplySeasonal([0.5, 0.2], [0.6], 4)];

describe('the exact likelihood', () => {
  it('is the one written down by hand for AR(1)', () => {
    // x_1 ~ N(0, v/(1-a²)), x_t | x_{t-1} ~ N(a x_{t-1}, v); a = 0.5, v = 2, x = 1, 3
    const first = -0.5 * (LN_TWO_PI + Math.log(2 / 0.75) + 1 / (2 / 0.75));
    const second = -0.5 * (LN_TWO_PI + Math.log(2) + (3 - 0.5) ** 2 / 2);
    const observed = { series: Float64Array.of(1, 3), regressors: [] };
    expect(logLikelihoodAt(toStateForm([0.5], []), observed, [], 2)).toBeCloseTo(first + second, 13);
  });

  it('is the one written down by hand for MA(1)', () => {
    // Covariance [[1+b², b], [b, 1+b²]] with b = 0.5: determinant 1.25² - 0.25 = 1.3125.
    const quadratic = (1.25 * 1 - 2 * 0.5 * 3 + 1.25 * 9) / 1.3125;
    const expected = -0.5 * (2 * LN_TWO_PI + Math.log(1.3125) + quadratic);
    const observed = { series: Float64Array.of(1, 3), regressors: [] };
    expect(logLikelihoodAt(toStateForm([], [0.5]), observed, [], 1)).toBeCloseTo(expected, 13);
  });

  it.each([
    ['AR(3)', [0.5, -0.3, 0.1], []],
    ['MA(3)', [], [0.6, 0.2, -0.4]],
    ['ARMA(2, 2)', [1.2, -0.5], [-0.6, 0.3]],
    ['ARMA(1, 4)', [0.9], [0.3, -0.8, 0.1, 0.4]],
    ['ARMA near the unit circle', [0.995], [-0.97]],
    ['a seasonal moving average', [], AIRLINE],
    ['a seasonal autoregression', SEASONAL_AR, [0.4]],
  ])('is the density of one multivariate normal vector: %s', (_, ar, ma) => {
    const series = normalNumbers(60, 7);
    const observed = { series: Float64Array.from(series), regressors: [] };
    expect(logLikelihoodAt(toStateForm(ar, ma), observed, [], 1.7)).toBeCloseTo(denseLogLikelihood(series, ar, ma, 1.7), 8);
  });

  it('with coefficients and variance at their closed forms is not below any other choice of them', () => {
    const form = toStateForm([0.7], [0.3]);
    const series = Float64Array.from(simulateArma(80, [0.7], [0.3], 3), (value) => value + 5);
    const observed = { series, regressors: [series.map(() => 1), series.map((_, t) => t / 80)] };
    const top = evaluate(form, observed)!;
    const at = (constant: number, slope: number, factor: number) =>
      logLikelihoodAt(form, observed, [top.coefficients[0]! + constant, top.coefficients[1]! + slope], top.variance * factor);
    expect(at(0, 0, 1)).toBeCloseTo(top.logLikelihood, 9);
    for (const [constant, slope, factor] of [
      [0.1, 0, 1],
      [-0.1, 0, 1],
      [0, 0.1, 1],
      [0, -0.1, 1],
      [0, 0, 1.05],
      [0, 0, 0.95],
    ] as const)
      expect(at(constant, slope, factor)).toBeLessThan(top.logLikelihood);
  });

  it('has no value for a process that is not stationary, nor at a variance of zero', () => {
    const observed = { series: Float64Array.of(1, 2, 3), regressors: [] };
    expect(logLikelihoodAt(toStateForm([1], []), observed, [], 1)).toBe(-Infinity);
    expect(logLikelihoodAt(toStateForm([0.5], []), observed, [], 0)).toBe(-Infinity);
  });
});

describe('the fast filter', () => {
  it.each([
    ['AR(2)', [1.2, -0.5], []],
    ['ARMA(2, 1) near the unit circle', [1.6, -0.61], [-0.95]],
    ['the airline model', [], AIRLINE],
  ])('gives the innovations of the filter that carries a covariance, and its last state: %s', (_, ar, ma) => {
    const form = toStateForm(ar, ma);
    const series = Float64Array.from(normalNumbers(300, 11));
    const fast = filterColumns(form, [series])!;
    const plain = filterWithCovariance(form, series);
    plain.innovations.forEach((innovation, t) => {
      expect(fast.standardised[0]![t]! * Math.sqrt(fast.variances[t]!)).toBeCloseTo(innovation, 8);
    });
    plain.state.forEach((value, i) => {
      expect(fast.states[0]![i]!).toBeCloseTo(value, 8);
    });
  });

  it('knows an autoregression exactly once it has seen as many values as the order', () => {
    const { variances } = filterColumns(toStateForm([0.5, -0.3], []), [Float64Array.of(1, 2, 3, 4, 5)])!;
    expect(variances[0]).toBeGreaterThan(1);
    for (const variance of variances.slice(2)) expect(variance).toBeCloseTo(1, 14);
  });
});

describe('the stationary state', () => {
  it('has the autocovariances that the sum over all shocks has', () => {
    const expected = denseAutocovariances([1.2, -0.5], [-0.6, 0.3], 12);
    autocovariances(toStateForm([1.2, -0.5], [-0.6, 0.3]), 12)!.forEach((value, lag) => {
      expect(value).toBeCloseTo(expected[lag]!, 11);
    });
  });

  it('has a covariance that a step of the process leaves as it is', () => {
    const form = toStateForm(SEASONAL_AR, [0.4, 0.2]);
    const { size, ar, shock } = form;
    const covariance = stationaryCovariance(form)!;
    const read = (i: number, k: number) => (i < size && k < size ? covariance[i * size + k]! : 0);
    for (let i = 0; i < size; i += 1)
      for (let k = 0; k < size; k += 1) {
        const stepped =
          ar[i]! * ar[k]! * read(0, 0) + ar[i]! * read(0, k + 1) + ar[k]! * read(i + 1, 0) + read(i + 1, k + 1) + shock[i]! * shock[k]!;
        expect(stepped).toBeCloseTo(read(i, k), 10);
      }
  });
});

describe('polynomials', () => {
  it('reach every stationary autoregression and nothing else', () => {
    const free = [0.3, -2, 5, -0.1];
    const coefficients = toStationary(free);
    expect(hasRootsBeyond(coefficients, 1)).toBe(true);
    toFree(coefficients)!.forEach((value, i) => {
      expect(value).toBeCloseTo(free[i]!, 9);
    });
    expect(partialAutocorrelations([1.1])).toBeNull();
    // 1 - 0.5 B has its root at 2.
    expect(hasRootsBeyond([0.5], 1.99)).toBe(true);
    expect(hasRootsBeyond([0.5], 2.01)).toBe(false);
  });

  it('multiply as by hand', () => {
    // (1 - 0.5 B)(1 - 0.2 B^4) = 1 - 0.5 B - 0.2 B^4 + 0.1 B^5
    expect([...multiplySeasonal([0.5], [0.2], 4)]).toEqual([0.5, 0, 0, 0.2, -0.1]);
  });
});
