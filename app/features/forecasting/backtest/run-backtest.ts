/**
 * The rolling-origin back-test of a daily series: from many days of the past every forecaster looks ahead with what was known on that day. A forecaster is handed the days up to the origin and no others, so that
 * none can look ahead. Pure.
 */
import { type Forecaster, HORIZONS_DAYS, type Quantiles } from './forecaster.ts';
import { compareWithNaive, type Judged, type Score, scoreForecasts } from './score.ts';

export type BacktestPlan = {
  /** Days a forecaster is given, the origin included. */
  windowDays: number;
  /** Days from one origin to the next. */
  stepDays: number;
  /** Most origins; the latest ones are taken. */
  maxOrigins: number;
};

export type BacktestRow<Model extends string> = Score & {
  horizonDays: number;
  model: Model;
  /** See `Comparison`. 0 for the naive forecast itself. */
  skill: number;
  skillError: number;
  /** The one that the product uses at this horizon. */
  isUsed: boolean;
};

/** Origins as indices into the series, oldest first: whole steps back from the last day, as far as a full window reaches. */
export function listOrigins(length: number, { windowDays, stepDays, maxOrigins }: BacktestPlan): number[] {
  const origins: number[] = [];
  for (let at = length - 1 - HORIZONS_DAYS[0]; at >= windowDays - 1 && origins.length < maxOrigins; at -= stepDays) origins.push(at);
  return origins.reverse();
}

/** Every forecast of one forecaster: by origin, then by horizon. */
export function listForecasts(
  series: Float64Array,
  origins: readonly number[],
  windowDays: number,
  forecaster: Forecaster,
  onOrigin: () => void,
): Quantiles[][] {
  return origins.map((origin) => {
    onOrigin();
    // A copy: not even by way of its buffer can a forecaster see what came after.
    return forecaster(series.slice(origin - windowDays + 1, origin + 1));
  });
}

/**
 * Scores of every model at every horizon. `judged`: by model and horizon, forecasts of the same origins in the same order; the naive model is named `naive`. `eligible`: models that may be used in its place, when
 * they are better beyond doubt of 5 %, or when neither of both loses anything.
 */
export function compareModels<Model extends string>(
  judged: Record<Model | 'naive', Judged[][]>,
  eligible: readonly Model[],
  overlapOf: (horizonDays: number) => number,
): BacktestRow<Model | 'naive'>[] {
  const models = Object.keys(judged) as (Model | 'naive')[];
  return HORIZONS_DAYS.flatMap((horizonDays, h) => {
    const rows = models.map((model) => {
      const own = judged[model][h]!;
      if (own.length === 0) throw new Error('the series is too short for a single outcome at every horizon');
      const comparison = compareWithNaive(own, judged.naive[h]!, overlapOf(horizonDays));
      return { model, horizonDays, score: scoreForecasts(own), ...comparison };
    });
    const isFree = ({ score }: { score: Score }) => score.pinballLoss === 0;
    const naiveIsFree = rows.some((row) => row.model === 'naive' && isFree(row));
    const better = rows
      .filter((row) => eligible.some((model) => model === row.model) && (row.isBetter || (naiveIsFree && isFree(row))))
      .sort((a, b) => b.skill - a.skill);
    const used = better[0]?.model ?? 'naive';
    return rows.map(({ model, score, skill, skillError }) => ({ horizonDays, model, ...score, skill, skillError, isUsed: model === used }));
  });
}

/** Forecasts beside their outcomes, by horizon; origins whose outcome is not known yet are left out. */
export function judge(series: Float64Array, origins: readonly number[], forecasts: readonly Quantiles[][]): Judged[][] {
  return HORIZONS_DAYS.map((days, h) =>
    origins.flatMap((origin, i) => {
      const actual = series[origin + days];
      return actual === undefined ? [] : [{ quantiles: forecasts[i]![h]!, actual }];
    }),
  );
}
