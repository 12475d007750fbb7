/** Spot price of bitcoin in US dollars, from Kraken `GET /0/public/Ticker?pair=XBTUSD`. */
import { z } from 'zod';
import { DecimalText } from './decimal-text.ts';
import { endpointUrl, judge, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  error: z.array(z.unknown()).length(0),
  result: z.object({
    /** `c`: price and volume of the last trade. */
    XXBTZUSD: z.object({ c: z.tuple([DecimalText, z.string()]) }),
  }),
});

/** The reply carries no time: the price is that of the moment of asking. */
export function parseKrakenPrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  return [judge('priceUsdPerBtc', reply.data.result.XXBTZUSD.c[0], askedAtMs)];
}

export function krakenPrice(baseUrl: string): MarketSource {
  return priceSource('Kraken', 'USD', endpointUrl(baseUrl, '/0/public/Ticker?pair=XBTUSD'), parseKrakenPrice);
}
