/** Fits an ARIMA model by exact maximum likelihood. Pure. */
import { type Differencing, difference } from './differencing.ts';
import { observedErrors } from './information.ts';
import { evaluate, logLikelihoodAt, type Observed } from './likelihood.ts';
import { minimise } from './minimise.ts';
import { negate, toStationary } from './polynomials.ts';
import {
  type Blocks,
  countParameters,
  listParameterNames,
  listTrendColumns,
  type Specification,
  splitBlocks,
  toProcess,
  trendValue,
} from './specification.ts';
import { listStartingPoints } from './starting-points.ts';
import { type StateForm, toStateForm } from './stationary-state.ts';

export type Parameter = {
  name: string;
  value: number;
  /** From the observed information; `null` at an edge of the stationary or invertible region, where it says nothing. */
  standardError: number | null;
};

export type Fit = {
  specification: Specification;
  /** Values of the differenced series. */
  count: number;
  blocks: Blocks;
  process: StateForm;
  /** Of the trend's columns. */
  coefficients: Float64Array;
  /** Variance of the shocks, in the unit of the series squared. */
  variance: number;
  logLikelihood: number;
  /** `2 k - 2 ln L + 2 k (k + 1) / (n - k - 1)`; k counts the variance as well. */
  aicc: number;
  /** Standardised innovations, one a value of the differenced series. */
  residuals: Float64Array;
  /** The free parameters, to start a neighbour from. */
  free: Float64Array;
};

export type FitOptions = {
  /** Called every few milliseconds; throws to stop. */
  checkpoint: () => void;
  /** Only the first starting point, for a search over orders; the chosen model is fitted again from all. */
  isQuick: boolean;
  /** Error that each value may carry; left out: the spacing of numbers of the size of the largest. In the unit of the series. */
  roundingError?: number;
};

/** The spacing of numbers around `size`. */
export const spacingAt = (size: number) => Number.EPSILON * size;

export const NO_CHECKPOINT: FitOptions = { checkpoint: () => undefined, isQuick: false };

/** Squares of what moves by less leave the range of a double. */
const LEAST_SQUARED = 1e-140;

/** Movements of a differenced series up to this are rounding: every difference may double the error of the values. */
export function leastMovement(values: ArrayLike<number>, { plain, seasonal }: Differencing, roundingError?: number): number {
  return Math.max((roundingError ?? spacingAt(largestOf(values))) * 2 ** (plain + seasonal), LEAST_SQUARED);
}

const differencingOf = ({ order, seasonal }: Specification): Differencing => ({
  plain: order[1],
  seasonal: seasonal[1],
  period: seasonal[3],
});

type Scaled = { observed: Observed; scale: number; columnScales: number[]; shift: number };

/**
 * The differenced series and the columns of its trend, in a scale in which everything is of the size of 1; scale 0 when nothing moves. With a mean the series is counted from its first value
 * (`shift`), so that small movements around a large level keep their digits.
 */
function toObserved(values: ArrayLike<number>, specification: Specification, roundingError?: number): Scaled {
  const differencing = differencingOf(specification);
  const raw = difference(values, differencing);
  const first = raw[0] ?? 0;
  const mean = raw.reduce((sum, value) => sum + (value - first), 0) / raw.length;
  const spread = Math.sqrt(raw.reduce((sum, value) => sum + (value - first - mean) ** 2, 0) / raw.length);
  // Rounding of the differences of a constant or a line is no movement.
  const scale = spread > leastMovement(values, differencing, roundingError) ? spread : 0;
  const columns = listTrendColumns(specification.trend);
  const shift = columns.includes('constant') ? first : 0;
  const columnScales = columns.map((column) => (column === 'slope' ? raw.length : 1));
  const regressors = columns.map((column, c) => raw.map((_, t) => trendValue(column, t) / columnScales[c]!));
  return { observed: { series: scale === 0 ? raw : raw.map((value) => (value - shift) / scale), regressors }, scale, columnScales, shift };
}

function toBlocks(specification: Specification, free: Float64Array): Blocks {
  const { ar, ma, seasonalAr, seasonalMa } = splitBlocks(specification, free);
  return {
    ar: toStationary(ar),
    ma: negate(toStationary(ma)),
    seasonalAr: toStationary(seasonalAr),
    seasonalMa: negate(toStationary(seasonalMa)),
  };
}

/** Whether a series of this length can carry the model: information criteria need `n > k + 1`. */
export function canFit(countOfDifferenced: number, specification: Specification): boolean {
  return countOfDifferenced > countParameters(specification) + 1;
}

/** The maximum of the likelihood; `null` when there is none (the differenced series does not move, or is too short). */
export function fitArima(
  values: ArrayLike<number>,
  specification: Specification,
  { checkpoint, isQuick, roundingError }: FitOptions = NO_CHECKPOINT,
  warmStarts: readonly Float64Array[] = [],
): Fit | null {
  const scaled = toObserved(values, specification, roundingError);
  const { observed, scale, columnScales, shift } = scaled;
  const count = observed.series.length;
  if (!canFit(count, specification)) return null;
  const withoutTrend = removeTrend(scaled, leastMovement(values, differencingOf(specification), roundingError));
  if (withoutTrend === null) return null;
  const objective = (free: Float64Array) => {
    const evaluation = evaluate(toProcess(specification, toBlocks(specification, free)), observed);
    return evaluation === null ? Infinity : -evaluation.logLikelihood;
  };
  const starts = [...warmStarts, ...listStartingPoints(specification, withoutTrend)];
  let best: { point: Float64Array; value: number } | null = null;
  for (const start of starts) {
    const found = minimise(objective, start, checkpoint);
    if (Number.isFinite(found.value) && (best === null || found.value < best.value)) best = found;
    if (isQuick && best !== null) break;
  }
  if (best === null) return null;
  const blocks = toBlocks(specification, best.point);
  const process = toProcess(specification, blocks);
  const top = evaluate(process, observed);
  if (top === null) return null;
  const logLikelihood = top.logLikelihood - count * Math.log(scale);
  const k = countParameters(specification);
  return {
    specification,
    count,
    blocks,
    process,
    coefficients: top.coefficients.map((value, c) => (value * scale) / columnScales[c]! + shiftOf(specification, c, shift)),
    variance: top.variance * scale * scale,
    logLikelihood,
    aicc: 2 * k - 2 * logLikelihood + (2 * k * (k + 1)) / (count - k - 1),
    residuals: top.residuals,
    free: best.point,
  };
}

/** `null`: nothing moves, or the trend explains it to the last digit; neither leaves anything to model. */
function removeTrend({ observed, scale }: Scaled, least: number): Float64Array | null {
  if (scale === 0) return null;
  const plain = evaluate(toStateForm([], []), observed);
  return plain === null || Math.sqrt(plain.variance) * scale <= least ? null : plain.residuals;
}

/** Whether differences and trend of the model leave something that moves. */
export function leavesMovement(values: ArrayLike<number>, specification: Specification, roundingError?: number): boolean {
  const scaled = toObserved(values, specification, roundingError);
  return removeTrend(scaled, leastMovement(values, differencingOf(specification), roundingError)) !== null;
}

const shiftOf = ({ trend }: Specification, column: number, shift: number) => (listTrendColumns(trend)[column] === 'constant' ? shift : 0);

/** Every parameter with its standard error. The second derivatives are taken over all of them together, variance included. */
export function listParameters(values: ArrayLike<number>, fit: Fit, checkpoint: () => void): Parameter[] {
  const { specification, blocks, process, variance } = fit;
  const { observed, scale, columnScales, shift } = toObserved(values, specification);
  // Once more, in the scale of the fit: a mean of a large level has lost digits that the second derivatives need.
  const top = evaluate(process, observed);
  if (top === null) throw new Error('a fitted process has a likelihood');
  const { coefficients } = top;
  const trends = coefficients.length;
  const point = Float64Array.from([
    ...coefficients,
    ...blocks.ar,
    ...blocks.ma,
    ...blocks.seasonalAr,
    ...blocks.seasonalMa,
    variance / (scale * scale),
  ]);
  const last = point.length - 1;
  const errors = observedErrors(
    (at) =>
      logLikelihoodAt(
        toProcess(specification, splitBlocks(specification, at.subarray(trends, last))),
        observed,
        at.subarray(0, trends),
        at[last]!,
      ),
    point,
    checkpoint,
  );
  const units = point.map((_, i) => (i < trends ? scale / columnScales[i]! : i === last ? scale * scale : 1));
  return listParameterNames(specification).map((name, i) => ({
    name,
    value: point[i]! * units[i]! + (i < trends ? shiftOf(specification, i, shift) : 0),
    standardError: errors[i] === null ? null : errors[i]! * units[i]!,
  }));
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}
