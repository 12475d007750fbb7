/** Difficulty of the network, from CoinWarz `GET /v1/api/coininformation/?cointag=BTC`. Needs a key. */
import { z } from 'zod';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  Success: z.literal(true),
  Data: z.object({ CoinTag: z.literal('BTC'), Difficulty: z.number() }),
});

export function parseCoinwarz(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  return [judge('difficulty', reply.data.Data.Difficulty, askedAtMs)];
}

/** The service takes its key in the address only; the address that is shown and stored is the one without it. */
export function coinwarzNetwork(baseUrl: string, apiKey: string): MarketSource {
  const url = endpointUrl(baseUrl, '/v1/api/coininformation/?cointag=BTC');
  return {
    name: 'CoinWarz',
    figures: ['difficulty'],
    url,
    async read({ fetchJson, nowMs, signal }) {
      const reply = await fetchJson(`${url}&apikey=${encodeURIComponent(apiKey)}`, { signal });
      const outcome = reply.kind === 'json' ? parseCoinwarz(reply.body, nowMs()) : reply;
      return 'kind' in outcome ? [{ ...outcome, figure: 'difficulty' }] : outcome;
    },
  };
}
