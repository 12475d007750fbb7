import { describe, expect, it } from 'vitest';
import { hashpriceUsdPerPhDay, nextHalving } from './derive-market.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import type { MarketFigureName, MarketSnapshot } from './snapshot.ts';

function withValues(values: Partial<Record<MarketFigureName, number | null>>): MarketSnapshot {
  const entries = Object.entries(SHIPPED_SNAPSHOT).map(([name, figure]) => {
    const value = values[name as MarketFigureName];
    return [name, value === undefined ? figure : { ...figure, value }];
  });
  return Object.fromEntries(entries) as MarketSnapshot;
}

describe('hashpriceUsdPerPhDay', () => {
  it('agrees with the golden hashprice of the domain', () => {
    const snapshot = withValues({ difficulty: 119.12e12, height: 925_000, feesBtcPerBlock: 0, priceUsdPerBtc: 80_000 });
    // 5.277390344740161e-7 BTC/TH/day * $80,000 * 1000 TH/PH = $42.219...
    expect(hashpriceUsdPerPhDay(snapshot)).toBeCloseTo(5.277390344740161e-7 * 80_000 * 1000, 10);
  });

  it.each(['difficulty', 'height', 'feesBtcPerBlock', 'priceUsdPerBtc'] as const)('is unknown without %s', (name) => {
    expect(hashpriceUsdPerPhDay(withValues({ [name]: null }))).toBeNull();
  });

  it('counts fees of zero as measured, not as unknown', () => {
    expect(hashpriceUsdPerPhDay(withValues({ feesBtcPerBlock: 0 }))).toBeGreaterThan(0);
  });
});

describe('nextHalving', () => {
  it('counts from the height and its own date, not from today', () => {
    // 1,050,000 - 927,360 = 122,640 blocks = 851.67 days after 2025-12-11
    expect(nextHalving(SHIPPED_SNAPSHOT)).toEqual({ height: 1_050_000, blocksLeft: 122_640, aboutAt: '2028-04-10T16:00:00.000Z' });
  });

  it('is the one after when the next block is itself a halving', () => {
    expect(nextHalving(withValues({ height: 1_050_000 }))?.blocksLeft).toBe(210_000);
  });

  it('is unknown without a height', () => {
    expect(nextHalving(withValues({ height: null }))).toBeNull();
  });
});
