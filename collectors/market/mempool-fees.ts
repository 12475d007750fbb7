/** Average transaction fees of the last 144 blocks (about a day), from mempool.space `GET /api/v1/mining/reward-stats/144`. */
import { z } from 'zod';
import { BLOCKS_PER_DAY, SATS_PER_BTC } from '#engine/units/constants.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  startBlock: z.int(),
  endBlock: z.int(),
  /** Sum over the blocks, satoshi; big numbers come as strings. */
  totalFee: z.union([z.number(), z.string().regex(/^\d{1,16}$/)]),
});

/** `totalFee / 1e8 / (endBlock - startBlock + 1)`: both ends belong to the window, which is shorter when the server knows fewer blocks. */
export function parseMempoolFees(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { startBlock, endBlock, totalFee } = reply.data;
  const blocks = endBlock - startBlock + 1;
  if (blocks < 1 || blocks > BLOCKS_PER_DAY) return { kind: 'garbled', reason: `blocks ${startBlock}..${endBlock}` };
  return [judge('feesBtcPerBlock', Number(totalFee) / SATS_PER_BTC / blocks, askedAtMs)];
}

export function mempoolFees(baseUrl: string): MarketSource {
  const url = endpointUrl(baseUrl, `/api/v1/mining/reward-stats/${BLOCKS_PER_DAY}`);
  return sourceOfOneReply('mempool.space', ['feesBtcPerBlock'], url, parseMempoolFees);
}
