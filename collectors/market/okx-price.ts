/** Spot price of bitcoin in Tether, from OKX `GET /api/v5/market/ticker?instId=BTC-USDT`. */
import { z } from 'zod';
import { DecimalText } from './decimal-text.ts';
import { endpointUrl, judgeDated, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  /** '0' is success. */
  code: z.literal('0'),
  data: z.tuple([
    z.object({
      instId: z.literal('BTC-USDT'),
      last: DecimalText,
      /** Milliseconds since 1970. */
      ts: z
        .string()
        .regex(/^\d{13}$/)
        .transform(Number),
    }),
  ]),
});

export function parseOkxPrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const [{ last, ts }] = reply.data.data;
  return [judgeDated('priceUsdPerBtc', last, ts, askedAtMs)];
}

export function okxPrice(baseUrl: string): MarketSource {
  return priceSource('OKX', 'USDT', endpointUrl(baseUrl, '/api/v5/market/ticker?instId=BTC-USDT'), parseOkxPrice);
}
