/**
 * The contract that every market source fulfils: one small file a source, one source a figure. Sources know no database and no page;
 * they turn one documented reply into readings, or say which of four things went wrong.
 */
import { type PriceQuote, RATE_FIGURES } from '#engine/units/quotes.ts';
import type { FetchJson } from './fetch-json.ts';

export const MARKET_FIGURES = [
  'height',
  'difficulty',
  'feesBtcPerBlock',
  'priceUsdPerBtc',
  'networkHashrateThs',
  'epochElapsedS',
  'cnyPerUsd',
] as const;
export const COLLECTED_FIGURES = [...MARKET_FIGURES, ...RATE_FIGURES] as const;
export type CollectedFigure = (typeof COLLECTED_FIGURES)[number];

/** A value that may be believed: it had the documented shape and lies in the range that is believed. */
export type Reading = {
  kind: 'reading';
  figure: CollectedFigure;
  value: number;
  /** When the value was true: the source's own time where it gives one, else the moment of asking. */
  observedAtMs: number;
};

/**
 * Four different troubles, never mixed:
 * - `no-answer`: nothing usable came (unreachable, too slow, cut off, an HTTP error).
 * - `garbled`: something came that is not the documented reply.
 * - `refused`: the reply was well formed and is not believed (out of range, sent elsewhere, does not fit its own neighbour).
 * - `not-yet`: the service is well and says that the figure does not exist at this moment. No failure of the source.
 */
export type Trouble = {
  kind: 'no-answer' | 'garbled' | 'refused' | 'not-yet';
  reason: string;
  /** How long the source asked to be left alone (`Retry-After`). Milliseconds. */
  retryAfterMs?: number;
};
export type ReadFailure = Trouble & { figure: CollectedFigure };

export type ReadOutcome = Reading | ReadFailure;

export type MarketSource = {
  /** Short name for people. */
  name: string;
  figures: readonly CollectedFigure[];
  /** Of a source of prices; left out: it gives none. */
  priceQuote?: PriceQuote;
  /** Where a person can check it. Never holds a key: those travel in headers, or are cut off here. */
  url: string;
  /** One outcome per figure of `figures`, in that order. Never throws for what a source may do wrong. */
  read(deps: { fetchJson: FetchJson; nowMs: () => number; signal?: AbortSignal }): Promise<readonly ReadOutcome[]>;
};

/**
 * What is believed of a reading, in the units of the figures: narrower than what a person may type, so that a value in another unit falls out. Each leaves a factor of ten or more on both sides
 * of what was true from 2021 to 2026, unless said.
 */
const BELIEVED: Readonly<Record<CollectedFigure, { min: number; max: number }>> = {
  // Block 900,000 was found in June 2025; block 3,000,000 is due about 2065.
  height: { min: 900_000, max: 3_000_000 },
  difficulty: { min: 1e13, max: 1e17 },
  // The most of a day was 9 (April 2024).
  feesBtcPerBlock: { min: 0, max: 20 },
  priceUsdPerBtc: { min: 1_000, max: 1e7 },
  networkHashrateThs: { min: 5e7, max: 1e12 },
  // 120 days: eight times as slow as planned.
  epochElapsedS: { min: 0, max: 10_368_000 },
  // Between 6.0 and 8.3 since the currency floats; turned upside down it is 0.14.
  cnyPerUsd: { min: 2, max: 30 },
  // A factor of two around 1999 to 2026: a rate that is turned upside down is near enough to be believed, so the base of a reply is checked instead.
  eurPerUsd: { min: 0.3, max: 2.5 },
  gbpPerUsd: { min: 0.2, max: 2 },
  cadPerUsd: { min: 0.5, max: 3.5 },
  audPerUsd: { min: 0.5, max: 4 },
};
/** Blocks without any fee may be; a mean of less than 1,000 sat a block is a sum in another unit. BTC. */
const LEAST_FEES_BTC = 1e-5;

function rangeReason(figure: CollectedFigure, value: number): string | null {
  const { min, max } = BELIEVED[figure];
  // NaN is outside of every range.
  if (!(value >= min && value <= max)) return `${value} is outside [${min}, ${max}]`;
  if (figure === 'height' && !Number.isInteger(value)) return `${value} is not a whole number`;
  if (figure === 'feesBtcPerBlock' && value > 0 && value < LEAST_FEES_BTC) return `${value} is above 0 and below ${LEAST_FEES_BTC}`;
  return null;
}

/** A reading when the value lies in the range that is believed, else `refused`. */
export function judge(figure: CollectedFigure, value: number, observedAtMs: number): ReadOutcome {
  const reason = rangeReason(figure, value);
  return reason === null ? { kind: 'reading', figure, value, observedAtMs } : { kind: 'refused', figure, reason };
}

/** The same trouble for every figure that the reply should have held. */
function failAll(figures: readonly CollectedFigure[], trouble: Trouble): ReadFailure[] {
  return figures.map((figure) => ({ ...trouble, figure }));
}

/** Address under a base that may have a path of its own (a mirror behind a prefix). `path` begins with a slash. */
export function endpointUrl(baseUrl: string, path: string): string {
  return new URL(baseUrl.replace(/\/+$/, '') + path).href;
}

/** Clocks differ by seconds; a source whose clock is further ahead of ours than this cannot be dated. */
const MAX_AHEAD_MS = 2 * 60_000;

/** Why a time that a source gave is not believed; `null`: it is. */
export function futureReason(observedAtMs: number, askedAtMs: number): string | null {
  return observedAtMs > askedAtMs + MAX_AHEAD_MS ? `dated ${Math.round((observedAtMs - askedAtMs) / 1000)} s in the future` : null;
}

/** `judge` for a source that says when its value was true. A time in the future is not believed; how old is too old is the reader's rule. */
export function judgeDated(figure: CollectedFigure, value: number, observedAtMs: number, askedAtMs: number): ReadOutcome {
  const reason = futureReason(observedAtMs, askedAtMs);
  if (reason !== null) return { kind: 'refused', figure, reason };
  return judge(figure, value, Math.min(observedAtMs, askedAtMs));
}

type ParseReply = (body: unknown, askedAtMs: number) => readonly ReadOutcome[] | Trouble;

/** A source of one request: ask, and hand the body to the pure parser. */
export function sourceOfOneReply(
  name: string,
  figures: readonly CollectedFigure[],
  url: string,
  parse: ParseReply,
  headers: Readonly<Record<string, string>> = {},
): MarketSource {
  return {
    name,
    figures,
    url,
    async read({ fetchJson, nowMs, signal }) {
      const reply = await fetchJson(url, { signal, headers });
      if (reply.kind !== 'json') return failAll(figures, reply);
      const parsed = parse(reply.body, nowMs());
      return 'kind' in parsed ? failAll(figures, parsed) : parsed;
    },
  };
}

/** `sourceOfOneReply` for a price of bitcoin. */
export function priceSource(
  name: string,
  priceQuote: PriceQuote,
  url: string,
  parse: ParseReply,
  headers?: Readonly<Record<string, string>>,
): MarketSource {
  return { ...sourceOfOneReply(name, ['priceUsdPerBtc'], url, parse, headers), priceQuote };
}
