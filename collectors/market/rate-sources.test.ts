import { describe, expect, it } from 'vitest';
import { parseExchangeRateApi } from './exchange-rate-api.ts';
import exchangeRate from './fixtures/exchange-rate-usd.json' with { type: 'json' };
import fx from './fixtures/frankfurter-latest.json' with { type: 'json' };
import { parseFrankfurterRate } from './frankfurter-rate.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');
const reading = (figure: string, value: number, observedAtMs = ASKED_AT_MS) => ({ kind: 'reading', figure, value, observedAtMs });

describe('parseFrankfurterRate', () => {
  const day = Date.parse('2025-12-31T00:00:00Z');

  it('reads the rates, dated to the day they were fixed', () => {
    expect(parseFrankfurterRate(fx, ASKED_AT_MS)).toEqual([
      reading('cnyPerUsd', 6.9931, day),
      reading('eurPerUsd', 0.85106, day),
      reading('gbpPerUsd', 0.7426, day),
      reading('cadPerUsd', 1.3705, day),
      reading('audPerUsd', 1.4958, day),
    ]);
  });

  it('keeps the other rates where one is missing, no number or out of range', () => {
    const { CNY, EUR, GBP } = fx.rates;
    expect(parseFrankfurterRate({ ...fx, rates: { CNY, EUR, GBP, CAD: '1.37', AUD: 149.58 } }, ASKED_AT_MS)).toEqual([
      reading('cnyPerUsd', 6.9931, day),
      reading('eurPerUsd', 0.85106, day),
      reading('gbpPerUsd', 0.7426, day),
      { kind: 'garbled', figure: 'cadPerUsd', reason: 'no rate of CAD' },
      { kind: 'refused', figure: 'audPerUsd', reason: '149.58 is outside [0.5, 4]' },
    ]);
  });

  it('refuses a rate turned upside down, and one from the future', () => {
    expect(parseFrankfurterRate({ ...fx, rates: { ...fx.rates, CNY: 0.143 } }, ASKED_AT_MS)).toContainEqual(
      expect.objectContaining({ kind: 'refused', figure: 'cnyPerUsd' }),
    );
    expect(parseFrankfurterRate({ ...fx, date: '2026-02-01' }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
  });

  it('takes nothing for another base or amount', () => {
    expect(parseFrankfurterRate({ ...fx, base: 'EUR' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseFrankfurterRate({ ...fx, amount: 100 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});

describe('parseExchangeRateApi', () => {
  it('reads the rates, and refuses one turned upside down', () => {
    const rates = parseExchangeRateApi(exchangeRate, ASKED_AT_MS);
    expect(rates).toHaveLength(5);
    expect(rates).toContainEqual(reading('cnyPerUsd', 6.9945, 1_767_139_351_000));
    expect(rates).toContainEqual(reading('eurPerUsd', 0.8514, 1_767_139_351_000));
    expect(parseExchangeRateApi({ ...exchangeRate, rates: { ...exchangeRate.rates, CNY: 0.14 } }, ASKED_AT_MS)).toContainEqual(
      expect.objectContaining({ kind: 'refused', figure: 'cnyPerUsd' }),
    );
  });
});
