/**
 * Forecasts of a fitted model with the variance of their errors. The state's own uncertainty at the end of the series is carried exactly; that of the estimated parameters is not (as in the references). Pure.
 */
import { difference, integrate, toLevelWeights } from './differencing.ts';
import type { Fit } from './fit-arima.ts';
import { listTrendColumns, trendValue } from './specification.ts';
import { type StateForm, stationaryCovariance } from './stationary-state.ts';

export type ForecastStep = {
  /** Of the series as it was fitted. */
  mean: number;
  /** Variance of the forecast's error. */
  variance: number;
};

/** The plain filter with its covariance, O(size²) a step: prediction of the state after the last value, and its covariance over the shock's variance. */
export function filterWithCovariance(
  form: StateForm,
  series: ArrayLike<number>,
): { state: Float64Array; covariance: Float64Array; innovations: Float64Array } {
  const { size, ar, shock } = form;
  let covariance: Float64Array | null = stationaryCovariance(form);
  if (covariance === null) throw new Error('a fitted process is stationary');
  let next: Float64Array = new Float64Array(size * size);
  const state = new Float64Array(size);
  const innovations = new Float64Array(series.length);
  for (let t = 0; t < series.length; t += 1) {
    const variance = covariance[0]!;
    const level = state[0]!;
    const innovation = series[t]! - level;
    innovations[t] = innovation;
    for (let i = 0; i < size; i += 1) {
      const below = i + 1 < size ? covariance[(i + 1) * size]! : 0;
      state[i] = ar[i]! * level + (i + 1 < size ? state[i + 1]! : 0) + (ar[i]! + below / variance) * innovation;
    }
    for (let i = 0; i < size; i += 1)
      for (let k = 0; k <= i; k += 1) {
        const isInside = i + 1 < size;
        const kept = isInside
          ? covariance[(i + 1) * size + k + 1]! - (covariance[(i + 1) * size]! * covariance[(k + 1) * size]!) / variance
          : 0;
        next[i * size + k] = kept + shock[i]! * shock[k]!;
        next[k * size + i] = next[i * size + k]!;
      }
    [covariance, next] = [next, covariance];
  }
  return { state, covariance, innovations };
}

/** `values`: the series as it was fitted (logarithms, if those were). `horizon`: steps, > 0. */
export function forecastArima(values: ArrayLike<number>, fit: Fit, horizon: number): ForecastStep[] {
  const { specification, process, coefficients, variance } = fit;
  const differencing = { plain: specification.order[1], seasonal: specification.seasonal[1], period: specification.seasonal[3] };
  const columns = listTrendColumns(specification.trend);
  const trendAt = (index: number) => columns.reduce((sum, column, c) => sum + coefficients[c]! * trendValue(column, index), 0);
  const series = difference(values, differencing).map((value, t) => value - trendAt(t));
  const { state, covariance } = filterWithCovariance(process, series);
  const { size, ar } = process;

  const steps = new Float64Array(horizon);
  const moving = Float64Array.from(state);
  for (let h = 0; h < horizon; h += 1) {
    steps[h] = moving[0]! + trendAt(series.length + h);
    advance(moving, ar);
  }
  const means = integrate(values, steps, differencing);

  // What a unit of each element of the state is worth in the level, step by step.
  const weights = toLevelWeights(differencing);
  const responses = Array.from({ length: size }, (_, i) => {
    const unit = new Float64Array(size);
    unit[i] = 1;
    const response = new Float64Array(horizon);
    for (let h = 0; h < horizon; h += 1) {
      let level = unit[0]!;
      for (let k = 0; k < Math.min(h, weights.length); k += 1) level += weights[k]! * response[h - 1 - k]!;
      response[h] = level;
      advance(unit, ar);
    }
    return response;
  });
  const result: ForecastStep[] = [];
  let shocks = 0;
  for (let h = 0; h < horizon; h += 1) {
    let own = 0;
    for (let i = 0; i < size; i += 1)
      for (let k = 0; k < size; k += 1) own += responses[i]![h]! * covariance[i * size + k]! * responses[k]![h]!;
    result.push({ mean: means[h]!, variance: variance * (own + shocks) });
    // The shock of the next step will have this effect on the level h steps after it.
    let effect = 0;
    for (let i = 0; i < size; i += 1) effect += responses[i]![h]! * process.shock[i]!;
    shocks += effect * effect;
  }
  return result;
}

function advance(state: Float64Array, ar: Float64Array): void {
  const level = state[0]!;
  const size = state.length;
  for (let i = 0; i < size; i += 1) state[i] = ar[i]! * level + (i + 1 < size ? state[i + 1]! : 0);
}
