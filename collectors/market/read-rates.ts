/** Rates of currencies for one US dollar, out of a reply that names them by their codes. */
import type { CollectedFigure, ReadOutcome } from './source.ts';

const FIGURE_OF = {
  CNY: 'cnyPerUsd',
  EUR: 'eurPerUsd',
  GBP: 'gbpPerUsd',
  CAD: 'cadPerUsd',
  AUD: 'audPerUsd',
} as const satisfies Record<string, CollectedFigure>;

export const RATE_SYMBOLS = Object.keys(FIGURE_OF) as (keyof typeof FIGURE_OF)[];
export const RATES = Object.values(FIGURE_OF);

/** One outcome a currency, in the order of `RATES`: a rate that is missing or no number leaves the others as they are. */
export function readRates(
  rates: Readonly<Record<string, unknown>>,
  judgeRate: (figure: CollectedFigure, value: number) => ReadOutcome,
): ReadOutcome[] {
  return RATE_SYMBOLS.map((symbol) => {
    const figure = FIGURE_OF[symbol];
    const value = rates[symbol];
    return typeof value === 'number' ? judgeRate(figure, value) : { kind: 'garbled', figure, reason: `no rate of ${symbol}` };
  });
}
