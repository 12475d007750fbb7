/** Mean price of bitcoin over many markets, from CoinGecko `GET /api/v3/simple/price`. */
import { z } from 'zod';
import { endpointUrl, judgeDated, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  bitcoin: z.object({
    usd: z.number(),
    /** Seconds since 1970. */
    last_updated_at: z.int().max(1e11),
  }),
});

export function parseCoingeckoPrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { usd, last_updated_at } = reply.data.bitcoin;
  return [judgeDated('priceUsdPerBtc', usd, last_updated_at * 1000, askedAtMs)];
}

/** `apiKey`: raises the limit of requests; without one the public limit holds. */
export function coingeckoPrice(baseUrl: string, apiKey: string | null): MarketSource {
  const url = endpointUrl(baseUrl, '/api/v3/simple/price?ids=bitcoin&vs_currencies=usd&include_last_updated_at=true');
  const headers: Record<string, string> = apiKey === null ? {} : { 'x-cg-demo-api-key': apiKey };
  return priceSource('CoinGecko', 'USD', url, parseCoingeckoPrice, headers);
}
