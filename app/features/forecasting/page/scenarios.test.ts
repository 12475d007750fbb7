import { describe, expect, it } from 'vitest';
import { createDefaultForm } from '#app/features/calculator/inputs/calculator-form.ts';
import { parseCalculatorUrl } from '#app/features/calculator/inputs/calculator-url.ts';
import type { SeriesForecast } from '../forecast-answer.ts';
import { listScenarios } from './scenarios.ts';

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
    dated: null,
    backtest: null,
  };
}

describe('scenarios from forecasts', () => {
  const price = aForecast('price', 100_000, [70_000, 101_000, 140_000]);
  const difficulty = aForecast('difficulty', 150e12, [140e12, 155e12, 180e12]);

  it('pair a low price with a high difficulty', () => {
    expect(listScenarios(price, difficulty)).toMatchObject([
      { name: 'cautious', days: 90, priceUsdPerBtc: 70_000, difficulty: 180e12 },
      { name: 'middle', days: 90, priceUsdPerBtc: 101_000, difficulty: 155e12 },
      { name: 'favourable', days: 90, priceUsdPerBtc: 140_000, difficulty: 140e12 },
    ]);
  });

  it('are addresses that the calculator reads: levels, and its own pace after them', () => {
    for (const { href, priceUsdPerBtc, difficulty: level } of listScenarios(price, difficulty)) {
      const { form, errors } = parseCalculatorUrl(new URL(href, 'http://localhost').searchParams);
      expect(errors).toEqual([]);
      expect(Number(form.price)).toBe(priceUsdPerBtc);
      expect(Number(form.difficulty) * 1e12).toBe(level);
      // No end of an interval of 90 days is carried on over the years of the calculator.
      const { rise, growth } = createDefaultForm();
      expect([form.rise, form.growth]).toEqual([rise, growth]);
    }
  });

  it('keep the other inputs of the calculator', () => {
    const [first] = listScenarios(price, difficulty, new URLSearchParams('machine=s21&power=0.05&price=1&lng=en'));
    expect(Object.fromEntries(new URL(first!.href, 'http://localhost').searchParams)).toEqual({
      machine: 's21',
      power: '0.05',
      price: '70000',
      lng: 'en',
      difficulty: '180.00',
    });
  });

  it('are of the last known figures where there is no forecast of today', () => {
    const asOf = (forecast: SeriesForecast): SeriesForecast => ({
      ...forecast,
      status: 'too-old',
      horizons: [],
      dated: { at: '2025-12-31T00:00:00.000Z', horizons: forecast.horizons, nextRetarget: null },
    });
    expect(listScenarios(asOf(price), asOf(difficulty))).toEqual(listScenarios(price, difficulty));
  });

  it('are none while a forecast is not known', () => {
    expect(listScenarios({ ...price, horizons: [] }, difficulty)).toEqual([]);
  });
});
