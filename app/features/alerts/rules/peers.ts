/** What machines of one kind have in common: median and spread, for finding the one that differs. Pure. */

/** Makes the median absolute deviation of normal values their standard deviation: 1 / Φ⁻¹(3/4). */
export const MAD_TO_DEVIATION = 1.4826;
/** Machines that agree to the last digit must not make a thousandth an outlier: the spread is at least this share of the median. */
const LEAST_SPREAD_RATIO = 0.01;

export type PeerSpread = { count: number; median: number; deviation: number };

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Null for no values. */
export function toSpread(values: readonly number[]): PeerSpread | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const median = medianOf(sorted);
  for (let index = 0; index < sorted.length; index += 1) sorted[index] = Math.abs((sorted[index] ?? 0) - median);
  const mad = medianOf(sorted.sort());
  return { count: values.length, median, deviation: Math.max(mad * MAD_TO_DEVIATION, Math.abs(median) * LEAST_SPREAD_RATIO) };
}
