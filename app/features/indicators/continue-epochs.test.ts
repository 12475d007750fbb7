import { describe, expect, it } from 'vitest';
import { continueEpochs } from './continue-epochs.ts';

const DAY_MS = 86_400_000;
const shipped = [{ index: 0, startMs: 0, endMs: 14 * DAY_MS, difficulty: 10, hashrateThs: 1 }];
const difficulties = { source: 'a', values: Float64Array.from([10, 20]) };
const fetched = (epoch: number, day: number | null, difficulty: number) => ({
  epoch,
  beganAtMs: day === null ? null : day * DAY_MS,
  difficulty,
  source: 'b',
});

describe('continueEpochs', () => {
  it('finishes the running epoch when the next one is known', () => {
    const { epochs, difficulties: all } = continueEpochs(shipped, difficulties, [
      fetched(1, 14, 20),
      fetched(2, 28, 30),
      fetched(3, 43, 40),
    ]);
    expect(epochs.map(({ index, startMs, endMs, difficulty }) => [index, startMs / DAY_MS, endMs / DAY_MS, difficulty])).toEqual([
      [0, 0, 14, 10],
      [1, 14, 28, 20],
      [2, 28, 43, 30],
    ]);
    expect([...all.values]).toEqual([10, 20, 30, 40]);
    expect(all.source).toBe('a; b');
    expect(all.sources).toEqual(['a', 'a', 'b', 'b']);
    // 2016 blocks of difficulty 30 in 15 days: 2016 x 30 x 2^32 / (15 x 86,400 s) = 2.0043e8 H/s
    expect(epochs[2]!.hashrateThs).toBeCloseTo(2.00432e-4, 8);
  });

  it('stops at the first that is missing, or whose time is', () => {
    expect([...continueEpochs(shipped, difficulties, [fetched(3, 43, 40)]).difficulties.values]).toEqual([10, 20]);
    expect(continueEpochs(shipped, difficulties, [fetched(2, null, 30)]).epochs).toHaveLength(1);
    expect(continueEpochs(shipped, difficulties, []).difficulties).toEqual({ ...difficulties, sources: ['a', 'a'] });
  });
});
