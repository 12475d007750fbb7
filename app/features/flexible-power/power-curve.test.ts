import { describe, expect, it } from 'vitest';
import { findFirstPart, findOutside, findPriceRange, findShape, meanOf, toPowerCurve } from './power-curve.ts';

describe('what a list of hours stands for', () => {
  it.each([
    [8760, 'year'],
    [8784, 'year'],
    [2016, 'weeks'],
    [288, 'days'],
    [24, 'everyMonth'],
    [168, 'everyMonth'],
    [720, 'everyMonth'],
    [744, 'twelfths'],
    [2160, 'twelfths'],
  ])('%d hours: %s', (hours, kind) => {
    expect(findShape(hours)?.kind).toBe(kind);
  });

  it.each([0, 23, 25, 8759, 8761, 8808])('%d hours are no curve', (hours) => {
    expect(findShape(hours)).toBeNull();
  });
});

describe('the curve of the engine', () => {
  it('has the adder on every hour and the same days in each twelfth when they are for every month', () => {
    const day = Array.from({ length: 24 }, (_, hour) => hour / 100);
    const { usdPerKwh } = toPowerCurve(day, 0.02, Date.UTC(2026, 0, 1));
    expect(usdPerKwh.length).toBe(12 * 24);
    expect(usdPerKwh[0]).toBe(0.02);
    expect(usdPerKwh[11 * 24 + 5]).toBe(0.05 + 0.02);
    expect(meanOf(usdPerKwh)).toBeCloseTo(meanOf(day) + 0.02, 12);
  });

  it('leaves a year as it is', () => {
    const year = Array.from({ length: 8760 }, (_, hour) => hour / 1e5);
    expect(Array.from(toPowerCurve(year, 0, Date.UTC(2026, 6, 2)).usdPerKwh)).toEqual(year);
  });

  it('starts in the twelfth of the year in which the projection starts', () => {
    expect(findFirstPart(Date.UTC(2025, 0, 1))).toBe(0);
    expect(findFirstPart(Date.UTC(2025, 6, 3))).toBe(6);
    expect(findFirstPart(Date.UTC(2025, 11, 31, 23, 59, 59))).toBe(11);
    expect(findFirstPart(Date.UTC(2024, 11, 31, 23, 59, 59))).toBe(11);
  });
});

describe('the range of a price', () => {
  it('is that of the engine in the unit typed, with room for the adder', () => {
    expect(findPriceRange(1 / 1000, 0)).toEqual({ min: -1000, max: 10_000 });
    const { min, max } = findPriceRange(1, 0.5);
    expect([min, max]).toEqual([-1.5, 9.5]);
    expect(findOutside([0, min, max], 0.5)).toBeNull();
    expect(findOutside([0, 9.6], 0.5)).toBe(1);
    expect(findOutside([0, Number.NaN], 0)).toBe(1);
  });
});
