/** The slow, obvious twins of windows.ts: every window written out. For tests and benchmarks. */

/** A number of every window, `from` its first index, `to` its last; NaN before there is a whole one. */
function mapWindows(length: number, period: number, of: (from: number, to: number) => number): number[] {
  return Array.from({ length }, (_, i) => (i < period - 1 ? Number.NaN : of(i - period + 1, i)));
}

export function naiveSum(values: Float64Array, period: number): number[] {
  return mapWindows(values.length, period, (from, to) => {
    let sum = 0;
    for (let i = from; i <= to; i++) sum += values[i]!;
    return sum;
  });
}

export function naiveWeightedSum(values: Float64Array, period: number): number[] {
  return mapWindows(values.length, period, (from, to) => {
    let sum = 0;
    for (let i = from; i <= to; i++) sum += (i - from + 1) * values[i]!;
    return sum;
  });
}

export function naiveMoments(values: Float64Array, period: number): { mean: number[]; deviation: number[] } {
  const mean = naiveSum(values, period).map((sum) => sum / period);
  const deviation = mapWindows(values.length, period, (from, to) => {
    let squares = 0;
    for (let i = from; i <= to; i++) squares += (values[i]! - mean[to]!) ** 2;
    return Math.sqrt(squares / period);
  });
  return { mean, deviation };
}

export function naiveExtreme(values: Float64Array, period: number, sign: 1 | -1): number[] {
  return mapWindows(values.length, period, (from, to) => {
    let best = values[from]!;
    for (let i = from; i <= to; i++) best = sign * Math.max(sign * best, sign * values[i]!);
    return best;
  });
}

export function naiveAge(values: Float64Array, period: number, sign: 1 | -1): number[] {
  return mapWindows(values.length, period, (from, to) => {
    let best = from;
    for (let i = from; i <= to; i++) if (sign * values[i]! > sign * values[best]!) best = i;
    return to - best;
  });
}
