/** The back-test of the price and the forecasts that follow from its end. Pure. */
import { selectOrder } from '../arima/select-order.ts';
import type { Specification } from '../arima/specification.ts';
import { createArimaForecaster, forecastWith, NO_SEASON } from './arima-forecaster.ts';
import { type Forecaster, forecastDrift, forecastNaive, type Quantiles } from './forecaster.ts';
import { type BacktestPlan, type BacktestRow, compareModels, judge, listForecasts, listOrigins } from './run-backtest.ts';

export const PRICE_MODELS = ['naive', 'drift', 'arima'] as const;
export type PriceModel = (typeof PRICE_MODELS)[number];

/** Four years, one halving cycle, before each of the last 520 weeks. */
export const PRICE_PLAN: BacktestPlan & { originsPerFit: number; originsPerSearch: number } = {
  windowDays: 1461,
  stepDays: 7,
  maxOrigins: 520,
  originsPerFit: 4,
  originsPerSearch: 13,
};

export type PriceResult = {
  rows: BacktestRow<PriceModel>[];
  /** Index of the first and the last origin in the series. */
  firstOrigin: number;
  lastOrigin: number;
  /** Quantiles of the change of the logarithm from the last value of the series, by model and horizon. */
  changes: Record<PriceModel, Quantiles[]>;
  /** The model that the search finds at the end of the series; `null`: none. */
  arima: { order: Specification['order']; trend: Specification['trend'] } | null;
};

/** `logs`: natural logarithms of daily closes. Throws when the series is too short for a single origin. */
export function backtestPrice(
  logs: Float64Array,
  plan: typeof PRICE_PLAN,
  checkpoint: () => void,
  onProgress: (done: number, total: number) => void,
): PriceResult {
  const origins = listOrigins(logs.length, plan);
  const [firstOrigin, lastOrigin] = [origins[0], origins.at(-1)];
  if (firstOrigin === undefined || lastOrigin === undefined) throw new Error('the series is too short for a single forecast');
  let done = 0;
  const judgeWith = (forecaster: Forecaster, onOrigin: () => void) =>
    judge(logs, origins, listForecasts(logs, origins, plan.windowDays, forecaster, onOrigin));
  const rows = compareModels<PriceModel>(
    {
      naive: judgeWith(forecastNaive, checkpoint),
      drift: judgeWith(forecastDrift, checkpoint),
      arima: judgeWith(createArimaForecaster(plan, checkpoint), () => onProgress(done++, origins.length)),
    },
    ['drift', 'arima'],
    (days) => Math.ceil(days / plan.stepDays) - 1,
  );
  const known = logs.slice(-plan.windowDays);
  const fit = selectOrder(known, { seasonal: NO_SEASON, trend: null, differences: null }, { checkpoint })?.fit ?? null;
  const last = known.at(-1)!;
  const toChanges = (forecasts: readonly Quantiles[]) => forecasts.map((quantiles) => quantiles.map((value) => value - last));
  return {
    rows,
    firstOrigin,
    lastOrigin,
    changes: {
      naive: toChanges(forecastNaive(known)),
      drift: toChanges(forecastDrift(known)),
      arima: toChanges(fit === null ? forecastNaive(known) : forecastWith(known, fit)),
    },
    arima: fit === null ? null : { order: fit.specification.order, trend: fit.specification.trend },
  };
}
