/** What a forecaster is to the back-test, and the two plain ones that every other must beat. Everything is on the natural logarithm: errors are shares of the value, in 2015 as in 2025. Pure. */
import { DEVIATE_80, DEVIATE_95 } from '../arima/distributions.ts';

/** Shares of outcomes at or below each quantile of a forecast. */
export const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975] as const;
/** Standard normal deviates of LEVELS. */
export const LEVEL_DEVIATES = [-DEVIATE_95, -DEVIATE_80, 0, DEVIATE_80, DEVIATE_95] as const;

/** One value for each of LEVELS, ascending. */
export type Quantiles = readonly number[];

export const HORIZONS_DAYS = [1, 7, 30, 90] as const;

/** `known`: logarithms of one value a day up to the origin and nothing after it. One entry of the result for each of HORIZONS_DAYS, of the logarithm. */
export type Forecaster = (known: Float64Array) => Quantiles[];

/** The last value stays. Its interval is what the past did: quantiles of the absolute change over as many days, in the window before the origin, up and down alike. */
export const forecastNaive: Forecaster = (known) => {
  const last = known.at(-1)!;
  return HORIZONS_DAYS.map((days) => {
    const changes = new Float64Array(known.length - days);
    for (let t = days; t < known.length; t += 1) changes[t - days] = Math.abs(known[t]! - known[t - days]!);
    return aroundUnchanged(last, changes);
  });
};

/** Quantiles around `last` whose distances are those of past absolute changes. */
export function aroundUnchanged(last: number, changes: Float64Array): Quantiles {
  changes.sort();
  const [inner, outer] = [quantileOf(changes, 0.8), quantileOf(changes, 0.95)];
  return [last - outer, last - inner, last, last + inner, last + outer];
}

/** The mean daily change goes on: a random walk with drift, normal, with the uncertainty of the drift itself. */
export const forecastDrift: Forecaster = (known) => {
  const count = known.length - 1;
  const drift = (known[count]! - known[0]!) / count;
  let squares = 0;
  for (let t = 1; t <= count; t += 1) squares += (known[t]! - known[t - 1]! - drift) ** 2;
  const variance = squares / (count - 1);
  return HORIZONS_DAYS.map((days) => normalQuantiles(known[count]! + drift * days, variance * days * (1 + days / count)));
};

export function normalQuantiles(mean: number, variance: number): Quantiles {
  return LEVEL_DEVIATES.map((deviate) => mean + deviate * Math.sqrt(variance));
}

/** The smallest of the sorted values that at least this share does not exceed. */
export function quantileOf(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}
