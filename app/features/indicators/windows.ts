/**
 * Sums, weighted sums, moments and extremes of every window of a series in one pass, O(n) whatever the window. The series is cut into blocks as long as the window, so that every window
 * is the tail of one block and the head of the next: two parts that are only ever put together, never taken apart. Nothing is subtracted, so nothing cancels and nothing drifts, and an
 * unknown value (NaN) makes unknown exactly the windows that hold it. (van Herk 1992, Gil and Werman 1993, for extremes; the same cut serves sums.)
 *
 * All functions fill `out` (as long as `values`); the first `period - 1` values are NaN. Pure but for `out`.
 */

/** Sum of the last `period` values. */
export function rollingSum(values: Float64Array, period: number, out: Float64Array): void {
  const tails = new Float64Array(period + 1);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(start + period, values.length);
    let head = 0;
    for (let i = start; i < end; i++) {
      head += values[i]!;
      out[i] = i < period - 1 ? Number.NaN : head + tails[i - start + 1]!;
    }
    if (end - start < period) return;
    let tail = 0;
    for (let k = period - 1; k >= 0; k--) {
      tail += values[start + k]!;
      tails[k] = tail;
    }
  }
}

/** Sum of the last `period` values with weights 1 (the oldest) to `period` (the newest). */
export function rollingWeightedSum(values: Float64Array, period: number, out: Float64Array): void {
  const tails = new Float64Array(period + 1);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(start + period, values.length);
    let head = 0;
    let weightedHead = 0;
    for (let i = start; i < end; i++) {
      const count = i - start + 1;
      head += values[i]!;
      weightedHead += count * values[i]!;
      // The head's own weights start at 1; the tail before it has taken `period - count` of them.
      out[i] = i < period - 1 ? Number.NaN : tails[count]! + weightedHead + (period - count) * head;
    }
    if (end - start < period) return;
    let tail = 0;
    let weightedTail = 0;
    for (let k = period - 1; k >= 0; k--) {
      tail += values[start + k]!;
      weightedTail += tail;
      tails[k] = weightedTail;
    }
  }
}

/**
 * Mean and population standard deviation of the last `period` values. Parts are put together as Chan, Golub and LeVeque (1979) do, so that a constant series has a deviation of exactly 0
 * and a small one on a large level keeps its digits.
 */
export function rollingMoments(values: Float64Array, period: number, mean: Float64Array, deviation: Float64Array): void {
  const tailMeans = new Float64Array(period + 1);
  const tailSquares = new Float64Array(period + 1);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(start + period, values.length);
    let headMean = 0;
    let headSquares = 0;
    for (let i = start; i < end; i++) {
      const count = i - start + 1;
      const before = values[i]! - headMean;
      headMean += before / count;
      headSquares += before * (values[i]! - headMean);
      if (i < period - 1) {
        mean[i] = Number.NaN;
        deviation[i] = Number.NaN;
        continue;
      }
      const rest = period - count;
      const apart = rest === 0 ? 0 : tailMeans[count]! - headMean;
      mean[i] = headMean + (apart * rest) / period;
      deviation[i] = Math.sqrt((headSquares + (rest === 0 ? 0 : tailSquares[count]!) + (apart * apart * rest * count) / period) / period);
    }
    if (end - start < period) return;
    let tailMean = 0;
    let tailSquare = 0;
    for (let k = period - 1; k >= 0; k--) {
      const before = values[start + k]! - tailMean;
      tailMean += before / (period - k);
      tailSquare += before * (values[start + k]! - tailMean);
      tailMeans[k] = tailMean;
      tailSquares[k] = tailSquare;
    }
  }
}

/** The one of two that is farther (`sign` 1: larger, -1: smaller); unknown where either is. */
function farther(a: number, b: number, sign: 1 | -1): number {
  return sign * b > sign * a || Number.isNaN(b) ? b : a;
}

/** Largest (`sign` 1) or smallest (`sign` -1) of the last `period` values. */
export function rollingExtreme(values: Float64Array, period: number, sign: 1 | -1, out: Float64Array): void {
  const none = -sign * Number.POSITIVE_INFINITY;
  const tails = new Float64Array(period + 1).fill(none);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(start + period, values.length);
    let head = none;
    for (let i = start; i < end; i++) {
      head = farther(head, values[i]!, sign);
      out[i] = i < period - 1 ? Number.NaN : farther(head, tails[i - start + 1]!, sign);
    }
    if (end - start < period) return;
    let tail = none;
    for (let k = period - 1; k >= 0; k--) {
      tail = farther(tail, values[start + k]!, sign);
      tails[k] = tail;
    }
  }
}

/** How many values ago the last `period` values had their largest one (`sign` 1) or smallest one (`sign` -1); of equal ones the oldest. */
export function rollingAge(values: Float64Array, period: number, sign: 1 | -1, out: Float64Array): void {
  const tails = new Int32Array(period);
  for (let start = 0; start < values.length; start += period) {
    const end = Math.min(start + period, values.length);
    let head = start;
    for (let i = start; i < end; i++) {
      if (sign * values[i]! > sign * values[head]!) head = i;
      const k = i - start + 1;
      const tail = k < period && start > 0 ? tails[k]! : head;
      out[i] = i < period - 1 ? Number.NaN : i - (sign * values[tail]! >= sign * values[head]! ? tail : head);
    }
    if (end - start < period) return;
    let tail = start + period - 1;
    for (let k = period - 1; k >= 0; k--) {
      if (sign * values[start + k]! >= sign * values[tail]!) tail = start + k;
      tails[k] = tail;
    }
  }
}
