/** Difficulty and hash rate of the network, from Blockchain.info `GET /stats?format=json`. */
import { z } from 'zod';
import { checkHashrate } from './check-hashrate.ts';
import { endpointUrl, judgeDated, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  /** Milliseconds since 1970. */
  timestamp: z.int(),
  difficulty: z.number(),
  /** GH/s. */
  hash_rate: z.number(),
});

const GH_PER_TH = 1000;

export function parseBlockchainInfoStats(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { timestamp, difficulty, hash_rate } = reply.data;
  return checkHashrate(
    judgeDated('difficulty', difficulty, timestamp, askedAtMs),
    judgeDated('networkHashrateThs', hash_rate / GH_PER_TH, timestamp, askedAtMs),
  );
}

export function blockchainInfoStats(baseUrl: string): MarketSource {
  const url = endpointUrl(baseUrl, '/stats?format=json');
  return sourceOfOneReply('Blockchain.info', ['difficulty', 'networkHashrateThs'], url, parseBlockchainInfoStats);
}
