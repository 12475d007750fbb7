import { describe, expect, it } from 'vitest';
import { resolveMarket } from './resolve-market.ts';
import { aSnapshot } from './sample-context.ts';

describe('resolveMarket', () => {
  it('takes everything from the snapshot when nothing is given, with source and time', () => {
    const { market, missing } = resolveMarket({}, aSnapshot());
    expect(missing).toEqual([]);
    expect(market.difficulty).toEqual({
      value: 1.2e14,
      source: 'example',
      sourceUrl: 'https://example.com',
      at: '2026-01-02T03:04:05.000Z',
      origin: 'live',
    });
    expect(market.networkHashrateThs?.value).toBe(8.8e8);
    expect(market.epochElapsedS?.value).toBe(500_000);
  });

  it('replaces each given figure by itself and says that the caller gave it', () => {
    const { market } = resolveMarket({ priceUsdPerBtc: 50_000 }, aSnapshot());
    expect(market.priceUsdPerBtc).toEqual({ value: 50_000, source: 'request', sourceUrl: null, at: null, origin: 'request' });
    expect(market.height?.origin).toBe('live');
    expect(market.networkHashrateThs?.value).toBe(8.8e8);
  });

  it('leaves the measured figures out as soon as height or difficulty is the caller’s own', () => {
    for (const given of [{ height: 900_000 }, { difficulty: 1e14 }, { height: 900_000, difficulty: 1e14 }]) {
      const { market } = resolveMarket(given, aSnapshot());
      expect([market.networkHashrateThs, market.epochElapsedS]).toEqual([null, null]);
    }
  });

  it('takes measured figures that the caller gives', () => {
    const { market } = resolveMarket({ difficulty: 1e14, networkHashrateThs: 7e8, epochElapsedS: 0 }, aSnapshot());
    expect(market.networkHashrateThs).toMatchObject({ value: 7e8, origin: 'request' });
    expect(market.epochElapsedS).toMatchObject({ value: 0, origin: 'request' });
  });

  it('reports figures that nobody knows, and takes zero for a figure', () => {
    const { market, missing } = resolveMarket({ feesBtcPerBlock: 0 }, aSnapshot({ priceUsdPerBtc: null, feesBtcPerBlock: null }));
    expect(missing).toEqual(['priceUsdPerBtc']);
    expect(market.priceUsdPerBtc).toBeNull();
    expect(market.feesBtcPerBlock?.value).toBe(0);
  });
});
