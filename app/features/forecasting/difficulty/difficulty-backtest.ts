/**
 * The back-test of the difficulty: the product's model is `retarget`, naive and drift are what it is held against. Origins are the starts of epochs, because the history knows no times of single blocks: what a forecast gains from the blocks of a running epoch is not in these figures. Pure.
 */
import type { Epoch } from '#app/features/risk/network-history.ts';
import { BLOCKS_PER_EPOCH, TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { aroundUnchanged, HORIZONS_DAYS, normalQuantiles, type Quantiles } from '../backtest/forecaster.ts';
import { type BacktestRow, compareModels } from '../backtest/run-backtest.ts';
import type { Judged } from '../backtest/score.ts';
import { forecastDifficulty } from './forecast-difficulty.ts';
import { estimateGrowth, GROWTH_EPOCHS } from './growth.ts';

export const DIFFICULTY_MODELS = ['naive', 'drift', 'retarget'] as const;
export type DifficultyModel = (typeof DIFFICULTY_MODELS)[number];

const DAY_MS = 86_400_000;
const TARGET_EPOCH_DAYS = TARGET_EPOCH_S / 86_400;
/** The last ten years. */
const MAX_ORIGINS = 260;

export type DifficultyResult = {
  rows: BacktestRow<DifficultyModel>[];
  firstOriginMs: number;
  lastOriginMs: number;
  /** Quantiles of the change of the logarithm from the end of the history, of the naive model; the retarget model is computed when it is asked for. */
  naiveChanges: Quantiles[];
};

/** Difficulties up to an instant at which an epoch begins: what is known then. The last one is that of the epoch that begins. */
export type KnownEpochs = { startsMs: readonly number[]; difficulties: readonly number[] };

function difficultyAt({ startsMs, difficulties }: KnownEpochs, instantMs: number): number | null {
  const index = startsMs.findLastIndex((startMs) => startMs <= instantMs);
  return index < 0 ? null : difficulties[index]!;
}

/** The difficulty stays; the interval is what it did over as many days from earlier starts of epochs. */
export function forecastNaiveDifficulty(known: KnownEpochs): Quantiles[] {
  const nowMs = known.startsMs.at(-1)!;
  const last = Math.log(known.difficulties.at(-1)!);
  return HORIZONS_DAYS.map((days) => {
    const changes = known.startsMs.flatMap((startMs, i) => {
      const laterMs = startMs + days * DAY_MS;
      const later = laterMs <= nowMs ? difficultyAt(known, laterMs) : null;
      return later === null ? [] : [Math.abs(Math.log(later / known.difficulties[i]!))];
    });
    return aroundUnchanged(last, Float64Array.from(changes));
  });
}

/** The mean change of past epochs at every retarget that fits into the days, normal. */
export function forecastDriftDifficulty({ difficulties }: KnownEpochs): Quantiles[] {
  const changes = difficulties.slice(1).map((difficulty, i) => Math.log(difficulty / difficulties[i]!));
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const variance = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (changes.length - 1);
  const last = Math.log(difficulties.at(-1)!);
  return HORIZONS_DAYS.map((days) => {
    const retargets = Math.floor(days / TARGET_EPOCH_DAYS);
    return normalQuantiles(last + mean * retargets, variance * retargets * (1 + retargets / changes.length));
  });
}

function forecastRetargetDifficulty({ difficulties }: KnownEpochs): Quantiles[] {
  const growth = estimateGrowth(difficulties)!;
  return forecastDifficulty({ difficulty: difficulties.at(-1)!, height: BLOCKS_PER_EPOCH, elapsedS: 0 }, growth, HORIZONS_DAYS);
}

/** What was known at the start of an epoch: it and as many before it as the estimates look back. */
function knownAt(all: KnownEpochs, origin: number): KnownEpochs {
  const first = origin - GROWTH_EPOCHS;
  return { startsMs: all.startsMs.slice(first, origin + 1), difficulties: all.difficulties.slice(first, origin + 1) };
}

const FORECASTERS: Record<DifficultyModel, (known: KnownEpochs) => Quantiles[]> = {
  naive: forecastNaiveDifficulty,
  drift: forecastDriftDifficulty,
  retarget: forecastRetargetDifficulty,
};

/** What every model forecast at the start of an epoch, by model and horizon. Nothing after that start is handed to any of them. */
export function forecastsAt(all: KnownEpochs, origin: number): Record<DifficultyModel, Quantiles[]> {
  const known = knownAt(all, origin);
  return { naive: FORECASTERS.naive(known), drift: FORECASTERS.drift(known), retarget: FORECASTERS.retarget(known) };
}

/** Starts and difficulties of finished epochs and of the one that was running when the history ends. */
export function toKnownEpochs(epochs: readonly Epoch[], lastDifficulty: number): KnownEpochs {
  return {
    startsMs: [...epochs.map(({ startMs }) => startMs), epochs.at(-1)!.endMs],
    difficulties: [...epochs.map(({ difficulty }) => difficulty), lastDifficulty],
  };
}

/** Throws when the history is too short for a single origin. */
export function backtestDifficulty(
  all: KnownEpochs,
  checkpoint: () => void,
  onProgress: (done: number, total: number) => void,
): DifficultyResult {
  const endMs = all.startsMs.at(-1)!;
  const longestMs = Math.max(...HORIZONS_DAYS) * DAY_MS;
  const origins = all.startsMs.flatMap((startMs, i) => (i >= GROWTH_EPOCHS && startMs + longestMs <= endMs ? [i] : [])).slice(-MAX_ORIGINS);
  const [first, last] = [origins[0], origins.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the history is too short for a single forecast');
  const judged: Record<DifficultyModel, Judged[][]> = { naive: [], drift: [], retarget: [] };
  for (const model of DIFFICULTY_MODELS) judged[model] = HORIZONS_DAYS.map(() => []);
  origins.forEach((origin, done) => {
    checkpoint();
    onProgress(done, origins.length);
    const forecasts = forecastsAt(all, origin);
    for (const model of DIFFICULTY_MODELS) {
      HORIZONS_DAYS.forEach((days, h) => {
        const actual = Math.log(difficultyAt(all, all.startsMs[origin]! + days * DAY_MS)!);
        judged[model][h]!.push({ quantiles: forecasts[model][h]!, actual });
      });
    }
  });
  const known = knownAt(all, all.startsMs.length - 1);
  const now = Math.log(known.difficulties.at(-1)!);
  return {
    rows: compareModels<DifficultyModel>(judged, ['retarget'], (days) => Math.floor(days / TARGET_EPOCH_DAYS)),
    firstOriginMs: all.startsMs[first]!,
    lastOriginMs: all.startsMs[last]!,
    naiveChanges: forecastNaiveDifficulty(known).map((quantiles) => quantiles.map((value) => value - now)),
  };
}
