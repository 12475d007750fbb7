/** Spot price of bitcoin in Tether, from Binance `GET /api/v3/ticker/price?symbol=BTCUSDT`. */
import { z } from 'zod';
import { DecimalText } from './decimal-text.ts';
import { endpointUrl, judge, type MarketSource, priceSource, type ReadOutcome, type Trouble } from './source.ts';

const Reply = z.object({ symbol: z.literal('BTCUSDT'), price: DecimalText });

/** The reply carries no time: the price is that of the moment of asking. */
export function parseBinancePrice(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  return [judge('priceUsdPerBtc', reply.data.price, askedAtMs)];
}

export function binancePrice(baseUrl: string): MarketSource {
  return priceSource('Binance', 'USDT', endpointUrl(baseUrl, '/api/v3/ticker/price?symbol=BTCUSDT'), parseBinancePrice);
}
