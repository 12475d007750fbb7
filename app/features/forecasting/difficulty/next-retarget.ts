/**
 * The next retarget from the blocks of the epoch so far. Blocks arrive as a Poisson process whose rate is not known: before the first block the rate has the gamma distribution of the growth of past epochs, and every
 * arrival sharpens it. The rest of the epoch is then a ratio of gamma variables, with quantiles in closed form; the interval narrows as the epoch fills and closes at its end. Pure.
 */
import { BLOCKS_PER_EPOCH, INTERVALS_PER_RETARGET, RETARGET_CLAMP, TARGET_BLOCK_S, TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { gammaRatioQuantile } from '../arima/distributions.ts';
import { LEVELS, type Quantiles } from '../backtest/forecaster.ts';
import { type Growth, LUCK_VARIANCE, MEANS_SHARE } from './growth.ts';

/** Where an epoch stands. */
export type EpochState = {
  /** Of this epoch; the first block of the next one has another. */
  difficulty: number;
  /** Height of the next block. The epoch's first block must be known: not a multiple of 2,016, unless nothing of the epoch is known and `elapsedS` is 0. */
  height: number;
  /** Seconds since the first block of the epoch. */
  elapsedS: number;
};

/** Gamma distribution of the blocks that arrive a second: mean `shape / spanS`. */
export type Rate = { shape: number; spanS: number };

/** Whole intervals between blocks of this epoch, 0 to 2,015. */
export function countIntervals(height: number): number {
  return Math.max(0, (height % BLOCKS_PER_EPOCH) - 1);
}

/**
 * The rate of arrivals, after what was seen. Before: the last epoch at this difficulty would have taken 600 s a block (that is what the retarget does), give or take its luck, and hash rate has grown since as it did from
 * epoch to epoch before.
 */
export function inferRate({ height, elapsedS }: EpochState, growth: Growth): Rate {
  // From the mean of the last epoch to that of this one; and the last mean carried luck.
  const shape = 1 / (MEANS_SHARE * growth.variance + LUCK_VARIANCE);
  const meanPerS = Math.exp(growth.mean) / TARGET_BLOCK_S;
  return { shape: shape + countIntervals(height), spanS: shape / meanPerS + elapsedS };
}

/** Consensus: `D * 1209600 / clamp(span)`, where the span has 2,015 intervals though 2,016 blocks are counted. */
export function retarget(difficulty: number, spanS: number): number {
  return (difficulty * TARGET_EPOCH_S) / Math.min(TARGET_EPOCH_S * RETARGET_CLAMP, Math.max(TARGET_EPOCH_S / RETARGET_CLAMP, spanS));
}

export type NextRetarget = {
  /** Height of the first block at the new difficulty. */
  height: number;
  blocksLeft: number;
  /** Quantiles of the new difficulty. */
  difficulty: Quantiles;
  /** Quantiles of the seconds from now to the last block of this epoch. */
  remainingS: Quantiles;
};

export function forecastNextRetarget(state: EpochState, growth: Growth): NextRetarget {
  const left = INTERVALS_PER_RETARGET - countIntervals(state.height);
  const rate = inferRate(state, growth);
  const remainingS = LEVELS.map((level) => (left === 0 ? 0 : rate.spanS * gammaRatioQuantile(level, left, rate.shape)));
  // The later the epoch ends, the lower the new difficulty: the quantiles turn round.
  const difficulty = [...remainingS].reverse().map((seconds) => retarget(state.difficulty, state.elapsedS + seconds));
  const inEpoch = state.height % BLOCKS_PER_EPOCH;
  return { height: state.height - inEpoch + BLOCKS_PER_EPOCH, blocksLeft: BLOCKS_PER_EPOCH - inEpoch, difficulty, remainingS };
}
