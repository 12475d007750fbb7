/**
 * Difficulty some days ahead: inside the epoch from the arrivals of its blocks, beyond it from a hash rate that drifts from epoch to epoch as it did before. Simulated, because when a retarget falls before or after the day is
 * part of what is not known. Pure; the same seed gives the same figures.
 */
import { BLOCKS_PER_EPOCH, INTERVALS_PER_RETARGET, S_PER_DAY, TARGET_BLOCK_S } from '#engine/units/constants.ts';
import { LEVELS, type Quantiles, quantileOf } from '../backtest/forecaster.ts';
import type { Growth } from './growth.ts';
import { countIntervals, type EpochState, inferRate, retarget } from './next-retarget.ts';
import { createRandom } from './random.ts';

const PATHS = 4000;
const SEED = 20_090_103;

/** Quantiles of the natural logarithm of the difficulty so many days from now, one entry a horizon. */
export function forecastDifficulty(state: EpochState, growth: Growth, horizonsDays: readonly number[]): Quantiles[] {
  const random = createRandom(SEED);
  const rate = inferRate(state, growth);
  const left = INTERVALS_PER_RETARGET - countIntervals(state.height);
  // The mean of past changes is itself known only so well.
  const meanError = Math.sqrt(growth.variance / growth.changes);
  const step = Math.sqrt(growth.variance);
  const reached = horizonsDays.map(() => new Float64Array(PATHS));
  const untilS = Math.max(...horizonsDays) * S_PER_DAY;
  for (let path = 0; path < PATHS; path += 1) {
    const drift = growth.mean + meanError * random.normal();
    // Hash rate in units of the difficulty at which it finds a block in 600 s.
    let hashrate = (random.gamma(rate.shape) / rate.spanS) * TARGET_BLOCK_S * state.difficulty;
    let difficulty = state.difficulty;
    let fromS = 0;
    let intervals = left;
    let behindS = state.elapsedS;
    while (fromS < untilS) {
      const perBlockS = (TARGET_BLOCK_S * difficulty) / hashrate;
      const spanS = intervals === 0 ? 0 : perBlockS * random.gamma(intervals);
      // The first block of the next epoch is one interval further on.
      const toS = fromS + spanS + perBlockS * random.gamma(1);
      horizonsDays.forEach((days, h) => {
        const atS = days * S_PER_DAY;
        if (atS >= fromS && atS < toS) reached[h]![path] = Math.log(difficulty);
      });
      difficulty = retarget(difficulty, behindS + spanS);
      hashrate *= Math.exp(drift + step * random.normal());
      fromS = toS;
      intervals = BLOCKS_PER_EPOCH - 1;
      behindS = 0;
    }
  }
  return reached.map((logs) => {
    logs.sort();
    return LEVELS.map((level) => quantileOf(logs, level));
  });
}
