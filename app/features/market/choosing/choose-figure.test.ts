import { describe, expect, it } from 'vitest';
import { chooseByChain, choosePrice, MAX_AGE_MS, type SourceReading } from './choose-figure.ts';

const NOW_MS = Date.parse('2026-01-01T12:00:00Z');
const CHAIN = ['A', 'B', 'C', 'D', 'E', 'F'];

function said(source: string, value: number, ageMs = 1000): SourceReading {
  return { source, sourceUrl: `https://${source}.example`, value, observedAtMs: NOW_MS - ageMs };
}

describe('the consensus price', () => {
  it('is the median of the fresh prices', () => {
    const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 100_010), said('C', 100_050)], NOW_MS);
    expect(choice).toMatchObject({ value: 100_010, source: 'A, B, C', sourceUrl: null, basis: { kind: 'median' } });
    expect(choice?.basis.passedOver.map(({ source, reason }) => `${source} ${reason}`)).toEqual(['D unread', 'E unread', 'F unread']);
  });

  it('leaves an absurd price out and says so, and cannot be moved by it', () => {
    for (const absurd of [1, 1_000_000_000, 90_000, 101_000]) {
      const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 100_010), said('C', 100_020), said('D', absurd)], NOW_MS);
      expect(choice?.value).toBe(100_010);
      expect(choice?.basis.passedOver).toContainEqual({ source: 'D', reason: 'outlier', value: absurd });
    }
  });

  it('keeps prices that differ as exchanges do', () => {
    const prices = [100_000, 100_001, 100_002, 100_400];
    const choice = choosePrice(
      CHAIN,
      prices.map((price, index) => said(CHAIN[index]!, price)),
      NOW_MS,
    );
    expect(choice?.basis).toMatchObject({ kind: 'median', used: prices.map((value, index) => ({ source: CHAIN[index], value })) });
  });

  it('does not decide between two prices that disagree', () => {
    expect(choosePrice(CHAIN, [said('A', 100_000), said('B', 50_000)], NOW_MS)).toMatchObject({ value: 75_000, basis: { kind: 'median' } });
  });

  it('is marked as single when only one source is fresh', () => {
    const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 99_000, MAX_AGE_MS.priceUsdPerBtc + 1)], NOW_MS);
    expect(choice).toMatchObject({ value: 100_000, source: 'A', sourceUrl: 'https://A.example', basis: { kind: 'single' } });
    expect(choice?.basis.passedOver).toContainEqual({ source: 'B', reason: 'stale', value: 99_000 });
  });

  it('is as old as the oldest price in it', () => {
    expect(choosePrice(CHAIN, [said('A', 1, 5_000), said('B', 1, 90_000)], NOW_MS)?.observedAtMs).toBe(NOW_MS - 90_000);
  });

  it('is unknown when nothing is fresh', () => {
    expect(choosePrice(CHAIN, [], NOW_MS)).toBeNull();
    expect(choosePrice(CHAIN, [said('A', 100_000, 3_600_000)], NOW_MS)).toBeNull();
  });
});

describe('a chain of sources', () => {
  it('takes the first that is fresh and names the ones before it', () => {
    const readings = [said('C', 3), said('B', 2, MAX_AGE_MS.difficulty + 1)];
    expect(chooseByChain('difficulty', ['A', 'B', 'C', 'D'], readings, NOW_MS)).toMatchObject({
      value: 3,
      source: 'C',
      basis: {
        kind: 'chain',
        step: 3,
        steps: 4,
        passedOver: [
          { source: 'A', reason: 'unread', value: null },
          { source: 'B', reason: 'stale', value: 2 },
        ],
      },
    });
  });

  it('takes a rate of Friday on a Tuesday, and no difficulty of yesterday', () => {
    const old = [said('A', 7, 4 * 86_400_000)];
    expect(chooseByChain('cnyPerUsd', ['A'], old, NOW_MS)?.value).toBe(7);
    expect(chooseByChain('difficulty', ['A'], old, NOW_MS)).toBeNull();
  });
});
