/** What follows from a snapshot: hashprice, hash rate implied by the difficulty, next halving. Pure; formulas of the protocol only. */
import {
  BLOCKS_PER_HALVING,
  FIRST_SUBSIDY_SATS,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  S_PER_DAY,
  SATS_PER_BTC,
  TARGET_BLOCK_S,
  TH_PER_PH,
} from '#engine/units/constants.ts';
import type { MarketSnapshot } from './snapshot.ts';

/** Subsidy of the block at `height`, BTC: `floor(5e9 / 2^floor(height / 210000)) / 1e8`. Bitcoin consensus. Integer height >= 0. */
export function subsidyBtcAt(height: number): number {
  return Math.floor(FIRST_SUBSIDY_SATS / 2 ** Math.floor(height / BLOCKS_PER_HALVING)) / SATS_PER_BTC;
}

/**
 * What 1 PH/s earns a day, USD: `86400e12 / (D 2^32) * (subsidyBtc + feesBtcPerBlock) * priceUsdPerBtc * 1000`, before any pool fee.
 * `null` when one of difficulty, height, fees and price is not known.
 */
export function hashpriceUsdPerPhDay({ difficulty, height, feesBtcPerBlock, priceUsdPerBtc }: MarketSnapshot): number | null {
  if (difficulty.value === null || height.value === null || feesBtcPerBlock.value === null || priceUsdPerBtc.value === null) return null;
  const blocksPerThDay = (S_PER_DAY * HASHES_PER_TH) / (difficulty.value * HASHES_PER_DIFFICULTY_ONE);
  return blocksPerThDay * (subsidyBtcAt(height.value) + feesBtcPerBlock.value) * priceUsdPerBtc.value * TH_PER_PH;
}

/** Hash rate at which blocks of this difficulty arrive every 600 s, TH/s: `D 2^32 / 600 / 1e12`. */
export function impliedNetworkHashrateThs(difficulty: number): number {
  return (difficulty * HASHES_PER_DIFFICULTY_ONE) / TARGET_BLOCK_S / HASHES_PER_TH;
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
