/**
 * Physical, consensus and calendar constants, each with its source. Plain numbers, no I/O: browser, server, collectors and
 * tests read the same ones. The assembly keeps its own copy (it cannot import TypeScript); a test compares the two.
 */

/** Hashes expected per block at difficulty 1. Bitcoin consensus: the difficulty-1 target is 0xffff * 2^208; the field rounds it to 2^32. */
export const HASHES_PER_DIFFICULTY_ONE = 2 ** 32;
/** Seconds a block should take. Bitcoin consensus (nPowTargetSpacing). */
export const TARGET_BLOCK_S = 600;
/** Blocks between two retargets. Bitcoin consensus. */
export const BLOCKS_PER_EPOCH = 2016;
/** Intervals a retarget measures: one fewer than the blocks, the off-by-one of Bitcoin consensus. */
export const INTERVALS_PER_RETARGET = 2015;
/** Seconds an epoch should take: 2016 blocks of 600 s. */
export const TARGET_EPOCH_S = BLOCKS_PER_EPOCH * TARGET_BLOCK_S;
/** A retarget changes the difficulty by at most this factor, both ways. Bitcoin consensus. */
export const RETARGET_CLAMP = 4;
/** Blocks between two halvings. Bitcoin consensus. */
export const BLOCKS_PER_HALVING = 210_000;
/** Subsidy of the first block, satoshi. Bitcoin consensus. */
export const FIRST_SUBSIDY_SATS = 5_000_000_000;
export const SATS_PER_BTC = 100_000_000;
export const HASHES_PER_TH = 1e12;
export const S_PER_DAY = 86_400;
export const BLOCKS_PER_DAY = S_PER_DAY / TARGET_BLOCK_S;
/** A month of the projection: a twelfth of a Julian year of 365.25 days. */
export const DAYS_PER_MONTH = 30.4375;
export const S_PER_MONTH = DAYS_PER_MONTH * S_PER_DAY;
export const HOURS_PER_MONTH = DAYS_PER_MONTH * 24;
export const W_PER_KW = 1000;
export const TH_PER_PH = 1000;
export const TH_PER_EH = 1_000_000;
/** Above this difference the two ways of reckoning today's coins are said to disagree (ratio). */
export const VERIFICATION_TOLERANCE_RATIO = 0.05;
