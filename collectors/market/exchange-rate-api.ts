/** CNY for a US dollar, market rate of the day, from ExchangeRate-API `GET /v6/latest/USD` (open access). */
import { z } from 'zod';
import { endpointUrl, judgeDated, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  result: z.literal('success'),
  base_code: z.literal('USD'),
  /** Seconds since 1970. */
  time_last_update_unix: z.int().max(1e11),
  rates: z.object({ CNY: z.number() }),
});

export function parseExchangeRateApi(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  return [judgeDated('cnyPerUsd', reply.data.rates.CNY, reply.data.time_last_update_unix * 1000, askedAtMs)];
}

export function exchangeRateApi(baseUrl: string): MarketSource {
  return sourceOfOneReply('ExchangeRate-API', ['cnyPerUsd'], endpointUrl(baseUrl, '/v6/latest/USD'), parseExchangeRateApi);
}
