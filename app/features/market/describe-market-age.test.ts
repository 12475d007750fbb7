import { describe, expect, it } from 'vitest';
import { describeMarketAge } from './describe-market-age.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot } from './snapshot.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const NOW_MS = Date.parse(NOW);

function liveAt(at: string): MarketSnapshot {
  const entries = MARKET_FIGURE_NAMES.map((name) => [name, { value: 1, source: 'a source', sourceUrl: null, at, origin: 'live' }]);
  return Object.fromEntries(entries) as MarketSnapshot;
}

describe('describeMarketAge', () => {
  it('is live while every known figure was read lately', () => {
    expect(describeMarketAge(liveAt(NOW), NOW_MS)).toEqual({ kind: 'live' });
    expect(describeMarketAge(liveAt('2026-11-22T11:48:00.000Z'), NOW_MS)).toEqual({ kind: 'live' });
  });

  it('names the shipped figures and the span of days they are of', () => {
    expect(describeMarketAge(SHIPPED_SNAPSHOT, NOW_MS)).toEqual({
      kind: 'last-known',
      fromAtMs: Date.parse('2025-12-11'),
      toAtMs: Date.parse('2026-01-12'),
      figures: ['height', 'difficulty', 'feesBtcPerBlock', 'priceUsdPerBtc', 'networkHashrateThs', 'cnyPerUsd'],
      all: true,
    });
  });

  it('names each live figure when it is four times as old as its sources may be', () => {
    const namesAt = (at: string) => {
      const age = describeMarketAge(liveAt(at), NOW_MS);
      return age.kind === 'live' ? [] : age.figures;
    };
    expect(namesAt('2026-11-22T11:47:59.999Z')).toEqual(['priceUsdPerBtc']);
    expect(namesAt('2026-11-22T07:59:59.999Z')).toEqual(['height', 'difficulty', 'priceUsdPerBtc', 'epochElapsedS']);
    expect(namesAt('2026-11-21T11:59:59.999Z')).toHaveLength(6);
  });

  it('says of which day they are', () => {
    const atMs = NOW_MS - 2 * 86_400_000 - 1;
    const { priceUsdPerBtc } = liveAt(new Date(atMs).toISOString());
    expect(describeMarketAge({ ...liveAt(NOW), priceUsdPerBtc }, NOW_MS)).toEqual({
      kind: 'last-known',
      fromAtMs: atMs,
      toAtMs: atMs,
      figures: ['priceUsdPerBtc'],
      all: false,
    });
  });

  it('takes the rate of Friday for the rate of Monday', () => {
    // 2026-11-20 is a Friday.
    const { cnyPerUsd } = liveAt('2026-11-20T00:00:00.000Z');
    const monday = '2026-11-23T16:00:00.000Z';
    expect(describeMarketAge({ ...liveAt(monday), cnyPerUsd }, Date.parse(monday))).toEqual({ kind: 'live' });
    const saturday = '2026-11-28T00:00:00.000Z';
    expect(describeMarketAge({ ...liveAt(saturday), cnyPerUsd }, Date.parse(saturday))).toMatchObject({ figures: ['cnyPerUsd'] });
  });
});
