/** Hash rate of the network as the pool BTC.com sees it, from `GET /v1/pool/status/`. The shape is from the pool's documentation. */
import { z } from 'zod';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

/** H/s are divided by thousands; a letter says how often. */
const TH_PER_UNIT = { G: 1e-3, T: 1, P: 1e3, E: 1e6, Z: 1e9 } as const;

const Reply = z.object({
  err_no: z.literal(0),
  data: z.object({
    network_hashrate: z.string().regex(/^\d{1,7}(?:\.\d{1,12})?$/),
    network_hashrate_unit: z.enum(['G', 'T', 'P', 'E', 'Z']),
  }),
});

/** It says no time of its own: its figures count as of the moment of asking. */
export function parseBtcComPool(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { network_hashrate: amount, network_hashrate_unit: unit } = reply.data.data;
  return [judge('networkHashrateThs', Number(amount) * TH_PER_UNIT[unit], askedAtMs)];
}

export function btcComPool(baseUrl: string): MarketSource {
  return sourceOfOneReply('BTC.com', ['networkHashrateThs'], endpointUrl(baseUrl, '/v1/pool/status/'), parseBtcComPool);
}
