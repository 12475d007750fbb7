/** Differences of a series and the way back. Pure. */
import { multiplySeasonal } from './polynomials.ts';

/** `(1 - B)^plain (1 - B^period)^seasonal`. */
export type Differencing = { plain: number; seasonal: number; period: number };

/** Values lost at the start. */
export function countLost({ plain, seasonal, period }: Differencing): number {
  return plain + seasonal * period;
}

/** Weights `w` with `y_t = x_t + Σ w_i y_{t-i}`, where x is the differenced series. */
export function toLevelWeights({ plain, seasonal, period }: Differencing): Float64Array {
  let weights: Float64Array = new Float64Array(0);
  for (let k = 0; k < plain; k += 1) weights = multiplySeasonal([1], weights, 1);
  for (let k = 0; k < seasonal; k += 1) weights = multiplySeasonal(weights, [1], period);
  return weights;
}

/** The differenced series; shorter by `countLost`. */
export function difference(values: ArrayLike<number>, differencing: Differencing): Float64Array {
  let current = Float64Array.from(values);
  const take = (lag: number) => {
    current = current.subarray(lag).map((value, i) => value - current[i]!);
  };
  for (let k = 0; k < differencing.seasonal; k += 1) take(differencing.period);
  for (let k = 0; k < differencing.plain; k += 1) take(1);
  return current;
}

/** Levels that follow `past` when the differenced series goes on with `steps`. */
export function integrate(past: ArrayLike<number>, steps: ArrayLike<number>, differencing: Differencing): Float64Array {
  const weights = toLevelWeights(differencing);
  const known = Float64Array.from({ length: weights.length + steps.length });
  for (let i = 0; i < weights.length; i += 1) known[i] = past[past.length - weights.length + i]!;
  for (let step = 0; step < steps.length; step += 1) {
    const at = weights.length + step;
    let level = steps[step]!;
    for (let i = 0; i < weights.length; i += 1) level += weights[i]! * known[at - 1 - i]!;
    known[at] = level;
  }
  return known.slice(weights.length);
}
