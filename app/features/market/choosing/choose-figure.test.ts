import { describe, expect, it } from 'vitest';
import { chooseByChain, choosePrice, MAX_AGE_MS, type SourceReading } from './choose-figure.ts';

const NOW_MS = Date.parse('2026-01-01T12:00:00Z');
const CHAIN = ['A', 'B', 'C', 'D', 'E', 'F'];

function said(source: string, value: number, ageMs = 1000): SourceReading {
  return { source, sourceUrl: `https://${source}.example`, value, observedAtMs: NOW_MS - ageMs };
}

describe('the consensus price', () => {
  it('is the median of the fresh prices', () => {
    const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 100_010), said('C', 100_050)], NOW_MS, null);
    expect(choice).toMatchObject({ value: 100_010, source: 'A, B, C', sourceUrl: null, basis: { kind: 'median' } });
    expect(choice?.basis.passedOver.map(({ source, reason }) => `${source} ${reason}`)).toEqual(['D unread', 'E unread', 'F unread']);
  });

  it('names its sources in the order of the chain, however they were stored, and takes none that is not in it', () => {
    const stored = [said('C', 100_050), said('G', 100_000), said('A', 100_000), said('B', 100_010)];
    for (const readings of [stored, stored.toReversed()]) {
      const choice = choosePrice(CHAIN, readings, NOW_MS, null);
      expect(choice).toMatchObject({ value: 100_010, source: 'A, B, C' });
      expect(choice?.basis).toMatchObject({ used: [{ source: 'A' }, { source: 'B' }, { source: 'C' }] });
    }
  });

  it('leaves an absurd price out and says so, and cannot be moved by it', () => {
    for (const absurd of [1, 1_000_000_000, 90_000, 101_000]) {
      const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 100_010), said('C', 100_020), said('D', absurd)], NOW_MS, null);
      expect(choice?.value).toBe(100_010);
      expect(choice?.basis.passedOver).toContainEqual({ source: 'D', reason: 'outlier', value: absurd });
    }
  });

  it('says of every price it used what that is quoted in', () => {
    const tether = { ...said('B', 100_010), quote: 'USDT' as const };
    const choice = choosePrice(CHAIN, [{ ...said('A', 100_000), quote: 'USD' }, tether], NOW_MS, null);
    expect(choice?.basis).toMatchObject({
      used: [
        { source: 'A', quote: 'USD' },
        { source: 'B', quote: 'USDT' },
      ],
    });
  });

  it('keeps prices that differ as exchanges do', () => {
    const prices = [100_000, 100_001, 100_002, 100_400];
    const choice = choosePrice(
      CHAIN,
      prices.map((price, index) => said(CHAIN[index]!, price)),
      NOW_MS,
      null,
    );
    expect(choice?.basis).toMatchObject({ kind: 'median', used: prices.map((value, index) => ({ source: CHAIN[index], value })) });
  });

  it('is none that nobody quotes: when sources disagree the last price stays with its own time, marked', () => {
    const last = { value: 60_005, source: 'A, B', sourceUrl: null, observedAtMs: NOW_MS - 600_000 };
    for (const prices of [
      [60_000, 600_000],
      [60_000, 61_500],
      [60_000, 60_010, 90_000, 90_010],
      [60_000, 75_000, 90_000],
    ]) {
      const readings = prices.map((price, index) => said(CHAIN[index]!, price));
      const choice = choosePrice(CHAIN.slice(0, prices.length), readings, NOW_MS, last);
      const passedOver = prices.map((value, index) => ({ source: CHAIN[index], reason: 'disputed', value }));
      expect(choice, prices.join(' ')).toEqual({ ...last, basis: { kind: 'disputed', used: [], passedOver } });
      expect(choosePrice(CHAIN, readings, NOW_MS, null), 'without a last price').toBeNull();
    }
  });

  it('follows a jump of the price only when three agree on it, or when the last price is older than a day', () => {
    const last = { value: 60_000, source: 'A', sourceUrl: null, observedAtMs: NOW_MS - 60_000 };
    const jumped = (count: number) => CHAIN.slice(1, 1 + count).map((source) => said(source, 90_000));
    for (const readings of [jumped(1), jumped(2), [said('A', 60_000), ...jumped(2)]]) {
      const choice = choosePrice(CHAIN, readings, NOW_MS, last);
      expect(choice).toMatchObject({ ...last, basis: { kind: 'disputed', used: [] } });
      expect(choice?.basis.passedOver).toContainEqual({ source: 'B', reason: 'unconfirmed', value: 90_000 });
    }
    expect(choosePrice(CHAIN, jumped(3), NOW_MS, last)?.value).toBe(90_000);
    expect(choosePrice(CHAIN, jumped(1), NOW_MS, { ...last, observedAtMs: NOW_MS - 86_400_001 })?.value).toBe(90_000);
    expect(choosePrice(CHAIN, [said('A', 70_000)], NOW_MS, last)?.value).toBe(70_000);
  });

  it('is marked as single when only one source is fresh', () => {
    const choice = choosePrice(CHAIN, [said('A', 100_000), said('B', 99_000, MAX_AGE_MS.priceUsdPerBtc + 1)], NOW_MS, null);
    expect(choice).toMatchObject({ value: 100_000, source: 'A', sourceUrl: 'https://A.example', basis: { kind: 'single' } });
    expect(choice?.basis.passedOver).toContainEqual({ source: 'B', reason: 'stale', value: 99_000 });
  });

  it('is as old as the oldest price in it', () => {
    expect(choosePrice(CHAIN, [said('A', 1, 5_000), said('B', 1, 90_000)], NOW_MS, null)?.observedAtMs).toBe(NOW_MS - 90_000);
  });

  it('is unknown when nothing is fresh', () => {
    expect(choosePrice(CHAIN, [], NOW_MS, null)).toBeNull();
    expect(choosePrice(CHAIN, [said('A', 100_000, 3_600_000)], NOW_MS, null)).toBeNull();
  });
});

describe('a chain of sources', () => {
  it('takes the first that is fresh and names the ones before it', () => {
    const readings = [said('C', 3), said('B', 2, MAX_AGE_MS.difficulty + 1)];
    expect(chooseByChain('difficulty', ['A', 'B', 'C', 'D'], readings, { nowMs: NOW_MS })).toMatchObject({
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
    expect(chooseByChain('cnyPerUsd', ['A'], old, { nowMs: NOW_MS })?.value).toBe(7);
    expect(chooseByChain('difficulty', ['A'], old, { nowMs: NOW_MS })).toBeNull();
  });

  it('passes over a source that fell silent while a later one gives a newer value', () => {
    const readings = [said('A', 100, 3_590_000), said('B', 110, 5_000), said('C', 110, 1_000)];
    const choice = chooseByChain('difficulty', ['A', 'B', 'C'], readings, { nowMs: NOW_MS });
    expect(choice).toMatchObject({
      value: 110,
      source: 'B',
      basis: { step: 2, passedOver: [{ source: 'A', reason: 'behind', value: 100 }] },
    });
    // Alone it still counts, as long as it is fresh.
    expect(chooseByChain('difficulty', ['A', 'B', 'C'], readings.slice(0, 1), { nowMs: NOW_MS })?.value).toBe(100);
    // A rate is not newer because its source writes the minute.
    expect(chooseByChain('cnyPerUsd', ['A', 'B'], [said('A', 7, 86_400_000), said('B', 7.1)], { nowMs: NOW_MS })?.source).toBe('A');
  });

  it('takes no value that is dated ahead of the clock by more than two minutes, however long it lies there', () => {
    const ahead = (ms: number) => [said('A', 1e14, -ms), said('B', 1.1e14)];
    expect(chooseByChain('difficulty', ['A', 'B'], ahead(30 * 86_400_000), { nowMs: NOW_MS })).toMatchObject({
      source: 'B',
      basis: { passedOver: [{ source: 'A', reason: 'ahead' }] },
    });
    expect(chooseByChain('difficulty', ['A', 'B'], ahead(120_000), { nowMs: NOW_MS })?.source).toBe('A');
    const prices = [said('A', 100_000, -121_000), said('B', 90_000)];
    const choice = choosePrice(['A', 'B'], prices, NOW_MS, null);
    expect(choice).toMatchObject({ value: 90_000, basis: { kind: 'single', passedOver: [{ source: 'A', reason: 'ahead' }] } });
  });
});
