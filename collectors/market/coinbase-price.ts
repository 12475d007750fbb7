/** Spot price of bitcoin, from Coinbase `GET /v2/prices/BTC-USD/spot`. */
import { z } from 'zod';
import { endpointUrl, judge, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  data: z.object({
    base: z.literal('BTC'),
    currency: z.literal('USD'),
    amount: z.string().regex(/^\d{1,10}(?:\.\d{1,12})?$/),
  }),
});

/** The reply carries no time: the price is that of the moment of asking. */
export function parseCoinbasePrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  return [judge('priceUsdPerBtc', Number(reply.data.data.amount), askedAtMs)];
}

export function coinbasePrice(baseUrl: string): MarketSource {
  return priceSource('Coinbase', 'USD', endpointUrl(baseUrl, '/v2/prices/BTC-USD/spot'), parseCoinbasePrice);
}
