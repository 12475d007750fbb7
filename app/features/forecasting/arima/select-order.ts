/**
 * Which ARIMA model: differences by the test of Kwiatkowski, Phillips, Schmidt and Shin (1992), the rest by AICc in steps from a few models to their neighbours (Hyndman and Khandakar 2008). AICc of
 * models with different differences are of different data and are never compared. Pure.
 */
import { countLost, difference } from './differencing.ts';
import { canFit, type Fit, type FitOptions, fitArima } from './fit-arima.ts';
import { hasRootsBeyond, negate } from './polynomials.ts';
import type { Specification, Trend } from './specification.ts';

/** Largest p and q tried. */
export const MAX_SEARCHED_ORDER = 5;
const MAX_DIFFERENCES = 2;
/** Critical value of the KPSS statistic at 5 %, level stationarity (their table 1). */
const KPSS_CRITICAL = 0.463;
/** A root this near the unit circle is an over-differenced or under-differenced model in disguise. */
const ROOT_RADIUS = 1.01;

/** The KPSS statistic against a constant level, long-run variance with Bartlett weights over `4 (n/100)^(1/4)` lags; 0 for a constant. */
export function kpssStatistic(values: ArrayLike<number>): number {
  const count = values.length;
  // Counted from the first value, so that small movements around a large level keep their digits.
  const first = values[0] ?? 0;
  const mean = Array.from(values).reduce((sum, value) => sum + (value - first), 0) / count;
  const residuals = Float64Array.from(values, (value) => value - first - mean);
  const lags = Math.floor(4 * (count / 100) ** 0.25);
  let longRun = 0;
  for (let lag = 0; lag <= lags; lag += 1) {
    let sum = 0;
    for (let t = lag; t < count; t += 1) sum += residuals[t]! * residuals[t - lag]!;
    longRun += lag === 0 ? sum : 2 * (1 - lag / (lags + 1)) * sum;
  }
  let partial = 0;
  let squares = 0;
  for (const value of residuals) {
    partial += value;
    squares += partial * partial;
  }
  return longRun > 0 ? squares / (count * longRun) : 0;
}

/** Differences until the test no longer sees a wandering level; at most two. `seasonal` differences are taken first. */
export function selectDifferences(values: ArrayLike<number>, seasonal: Specification['seasonal']): number {
  for (let plain = 0; plain < MAX_DIFFERENCES; plain += 1)
    if (kpssStatistic(difference(values, { plain, seasonal: seasonal[1], period: seasonal[3] })) <= KPSS_CRITICAL) return plain;
  return MAX_DIFFERENCES;
}

export type Selection = {
  fit: Fit;
  /** Models whose likelihood was computed. */
  tried: number;
};

/**
 * The model with the least AICc found. `trend` `null`: the search decides between none and a mean of the differenced series. `null` when no model can be fitted.
 * The seasonal part is given, not searched.
 */
export function selectOrder(
  values: ArrayLike<number>,
  { seasonal, trend, differences }: { seasonal: Specification['seasonal']; trend: Trend | null; differences: number | null },
  { checkpoint, roundingError }: Omit<FitOptions, 'isQuick'>,
): Selection | null {
  const d = differences ?? selectDifferences(values, seasonal);
  const left = values.length - countLost({ plain: d, seasonal: seasonal[1], period: seasonal[3] });
  // A mean of twice differenced values is a parabola of the levels: nobody would forecast with it.
  const trends: readonly Trend[] = trend !== null ? [trend] : d + seasonal[1] < 2 ? ['n', 'c'] : ['n'];
  const tried = new Map<string, Fit | null>();
  let best: Fit | null = null;

  function attempt(p: number, q: number, candidate: Trend): boolean {
    const key = `${p} ${q} ${candidate}`;
    if (p < 0 || q < 0 || p > MAX_SEARCHED_ORDER || q > MAX_SEARCHED_ORDER || tried.has(key)) return false;
    const specification: Specification = { order: [p, d, q], seasonal, trend: candidate };
    const fit = canFit(left, specification) ? fitArima(values, specification, { checkpoint, roundingError, isQuick: true }) : null;
    tried.set(key, fit);
    if (fit === null || !isFarFromUnitRoots(fit) || (best !== null && fit.aicc >= best.aicc)) return false;
    best = fit;
    return true;
  }

  const widest = trends.at(-1)!;
  for (const [p, q] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [2, 2],
  ] as const)
    for (const candidate of trends) attempt(p, q, candidate);
  for (let isBetter = best !== null; isBetter; ) {
    isBetter = false;
    const { order, trend: current }: Specification = best!.specification;
    const [p, , q] = order;
    const other = trends.find((candidate) => candidate !== current) ?? widest;
    for (const [dp, dq] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [1, 1],
      [-1, -1],
    ] as const)
      if (attempt(p + dp, q + dq, current)) {
        isBetter = true;
        break;
      }
    if (!isBetter) isBetter = attempt(p, q, other);
  }
  if (best === null) return null;
  const chosen: Fit = best;
  const refined = fitArima(values, chosen.specification, { checkpoint, roundingError, isQuick: false }, [chosen.free]);
  return { fit: refined ?? chosen, tried: tried.size };
}

function isFarFromUnitRoots({ blocks: { ar, ma, seasonalAr, seasonalMa } }: Fit): boolean {
  return [ar, negate(ma), seasonalAr, negate(seasonalMa)].every((block) => hasRootsBeyond(block, ROOT_RADIUS));
}
