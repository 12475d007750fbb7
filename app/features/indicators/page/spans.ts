/** Stretches of candles that the page shows, by the values of its parameters; `null`: all of them. */
export const SPANS = {
  '1d': { '90d': 90, '1y': 365, '4y': 1461, all: null },
  '1h': { '7d': 168, '30d': 720, '60d': 1440 },
} as const;
export type Interval = keyof typeof SPANS;
export type Span = { [I in Interval]: keyof (typeof SPANS)[I] }[Interval];

export const INTERVALS = Object.keys(SPANS) as Interval[];
export const listSpans = (interval: Interval): Span[] => Object.keys(SPANS[interval]) as Span[];

/** What is shown where only the candles are chosen. */
export const FIRST_SPAN = { '1d': '1y', '1h': '7d' } as const;

/** Candles of a span; `null` for all. */
export function countCandles(interval: Interval, span: Span): number | null {
  const counts: Partial<Record<Span, number | null>> = SPANS[interval];
  return counts[span] ?? null;
}

/** Does it reach over so many times its own price that only a logarithm shows all of it? */
export const isLongSpan = (span: Span): boolean => span === '4y' || span === 'all';
