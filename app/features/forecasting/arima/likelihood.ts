/**
 * The exact Gaussian likelihood of a differenced series. Differences come first and the likelihood is that of the stationary series (the method of Stata's `arima`; values before the first difference are given, not
 * modelled). Coefficients of the trend and the shock's variance have closed forms for given ar and ma: series and regressors go through one filter and are then regressed (generalised least squares). Pure.
 */
import { type Filtered, filterColumns } from './fast-filter.ts';
import type { StateForm } from './stationary-state.ts';

const LN_TWO_PI = Math.log(2 * Math.PI);

/** A series and its regressors, all of one length. */
export type Observed = { series: Float64Array; regressors: readonly Float64Array[] };

export type Evaluation = {
  logLikelihood: number;
  /** One for each regressor. */
  coefficients: Float64Array;
  /** Variance of the shocks: the mean of the squared standardised innovations (maximum likelihood, no correction of degrees). */
  variance: number;
  /** Of the series less its regression, over the root of their variance; deviation 1 when the model is right. */
  residuals: Float64Array;
  filtered: Filtered;
};

/** The likelihood at its maximum over coefficients and variance; `null` where the process has none. */
export function evaluate(form: StateForm, { series, regressors }: Observed): Evaluation | null {
  const filtered = filterColumns(form, [series, ...regressors]);
  if (filtered === null) return null;
  const [own, ...others] = filtered.standardised as [Float64Array, ...Float64Array[]];
  const { coefficients, rest } = regress(own, others);
  const length = series.length;
  const variance = rest.reduce((sum, value) => sum + value * value, 0) / length;
  if (!(variance > 0) || !Number.isFinite(variance)) return null;
  const logLikelihood = -0.5 * (length * (LN_TWO_PI + 1 + Math.log(variance)) + filtered.logDeterminant);
  const deviation = Math.sqrt(variance);
  return { logLikelihood, coefficients, variance, residuals: rest.map((value) => value / deviation), filtered };
}

/** The likelihood at given coefficients and a given variance; `-Infinity` where the process has none. */
export function logLikelihoodAt(
  form: StateForm,
  { series, regressors }: Observed,
  coefficients: ArrayLike<number>,
  variance: number,
): number {
  const left = series.map((value, t) => regressors.reduce((rest, column, c) => rest - coefficients[c]! * column[t]!, value));
  const filtered = variance > 0 ? filterColumns(form, [left]) : null;
  if (filtered === null) return -Infinity;
  const squares = filtered.standardised[0]!.reduce((sum, value) => sum + value * value, 0);
  return -0.5 * (series.length * (LN_TWO_PI + Math.log(variance)) + filtered.logDeterminant + squares / variance);
}

/** Least squares by orthogonal columns (modified Gram and Schmidt), which few columns of a trend allow. */
function regress(own: Float64Array, columns: readonly Float64Array[]): { coefficients: Float64Array; rest: Float64Array } {
  const rest = Float64Array.from(own);
  const count = columns.length;
  const bases: Float64Array[] = [];
  const triangle = new Float64Array(count * count);
  const projected = new Float64Array(count);
  columns.forEach((column, c) => {
    const base = Float64Array.from(column);
    bases.forEach((earlier, k) => {
      const share = inner(earlier, base);
      triangle[k * count + c] = share;
      addScaled(base, earlier, -share);
    });
    const norm = Math.sqrt(inner(base, base));
    triangle[c * count + c] = norm;
    for (let t = 0; t < base.length; t += 1) base[t] = base[t]! / norm;
    bases.push(base);
    projected[c] = inner(base, rest);
    addScaled(rest, base, -projected[c]!);
  });
  const coefficients = new Float64Array(count);
  for (let c = count - 1; c >= 0; c -= 1) {
    let value = projected[c]!;
    for (let k = c + 1; k < count; k += 1) value -= triangle[c * count + k]! * coefficients[k]!;
    coefficients[c] = value / triangle[c * count + c]!;
  }
  return { coefficients, rest };
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = target[i]! + factor * source[i]!;
}
