/**
 * Futures, perpetual and options on bitcoin, from Deribit `GET /api/v2/public/get_book_summary_by_currency`: basis, funding, and what the
 * options say about volatility until each expiry.
 */
import { z } from 'zod';
import type { FetchJson } from './fetch-json.ts';
import { endpointUrl, futureReason, type Trouble } from './source.ts';

export type Future = {
  instrument: string;
  /** `null`: the perpetual. */
  expiresAtMs: number | null;
  markUsd: number;
  indexUsd: number;
  /** USD. */
  openInterestUsd: number | null;
  /** What longs paid shorts over the last eight hours, as a ratio; perpetual only. */
  funding8hRatio: number | null;
};

/** Volatility that the options of one expiry imply at the money, as a ratio a year. */
export type ExpiryVolatility = { expiresAtMs: number; volatilityRatioPerYear: number; options: number };

export type Derivatives = { observedAtMs: number; futures: Future[]; volatilities: ExpiryVolatility[] };

const Envelope = <T extends z.ZodType>(item: T) => z.object({ result: z.array(item).max(5000) });
const FutureRow = z.object({
  instrument_name: z.string().max(40),
  mark_price: z.number().positive().nullable(),
  estimated_delivery_price: z.number().positive().nullable(),
  open_interest: z.number().nonnegative().nullable().optional(),
  funding_8h: z.number().optional(),
  /** Milliseconds since 1970. */
  creation_timestamp: z.int(),
});
const OptionRow = z.object({
  instrument_name: z.string().max(40),
  /** Percent a year. */
  mark_iv: z.number().nullable().optional(),
  underlying_price: z.number().positive().nullable().optional(),
  creation_timestamp: z.int(),
});

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** Deribit's contracts expire at this hour, UTC. */
const EXPIRY_HOUR = 8;
const PERCENT = 100;
/** Volatilities outside of this are an error of the source, not a market. Ratio a year. */
const VOLATILITY_RANGE = { min: 0.01, max: 5 };

/** `BTC-27MAR26` and `BTC-27MAR26-90000-C`; `null` for anything else. */
export function readInstrument(name: string): { expiresAtMs: number; strikeUsd: number | null } | null {
  const match = /^BTC-(\d{1,2})([A-Z]{3})(\d{2})(?:-(\d{1,9})-[CP])?$/.exec(name);
  const month = MONTHS.indexOf(match?.[2] ?? '');
  if (match === null || month < 0) return null;
  const expiresAtMs = Date.UTC(2000 + Number(match[3]), month, Number(match[1]), EXPIRY_HOUR);
  return { expiresAtMs, strikeUsd: match[4] === undefined ? null : Number(match[4]) };
}

const garbled = (error: z.ZodError): Trouble => ({ kind: 'garbled', reason: z.prettifyError(error) });

export function parseFutures(body: unknown, askedAtMs: number): { observedAtMs: number; futures: Future[] } | Trouble {
  const reply = Envelope(FutureRow).safeParse(body);
  if (!reply.success) return garbled(reply.error);
  const futures: Future[] = [];
  for (const row of reply.data.result) {
    const isPerpetual = row.instrument_name === 'BTC-PERPETUAL';
    const instrument = readInstrument(row.instrument_name);
    if ((!isPerpetual && instrument === null) || row.mark_price === null || row.estimated_delivery_price === null) continue;
    futures.push({
      instrument: row.instrument_name,
      expiresAtMs: instrument?.expiresAtMs ?? null,
      markUsd: row.mark_price,
      indexUsd: row.estimated_delivery_price,
      openInterestUsd: row.open_interest ?? null,
      funding8hRatio: isPerpetual ? (row.funding_8h ?? null) : null,
    });
  }
  if (futures.length === 0) return { kind: 'garbled', reason: 'no futures in the reply' };
  futures.sort((a, b) => (a.expiresAtMs ?? 0) - (b.expiresAtMs ?? 0));
  const observedAtMs = Math.max(...reply.data.result.map((row) => row.creation_timestamp));
  const reason = futureReason(observedAtMs, askedAtMs);
  return reason === null ? { observedAtMs: Math.min(observedAtMs, askedAtMs), futures } : { kind: 'refused', reason };
}

/**
 * Per expiry the volatility at a strike equal to the forward price: linear between the nearest strikes below and above, of the mean of call and put.
 * An expiry without strikes on both sides is left out.
 */
export function parseVolatilities(body: unknown): ExpiryVolatility[] | Trouble {
  const reply = Envelope(OptionRow).safeParse(body);
  if (!reply.success) return garbled(reply.error);
  const expiries = new Map<number, { forwardUsd: number; strikes: Map<number, number[]> }>();
  for (const row of reply.data.result) {
    const instrument = readInstrument(row.instrument_name);
    const ratio = (row.mark_iv ?? 0) / PERCENT;
    if (instrument?.strikeUsd == null || !row.underlying_price || ratio < VOLATILITY_RANGE.min || ratio > VOLATILITY_RANGE.max) continue;
    const expiry = expiries.get(instrument.expiresAtMs) ?? { forwardUsd: row.underlying_price, strikes: new Map<number, number[]>() };
    expiries.set(instrument.expiresAtMs, expiry);
    expiry.strikes.set(instrument.strikeUsd, [...(expiry.strikes.get(instrument.strikeUsd) ?? []), ratio]);
  }
  return [...expiries]
    .flatMap(([expiresAtMs, { forwardUsd, strikes }]) => {
      const volatilityRatioPerYear = interpolateAt(forwardUsd, strikes);
      const options = [...strikes.values()].reduce((sum, ratios) => sum + ratios.length, 0);
      return volatilityRatioPerYear === null ? [] : [{ expiresAtMs, volatilityRatioPerYear, options }];
    })
    .sort((a, b) => a.expiresAtMs - b.expiresAtMs);
}

function interpolateAt(forwardUsd: number, strikes: Map<number, number[]>): number | null {
  const mean = (ratios: number[]) => ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const sorted = [...strikes].map(([strike, ratios]) => [strike, mean(ratios)] as const).sort(([a], [b]) => a - b);
  const below = sorted.findLast(([strike]) => strike <= forwardUsd);
  const above = sorted.find(([strike]) => strike >= forwardUsd);
  if (below === undefined || above === undefined) return null;
  if (below[0] === above[0]) return below[1];
  return below[1] + ((above[1] - below[1]) * (forwardUsd - below[0])) / (above[0] - below[0]);
}

/** Two requests: futures and options. Options that cannot be read leave `volatilities` empty only together with a trouble for all of it. */
export async function readDeribit(
  baseUrl: string,
  deps: { fetchJson: FetchJson; nowMs: () => number; signal?: AbortSignal },
): Promise<Derivatives | Trouble> {
  const ask = (kind: 'future' | 'option') =>
    deps.fetchJson(endpointUrl(baseUrl, `/api/v2/public/get_book_summary_by_currency?currency=BTC&kind=${kind}`), { signal: deps.signal });
  const [futures, options] = await Promise.all([ask('future'), ask('option')]);
  if (futures.kind !== 'json') return futures;
  if (options.kind !== 'json') return options;
  const parsed = parseFutures(futures.body, deps.nowMs());
  if ('kind' in parsed) return parsed;
  const volatilities = parseVolatilities(options.body);
  return 'kind' in volatilities ? volatilities : { ...parsed, volatilities };
}
