/**
 * How price and network hash rate have moved: drift, volatility and correlation of their logarithms over the months before an instant. Pure; looks at nothing that was not known then.
 */
import type { Series } from '#app/features/market/history/series-format.ts';
import { valueAt } from '#app/features/market/history/series-format.ts';
import { S_PER_MONTH } from '#engine/units/constants.ts';
import { type Epoch, knownUntilMs, logHashrateAt } from './network-history.ts';

export type Motion = {
  /** Growth of the median path: e^(mean monthly change of the logarithm) - 1. */
  priceGrowthRatioPerMonth: number;
  /** Standard deviation of monthly changes times the root of 12. */
  priceVolatilityPerYear: number;
  networkGrowthRatioPerMonth: number;
  networkVolatilityPerYear: number;
  correlation: number;
  /** Standard errors of the estimates, were the months independent: of the drifts (per month), relative of the volatilities. */
  standardErrors: { priceGrowthRatioPerMonth: number; networkGrowthRatioPerMonth: number; volatilityRatio: number };
  /** Months the estimate rests on: from, to (UTC), how many. */
  window: { fromAt: string; toAt: string; months: number };
};

/** An estimate with the names of the series it was made from. */
export type ShippedMotion = Motion & { sources: { price: string; network: string } };

const MONTH_MS = S_PER_MONTH * 1000;
const MONTHS_PER_YEAR = 12;

type Change = { price: number; network: number };

/** Changes of both logarithms over whole months of 30.4375 days that end at `untilMs`, newest first; `null` when a month is not covered. */
function listChanges(closes: Series, epochs: readonly Epoch[], untilMs: number, months: number): Change[] | null {
  const changes: Change[] = [];
  for (let k = 0; k < months; k++) {
    const [toMs, fromMs] = [untilMs - k * MONTH_MS, untilMs - (k + 1) * MONTH_MS];
    const [priceTo, priceFrom] = [valueAt(closes, toMs), valueAt(closes, fromMs)];
    const [networkTo, networkFrom] = [logHashrateAt(epochs, toMs), logHashrateAt(epochs, fromMs)];
    if (priceTo === null || priceFrom === null || networkTo === null || networkFrom === null) return null;
    changes.push({ price: Math.log(priceTo / priceFrom), network: networkTo - networkFrom });
  }
  return changes;
}

/** Estimates from the `months` months up to the last whole epoch and the last close before `asOfMs`; `null` when the history is too short. */
export function estimateMotion(closes: Series, epochs: readonly Epoch[], asOfMs: number, months: number): Motion | null {
  const networkUntilMs = knownUntilMs(epochs, asOfMs);
  if (networkUntilMs === null || months < 2) return null;
  // The close of a day is known when the day is over.
  const stepMs = closes.stepS * 1000;
  const priceUntilMs = Math.min(asOfMs - stepMs, closes.startAtMs + closes.values.length * stepMs - 1);
  const untilMs = Math.min(networkUntilMs, priceUntilMs);
  const changes = listChanges(closes, epochs, untilMs, months);
  if (changes === null) return null;
  const meanOf = (name: keyof Change) => changes.reduce((sum, change) => sum + change[name], 0) / months;
  const means: Change = { price: meanOf('price'), network: meanOf('network') };
  const covariance = (a: keyof Change, b: keyof Change) =>
    changes.reduce((sum, change) => sum + (change[a] - means[a]) * (change[b] - means[b]), 0) / (months - 1);
  const [price, network] = [Math.sqrt(covariance('price', 'price')), Math.sqrt(covariance('network', 'network'))];
  return {
    priceGrowthRatioPerMonth: Math.expm1(means.price),
    priceVolatilityPerYear: price * Math.sqrt(MONTHS_PER_YEAR),
    networkGrowthRatioPerMonth: Math.expm1(means.network),
    networkVolatilityPerYear: network * Math.sqrt(MONTHS_PER_YEAR),
    correlation: price === 0 || network === 0 ? 0 : covariance('price', 'network') / (price * network),
    standardErrors: {
      priceGrowthRatioPerMonth: price / Math.sqrt(months),
      networkGrowthRatioPerMonth: network / Math.sqrt(months),
      volatilityRatio: 1 / Math.sqrt(2 * (months - 1)),
    },
    window: { fromAt: new Date(untilMs - months * MONTH_MS).toISOString(), toAt: new Date(untilMs).toISOString(), months },
  };
}
