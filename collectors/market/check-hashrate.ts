/** The one rule by which a measured hash rate and a difficulty of the same reply are believed together. */
import { impliedNetworkHashrateThs, isHashrateOfDifficulty } from '#engine/units/network.ts';
import type { ReadOutcome, Trouble } from './source.ts';

/** Both as they are, or `refused` when they cannot belong together. A failure of one leaves the other alone. */
export function checkHashrate(difficulty: ReadOutcome, hashrate: ReadOutcome): readonly ReadOutcome[] | Trouble {
  if (difficulty.kind !== 'reading' || hashrate.kind !== 'reading') return [difficulty, hashrate];
  if (isHashrateOfDifficulty(hashrate.value, difficulty.value)) return [difficulty, hashrate];
  const ratio = hashrate.value / impliedNetworkHashrateThs(difficulty.value);
  return { kind: 'refused', reason: `hash rate is ${ratio.toPrecision(3)} times what the difficulty implies` };
}
