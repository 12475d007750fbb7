/** What prices of bitcoin are quoted in, and the rates that turn other currencies into dollars. */

/** Tether is taken for a dollar, and said to be none (docs/decisions/0109-quote-currencies.md). */
export const PRICE_QUOTES = ['USD', 'USDT'] as const;
export type PriceQuote = (typeof PRICE_QUOTES)[number];

/** Units of a currency for one US dollar: what power is paid in beside the yuan. */
export const RATE_FIGURES = ['eurPerUsd', 'gbpPerUsd', 'cadPerUsd', 'audPerUsd'] as const;
export type RateFigure = (typeof RATE_FIGURES)[number];
