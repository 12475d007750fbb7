/**
 * Internal rate of return by bisection down to the last bit, so that it shares nothing with a solver that follows slopes.
 * For tests only.
 */

/** Monthly rates that are searched: DOMAIN section 4. */
const MIN_RATIO_PER_MONTH = -0.99;
const MAX_RATIO_PER_MONTH = 10;
const MONTHS_PER_YEAR = 12;

/**
 * `(1+i)^12 - 1` with i in [-0.99, 10] solving `sum flows_k / (1+i)^k = 0`; `null` outside, and unless the flows (zeros left out)
 * change sign exactly once, which is when Descartes' rule promises exactly one root `x = 1/(1+i) > 0`.
 */
export function solveIrrRatioPerYear(flowsUsd: readonly number[]): number | null {
  if (countSignChanges(flowsUsd) !== 1) return null;
  let low = 1 / (1 + MAX_RATIO_PER_MONTH);
  let high = 1 / (1 + MIN_RATIO_PER_MONTH);
  const signAtLow = Math.sign(evaluate(flowsUsd, low));
  const signAtHigh = Math.sign(evaluate(flowsUsd, high));
  if (signAtLow === 0) return toRatioPerYear(low);
  if (signAtHigh === 0) return toRatioPerYear(high);
  if (signAtLow === signAtHigh) return null;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return toRatioPerYear(middle);
    if (Math.sign(evaluate(flowsUsd, middle)) === signAtLow) low = middle;
    else high = middle;
  }
}

/** Changes of sign along the flows, zeros left out. */
function countSignChanges(flowsUsd: readonly number[]): number {
  const signs = flowsUsd.filter((flow) => flow !== 0).map(Math.sign);
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
}

/** `sum flows_k x^k` (Horner). */
function evaluate(flowsUsd: readonly number[], x: number): number {
  return flowsUsd.reduceRight((sum, flow) => sum * x + flow, 0);
}

/** `x^-12 - 1`; through logarithms, which keeps the digits of a small rate. */
function toRatioPerYear(x: number): number {
  return Math.expm1(-MONTHS_PER_YEAR * Math.log(x));
}
