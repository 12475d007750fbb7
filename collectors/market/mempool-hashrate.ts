/** Difficulty and measured hash rate of the network, from mempool.space `GET /api/v1/mining/hashrate/3d`. */
import { z } from 'zod';
import { HASHES_PER_TH } from '#engine/units/constants.ts';
import { impliedNetworkHashrateThs } from '#engine/units/network.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  /** Estimated from the blocks of the last days, H/s. */
  currentHashrate: z.number(),
  currentDifficulty: z.number(),
});

/**
 * A measured hash rate may differ from the one that the difficulty implies (difficulty * 2^32 / 600 s), by luck and by a few
 * percent of growth; beyond a factor of 3 a unit was mixed up. Before the first retarget after a ban of mining in 2021 it was 2.
 */
const MAX_RATIO_TO_IMPLIED = 3;

export function parseMempoolHashrate(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { currentHashrate, currentDifficulty } = reply.data;
  const difficulty = judge('difficulty', currentDifficulty, askedAtMs);
  const hashrate = judge('networkHashrateThs', currentHashrate / HASHES_PER_TH, askedAtMs);
  if (difficulty.kind !== 'reading' || hashrate.kind !== 'reading') return [difficulty, hashrate];
  const ratio = hashrate.value / impliedNetworkHashrateThs(currentDifficulty);
  if (ratio > MAX_RATIO_TO_IMPLIED || ratio < 1 / MAX_RATIO_TO_IMPLIED) {
    return { kind: 'refused', reason: `hash rate is ${ratio.toPrecision(3)} times what the difficulty implies` };
  }
  return [difficulty, hashrate];
}

export function mempoolHashrate(baseUrl: string): MarketSource {
  const url = endpointUrl(baseUrl, '/api/v1/mining/hashrate/3d');
  return sourceOfOneReply('mempool.space', ['difficulty', 'networkHashrateThs'], url, parseMempoolHashrate);
}
