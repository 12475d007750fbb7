import { describe, expect, it } from 'vitest';
import { FIELD_UNITS } from './field-units.ts';
import { toCanonical, UNIT_NAMES, type Unit } from './units.ts';

const known = { cnyPerUsd: 7, hashrateThs: 200 };

describe('toCanonical', () => {
  it.each<[number, Unit, number]>([
    [13_500, 'GH/s', 13.5],
    [1.2, 'PH/s', 1200],
    [3.25, 'kW', 3250],
    // 35 fen = 0.35 yuan = 0.05 dollars at 7
    [35, 'CNf/kWh', 0.05],
    [55, 'USD/MWh', 0.055],
    [5, 'USc/kWh', 0.05],
    // 2.1 * 10,000 yuan / 7
    [2.1, '10kCNY', 3000],
    // 15 dollars for one TH/s, 200 TH/s
    [15, 'USD/TH', 3000],
    [105, 'CNY/TH', 3000],
    [2, '%', 0.02],
    // a dollar a day is 30.4375 a month
    [1, 'USD/day', 30.4375],
    [120, 'USD/year', 10],
    [25, 'J/TH', 25],
    [0.03, 'J/GH', 30],
  ])('turns %d %s into %d', (value, unit, canonical) => {
    expect(toCanonical(unit, value, known)).toBe(canonical);
  });

  it('spreads a loss of a year over its months', () => {
    const month = toCanonical('%/year of hash rate', 12, known)!;
    expect((1 - month) ** 12).toBeCloseTo(0.88, 12);
  });

  it('does not know yuan without a rate, nor a price per TH/s without a hash rate', () => {
    expect(toCanonical('CNY', 7, { ...known, cnyPerUsd: null })).toBeNull();
    expect(toCanonical('USD/TH', 7, { ...known, hashrateThs: null })).toBeNull();
  });
});

describe('FIELD_UNITS', () => {
  it('begins with the canonical unit of every field, and lists every unit somewhere', () => {
    for (const options of Object.values(FIELD_UNITS)) {
      const { unit } = options[0]!;
      if (!unit.startsWith('%')) expect(toCanonical(unit, 1, known), unit).toBe(1);
    }
    const listed = new Set(Object.values(FIELD_UNITS).flatMap((options) => options.map(({ unit }) => unit)));
    expect([...listed].sort()).toEqual([...UNIT_NAMES].sort());
  });
});
