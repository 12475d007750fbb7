/** Spot price of bitcoin in Tether, from Bybit `GET /v5/market/tickers?category=spot&symbol=BTCUSDT`. */
import { z } from 'zod';
import { DecimalText } from './decimal-text.ts';
import { endpointUrl, judgeDated, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({
  /** 0 is success. */
  retCode: z.literal(0),
  result: z.object({
    category: z.literal('spot'),
    list: z.tuple([z.object({ symbol: z.literal('BTCUSDT'), lastPrice: DecimalText })]),
  }),
  /** Milliseconds since 1970. */
  time: z.int(),
});

export function parseBybitPrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { result, time } = reply.data;
  return [judgeDated('priceUsdPerBtc', result.list[0].lastPrice, time, askedAtMs)];
}

export function bybitPrice(baseUrl: string): MarketSource {
  const url = endpointUrl(baseUrl, '/v5/market/tickers?category=spot&symbol=BTCUSDT');
  return priceSource('Bybit', 'USDT', url, parseBybitPrice);
}
