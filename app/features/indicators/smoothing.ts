/** Exponential smoothing, seeded by the simple mean of the first `period` values: the convention of TA-Lib and Stock.Indicators. Pure but for `out`. */

/** Weight of a new value in an exponential moving average: `2 / (period + 1)`. */
export function emaWeight(period: number): number {
  return 2 / (period + 1);
}

/** Weight of a new value in Wilder's smoothing: `1 / period`. */
export function wilderWeight(period: number): number {
  return 1 / period;
}

/** Simple mean of `count` values from `from` on; NaN when there are not so many. */
export function meanOf(values: Float64Array, from: number, count: number): number {
  if (from + count > values.length) return Number.NaN;
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i]!;
  return sum / count;
}

/** The average after a new value: `average + weight (value - average)`, which leaves a constant exactly where it is. A weight of 1 remembers nothing, not even in the last digits. */
export function follow(average: number, value: number, weight: number): number {
  return weight === 1 ? value : average + weight * (value - average);
}

/** `y[i] = y[i-1] + weight (x[i] - y[i-1])` from `from + period - 1` on, where y is the mean of the first `period` values. Values before `from` are not read. */
export function smooth(values: Float64Array, from: number, period: number, weight: number, out: Float64Array): void {
  const first = from + period - 1;
  let last = meanOf(values, from, period);
  // After the mean is taken, so that a series may be smoothed in place.
  out.fill(Number.NaN, 0, Math.min(first, out.length));
  if (first >= values.length) return;
  out[first] = last;
  for (let i = first + 1; i < values.length; i++) {
    last = follow(last, values[i]!, weight);
    out[i] = last;
  }
}
