import { describe, expect, it } from 'vitest';
import { findGaps } from './find-gaps.ts';

const all = { fromMs: 0, toMs: 100 };

describe('findGaps', () => {
  it('is one stretch when nothing is known, none when everything is', () => {
    expect(findGaps(new Set(), all, 10, 100)).toEqual([all]);
    expect(findGaps(new Set([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]), all, 10, 100)).toEqual([]);
  });

  it('finds holes of one step and at both ends', () => {
    expect(findGaps(new Set([10, 20, 40, 50, 60, 70, 80]), all, 10, 100)).toEqual([
      { fromMs: 0, toMs: 10 },
      { fromMs: 30, toMs: 40 },
      { fromMs: 90, toMs: 100 },
    ]);
  });

  it('cuts what one request cannot hold', () => {
    expect(findGaps(new Set(), all, 10, 4)).toEqual([
      { fromMs: 0, toMs: 40 },
      { fromMs: 40, toMs: 80 },
      { fromMs: 80, toMs: 100 },
    ]);
  });
});
