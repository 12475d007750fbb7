/** Where the search for the maximum begins: estimates by regression on lags (Hannan and Rissanen 1982) and neutral points. Pure. */
import { partialAutocorrelations, toFree } from './polynomials.ts';
import type { Specification } from './specification.ts';

/** A neutral point is not zero: there the likelihood of an ar and a ma that cancel is flat. */
const NEUTRAL = 0.1;
/** Coefficients outside of the stationary region are drawn in by this factor until they are inside. */
const SHRINK = 0.9;

/** Free parameters of the process to start from, best guess first. `series`: differenced, with its trend taken out. */
export function listStartingPoints(specification: Specification, series: Float64Array): Float64Array[] {
  const { order, seasonal } = specification;
  const [p, , q] = order;
  const [seasonalP, , seasonalQ, period] = seasonal;
  const count = p + q + seasonalP + seasonalQ;
  if (count === 0) return [new Float64Array(0)];
  const neutral = new Float64Array(count).fill(NEUTRAL);
  neutral.fill(-NEUTRAL, p, p + q);
  const points: Float64Array[] = [];
  const arLags = [...lags(p, 1), ...lags(seasonalP, period)];
  const maLags = [...lags(q, 1), ...lags(seasonalQ, period)];
  const guess = regressOnLags(series, arLags, maLags);
  if (guess !== null) {
    const blocks = [
      guess.slice(0, p),
      guess.slice(arLags.length, arLags.length + q).map((value) => -value),
      guess.slice(p, arLags.length),
      guess.slice(arLags.length + q).map((value) => -value),
    ];
    points.push(Float64Array.from(blocks.flatMap((block) => [...toFree(drawInside(block))!])));
  }
  points.push(neutral);
  // Many likelihoods of mixed models have a second hill where ar and ma are near 1 with opposite effect.
  if (p > 0 && q > 0) {
    const strong = new Float64Array(count);
    strong[0] = 1.5;
    strong[p] = 0.5;
    points.push(strong);
  }
  return points;
}

function lags(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, i) => (i + 1) * step);
}

function drawInside(coefficients: Float64Array): Float64Array {
  let current = coefficients;
  for (let round = 0; round < 60; round += 1) {
    const partial = partialAutocorrelations(current);
    if (partial?.every((value) => Math.abs(value) < 0.98)) return current;
    let factor = 1;
    current = current.map((value) => {
      factor *= SHRINK;
      return value * factor;
    });
  }
  return new Float64Array(coefficients.length);
}

/** Coefficients of a regression on own lags and on lags of the shocks, which a long autoregression estimates; `null` when the series is too short. */
function regressOnLags(series: Float64Array, arLags: readonly number[], maLags: readonly number[]): Float64Array | null {
  const longest = Math.max(...arLags, ...maLags);
  const long = maLags.length === 0 ? 0 : Math.min(Math.max(20, 2 * longest), Math.floor(series.length / 4));
  const begin = long + longest;
  const columns = arLags.length + maLags.length;
  if (series.length - begin < 2 * columns + 2) return null;
  const shocks = new Float64Array(series.length);
  if (maLags.length > 0) {
    const weights = longAutoregression(series, long);
    for (let t = long; t < series.length; t += 1) {
      let value = series[t]!;
      for (let i = 0; i < long; i += 1) value -= weights[i]! * series[t - 1 - i]!;
      shocks[t] = value;
    }
  }
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  const row = new Float64Array(columns);
  for (let t = begin; t < series.length; t += 1) {
    arLags.forEach((lag, i) => {
      row[i] = series[t - lag]!;
    });
    maLags.forEach((lag, i) => {
      row[arLags.length + i] = shocks[t - lag]!;
    });
    for (let i = 0; i < columns; i += 1) {
      right[i] = right[i]! + row[i]! * series[t]!;
      for (let k = 0; k <= i; k += 1) normal[i * columns + k] = normal[i * columns + k]! + row[i]! * row[k]!;
    }
  }
  return solvePositive(normal, right);
}

/** Yule and Walker, by the recursion of Durbin and Levinson. */
function longAutoregression(series: Float64Array, order: number): Float64Array {
  const covariance = Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let t = lag; t < series.length; t += 1) sum += series[t]! * series[t - lag]!;
    return sum;
  });
  const weights = new Float64Array(order);
  let variance = covariance[0]!;
  for (let k = 0; k < order && variance > 0; k += 1) {
    let partial = covariance[k + 1]!;
    for (let i = 0; i < k; i += 1) partial -= weights[i]! * covariance[k - i]!;
    partial /= variance;
    const earlier = weights.slice(0, k);
    for (let i = 0; i < k; i += 1) weights[i] = earlier[i]! - partial * earlier[k - 1 - i]!;
    weights[k] = partial;
    variance *= 1 - partial * partial;
  }
  return weights;
}

/** Cholesky on the lower triangle; `null` when the matrix is not positive. */
function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k <= i; k += 1) {
      let sum = matrix[i * size + k]!;
      for (let j = 0; j < k; j += 1) sum -= matrix[i * size + j]! * matrix[k * size + j]!;
      if (i === k) {
        if (!(sum > 0)) return null;
        matrix[i * size + i] = Math.sqrt(sum);
      } else matrix[i * size + k] = sum / matrix[k * size + k]!;
    }
  }
  for (let i = 0; i < size; i += 1) {
    let value = right[i]!;
    for (let k = 0; k < i; k += 1) value -= matrix[i * size + k]! * right[k]!;
    right[i] = value / matrix[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let value = right[i]!;
    for (let k = i + 1; k < size; k += 1) value -= matrix[k * size + i]! * right[k]!;
    right[i] = value / matrix[i * size + i]!;
  }
  return right;
}
