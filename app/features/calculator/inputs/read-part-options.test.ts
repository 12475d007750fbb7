import { describe, expect, it } from 'vitest';
import type { Motion } from '#app/features/risk/estimate-motion.ts';
import { createDefaultForm, isFlexibleAsked, isRiskAsked } from './calculator-form.ts';
import { parseCalculatorUrl, toCalculatorParams } from './calculator-url.ts';
import { readFlexibleOptions, readRiskOptions } from './read-part-options.ts';

const MOTION: Motion = {
  priceGrowthRatioPerMonth: 0.012,
  priceVolatilityPerYear: 0.5561,
  networkGrowthRatioPerMonth: 0.039,
  networkVolatilityPerYear: 0.1622,
  correlation: 0.2843,
  standardErrors: { priceGrowthRatioPerMonth: 0.02, networkGrowthRatioPerMonth: 0.01, volatilityRatio: 0.1 },
  window: { fromAt: '2021-12-03T00:00:00.000Z', toAt: '2025-12-03T00:00:00.000Z', months: 48 },
};

describe('the options of the simulation', () => {
  it('are the first seed, ten thousand paths and the unrounded history until something is typed', () => {
    expect(readRiskOptions(createDefaultForm(), MOTION)).toEqual({
      kind: 'ok',
      options: { seed: 1, paths: 10_000, priceVolatilityPerYear: 0.5561, networkVolatilityPerYear: 0.1622, correlation: 0.2843 },
      estimated: ['priceVolatilityPerYear', 'networkVolatilityPerYear', 'correlation'],
    });
  });

  it('are what was typed, percent as ratios', () => {
    const form = { ...createDefaultForm(), seed: '42', paths: '2,000', pvol: '70', nvol: '0', corr: '-0.5' };
    expect(readRiskOptions(form, MOTION)).toEqual({
      kind: 'ok',
      options: { seed: 42, paths: 2000, priceVolatilityPerYear: 0.7, networkVolatilityPerYear: 0, correlation: -0.5 },
      estimated: [],
    });
  });

  it('name every field out of range, in the unit typed', () => {
    const form = { ...createDefaultForm(), seed: '1.5', paths: '20000', pvol: '501', corr: 'much' };
    const read = readRiskOptions(form, MOTION);
    expect(read.kind === 'invalid' && read.errors.map(({ name, code, min, max }) => [name, code, min, max])).toEqual([
      ['seed', 'not_an_integer', 0, Number.MAX_SAFE_INTEGER],
      ['paths', 'out_of_range', 2, 10_000],
      ['pvol', 'out_of_range', 0, 500],
      ['corr', 'not_a_number', -1, 1],
    ]);
  });

  it('ask to be filled when the paths were emptied', () => {
    const read = readRiskOptions({ ...createDefaultForm(), paths: '' }, MOTION);
    expect(read.kind === 'invalid' && read.errors[0]).toMatchObject({ name: 'paths', code: 'missing' });
  });
});

describe('the options of hourly prices', () => {
  it('are in the currency of the form', () => {
    const cny = { ...createDefaultForm('cny'), restart: '7.1', boot: '10', adder: '0.071' };
    const read = readFlexibleOptions(cny, 7.1);
    expect(read.kind === 'ok' && read.restart).toEqual({ restartUsd: 1, bootMinutes: 10 });
    expect(read.kind === 'ok' && read.adderUsdPerKwh).toBeCloseTo(0.01, 12);
  });

  it('need a rate for yuan', () => {
    expect(readFlexibleOptions(createDefaultForm('cny'), null)).toMatchObject({ kind: 'invalid', errors: [{ name: 'rate' }] });
  });
});

describe('an address', () => {
  it('asks for the parts it names and for no other', () => {
    const asked = (query: string) => {
      const { form } = parseCalculatorUrl(new URLSearchParams(query));
      return [isRiskAsked(form), isFlexibleAsked(form)];
    };
    expect(asked('')).toEqual([false, false]);
    expect(asked('seed=1')).toEqual([true, false]);
    expect(asked('pvol=80')).toEqual([true, false]);
    expect(asked('curve=sample')).toEqual([false, true]);
    expect(asked('curve=own')).toEqual([false, true]);
    // Carried over to yuan a default is another text; that alone asks for nothing.
    expect(asked('currency=cny&restart=0.71')).toEqual([false, false]);
  });

  it('holds the seed even when it is the first one, and never a curve of one’s own', () => {
    expect(toCalculatorParams({ ...createDefaultForm(), seed: '1' }).toString()).toBe('seed=1');
    expect(toCalculatorParams({ ...createDefaultForm(), curve: 'own' }).toString()).toBe('curve=own');
    expect(parseCalculatorUrl(new URLSearchParams('curve=stolen')).errors).toMatchObject([{ name: 'curve', code: 'unknown_choice' }]);
  });
});
