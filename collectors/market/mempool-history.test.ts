import { describe, expect, it } from 'vitest';
import adjustments from './fixtures/mempool-adjustments.json' with { type: 'json' };
import pools from './fixtures/mempool-pools.json' with { type: 'json' };
import { difficultyHistoryPath, parseDifficultyHistory, parsePoolShares } from './mempool-history.ts';

/** After everything that the recorded replies are dated to. */
const LATER_MS = Date.parse('2026-06-01T00:00:00Z');

describe('past epochs and pools', () => {
  it('is asked for no further back than needed', () => {
    const path = (days: number) =>
      difficultyHistoryPath(days * 86_400_000)
        .split('/')
        .at(-1);
    expect([0, 360, 361, 1080, 1081].map(path)).toEqual(['1y', '1y', '3y', '3y', 'difficulty-adjustments']);
  });

  it('gives difficulties by epoch', () => {
    expect(parseDifficultyHistory(adjustments, LATER_MS)).toMatchObject([{ epoch: 460 }, { epoch: 461, timeMs: 1_766_620_800_000 }]);
    expect(parseDifficultyHistory([[1, 929_377, 1e14, 1]], LATER_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('refuses an epoch that has not begun', () => {
    const at = (s: number) => parseDifficultyHistory([[LATER_MS / 1000 + s, 929_376, 1e14, 1]], LATER_MS);
    expect(at(7_200)).toHaveLength(1);
    for (const s of [7_201, 9e12]) expect(at(s)).toMatchObject({ kind: 'refused' });
  });

  it('refuses a difficulty that no retarget leads to', () => {
    for (const difficulty of [1.5, 148.2, 1e30, 148_195_306_640_204.7 / 5]) {
      expect(parseDifficultyHistory([...adjustments, [1_767_800_000, 931_392, difficulty, 1]], LATER_MS), `${difficulty}`).toMatchObject({
        kind: 'refused',
        reason: 'the difficulty of epoch 462 cannot follow from the one before',
      });
    }
    expect(parseDifficultyHistory([[1_767_800_000, 931_392, 1e30, 1]], LATER_MS)).toMatchObject({ kind: 'refused' });
    // Two retargets may change it by a factor of 16.
    expect(parseDifficultyHistory([...adjustments, [1_769_000_000, 933_408, 148_195_306_640_204.7 / 15, 1]], LATER_MS)).toHaveLength(3);
  });

  it('gives shares of blocks, never more than all', () => {
    expect(parsePoolShares(pools)).toEqual([
      { name: 'Foundry USA', blocks: 300, blocksRatio: 0.3 },
      { name: 'AntPool', blocks: 180, blocksRatio: 0.18 },
    ]);
    expect(parsePoolShares({ ...pools, blockCount: 400 })).toMatchObject({ kind: 'refused' });
  });
});
