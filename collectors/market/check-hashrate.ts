/** The one rule by which a measured hash rate and a difficulty of the same reply are believed together. */
import { impliedNetworkHashrateThs } from '#engine/units/network.ts';
import type { ReadOutcome, Trouble } from './source.ts';

/**
 * A measured hash rate may differ from the one that the difficulty implies (difficulty * 2^32 / 600 s), by luck and by a few
 * percent of growth; beyond a factor of 3 a unit was mixed up. Before the first retarget after a ban of mining in 2021 it was 2.
 */
const MAX_RATIO_TO_IMPLIED = 3;

/** Both as they are, or `refused` when they cannot belong together. A failure of one leaves the other alone. */
export function checkHashrate(difficulty: ReadOutcome, hashrate: ReadOutcome): readonly ReadOutcome[] | Trouble {
  if (difficulty.kind !== 'reading' || hashrate.kind !== 'reading') return [difficulty, hashrate];
  const ratio = hashrate.value / impliedNetworkHashrateThs(difficulty.value);
  if (ratio > MAX_RATIO_TO_IMPLIED || ratio < 1 / MAX_RATIO_TO_IMPLIED) {
    return { kind: 'refused', reason: `hash rate is ${ratio.toPrecision(3)} times what the difficulty implies` };
  }
  return [difficulty, hashrate];
}
