/** CNY, EUR, GBP, CAD and AUD for a US dollar, market rates of the day, from ExchangeRate-API `GET /v6/latest/USD` (open access). */
import { z } from 'zod';
import { RATES, readRates } from './read-rates.ts';
import { endpointUrl, judgeDated, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  result: z.literal('success'),
  base_code: z.literal('USD'),
  /** Seconds since 1970. */
  time_last_update_unix: z.int().max(1e11),
  rates: z.record(z.string(), z.unknown()),
});

export function parseExchangeRateApi(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const observedAtMs = reply.data.time_last_update_unix * 1000;
  return readRates(reply.data.rates, (figure, value) => judgeDated(figure, value, observedAtMs, askedAtMs));
}

export function exchangeRateApi(baseUrl: string): MarketSource {
  return sourceOfOneReply('ExchangeRate-API', RATES, endpointUrl(baseUrl, '/v6/latest/USD'), parseExchangeRateApi);
}
