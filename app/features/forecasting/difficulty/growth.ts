/** How the network's hash rate has moved from epoch to epoch, read off the difficulties. Pure. */
import { INTERVALS_PER_RETARGET } from '#engine/units/constants.ts';

/** Epochs an estimate looks back: two years. */
export const GROWTH_EPOCHS = 52;

export type Growth = {
  /** Mean change of the logarithm from epoch to epoch. */
  mean: number;
  /** Variance that the logarithm of the hash rate itself gains in an epoch, luck taken out. */
  variance: number;
  /** Changes it rests on. */
  changes: number;
};

/** Variance that the luck of 2,015 intervals puts on the logarithm of a measured hash rate. */
export const LUCK_VARIANCE = 1 / INTERVALS_PER_RETARGET;
/**
 * Of the variance that a rate gains in an epoch while it wanders, the change of its mean from one epoch to the next shows so much: a mean has smoothed half of either epoch away. Without it intervals beyond the first
 * retarget are too narrow (74 % of outcomes in 80 % intervals at 90 days).
 */
export const MEANS_SHARE = 2 / 3;
/** Not all of the spread is luck, even where the estimate says so. */
const LEAST_OWN_SHARE = 0.25;

/** From the last difficulties, the present one included; `null` with fewer than three. A change carries the luck of two epochs. */
export function estimateGrowth(difficulties: ArrayLike<number>): Growth | null {
  const first = Math.max(0, difficulties.length - GROWTH_EPOCHS - 1);
  const changes: number[] = [];
  for (let epoch = first + 1; epoch < difficulties.length; epoch += 1)
    changes.push(Math.log(difficulties[epoch]! / difficulties[epoch - 1]!));
  if (changes.length < 2) return null;
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const spread = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (changes.length - 1);
  return { mean, variance: Math.max(spread - 2 * LUCK_VARIANCE, LEAST_OWN_SHARE * spread) / MEANS_SHARE, changes: changes.length };
}
