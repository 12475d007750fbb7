import { describe, expect, it } from 'vitest';
import { NO_RATES, usdPerUnit } from './usd-rates.ts';

describe('dollars for a unit of a currency', () => {
  it('are the rate turned round, one for the dollar, and unknown without a rate', () => {
    const rates = { ...NO_RATES, EUR: { currencyPerUsd: 0.8, source: 'a bank', at: '2026-01-02T00:00:00.000Z' } };
    expect(usdPerUnit('EUR', rates)).toBe(1.25);
    expect(usdPerUnit('USD', NO_RATES)).toBe(1);
    expect(usdPerUnit('GBP', rates)).toBeNull();
  });
});
