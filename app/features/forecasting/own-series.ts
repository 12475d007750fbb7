/** A forecast of a series that a caller brings, with everything that was estimated on the way. Pure. */
import { countLost } from './arima/differencing.ts';
import { DEVIATE_95 } from './arima/distributions.ts';
import {
  type Fit,
  type FitOptions,
  fitArima,
  leastMovement,
  leavesMovement,
  listParameters,
  type Parameter,
  spacingAt,
} from './arima/fit-arima.ts';
import { type ForecastStep, forecastArima } from './arima/forecast-arima.ts';
import { type ResidualTests, testResiduals } from './arima/residual-tests.ts';
import { selectDifferences, selectOrder } from './arima/select-order.ts';
import { countParameters, type Specification, type Trend } from './arima/specification.ts';

export type OwnSeries = {
  /** Oldest first, evenly spaced. All above 0 when `log`. */
  values: readonly number[];
  order: Specification['order'] | 'auto';
  /** P, D, Q and the period; `null`: no seasonal terms. */
  seasonal: Specification['seasonal'] | null;
  /** `null`: with a given order a mean when nothing is differenced and none otherwise; with `auto` the search decides. */
  trend: Trend | null;
  /** Fit the logarithm. */
  log: boolean;
  horizon: number;
};

export type ForecastPoint = {
  /** Of a logarithm the mean of the values themselves, `exp(m + v/2)`; `null` beyond the range of numbers. */
  mean: number | null;
  /** Half of the outcomes lie above; without `log` the mean. */
  median: number | null;
  lower95: number | null;
  upper95: number | null;
};

export type OwnForecast = {
  order: Specification['order'];
  seasonal: Specification['seasonal'] | null;
  trend: Trend;
  log: boolean;
  /** Values the likelihood is of: those left after differencing. */
  observations: number;
  parameters: Parameter[];
  /** Of the series that was fitted: with `log` of the logarithms. */
  logLikelihood: number;
  aicc: number;
  /** Models whose likelihood was maximised. */
  modelsTried: number;
  forecast: ForecastPoint[];
  residualTests: ResidualTests;
};

export type OwnOutcome =
  | { kind: 'ok'; forecast: OwnForecast }
  /** `least`: values the model needs at least. */
  | { kind: 'too-short'; least: number }
  | { kind: 'constant' }
  /** The values run along a straight line or repeat themselves: differences and trend leave less than `least`, in the unit of what was fitted. */
  | { kind: 'no-movement'; least: number }
  | { kind: 'no-model' };

const NO_SEASON: Specification['seasonal'] = [0, 0, 0, 1];

/** `checkpoint` is called every few milliseconds and may throw to stop. */
export function forecastOwnSeries(series: OwnSeries, checkpoint: () => void): OwnOutcome {
  const values = series.log ? series.values.map(Math.log) : series.values;
  if (values.every((value) => value === values[0])) return { kind: 'constant' };
  const seasonal = series.seasonal ?? NO_SEASON;
  const least = countLeast(series, seasonal);
  if (values.length < least) return { kind: 'too-short', least };
  // A logarithm carries the relative error of its number.
  const roundingError = series.log ? spacingAt(Math.max(1, ...values.map(Math.abs))) : undefined;
  const still = findStill(values, series, seasonal, roundingError);
  if (still !== null) return still;
  const selection = select(values, series, seasonal, { checkpoint, roundingError });
  if (selection === null) return { kind: 'no-model' };
  const { fit, tried } = selection;
  const { order, trend } = fit.specification;
  return {
    kind: 'ok',
    forecast: {
      order,
      seasonal: series.seasonal,
      trend,
      log: series.log,
      observations: fit.count,
      parameters: listParameters(values, fit, checkpoint),
      logLikelihood: fit.logLikelihood,
      aicc: fit.aicc,
      modelsTried: tried,
      forecast: forecastArima(values, fit, series.horizon).map((step) => toPoint(step, series.log)),
      residualTests: testResiduals(fit),
    },
  };
}

function select(
  values: readonly number[],
  { order, trend }: OwnSeries,
  seasonal: Specification['seasonal'],
  options: Omit<FitOptions, 'isQuick'>,
): { fit: Fit; tried: number } | null {
  if (order === 'auto') return selectOrder(values, { seasonal, trend, differences: null }, options);
  const specification = { order, seasonal, trend: trend ?? defaultTrend(order, seasonal) };
  const fit = fitArima(values, specification, { ...options, isQuick: false });
  return fit === null ? null : { fit, tried: 1 };
}

/** Whether the values leave nothing to model: with the order that is given, or with any number of differences that a search may take. */
function findStill(
  values: readonly number[],
  { order, trend }: OwnSeries,
  seasonal: Specification['seasonal'],
  roundingError: number | undefined,
): Extract<OwnOutcome, { kind: 'no-movement' }> | null {
  const isSearch = order === 'auto';
  const most = isSearch ? selectDifferences(values, seasonal) : order[1];
  for (let plain = isSearch ? 0 : most; plain <= most; plain += 1) {
    const specification: Specification = {
      order: [0, plain, 0],
      seasonal,
      trend: trend ?? (isSearch ? 'n' : defaultTrend(order, seasonal)),
    };
    if (!leavesMovement(values, specification, roundingError))
      return {
        kind: 'no-movement',
        least: leastMovement(values, { plain, seasonal: seasonal[1], period: seasonal[3] }, roundingError),
      };
  }
  return null;
}

/** A level to return to has a mean; a drift is only estimated when it is asked for. */
function defaultTrend(order: Specification['order'], seasonal: Specification['seasonal']): Trend {
  return order[1] + seasonal[1] === 0 ? 'c' : 'n';
}

/** AICc needs two values more than there are parameters. A search begins with the plainest model of its kind. */
function countLeast({ order, trend }: OwnSeries, seasonal: Specification['seasonal']): number {
  const least: Specification =
    order === 'auto'
      ? { order: [0, 2, 0], seasonal, trend: trend ?? 'n' }
      : { order, seasonal, trend: trend ?? defaultTrend(order, seasonal) };
  return countLost({ plain: least.order[1], seasonal: seasonal[1], period: seasonal[3] }) + countParameters(least) + 2;
}

/** The step in the unit of the caller's values. */
export function toPoint({ mean, variance }: ForecastStep, isLog: boolean): ForecastPoint {
  const width = DEVIATE_95 * Math.sqrt(variance);
  const back = (value: number) => finite(isLog ? Math.exp(value) : value);
  return { mean: back(isLog ? mean + variance / 2 : mean), median: back(mean), lower95: back(mean - width), upper95: back(mean + width) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
