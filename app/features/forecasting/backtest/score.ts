/** How forecasts did against what came, and which one may be used. Pure. */
import { LEVELS, type Quantiles } from './forecaster.ts';

/** One forecast and its outcome, both as natural logarithms. */
export type Judged = { quantiles: Quantiles; actual: number };

export type Score = {
  origins: number;
  /** Mean absolute error of the median, of the logarithm: 0.05 is about 5 %. */
  meanAbsoluteError: number;
  rootMeanSquareError: number;
  /** Share of outcomes inside the 80 % interval: 0.8 when the interval is honest. */
  coverage80: number;
  coverage95: number;
  /** Mean pinball loss over the five quantiles (Koenker and Bassett 1978). Smaller is better. */
  pinballLoss: number;
};

/** `q (y - x)` above a quantile and `(1 - q)(x - y)` below it, mean over the quantiles. */
export function pinballLoss({ quantiles, actual }: Judged): number {
  const losses = LEVELS.map((level, i) => {
    const distance = actual - quantiles[i]!;
    return distance >= 0 ? level * distance : (level - 1) * distance;
  });
  return meanOf(losses);
}

export function scoreForecasts(judged: readonly Judged[]): Score {
  const errors = judged.map(({ quantiles, actual }) => actual - quantiles[2]!);
  const share = (low: number, high: number) =>
    meanOf(judged.map(({ quantiles, actual }) => Number(actual >= quantiles[low]! && actual <= quantiles[high]!)));
  return {
    origins: judged.length,
    meanAbsoluteError: meanOf(errors.map(Math.abs)),
    rootMeanSquareError: Math.sqrt(meanOf(errors.map((error) => error * error))),
    coverage80: share(1, 3),
    coverage95: share(0, 4),
    pinballLoss: meanOf(judged.map(pinballLoss)),
  };
}

/** Normal deviate that chance exceeds once in twenty times. A saving smaller than this many standard errors is what luck alone brings. */
const ONE_SIDED_5 = 1.6448536269514722;

export type Comparison = {
  /** Loss saved against the naive forecast, as a share of its loss; below 0: worse. 0 where neither loses anything. */
  skill: number;
  /** Standard error of the loss saved, as a share of the naive loss. Neighbouring forecasts overlap, which it allows for. */
  skillError: number;
  /** Better than naive beyond doubt of 5 %: otherwise the naive forecast is used. */
  isBetter: boolean;
};

/** `overlap`: origins whose outcomes share days with those of one origin (0: none), for the variance of Newey and West 1987. */
export function compareWithNaive(judged: readonly Judged[], naive: readonly Judged[], overlap: number): Comparison {
  const naiveLoss = meanOf(naive.map(pinballLoss));
  const saved = judged.map((forecast, i) => pinballLoss(naive[i]!) - pinballLoss(forecast));
  const mean = meanOf(saved);
  const centred = saved.map((value) => value - mean);
  const count = saved.length;
  let variance = 0;
  for (let lag = 0; lag <= Math.min(overlap, count - 1); lag += 1) {
    let sum = 0;
    for (let t = lag; t < count; t += 1) sum += centred[t]! * centred[t - lag]!;
    variance += (lag === 0 ? 1 : 2 * (1 - lag / (overlap + 1))) * sum;
  }
  const error = Math.sqrt(Math.max(0, variance)) / count;
  if (naiveLoss === 0) return { skill: 0, skillError: 0, isBetter: false };
  return { skill: mean / naiveLoss, skillError: error / naiveLoss, isBetter: mean > ONE_SIDED_5 * error };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
