/** Difficulty of past epochs and the pools' shares of the last week, from mempool.space. */
import { z } from 'zod';
import { BLOCKS_PER_EPOCH } from '#engine/units/constants.ts';
import type { Trouble } from './source.ts';

const garbled = (error: z.ZodError): Trouble => ({ kind: 'garbled', reason: z.prettifyError(error) });

const DIFFICULTY_HISTORY_PATH = '/api/v1/mining/difficulty-adjustments';
const DAY_MS = 86_400_000;
/** Stretches that the service knows, the shortest first; beyond the last one it is asked for everything. A few days less than a year each: whole years begin within an epoch. */
const STRETCHES = [
  { name: '1y', maxAgeMs: 360 * DAY_MS },
  { name: '3y', maxAgeMs: 3 * 360 * DAY_MS },
] as const;

/** Path of the shortest reply that holds every epoch which began in the last `ageMs`. */
export function difficultyHistoryPath(ageMs: number): string {
  const stretch = STRETCHES.find(({ maxAgeMs }) => ageMs <= maxAgeMs);
  return stretch === undefined ? DIFFICULTY_HISTORY_PATH : `${DIFFICULTY_HISTORY_PATH}/${stretch.name}`;
}

export const POOLS_PATH = '/api/v1/mining/pools/1w';

/** `timeMs`: of the first block of the epoch. */
export type EpochDifficulty = { epoch: number; timeMs: number; difficulty: number };

/** `[time s, height, difficulty, change]`. */
const Adjustments = z.array(z.tuple([z.int(), z.int(), z.number().positive(), z.number()])).max(2000);

/** A block may be stamped up to two hours ahead of real time (Bitcoin consensus). */
const MAX_BLOCK_TIME_AHEAD_MS = 7_200_000;
/** Consensus lets a retarget change the difficulty by a factor of 4 at most; a little more for figures that are rounded. */
const MAX_RETARGET_FACTOR = 4.04;
/** The difficulty of the first epoch, and one that a hundred times the network of 2026 would have. */
const DIFFICULTY_RANGE = { min: 1, max: 1e17 };

/** An epoch whose difficulty is out of range or cannot follow from that of the epoch before; `undefined`: there is none. `epochs` ascending. */
export function findImpossibleEpoch(epochs: readonly Pick<EpochDifficulty, 'epoch' | 'difficulty'>[]): number | undefined {
  return epochs.find(({ epoch, difficulty }, index) => {
    if (difficulty < DIFFICULTY_RANGE.min || difficulty > DIFFICULTY_RANGE.max) return true;
    const before = epochs[index - 1];
    return (
      before !== undefined && Math.abs(Math.log(difficulty / before.difficulty)) > (epoch - before.epoch) * Math.log(MAX_RETARGET_FACTOR)
    );
  })?.epoch;
}

export const impossibleReason = (epoch: number) => `the difficulty of epoch ${epoch} cannot follow from the one before`;

/** Ascending by epoch. */
export function parseDifficultyHistory(body: unknown, askedAtMs: number): EpochDifficulty[] | Trouble {
  const reply = Adjustments.safeParse(body);
  if (!reply.success) return garbled(reply.error);
  const wrong = reply.data.find(([, height]) => height % BLOCKS_PER_EPOCH !== 0);
  if (wrong !== undefined) return { kind: 'garbled', reason: `block ${wrong[1]} begins no epoch` };
  const ahead = reply.data.find(([timeS]) => timeS * 1000 > askedAtMs + MAX_BLOCK_TIME_AHEAD_MS);
  if (ahead !== undefined) return { kind: 'refused', reason: `block ${ahead[1]} is dated ${ahead[0]}, which is in the future` };
  const epochs = reply.data
    .map(([timeS, height, difficulty]) => ({ epoch: height / BLOCKS_PER_EPOCH, timeMs: timeS * 1000, difficulty }))
    .sort((a, b) => a.epoch - b.epoch);
  const impossible = findImpossibleEpoch(epochs);
  return impossible === undefined ? epochs : { kind: 'refused', reason: impossibleReason(impossible) };
}

/** `blocksRatio`: share of the blocks of the week. */
export type PoolShare = { name: string; blocks: number; blocksRatio: number };

const Pools = z.object({
  pools: z.array(z.object({ name: z.string().max(60), blockCount: z.int().nonnegative() })).max(500),
  blockCount: z.int().positive(),
});

/** The largest first. */
export function parsePoolShares(body: unknown): PoolShare[] | Trouble {
  const reply = Pools.safeParse(body);
  if (!reply.success) return garbled(reply.error);
  const { pools, blockCount } = reply.data;
  const sum = pools.reduce((blocks, pool) => blocks + pool.blockCount, 0);
  if (sum > blockCount) return { kind: 'refused', reason: `the pools found ${sum} of ${blockCount} blocks` };
  return pools
    .map(({ name, blockCount: blocks }) => ({ name, blocks, blocksRatio: blocks / blockCount }))
    .sort((a, b) => b.blocks - a.blocks);
}
