/**
 * How a proven gap is written, everywhere: money to the cent, a ratio with two digits that count, both rounded up, because a proof may not promise more than it
 * holds. Under a cent it is said so, in words. Exact figures are in the JSON. Pure.
 */
import type { Format } from '#app/ui/format.ts';
import type { Texts } from './use-what-if.ts';

const CENTS_PER_USD = 100;
const PERCENT_PER_RATIO = 100;
const CENT_USD = 1 / CENTS_PER_USD;
const DIGITS_THAT_COUNT = 2;
/** Finer than any gap that is told; below it binary rounding alone decides. */
const MOST_DECIMALS = 9;
/** Relative rounding of a double, some times over: 0.14 must not become 0.15. */
const ROUNDING = 1e-9;

function roundUp(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.ceil(value * scale * (1 - ROUNDING)) / scale;
}

/** Whether `gapUsd` is nothing on a screen that shows cents. */
export function isUnderCent(gapUsd: number): boolean {
  return gapUsd < CENT_USD * (1 - ROUNDING);
}

/** "$0.15", or "less than a cent". `gapUsd` >= 0. */
export function sayGapUsd(t: Texts, format: Format, gapUsd: number): string {
  return isUnderCent(gapUsd) ? t('gap.underCent') : format.usd(roundUp(gapUsd, 2), 2);
}

/** "0.11%", "0.00064%". `gapRatio` >= 0: gap / max(1 USD, |value|). */
export function sayGapRatio(format: Format, gapRatio: number): string {
  const percent = gapRatio * PERCENT_PER_RATIO;
  if (percent === 0) return format.percent(0, 0);
  const decimals = (value: number) => Math.min(MOST_DECIMALS, Math.max(0, DIGITS_THAT_COUNT - 1 - Math.floor(Math.log10(value))));
  // Rounding up may carry into one digit more: 0.0996 is 0.10.
  const rounded = roundUp(percent, decimals(percent));
  return format.percent(rounded / PERCENT_PER_RATIO, decimals(rounded));
}
