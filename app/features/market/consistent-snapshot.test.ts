import { describe, expect, it } from 'vitest';
import { MARKET_FIGURES } from '#collectors/market/source.ts';
import { findFieldError } from '#engine/units/fields.ts';
import { impliedNetworkHashrateThs } from '#engine/units/network.ts';
import { composeSnapshot } from './consistent-snapshot.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketFigure } from './snapshot.ts';

const aLiveFigure = (value: number, at = '2026-05-01T10:00:00.000Z'): MarketFigure => ({
  value,
  source: 'mempool.space',
  sourceUrl: null,
  at,
  origin: 'live',
});

describe('SHIPPED_SNAPSHOT', () => {
  it('has figures the engine accepts, each dated and with its source, or none', () => {
    for (const name of MARKET_FIGURE_NAMES) {
      const { value, at, origin, source } = SHIPPED_SNAPSHOT[name];
      expect(origin).toBe('shipped');
      expect(source === null, name).toBe(value === null);
      expect(source).not.toBe('');
      if (value === null) continue;
      expect(at, name).toMatch(/^20\d\d-\d\d-\d\dT00:00:00\.000Z$/);
      if (name !== 'cnyPerUsd') expect(findFieldError(name, value), name).toBeNull();
    }
  });

  it('pairs the difficulty with a hash rate of the same weeks: they agree to 5 %', () => {
    const ratio = SHIPPED_SNAPSHOT.networkHashrateThs.value! / impliedNetworkHashrateThs(SHIPPED_SNAPSHOT.difficulty.value!);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });
});

describe('composeSnapshot', () => {
  it('has a place for every figure that is collected, and for no other', () => {
    expect([...MARKET_FIGURE_NAMES].sort()).toEqual([...MARKET_FIGURES].sort());
  });

  it('is the shipped snapshot while nothing is live', () => {
    expect(composeSnapshot({})).toEqual(SHIPPED_SNAPSHOT);
  });

  it('gives no figure a source that it has no value from', () => {
    const { networkHashrateThs, epochElapsedS } = composeSnapshot({ difficulty: aLiveFigure(1e14), epochElapsedS: aLiveFigure(1) });
    expect(networkHashrateThs).toEqual({ value: null, source: null, sourceUrl: null, at: null, origin: 'shipped' });
    expect(epochElapsedS).toEqual({ value: null, source: null, sourceUrl: null, at: null, origin: 'live' });
  });

  it('takes each live figure by itself', () => {
    const snapshot = composeSnapshot({ priceUsdPerBtc: aLiveFigure(60_000) });
    expect(snapshot.priceUsdPerBtc).toEqual(aLiveFigure(60_000));
    expect(snapshot.height).toEqual(SHIPPED_SNAPSHOT.height);
    expect(snapshot.networkHashrateThs).toEqual(SHIPPED_SNAPSHOT.networkHashrateThs);
  });

  it('knows the epoch’s age only together with the height of the same instant', () => {
    const height = aLiveFigure(950_000);
    expect(composeSnapshot({ height, epochElapsedS: aLiveFigure(600) }).epochElapsedS.value).toBe(600);
    expect(composeSnapshot({ height, epochElapsedS: aLiveFigure(600, '2026-05-01T09:45:00.000Z') }).epochElapsedS.value).toBeNull();
    expect(composeSnapshot({ epochElapsedS: aLiveFigure(600) }).epochElapsedS.value).toBeNull();
  });

  it('does not compare a live difficulty with the shipped hash rate, nor with one from another epoch', () => {
    const difficulty = aLiveFigure(1.6e14);
    expect(composeSnapshot({ difficulty }).networkHashrateThs.value).toBeNull();
    expect(
      composeSnapshot({ difficulty, networkHashrateThs: aLiveFigure(1.1e9, '2026-04-01T10:00:00.000Z') }).networkHashrateThs.value,
    ).toBeNull();
    expect(composeSnapshot({ difficulty, networkHashrateThs: aLiveFigure(1.1e9) }).networkHashrateThs.value).toBe(1.1e9);
  });

  it('does not know a hash rate that is a thousandth of what the difficulty implies', () => {
    const live = { difficulty: aLiveFigure(1.5e14), networkHashrateThs: aLiveFigure(1.06e6) };
    expect(composeSnapshot(live).networkHashrateThs).toMatchObject({ value: null, origin: 'live' });
  });
});
