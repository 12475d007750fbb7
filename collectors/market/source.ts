/**
 * The contract that every market source fulfils: one small file a source, one source a figure. Sources know no database and no page;
 * they turn one documented reply into readings, or say which of three things went wrong.
 */
import { findFieldError } from '#engine/units/fields.ts';
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
export type CollectedFigure = (typeof MARKET_FIGURES)[number];

/** A value that may be believed: it had the documented shape and lies in the range of its field. */
export type Reading = {
  kind: 'reading';
  figure: CollectedFigure;
  value: number;
  /** When the value was true: the source's own time where it gives one, else the moment of asking. */
  observedAtMs: number;
};

/**
 * Three different troubles, never mixed:
 * - `no-answer`: nothing usable came (unreachable, too slow, cut off, an HTTP error).
 * - `garbled`: something came that is not the documented reply.
 * - `refused`: the reply was well formed and is not believed (out of range, sent elsewhere, does not fit its own neighbour).
 */
export type Trouble = {
  kind: 'no-answer' | 'garbled' | 'refused';
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
  /** Where a person can check it. Never holds a key: those travel in headers, or are cut off here. */
  url: string;
  /** One outcome per figure of `figures`, in that order. Never throws for what a source may do wrong. */
  read(deps: { fetchJson: FetchJson; nowMs: () => number; signal?: AbortSignal }): Promise<readonly ReadOutcome[]>;
};

/**
 * CNY for a US dollar: since the currency floats it was between 6.0 and 8.3. The range is wide enough for a crisis and narrow
 * enough for a rate turned upside down (0.14) or one of another currency pair.
 */
const CNY_PER_USD_MIN = 2;
const CNY_PER_USD_MAX = 30;

function rangeReason(figure: CollectedFigure, value: number): string | null {
  if (figure === 'cnyPerUsd') {
    return value >= CNY_PER_USD_MIN && value <= CNY_PER_USD_MAX ? null : `${value} is outside [${CNY_PER_USD_MIN}, ${CNY_PER_USD_MAX}]`;
  }
  const error = findFieldError(figure, value);
  return error === null ? null : `${value}: ${error.code}, range ${error.minExclusive ? '(' : '['}${error.min}, ${error.max}]`;
}

/** A reading when the value lies in its field's range, else `refused`. */
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

/** `judge` for a source that says when its value was true. A time in the future is not believed; how old is too old is the reader's rule. */
export function judgeDated(figure: CollectedFigure, value: number, observedAtMs: number, askedAtMs: number): ReadOutcome {
  if (observedAtMs > askedAtMs + MAX_AHEAD_MS) {
    return { kind: 'refused', figure, reason: `dated ${Math.round((observedAtMs - askedAtMs) / 1000)} s in the future` };
  }
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
