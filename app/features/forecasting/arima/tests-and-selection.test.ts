import { describe, expect, it } from 'vitest';
import { normalNumbers, simulateArma } from './dense-likelihood.fixture.ts';
import { betaShare, chiSquaredTail, fisherShare, gammaRatioQuantile, lnGamma } from './distributions.ts';
import { fitArima } from './fit-arima.ts';
import { testResiduals } from './residual-tests.ts';
import { kpssStatistic, selectDifferences, selectOrder } from './select-order.ts';

const NO_SEASON = [0, 0, 0, 1] as const;
const goOn = () => undefined;
const walk = (count: number, seed: number) => {
  let level = 0;
  return normalNumbers(count, seed).map((step) => (level += step));
};

describe('distributions', () => {
  it('agree with closed forms', () => {
    // Γ(n) = (n-1)!; Γ(1/2) = √π; a chi-squared with 2 degrees is exponential; B(1, b) has share 1-(1-x)^b.
    expect(lnGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(chiSquaredTail(5, 2)).toBeCloseTo(Math.exp(-2.5), 14);
    expect(betaShare(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14);
    expect(betaShare(0.5, 700, 700)).toBeCloseTo(0.5, 11);
    expect(fisherShare(1, 12, 12)).toBeCloseTo(0.5, 12);
  });

  it('agree with printed tables', () => {
    expect(chiSquaredTail(3.841459, 1)).toBeCloseTo(0.05, 7);
    expect(chiSquaredTail(18.307038, 10)).toBeCloseTo(0.05, 7);
    expect(fisherShare(2.978237, 10, 10)).toBeCloseTo(0.95, 7);
  });

  it('find the quantile of a ratio of waiting times', () => {
    expect(gammaRatioQuantile(0.5, 50, 50)).toBeCloseTo(1, 10);
    // With shapes 1 the ratio has share x / (1 + x).
    expect(gammaRatioQuantile(0.8, 1, 1)).toBeCloseTo(4, 10);
  });
});

describe('tests of residuals', () => {
  it('let white noise pass and catch what a model left behind', () => {
    const noise = normalNumbers(500, 77);
    const calm = testResiduals(fitArima(noise, { order: [0, 0, 0], seasonal: NO_SEASON, trend: 'c' })!);
    expect(calm.ljungBox!.pValue).toBeGreaterThan(0.05);
    expect(calm.jarqueBera.pValue).toBeGreaterThan(0.05);
    expect(calm.heteroskedasticity!.pValue).toBeGreaterThan(0.05);
    const linked = testResiduals(fitArima(simulateArma(500, [0.5], [], 3), { order: [0, 0, 0], seasonal: NO_SEASON, trend: 'c' })!);
    expect(linked.ljungBox!.pValue).toBeLessThan(1e-6);
    const growing = noise.map((value, t) => value * (1 + t / 250));
    const loud = testResiduals(fitArima(growing, { order: [0, 0, 0], seasonal: NO_SEASON, trend: 'c' })!);
    expect(loud.heteroskedasticity!.pValue).toBeLessThan(1e-6);
    const spiky = testResiduals(
      fitArima(
        noise.map((value) => value ** 3),
        { order: [0, 0, 0], seasonal: NO_SEASON, trend: 'c' },
      )!,
    );
    expect(spiky.jarqueBera.pValue).toBeLessThan(1e-6);
  });

  it('have no Ljung-Box where the model uses up every lag', () => {
    const fit = fitArima(normalNumbers(20, 5), { order: [2, 0, 2], seasonal: NO_SEASON, trend: 'n' })!;
    expect(testResiduals(fit).ljungBox).toBeNull();
  });
});

describe('selection of the order', () => {
  it('differences a walk once, its sum twice, noise not at all', () => {
    let sum = 0;
    expect(selectDifferences(normalNumbers(400, 1), NO_SEASON)).toBe(0);
    expect(selectDifferences(walk(400, 2), NO_SEASON)).toBe(1);
    expect(
      selectDifferences(
        walk(400, 2).map((level) => (sum += level)),
        NO_SEASON,
      ),
    ).toBe(2);
    expect(kpssStatistic(new Array(30).fill(4))).toBe(0);
  });

  it('takes the walk itself for a walk', () => {
    const { fit } = selectOrder(walk(600, 5), { seasonal: NO_SEASON, trend: null, differences: null }, { checkpoint: goOn })!;
    expect(fit.specification).toMatchObject({ order: [0, 1, 0], trend: 'n' });
  });

  it('ends at no model worse than the one that made the series', () => {
    const series = simulateArma(800, [0.6, 0.25], [0.4], 15);
    const { fit } = selectOrder(series, { seasonal: NO_SEASON, trend: null, differences: 0 }, { checkpoint: goOn })!;
    const made = fitArima(series, { order: [2, 0, 1], seasonal: NO_SEASON, trend: 'n' })!;
    expect(fit.aicc).toBeLessThanOrEqual(made.aicc + 1e-6);
  });

  it('has no model for a series that does not move', () => {
    expect(selectOrder(new Array(50).fill(1), { seasonal: NO_SEASON, trend: null, differences: null }, { checkpoint: goOn })).toBeNull();
  });
});
