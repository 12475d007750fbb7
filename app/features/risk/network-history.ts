/**
 * When each difficulty epoch ran and with what hash rate, from the difficulties alone: a retarget says how long the epoch before it took, so that the
 * epochs can be laid out backwards from the start of the last one. Pure.
 */
import {
  BLOCKS_PER_EPOCH,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  INTERVALS_PER_RETARGET,
  RETARGET_CLAMP,
  TARGET_EPOCH_S,
} from '#engine/units/constants.ts';

/** A finished epoch. */
export type Epoch = {
  /** 0 is the epoch of block 0. */
  index: number;
  startMs: number;
  endMs: number;
  difficulty: number;
  /** Mean over the epoch: `2016 * difficulty * 2^32 / duration`. Includes the luck of 2,016 blocks, about 2 %. */
  hashrateThs: number;
};

const MS_PER_S = 1000;
/** Compact targets are rounded; a ratio this near the clamp may have been cut. */
const CLAMP_MARGIN = 0.999;

/**
 * Finished epochs, oldest first: `span = 1209600 D / D'` and `duration = span * 2016 / 2015` (consensus measures 2,015 intervals). Goes back to the last retarget that was clamped or left the
 * difficulty at 1, because the duration before it is not known. Starts drift by some hours over ten years, since each duration carries the last block's luck.
 */
export function layOutEpochs(difficulties: ArrayLike<number>, lastStartMs: number): Epoch[] {
  const epochs: Epoch[] = [];
  let endMs = lastStartMs;
  for (let index = difficulties.length - 2; index >= 0; index--) {
    const difficulty = difficulties[index]!;
    const ratio = difficulties[index + 1]! / difficulty;
    const isKnown = ratio < RETARGET_CLAMP * CLAMP_MARGIN && ratio * RETARGET_CLAMP * CLAMP_MARGIN > 1 && difficulties[index + 1] !== 1;
    if (!isKnown) break;
    const durationS = ((TARGET_EPOCH_S / ratio) * BLOCKS_PER_EPOCH) / INTERVALS_PER_RETARGET;
    const startMs = endMs - durationS * MS_PER_S;
    const hashrateThs = (BLOCKS_PER_EPOCH * difficulty * HASHES_PER_DIFFICULTY_ONE) / durationS / HASHES_PER_TH;
    epochs.push({ index, startMs, endMs, difficulty, hashrateThs });
    endMs = startMs;
  }
  return epochs.reverse();
}

const middleMs = (epoch: Epoch) => (epoch.startMs + epoch.endMs) / 2;

/** ln of the network's hash rate in TH/s, straight between the middles of epochs; `null` outside of them. */
export function logHashrateAt(epochs: readonly Epoch[], instantMs: number): number | null {
  let low = 0;
  let high = epochs.length - 1;
  if (high < 0 || instantMs < middleMs(epochs[low]!) || instantMs > middleMs(epochs[high]!)) return null;
  while (high - low > 1) {
    const half = (low + high) >> 1;
    if (middleMs(epochs[half]!) <= instantMs) low = half;
    else high = half;
  }
  const [before, after] = [epochs[low]!, epochs[high]!];
  // In the very middle of an epoch the next one has no say, and need not be known.
  if (low === high || instantMs === middleMs(before)) return Math.log(before.hashrateThs);
  const share = (instantMs - middleMs(before)) / (middleMs(after) - middleMs(before));
  return Math.log(before.hashrateThs) * (1 - share) + Math.log(after.hashrateThs) * share;
}

/** Middle of the last epoch that had ended by the instant: up to then the hash rate was known. `null` when none had. */
export function knownUntilMs(epochs: readonly Epoch[], instantMs: number): number | null {
  const last = epochs.findLast((epoch) => epoch.endMs <= instantMs);
  return last === undefined ? null : middleMs(last);
}
