import { describe, expect, it } from 'vitest';
import { parseCalculatorUrl } from '#app/features/calculator/calculator-url.ts';
import type { SeriesForecast } from '../forecast-answer.ts';
import { listScenarios, monthlyGrowth } from './scenarios.ts';

function aForecast(series: 'price' | 'difficulty', value: number | null, ends: [number, number, number]): SeriesForecast {
  const [lower80, median, upper80] = ends;
  const horizon = {
    days: 90,
    model: 'naive' as const,
    because: 'naive-not-beaten' as const,
    median,
    lower80,
    upper80,
    lower95: lower80,
    upper95: upper80,
  };
  return {
    series,
    unit: 'x',
    status: 'ready',
    progressRatio: null,
    current: { value, source: 'a', at: null, ageS: null, origin: 'live' },
    horizons: [{ ...horizon, days: 30 }, horizon],
    nextRetarget: null,
    backtest: null,
  };
}

describe('scenarios from forecasts', () => {
  it('grow from today to the end of the interval', () => {
    // 90 days are 2.957 months: 1.1 ^ (1 / 2.957) - 1 = 3.276 %
    expect(monthlyGrowth(100, 110, 90)).toBeCloseTo(0.03276, 5);
    expect(100 * (1 + monthlyGrowth(100, 70, 90)) ** (90 / (365.25 / 12))).toBeCloseTo(70, 9);
  });

  it('pair a low price with a high difficulty', () => {
    const [cautious, middle, favourable] = listScenarios(
      aForecast('price', 100, [70, 100, 140]),
      aForecast('difficulty', 10, [9, 10.5, 12]),
    );
    expect(cautious!.priceGrowth).toBeLessThan(0);
    expect(cautious!.networkGrowth).toBeGreaterThan(middle!.networkGrowth);
    expect(middle!.priceGrowth).toBe(0);
    expect(favourable!.networkGrowth).toBeLessThan(0);
  });

  it('are addresses that the calculator reads', () => {
    for (const { href, priceGrowth, networkGrowth } of listScenarios(
      aForecast('price', 100, [70, 101, 140]),
      aForecast('difficulty', 10, [9, 10.5, 12]),
    )) {
      const { form, errors } = parseCalculatorUrl(new URL(href, 'http://localhost').searchParams);
      expect(errors).toEqual([]);
      expect(Number(form.rise)).toBeCloseTo(priceGrowth * 100, 2);
      expect(Number(form.growth)).toBeCloseTo(networkGrowth * 100, 2);
    }
  });

  it('are none while a figure is not known', () => {
    expect(listScenarios(aForecast('price', null, [1, 1, 1]), aForecast('difficulty', 10, [9, 10, 11]))).toEqual([]);
  });
});
