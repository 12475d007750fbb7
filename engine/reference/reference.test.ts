/** The reference against the golden cases, whose expected values come from elsewhere. */
import { describe, expect, it } from 'vitest';
import { listDeviations, listVectorCases } from '../vectors/cases.ts';
import { computeArrivalS, computeNetworkPath, computeSubsidyBtc } from './network-path.ts';
import { projectReference } from './project.ts';

describe('projectReference', () => {
  it.each(listVectorCases())('agrees with: $name', ({ input, expected, toleranceRelative }) => {
    const deviations = listDeviations(expected, projectReference(input));
    expect(deviations.length).toBeGreaterThan(0);
    expect(deviations.filter(({ relative }) => !(relative <= toleranceRelative))).toEqual([]);
  });

  it('has golden cases with different names', () => {
    const names = listVectorCases().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('computeNetworkPath', () => {
  it('leaves no gap between segments and ends at the horizon', () => {
    for (const { input } of listVectorCases()) {
      const { segments } = computeNetworkPath(input);
      segments.forEach((segment, index) => {
        expect(segment.startS).toBe(index === 0 ? 0 : segments[index - 1]!.endS);
      });
      expect(segments.at(-1)?.endS).toBe(input.horizonMonths * 2_629_800);
    }
  });

  it('says that the blocks never arrive when the hash rate dies away', () => {
    const cases = listVectorCases();
    const dying = cases.find(({ name }) => name.includes('the blocks never come'))!;
    expect(computeNetworkPath(dying.input).blocksNeverArrive).toBe(true);
    expect(computeNetworkPath(cases[0]!.input).blocksNeverArrive).toBe(false);
  });
});

describe('computeArrivalS', () => {
  it('takes 600 s a block at the implied hash rate without growth', () => {
    // 1e14 * 2^32 / (1e14 * 2^32 / 600) * 7 = 4200
    expect(computeArrivalS(100, 7, 1e14, (1e14 * 2 ** 32) / 600, 0)).toBeCloseTo(4300, 9);
  });

  it('is infinite when the remaining hashes are fewer than the blocks need', () => {
    // All hashes that will ever come: H0 / -gamma = 1 / 1e-6 = 1e6; one block at difficulty 1 needs 2^32.
    expect(computeArrivalS(0, 1, 1, 1, -1e-6)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('computeSubsidyBtc', () => {
  it('halves every 210,000 blocks and rounds down to whole satoshi', () => {
    expect([0, 209_999, 210_000, 840_000, 1_049_999, 1_050_000].map(computeSubsidyBtc)).toEqual([50, 50, 25, 3.125, 3.125, 1.5625]);
    expect(computeSubsidyBtc(2_100_000)).toBe(0.04882812); // 5e9 / 1024 = 4,882,812.5 satoshi
    expect(computeSubsidyBtc(6_929_999)).toBe(1e-8);
    expect(computeSubsidyBtc(6_930_000)).toBe(0);
  });
});
