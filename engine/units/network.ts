/**
 * Closed forms of the protocol that need no path and no module: what pages, collectors and the facade read beside the engine's answers.
 * The module computes the same ones inside its path; a test holds both to the same bits.
 */
import {
  BLOCKS_PER_HALVING,
  FIRST_SUBSIDY_SATS,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  S_PER_DAY,
  SATS_PER_BTC,
  TARGET_BLOCK_S,
} from './constants.ts';

/** Subsidy of the block at `height`, BTC: `floor(5e9 / 2^floor(height / 210000)) / 1e8`. Bitcoin consensus. Integer height >= 0. */
export function subsidyBtc(height: number): number {
  return Math.floor(FIRST_SUBSIDY_SATS / 2 ** Math.floor(height / BLOCKS_PER_HALVING)) / SATS_PER_BTC;
}

/** Hash rate at which blocks of this difficulty arrive every 600 s, TH/s: `D * 2^32 / 600 / 1e12`. DOMAIN section 2. Difficulty > 0. */
export function impliedNetworkHashrateThs(difficulty: number): number {
  return (difficulty * HASHES_PER_DIFFICULTY_ONE) / TARGET_BLOCK_S / HASHES_PER_TH;
}

/** By luck and growth a measured hash rate stays within a few percent of the implied one; when mining was banned in 2021 the ratio was 2. */
const MAX_RATIO_TO_IMPLIED = 3;

/** Can the two belong to one network? Beyond a factor of 3 from `impliedNetworkHashrateThs` a unit was mixed up. TH/s; both > 0. */
export function isHashrateOfDifficulty(networkHashrateThs: number, difficulty: number): boolean {
  const ratio = networkHashrateThs / impliedNetworkHashrateThs(difficulty);
  return ratio <= MAX_RATIO_TO_IMPLIED && ratio >= 1 / MAX_RATIO_TO_IMPLIED;
}

/**
 * What 1 TH/s earns a day before any pool fee, BTC: `86400e12 / (D * 2^32) * rewardBtc`. DOMAIN section 3. `rewardBtc`: subsidy and,
 * unless the pool pays PPS, the fees of a block. Difficulty > 0.
 */
export function hashpriceBtcPerThDay(difficulty: number, rewardBtc: number): number {
  return ((S_PER_DAY * HASHES_PER_TH) / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * rewardBtc;
}
