import { describe, expect, it } from 'vitest';
import { DAY_S, HOUR_S } from '#app/features/telemetry/layers.ts';
import { assertSpan, findStepS } from './series-step.ts';

describe('findStepS', () => {
  it.each([
    [1, 300],
    // 30 days in hours are 720 points; in half hours they were 1,440.
    [30, HOUR_S],
    [31, HOUR_S],
    [32, 3 * HOUR_S],
    [400, DAY_S],
  ])('draws %d days in steps of %d s', (days, stepS) => {
    expect(findStepS({ fromS: 0, toS: days * DAY_S })).toBe(stepS);
  });
});

describe('assertSpan', () => {
  it('refuses what is empty, runs backwards, is no number or is too long', () => {
    for (const toS of [0, -1, Number.NaN, 3 * DAY_S]) expect(() => assertSpan({ fromS: 0, toS }, 2), String(toS)).toThrow(RangeError);
    expect(assertSpan({ fromS: 0, toS: 2 * DAY_S }, 2)).toEqual({ fromS: 0, toS: 2 * DAY_S });
  });
});
