/** What the price did in the year before the instant it is of: a price of last winter is not held to the winter before ours. Pure. */
import { isLastKnown } from '#app/features/market/describe-market-age.ts';
import type { MarketFigure } from '#app/features/market/snapshot.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

export type YearChange = {
  priceUsdPerBtc: number;
  /** Above 0: risen. */
  changeRatio: number;
  atMs: number;
  /** It is only the last known one. */
  isOld: boolean;
};

/** `close`: closes of UTC days from `startAtMs` on. Null: the price, its time or the close of a year before is not known. */
export function findYearChange(
  price: MarketFigure,
  close: readonly (number | null)[],
  startAtMs: number,
  nowMs: number,
): YearChange | null {
  if (price.value === null || price.at === null) return null;
  const atMs = Date.parse(price.at);
  const before = close[Math.floor((atMs - startAtMs) / DAY_MS) - YEAR_DAYS] ?? null;
  if (before === null) return null;
  return {
    priceUsdPerBtc: price.value,
    changeRatio: price.value / before - 1,
    atMs,
    isOld: isLastKnown('priceUsdPerBtc', price, nowMs),
  };
}
