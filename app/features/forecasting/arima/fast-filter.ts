/**
 * The Kalman filter of a stationary ARMA process in O(size) a step: the covariance of the state changes by a matrix of rank one from step to step (Morf, Sidhu and Kailath 1974; Pearlman 1980), so that
 * no covariance is carried. Exact, not an approximation: it gives the innovations of the plain filter. Where the gain has settled it is left alone. Pure.
 */
import { type StateForm, stationaryColumn } from './stationary-state.ts';

/** The gain has settled when what is left of its change cannot move a variance by this share. */
const SETTLED = 1e-15;

export type Filtered = {
  /** Innovations over the root of their variance, one row for each column that was filtered; in units of the shock's deviation. */
  standardised: Float64Array[];
  /** Variance of each innovation over the shock's. */
  variances: Float64Array;
  /** Σ ln of `variances`. */
  logDeterminant: number;
  /** Prediction of the state after the last value, for each column. */
  states: Float64Array[];
};

/**
 * Filters columns of one length with one process: the series and its regressors go through the same linear filter. `null` when the process has no stationary start or its variances are lost to rounding.
 */
export function filterColumns(form: StateForm, columns: readonly ArrayLike<number>[]): Filtered | null {
  const { size, ar } = form;
  const start = stationaryColumn(form);
  if (start === null) return null;
  const length = columns[0]!.length;
  const variances = new Float64Array(length);
  const standardised = columns.map(() => new Float64Array(length));
  const states = columns.map(() => new Float64Array(size));
  const gain = new Float64Array(size);
  const change = new Float64Array(size);
  let variance = start[0]!;
  for (let i = 0; i < size; i += 1) {
    gain[i] = ar[i]! + (i + 1 < size ? start[i + 1]! : 0) / variance;
    change[i] = gain[i]!;
  }
  let weight = -variance;
  let logDeterminant = 0;
  let isSettled = false;
  for (let t = 0; t < length; t += 1) {
    if (!(variance > 0) || !Number.isFinite(variance)) return null;
    variances[t] = variance;
    logDeterminant += Math.log(variance);
    const root = Math.sqrt(variance);
    for (let c = 0; c < columns.length; c += 1) {
      const state = states[c]!;
      const level = state[0]!;
      const innovation = columns[c]![t]! - level;
      standardised[c]![t] = innovation / root;
      for (let i = 0; i < size - 1; i += 1) state[i] = ar[i]! * level + state[i + 1]! + gain[i]! * innovation;
      state[size - 1] = ar[size - 1]! * level + gain[size - 1]! * innovation;
    }
    if (isSettled) continue;
    const head = change[0]!;
    const next = variance + weight * head * head;
    let largest = 0;
    for (let i = 0; i < size; i += 1) {
      const moved = ar[i]! * head + (i + 1 < size ? change[i + 1]! : 0);
      const before = gain[i]!;
      gain[i] = (before * variance + weight * head * moved) / next;
      change[i] = moved - before * head;
      largest = Math.max(largest, Math.abs(change[i]!));
    }
    weight = (weight * variance) / next;
    variance = next;
    isSettled = Math.abs(weight) * largest * largest < SETTLED * variance;
  }
  return { standardised, variances, logDeterminant, states };
}
