import { describe, expect, it } from 'vitest';
import { countsOn, fallsTooOften, toQuarters } from './register-quarters.ts';

const QUARTER_MS = 900_000;
/** Readings a quarter of an hour apart; `null`: none was taken. */
const every = (values: readonly (number | null)[], stepMs = QUARTER_MS) =>
  values.flatMap((value, index) => (value === null ? [] : [{ startMs: index * stepMs, value, line: index + 2 }]));
const told = (values: readonly (number | null)[], stepMs?: number) => {
  const { quarters, unpaired, faults } = toQuarters(every(values, stepMs));
  return {
    quarters: quarters.map(({ atS, energyKwh }) => [atS / 900, energyKwh]),
    unpaired,
    faults: faults.map(({ reading, code }) => [reading.line, code]),
  };
};

describe('the readings of a register', () => {
  it('are as many quarters less one, each the difference of its two ends without digits that nobody read', () => {
    expect(told([1_000_000.1, 1_000_250.3, 1_000_250.3, 1_000_500.6])).toEqual({
      quarters: [
        [0, 250.2],
        [1, 0],
        [2, 250.3],
      ],
      unpaired: 1,
      faults: [],
    });
  });

  it('say nothing of a gap, however much the register counted in it', () => {
    expect(told([1_000, 1_250, null, 1_750, 2_000])).toEqual({
      quarters: [
        [0, 250],
        [3, 250],
      ],
      unpaired: 2,
      faults: [],
    });
  });

  it('may lie between the quarters, where a fall is seen that the ends would hide', () => {
    const fiveMinutes = 300_000;
    expect(told([1_000, 1_100, 1_200, 1_300], fiveMinutes)).toEqual({ quarters: [[0, 300]], unpaired: 3, faults: [] });
    expect(told([100, 200, 0, 150, 250, 350, 450], fiveMinutes)).toEqual({
      quarters: [[1, 300]],
      unpaired: 5,
      faults: [[4, 'register_fell']],
    });
  });

  it('lose one quarter to a reset or to the last digit, and no more', () => {
    const before = Array.from({ length: 8 }, (_, index) => 998_000 + index * 250);
    const after = Array.from({ length: 8 }, (_, index) => index * 250);
    const { quarters, unpaired, faults } = told([...before, ...after]);
    expect(quarters.map(([, energyKwh]) => energyKwh)).toEqual(Array.from({ length: 14 }, () => 250));
    expect(quarters.map(([place]) => place)).not.toContain(7);
    expect([unpaired, faults]).toEqual([1, [[10, 'register_fell']]]);
  });

  it('of a meter that was misread are no readings: neither the fall nor the way back is what was used', () => {
    expect(told([1_000, 1_250, 0, 0, 2_000, 2_250])).toEqual({
      quarters: [
        [0, 250],
        [4, 250],
      ],
      unpaired: 1,
      faults: [
        [4, 'register_fell'],
        [5, 'register_leapt'],
        [6, 'register_leapt'],
      ],
    });
    expect(told([1_000, 1_250, 90_000, 1_750, 2_000])).toEqual({
      quarters: [
        [0, 250],
        [3, 250],
      ],
      unpaired: 1,
      faults: [
        [4, 'register_leapt'],
        [5, 'register_fell'],
      ],
    });
  });

  it('cannot be further apart than a quarter of an hour can use', () =>
    expect(told([0, 2_500_000, 5_000_001])).toEqual({ quarters: [[0, 2_500_000]], unpaired: 1, faults: [[4, 'register_step']] }));
});

describe('values of nobody knows what', () => {
  const register = Array.from({ length: 48 }, (_, index) => 1_000_000 + index * 250);
  it('count on when they hardly ever fall and stand far above what one adds', () => {
    expect(countsOn(register)).toBe(true);
    expect(countsOn([...register, 0, 250])).toBe(true);
    expect(countsOn(register.slice(0, 23))).toBe(false);
    expect(countsOn(register.map(() => 1_000))).toBe(false);
    expect(countsOn(register.map((_, index) => 1_000 + (index % 3)))).toBe(false);
  });

  it('are no register’s when they fall again and again', () => {
    expect(fallsTooOften(register)).toBe(false);
    expect(fallsTooOften([1_000, 0, 250])).toBe(false);
    expect(fallsTooOften(register.map((_, index) => 1_000 + (index % 3)))).toBe(true);
  });
});
