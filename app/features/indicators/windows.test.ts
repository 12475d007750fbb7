import { describe, expect, it } from 'vitest';
import { createRandom } from '#engine/vectors/random-inputs.ts';
import { naiveAge, naiveExtreme, naiveMoments, naiveSum, naiveWeightedSum } from './windows.fixture.ts';
import { rollingAge, rollingExtreme, rollingMoments, rollingSum, rollingWeightedSum } from './windows.ts';

const PERIODS = [1, 2, 3, 7, 20, 99, 100, 101, 250];

/** Values with ties, so that extremes repeat. */
function aSeries(length: number): Float64Array {
  const random = createRandom(7);
  return Float64Array.from({ length }, () => Math.round(200 * random()) / 10 - 5);
}

/** As long as `values`, filled by `fill`. */
function filled(values: Float64Array, fill: (out: Float64Array) => void): number[] {
  const out = new Float64Array(values.length).fill(-1);
  fill(out);
  return [...out];
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Number.isNaN(actual[i]), `known at ${i}`).toBe(Number.isNaN(value));
    if (!Number.isNaN(value)) expect(Math.abs(actual[i]! - value), `at ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

describe('windows', () => {
  it.each(PERIODS)('agree with the windows written out one by one, %i values long', (period) => {
    const values = aSeries(250);
    expectClose(
      filled(values, (out) => rollingSum(values, period, out)),
      naiveSum(values, period),
      1e-11,
    );
    expectClose(
      filled(values, (out) => rollingWeightedSum(values, period, out)),
      naiveWeightedSum(values, period),
      1e-9,
    );
    for (const sign of [1, -1] as const) {
      expectClose(
        filled(values, (out) => rollingExtreme(values, period, sign, out)),
        naiveExtreme(values, period, sign),
        0,
      );
      expectClose(
        filled(values, (out) => rollingAge(values, period, sign, out)),
        naiveAge(values, period, sign),
        0,
      );
    }
    const naive = naiveMoments(values, period);
    const deviation = new Float64Array(values.length);
    expectClose(
      filled(values, (out) => rollingMoments(values, period, out, deviation)),
      naive.mean,
      1e-12,
    );
    expectClose([...deviation], naive.deviation, 1e-12);
  });

  it('make unknown exactly the windows that hold an unknown value', () => {
    const values = aSeries(60);
    values[23] = Number.NaN;
    const out = filled(values, (target) => rollingSum(values, 10, target));
    const unknownOf = (list: readonly number[]) => list.map((value, i) => (Number.isNaN(value) ? i : -1)).filter((i) => i >= 9);
    expect(unknownOf(out)).toEqual([23, 24, 25, 26, 27, 28, 29, 30, 31, 32]);
    for (const sign of [1, -1] as const) {
      expect(unknownOf(filled(values, (target) => rollingExtreme(values, 10, sign, target)))).toEqual(unknownOf(out));
    }
  });

  it('do not carry the rounding of a large price into the small ones after it', () => {
    // 1e15 has steps of 0.125: a sum that adds and takes away would be off by as much for ever.
    const values = Float64Array.from([1e15, 1e15, 1e15, 0.1, 0.2, 0.3, 0.4]);
    expect(filled(values, (out) => rollingSum(values, 2, out)).at(-1)).toBeCloseTo(0.7, 15);
    const deviation = new Float64Array(values.length);
    rollingMoments(values, 2, new Float64Array(values.length), deviation);
    expect(deviation.at(-1)).toBeCloseTo(0.05, 15);
  });

  it('have no deviation at all where the series stands still', () => {
    const values = new Float64Array(100).fill(0.1);
    const deviation = new Float64Array(100);
    rollingMoments(values, 7, new Float64Array(100), deviation);
    expect(new Set(deviation.subarray(6))).toEqual(new Set([0]));
  });

  it('are all unknown where the series is shorter than they', () => {
    const values = aSeries(3);
    expect(filled(values, (out) => rollingSum(values, 4, out))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(filled(values, (out) => rollingAge(values, 4, 1, out))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
