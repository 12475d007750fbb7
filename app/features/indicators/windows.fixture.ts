/** The slow, obvious twins of windows.ts: every window written out. For tests and benchmarks. */

function mapWindows(values: Float64Array, period: number, of: (window: Float64Array) => number): number[] {
  return Array.from(values, (_, i) => (i < period - 1 ? Number.NaN : of(values.subarray(i - period + 1, i + 1))));
}

export function naiveSum(values: Float64Array, period: number): number[] {
  return mapWindows(values, period, (window) => window.reduce((sum, value) => sum + value, 0));
}

export function naiveWeightedSum(values: Float64Array, period: number): number[] {
  return mapWindows(values, period, (window) => window.reduce((sum, value, k) => sum + (k + 1) * value, 0));
}

export function naiveMoments(values: Float64Array, period: number): { mean: number[]; deviation: number[] } {
  const meanOf = (window: Float64Array) => window.reduce((sum, value) => sum + value, 0) / window.length;
  return {
    mean: mapWindows(values, period, meanOf),
    deviation: mapWindows(values, period, (window) => {
      const mean = meanOf(window);
      return Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / window.length);
    }),
  };
}

export function naiveExtreme(values: Float64Array, period: number, pick: (...numbers: number[]) => number): number[] {
  return mapWindows(values, period, (window) => window.reduce((best, value) => pick(best, value)));
}

export function naiveAge(values: Float64Array, period: number, sign: 1 | -1): number[] {
  return mapWindows(values, period, (window) => {
    const best = window.reduce((extreme, value) => (sign * value > sign * extreme ? value : extreme));
    return window.length - 1 - window.indexOf(best);
  });
}
