/** Quantile of the standard normal distribution that leaves 2.5 % on each side. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's 95 % interval of a share: `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)` (Wilson 1927). Stays within 0..1 and is honest for few cases, where the usual one is not.
 * `ratio` 0..1, `count` above 0.
 */
export function findWilsonInterval(ratio: number, count: number): { low: number; high: number } {
  const square = Z_95 ** 2 / count;
  const middle = ratio + square / 2;
  const reach = Z_95 * Math.sqrt((ratio * (1 - ratio)) / count + square / (4 * count));
  const scale = 1 + square;
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}
