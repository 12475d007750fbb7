import { describe, expect, it } from 'vitest';
import { findGaps } from './find-gaps.ts';

const all = { fromMs: 0, toMs: 100 };

describe('findGaps', () => {
  it('is one stretch when nothing is known, none when everything is', () => {
    expect(findGaps(new Set(), all, 10, 100)).toEqual([all]);
    expect(findGaps(new Set([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]), all, 10, 100)).toEqual([]);
  });

  it('finds holes of one step and at both ends, the newest first', () => {
    expect(findGaps(new Set([10, 20, 40, 50, 60, 70, 80]), all, 10, 1)).toEqual([
      { fromMs: 90, toMs: 100 },
      { fromMs: 30, toMs: 40 },
      { fromMs: 0, toMs: 10 },
    ]);
  });

  it('puts holes together that one request can hold', () => {
    expect(findGaps(new Set([10, 20, 40, 50, 60, 70, 80]), all, 10, 7)).toEqual([
      { fromMs: 30, toMs: 100 },
      { fromMs: 0, toMs: 10 },
    ]);
  });

  it('cuts what one request cannot hold', () => {
    expect(findGaps(new Set(), all, 10, 4)).toEqual([
      { fromMs: 60, toMs: 100 },
      { fromMs: 20, toMs: 60 },
      { fromMs: 0, toMs: 20 },
    ]);
  });
});
