/** What follows from a snapshot: hashprice and next halving. Pure; the protocol's formulas are those of engine/units/network.ts. */
import { BLOCKS_PER_HALVING, TARGET_BLOCK_S, TH_PER_PH } from '#engine/units/constants.ts';
import { hashpriceBtcPerThDay, subsidyBtc } from '#engine/units/network.ts';
import type { MarketSnapshot } from './snapshot.ts';

/**
 * What 1 PH/s earns a day before any pool fee, USD: `hashpriceBtcPerThDay * priceUsdPerBtc * 1000`.
 * `null` when one of difficulty, height, fees and price is not known.
 */
export function hashpriceUsdPerPhDay({ difficulty, height, feesBtcPerBlock, priceUsdPerBtc }: MarketSnapshot): number | null {
  if (difficulty.value === null || height.value === null || feesBtcPerBlock.value === null || priceUsdPerBtc.value === null) return null;
  const rewardBtc = subsidyBtc(height.value) + feesBtcPerBlock.value;
  return hashpriceBtcPerThDay(difficulty.value, rewardBtc) * priceUsdPerBtc.value * TH_PER_PH;
}

export type NextHalving = {
  height: number;
  blocksLeft: number;
  /** When it comes if blocks arrive every 600 s from the instant the height was known, ISO UTC; `null` without that instant. */
  aboutAt: string | null;
};

/** The first halving block above the next block; `null` without a height. */
export function nextHalving({ height }: MarketSnapshot): NextHalving | null {
  if (height.value === null) return null;
  const halvingHeight = (Math.floor(height.value / BLOCKS_PER_HALVING) + 1) * BLOCKS_PER_HALVING;
  const blocksLeft = halvingHeight - height.value;
  const aboutAt = height.at === null ? null : new Date(Date.parse(height.at) + blocksLeft * TARGET_BLOCK_S * 1000).toISOString();
  return { height: halvingHeight, blocksLeft, aboutAt };
}
