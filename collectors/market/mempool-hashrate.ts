/** Difficulty and measured hash rate of the network, from mempool.space `GET /api/v1/mining/hashrate/3d`. */
import { z } from 'zod';
import { HASHES_PER_TH } from '#engine/units/constants.ts';
import { checkHashrate } from './check-hashrate.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  /** Estimated from the blocks of the last days, H/s. */
  currentHashrate: z.number(),
  currentDifficulty: z.number(),
});

export function parseMempoolHashrate(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { currentHashrate, currentDifficulty } = reply.data;
  return checkHashrate(
    judge('difficulty', currentDifficulty, askedAtMs),
    judge('networkHashrateThs', currentHashrate / HASHES_PER_TH, askedAtMs),
  );
}

export function mempoolHashrate(baseUrl: string): MarketSource {
  const url = endpointUrl(baseUrl, '/api/v1/mining/hashrate/3d');
  return sourceOfOneReply('mempool.space', ['difficulty', 'networkHashrateThs'], url, parseMempoolHashrate);
}
