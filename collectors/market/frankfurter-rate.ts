/** CNY, EUR, GBP, CAD and AUD for a US dollar, daily reference rates of the European Central Bank, from Frankfurter `GET /v1/latest?base=USD&symbols=...`. */
import { z } from 'zod';
import { RATE_SYMBOLS, RATES, readRates } from './read-rates.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  /** How many units of the base the rates are for. */
  amount: z.literal(1),
  base: z.literal('USD'),
  /** The working day the rate was fixed. */
  date: z.iso.date(),
  rates: z.record(z.string(), z.unknown()),
});

const DAY_MS = 86_400_000;

export function parseFrankfurterRate(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const observedAtMs = Date.parse(`${reply.data.date}T00:00:00Z`);
  if (observedAtMs > askedAtMs + DAY_MS) return { kind: 'refused', reason: `fixed on ${reply.data.date}, which is in the future` };
  return readRates(reply.data.rates, (figure, value) => judge(figure, value, observedAtMs));
}

export function frankfurterRate(baseUrl: string): MarketSource {
  return sourceOfOneReply(
    'Frankfurter (ECB)',
    RATES,
    endpointUrl(baseUrl, `/v1/latest?base=USD&symbols=${RATE_SYMBOLS.join(',')}`),
    parseFrankfurterRate,
  );
}
