/** ARIMA as a forecaster of the back-test: the order is searched anew once a quarter and the parameters are estimated anew once a month, each from what is known then; in between both stay. Pure. */
import { type Fit, fitArima } from '../arima/fit-arima.ts';
import { forecastArima } from '../arima/forecast-arima.ts';
import { selectOrder } from '../arima/select-order.ts';
import type { Specification } from '../arima/specification.ts';
import { type Forecaster, forecastNaive, HORIZONS_DAYS, normalQuantiles } from './forecaster.ts';

export const NO_SEASON: Specification['seasonal'] = [0, 0, 0, 1];
const LONGEST_DAYS = Math.max(...HORIZONS_DAYS);

export type ArimaPace = { originsPerFit: number; originsPerSearch: number };

/** Remembers its model from one origin to the next, so origins must come in order of time. Where no model can be fitted it forecasts as the naive one does. */
export function createArimaForecaster({ originsPerFit, originsPerSearch }: ArimaPace, checkpoint: () => void): Forecaster {
  let origin = 0;
  let fit: Fit | null = null;
  return (known) => {
    if (origin % originsPerSearch === 0)
      fit = selectOrder(known, { seasonal: NO_SEASON, trend: null, differences: null }, { checkpoint })?.fit ?? null;
    else if (origin % originsPerFit === 0 && fit !== null)
      fit = fitArima(known, fit.specification, { checkpoint, isQuick: true }, [fit.free]) ?? fit;
    origin += 1;
    return fit === null ? forecastNaive(known) : forecastWith(known, fit);
  };
}

/** Quantiles of a fitted model from the end of `known`. */
export function forecastWith(known: Float64Array, fit: Fit): ReturnType<Forecaster> {
  const steps = forecastArima(known, fit, LONGEST_DAYS);
  return HORIZONS_DAYS.map((days) => normalQuantiles(steps[days - 1]!.mean, steps[days - 1]!.variance));
}
