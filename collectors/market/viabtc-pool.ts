/**
 * Difficulty and hash rate of the network as the pool ViaBTC sees them, from `GET /res/pool/BTC/state`, which its public page reads. The pool documents the interfaces of accounts only;
 * names and units of this one are as public clients of it have them, so both figures are held against each other before they count.
 */
import { z } from 'zod';
import { checkHashrate } from './check-hashrate.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

/** Texts of up to 25 digits: H/s of the network have 21. */
const Amount = z
  .string()
  .regex(/^\d{1,25}(?:\.\d{1,12})?$/)
  .transform(Number);

const Reply = z.object({
  code: z.literal(0),
  data: z.object({
    coin: z.literal('BTC'),
    curr_diff: Amount,
    /** H/s. */
    network_hashrate: Amount,
  }),
});

const H_PER_TH = 1e12;

/** It says no time of its own: its figures count as of the moment of asking. */
export function parseViabtcPool(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { curr_diff: difficulty, network_hashrate: hashrate } = reply.data.data;
  return checkHashrate(judge('difficulty', difficulty, askedAtMs), judge('networkHashrateThs', hashrate / H_PER_TH, askedAtMs));
}

export function viabtcPool(baseUrl: string): MarketSource {
  return sourceOfOneReply('ViaBTC', ['difficulty', 'networkHashrateThs'], endpointUrl(baseUrl, '/res/pool/BTC/state'), parseViabtcPool);
}
