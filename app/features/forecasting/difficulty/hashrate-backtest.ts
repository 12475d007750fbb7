/**
 * The back-test of the network's hash rate, which the history knows as its mean over each finished epoch: the difficulty that follows an epoch says it (`D · 2³² / 600`). So at the start of an epoch the mean of the one before is the last that is known, and what is forecast is the mean of the epoch in which the
 * day lies. Pure.
 */
import { TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { aroundUnchanged, HORIZONS_DAYS, normalQuantiles, type Quantiles } from '../backtest/forecaster.ts';
import { type BacktestRow, compareModels } from '../backtest/run-backtest.ts';
import type { Judged } from '../backtest/score.ts';
import type { KnownEpochs } from './difficulty-backtest.ts';
import { GROWTH_EPOCHS } from './growth.ts';

export const HASHRATE_MODELS = ['naive', 'drift'] as const;
export type HashrateModel = (typeof HASHRATE_MODELS)[number];

const DAY_MS = 86_400_000;
const TARGET_EPOCH_DAYS = TARGET_EPOCH_S / 86_400;
/** The last ten years. */
const MAX_ORIGINS = 260;

export type HashrateResult = {
  rows: BacktestRow<HashrateModel>[];
  firstOriginMs: number;
  lastOriginMs: number;
  /** Quantiles of the change of the logarithm from the mean of the last finished epoch, by model and horizon. */
  changes: Record<HashrateModel, Quantiles[]>;
};

/** Logarithm of the mean over the epoch that holds the instant, as a difficulty; `null`: the epoch is not finished. */
function meanAround({ startsMs, difficulties }: KnownEpochs, instantMs: number): number | null {
  const epoch = startsMs.findLastIndex((startMs) => startMs <= instantMs);
  const after = difficulties[epoch + 1];
  return epoch < 0 || after === undefined ? null : Math.log(after);
}

/** The last mean stays; the interval is what became of earlier ones after as many days. */
function forecastNaiveHashrate(known: KnownEpochs): Quantiles[] {
  const last = Math.log(known.difficulties.at(-1)!);
  return HORIZONS_DAYS.map((days) => {
    const changes = known.startsMs.flatMap((startMs, i) => {
      const later = meanAround(known, startMs + days * DAY_MS);
      return later === null ? [] : [Math.abs(later - Math.log(known.difficulties[i]!))];
    });
    return aroundUnchanged(last, Float64Array.from(changes));
  });
}

/** The mean change goes on, once for the running epoch and once for every further one that the days reach: normal, with the uncertainty of the mean. */
function forecastDriftHashrate({ difficulties }: KnownEpochs): Quantiles[] {
  const changes = difficulties.slice(1).map((difficulty, i) => Math.log(difficulty / difficulties[i]!));
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const variance = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (changes.length - 1);
  const last = Math.log(difficulties.at(-1)!);
  return HORIZONS_DAYS.map((days) => {
    const steps = 1 + Math.floor(days / TARGET_EPOCH_DAYS);
    return normalQuantiles(last + mean * steps, variance * steps * (1 + steps / changes.length));
  });
}

/** What every model forecast at the start of an epoch, from it and as many before it as the estimates look back. */
export function hashrateForecastsAt(all: KnownEpochs, origin: number): Record<HashrateModel, Quantiles[]> {
  const first = origin - GROWTH_EPOCHS;
  const known = { startsMs: all.startsMs.slice(first, origin + 1), difficulties: all.difficulties.slice(first, origin + 1) };
  return { naive: forecastNaiveHashrate(known), drift: forecastDriftHashrate(known) };
}

/** Throws when the history is too short for a single origin. */
export function backtestHashrate(
  all: KnownEpochs,
  checkpoint: () => void,
  onProgress: (done: number, total: number) => void,
): HashrateResult {
  const longestMs = Math.max(...HORIZONS_DAYS) * DAY_MS;
  const origins = all.startsMs
    .flatMap((startMs, i) => (i >= GROWTH_EPOCHS && meanAround(all, startMs + longestMs) !== null ? [i] : []))
    .slice(-MAX_ORIGINS);
  const [first, last] = [origins[0], origins.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the history is too short for a single forecast');
  const judged: Record<HashrateModel, Judged[][]> = { naive: HORIZONS_DAYS.map(() => []), drift: HORIZONS_DAYS.map(() => []) };
  origins.forEach((origin, done) => {
    checkpoint();
    onProgress(done, origins.length);
    const forecasts = hashrateForecastsAt(all, origin);
    HORIZONS_DAYS.forEach((days, h) => {
      const actual = meanAround(all, all.startsMs[origin]! + days * DAY_MS)!;
      for (const model of HASHRATE_MODELS) judged[model][h]!.push({ quantiles: forecasts[model][h]!, actual });
    });
  });
  const end = all.difficulties.length - 1;
  const now = Math.log(all.difficulties[end]!);
  const toChanges = (forecasts: readonly Quantiles[]) => forecasts.map((quantiles) => quantiles.map((value) => value - now));
  const ahead = hashrateForecastsAt(all, end);
  return {
    rows: compareModels<HashrateModel>(judged, ['drift'], (days) => Math.floor(days / TARGET_EPOCH_DAYS)),
    firstOriginMs: all.startsMs[first]!,
    lastOriginMs: all.startsMs[last]!,
    changes: { naive: toChanges(ahead.naive), drift: toChanges(ahead.drift) },
  };
}
