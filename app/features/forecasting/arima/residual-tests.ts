/** What is left in the residuals of a model: autocorrelation, shape, changing variance. Pure. */
import { chiSquaredTail, fisherShare } from './distributions.ts';
import type { Fit } from './fit-arima.ts';

export type ResidualTest = {
  statistic: number;
  /** Probability of a statistic at least this far out when the residuals are what the model says: independent, normal, of one variance. */
  pValue: number;
};

export type ResidualTests = {
  /** Ljung and Box 1978; `null` when the model has as many parameters as there are lags to test. */
  ljungBox: (ResidualTest & { lags: number; degrees: number }) | null;
  /** Jarque and Bera 1980, asymptotic; price series nearly always fail it, because their tails are fat. */
  jarqueBera: ResidualTest & { skewness: number; kurtosis: number };
  /** Ratio of the squares in the last third to those in the first (Harvey 1989, 5.4.2), two-sided; `null` when one of the two has none. */
  heteroskedasticity: (ResidualTest & { values: number }) | null;
};

export function testResiduals({ residuals, specification }: Fit): ResidualTests {
  return {
    ljungBox: ljungBox(residuals, specification),
    jarqueBera: jarqueBera(residuals),
    heteroskedasticity: varianceRatio(residuals),
  };
}

/** Two seasons, or ten lags where there is no season, but no more than a fifth of the series (Hyndman and Athanasopoulos, Forecasting, 5.4). */
function ljungBox(residuals: Float64Array, { order, seasonal }: Fit['specification']): ResidualTests['ljungBox'] {
  const count = residuals.length;
  const lags = Math.min(seasonal[3] > 1 ? 2 * seasonal[3] : 10, Math.floor(count / 5));
  const degrees = lags - order[0] - order[2] - seasonal[0] - seasonal[2];
  if (degrees < 1) return null;
  const mean = meanOf(residuals);
  const centred = residuals.map((value) => value - mean);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  let statistic = 0;
  for (let lag = 1; lag <= lags; lag += 1) {
    let shared = 0;
    for (let t = lag; t < count; t += 1) shared += centred[t]! * centred[t - lag]!;
    statistic += (shared / total) ** 2 / (count - lag);
  }
  statistic *= count * (count + 2);
  return { statistic, pValue: chiSquaredTail(statistic, degrees), lags, degrees };
}

function jarqueBera(residuals: Float64Array): ResidualTests['jarqueBera'] {
  const count = residuals.length;
  const mean = meanOf(residuals);
  const moment = (power: number) => residuals.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
  const variance = moment(2);
  const skewness = moment(3) / variance ** 1.5;
  const kurtosis = moment(4) / variance ** 2;
  const statistic = (count / 6) * (skewness ** 2 + (kurtosis - 3) ** 2 / 4);
  return { statistic, pValue: chiSquaredTail(statistic, 2), skewness, kurtosis };
}

function varianceRatio(residuals: Float64Array): ResidualTests['heteroskedasticity'] {
  const values = Math.round(residuals.length / 3);
  const squares = (part: Float64Array) => part.reduce((sum, value) => sum + value * value, 0);
  const [first, last] = [squares(residuals.subarray(0, values)), squares(residuals.subarray(residuals.length - values))];
  const statistic = last / first;
  // Also where the squares are too small to divide by.
  if (first === 0 || last === 0 || !Number.isFinite(statistic)) return null;
  const below = fisherShare(statistic, values, values);
  return { statistic, pValue: 2 * Math.min(below, 1 - below), values };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
