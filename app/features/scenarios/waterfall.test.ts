import { describe, expect, it } from 'vitest';
import { findLeading, toWaterfall } from './waterfall.ts';

const STEPS = [
  { group: 'price', change: -30 },
  { group: 'difficulty', change: -10 },
  { group: 'fees', change: 0 },
  { group: 'powerPrice', change: -20 },
  { group: 'machine', change: 40 },
] as const;

describe('toWaterfall', () => {
  it('begins each bar where the one before ended, and ends at now', () => {
    const { startPercent, steps, endPercent } = toWaterfall(100, STEPS);
    let at = startPercent;
    for (const { change, leftPercent, rightPercent, endPercent: end } of steps) {
      expect(change < 0 ? rightPercent : leftPercent).toBeCloseTo(at, 9);
      expect(change < 0 ? leftPercent : rightPercent).toBeCloseTo(end, 9);
      at = end;
    }
    expect(at).toBeCloseTo(endPercent, 9);
  });

  it('draws lengths in proportion to the contributions', () => {
    const lengths = toWaterfall(100, STEPS).steps.map(({ leftPercent, rightPercent }) => rightPercent - leftPercent);
    expect(lengths[0]! / lengths[1]!).toBeCloseTo(3, 9);
    expect(lengths[2]).toBe(0);
    expect(lengths[4]! / lengths[3]!).toBeCloseTo(2, 9);
  });

  it('shows zero only where it lies inside the drawing', () => {
    expect(toWaterfall(100, STEPS).zeroPercent).toBeNull();
    const { zeroPercent, startPercent, endPercent } = toWaterfall(10, STEPS);
    expect(zeroPercent).toBeLessThan(startPercent);
    expect(zeroPercent).toBeGreaterThan(endPercent);
  });

  it('stands still in the middle where nothing changed', () => {
    const still = STEPS.map(({ group }) => ({ group, change: 0 }));
    expect(toWaterfall(5, still)).toMatchObject({ startPercent: 50, endPercent: 50, zeroPercent: null });
  });
});

describe('findLeading', () => {
  it('is the largest contribution in the direction of the change', () => {
    expect(findLeading(-20, STEPS)?.group).toBe('price');
    expect(findLeading(20, STEPS)?.group).toBe('machine');
  });

  it('is nobody where nothing changed', () => {
    expect(findLeading(0, [])).toBeNull();
  });
});
