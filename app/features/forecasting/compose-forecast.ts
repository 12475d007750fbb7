/**
 * The forecast that is shown: the figure of now, moved on by the model that the back-test left in use at each horizon. Pure. Nothing is shown in place of what is not known: without a back-test there is no model to
 * trust, without the figure nothing to start from. From a figure that is none of today the forecast is made as of its own moment, and dated to it.
 */
import type { MarketFigure, MarketSnapshot } from '#app/features/market/snapshot.ts';
import { BLOCKS_PER_EPOCH } from '#engine/units/constants.ts';
import { impliedNetworkHashrateThs } from '#engine/units/network.ts';
import { HORIZONS_DAYS, type Quantiles } from './backtest/forecaster.ts';
import { forecastDifficulty } from './difficulty/forecast-difficulty.ts';
import { type EpochState, forecastNextRetarget } from './difficulty/next-retarget.ts';
import type { ForecastHorizon, ForecastInterval, ForecastSeries, SeriesForecast } from './forecast-answer.ts';
import type { Stored, StoredDifficulty, StoredHashrate, StoredPrice, StoredResult } from './stored-backtest.ts';

const DAY_MS = 86_400_000;
/** What a forecast may start from: six hours are a long outage of every source, and a small part of the shortest horizon. */
export const MAX_START_AGE_S = 6 * 3600;

/** Seconds since the figure was true; null: it shipped with the product, or its time is not known. Never below 0: a source's clock may run ahead. */
function ageOf({ at, origin }: MarketFigure, nowMs: number): number | null {
  return at === null || origin === 'shipped' ? null : Math.max(0, (nowMs - Date.parse(at)) / 1000);
}

/** Days "ahead" of such figures lie behind us, in part or wholly. */
function isTooOld(figures: readonly MarketFigure[], nowMs: number): boolean {
  return figures.some((figure) => (ageOf(figure, nowMs) ?? Number.POSITIVE_INFINITY) > MAX_START_AGE_S);
}

/** `progressRatio`: of a computation under way. */
export type Asked<Result> = { stored: Stored<Result> | null; progressRatio: number | null; snapshot: MarketSnapshot; nowMs: number };

/** Natural logarithms as an interval of the figure itself. */
function toInterval(quantiles: Quantiles, back: (value: number) => number): ForecastInterval {
  const [lower95, lower80, median, upper80, upper95] = quantiles.map(back) as [number, number, number, number, number];
  return { median, lower80, upper80, lower95, upper95 };
}

function begin(
  series: ForecastSeries,
  unit: string,
  figure: MarketFigure,
  { stored, progressRatio, nowMs }: Asked<StoredResult>,
): SeriesForecast {
  const { value, source, at, origin } = figure;
  return {
    series,
    unit,
    status: stored === null ? 'computing' : 'unknown',
    progressRatio,
    current: { value, source, at, ageS: at === null ? null : Math.max(0, Math.round((nowMs - Date.parse(at)) / 1000)), origin },
    horizons: [],
    nextRetarget: null,
    dated: null,
    backtest: stored === null ? null : toBacktest(stored),
  };
}

type Made = Pick<SeriesForecast, 'horizons' | 'nextRetarget'>;

/** What was made from figures of today is the forecast; from older ones it is one of their moment, `at`. */
function place(answer: SeriesForecast, at: string | null, made: Made, isOld: boolean): SeriesForecast {
  if (!isOld) return { ...answer, status: 'ready', ...made };
  return { ...answer, status: 'too-old', dated: at === null ? null : { at, ...made } };
}

function toBacktest({ result, computedAt, inputsHash }: Stored<StoredResult>): SeriesForecast['backtest'] {
  const { rows, source, historyEndsAt, firstOriginAt, lastOriginAt } = result;
  return { computedAt, inputsHash, source, historyEndsAt, firstOriginAt, lastOriginAt, rows };
}

/** The model in use at a horizon, and whether the back-test says anything for it: at the start of an epoch nobody can be wrong about tomorrow's difficulty, which says nothing of a day inside one. */
function usedAt(rows: StoredPrice['rows'], days: number): { best: ForecastHorizon['model']; because: ForecastHorizon['because'] } {
  const row = rows.find((candidate) => candidate.horizonDays === days && candidate.isUsed);
  if (row === undefined || row.model === 'naive') return { best: 'naive', because: 'naive-not-beaten' };
  return { best: row.model, because: row.skill > 0 ? 'beats-naive' : 'not-tested' };
}

export function composePriceForecast(asked: Asked<StoredPrice>): SeriesForecast {
  const figure = asked.snapshot.priceUsdPerBtc;
  const answer = begin('price', 'USD/BTC', figure, asked);
  if (asked.stored === null || figure.value === null) return answer;
  const { rows, changes, historyEndsAt } = asked.stored.result;
  const { value } = figure;
  // An ARIMA model needs every day up to today; the plain ones need today alone. A candle is named by its opening: the last closed one ends a day later, and the day that runs then is today.
  const isContinued = figure.at !== null && Date.parse(figure.at) < Date.parse(historyEndsAt) + 2 * DAY_MS;
  const horizons = HORIZONS_DAYS.map((days, h): ForecastHorizon => {
    const { best, because } = usedAt(rows, days);
    const isUsable = best === 'drift' || (best === 'arima' && isContinued);
    const model = isUsable ? best : 'naive';
    const reason = best === 'arima' && !isContinued ? 'history-ended' : because;
    return { days, model, because: reason, ...toInterval(changes[model][h]!, (change) => value * Math.exp(change)) };
  });
  return place(answer, figure.at, { horizons, nextRetarget: null }, isTooOld([figure], asked.nowMs));
}

/** Where the epoch stands; `null` when the snapshot does not say. */
export function toEpochState({ height, difficulty, epochElapsedS }: MarketSnapshot): EpochState | null {
  if (height.value === null || difficulty.value === null) return null;
  // Before the first block of an epoch no time of it has passed.
  const elapsedS = height.value % BLOCKS_PER_EPOCH === 0 ? 0 : epochElapsedS.value;
  return elapsedS === null ? null : { height: height.value, difficulty: difficulty.value, elapsedS };
}

export function composeDifficultyForecast(asked: Asked<StoredDifficulty>): SeriesForecast {
  const answer = begin('difficulty', '1', asked.snapshot.difficulty, asked);
  const state = toEpochState(asked.snapshot);
  if (asked.stored === null) return answer;
  const { height, difficulty: inForce } = asked.snapshot;
  const isOld = height.value !== null && inForce.value !== null && isTooOld([height, inForce], asked.nowMs);
  if (state === null) return isOld ? { ...answer, status: 'too-old' } : answer;
  const { rows, naiveChanges, growth } = asked.stored.result;
  const now = Math.log(state.difficulty);
  const ahead = forecastDifficulty(state, growth, HORIZONS_DAYS);
  const horizons = HORIZONS_DAYS.map((days, h): ForecastHorizon => {
    const { best, because } = usedAt(rows, days);
    const model = best === 'retarget' ? 'retarget' : 'naive';
    const changes = model === 'retarget' ? ahead[h]!.map((log) => log - now) : naiveChanges[h]!;
    return { days, model, because, ...toInterval(changes, (change) => state.difficulty * Math.exp(change)) };
  });
  const next = forecastNextRetarget(state, growth);
  const same = (value: number) => value;
  const nextRetarget = {
    height: next.height,
    blocksLeft: next.blocksLeft,
    difficulty: toInterval(next.difficulty, same),
    // The model counts from the block that was seen last, the reader of a forecast of today from now.
    remainingS: toInterval(next.remainingS, (seconds) => Math.max(0, seconds - (isOld ? 0 : (ageOf(height, asked.nowMs) ?? 0)))),
  };
  return place(answer, height.at, { horizons, nextRetarget }, isOld);
}

/**
 * Starts from the hash rate that the difficulty implies, the mean of the last finished epoch: that is the series of the back-test. What somebody measured over the last days carries the luck of so few blocks, which the back-test
 * knows nothing of.
 */
export function composeHashrateForecast(asked: Asked<StoredHashrate>): SeriesForecast {
  const { difficulty } = asked.snapshot;
  const figure: MarketFigure =
    difficulty.value === null ? difficulty : { ...difficulty, value: impliedNetworkHashrateThs(difficulty.value) };
  const answer = begin('networkHashrate', 'TH/s', figure, asked);
  if (asked.stored === null || figure.value === null) return answer;
  const { rows, changes } = asked.stored.result;
  const { value } = figure;
  const horizons = HORIZONS_DAYS.map((days, h): ForecastHorizon => {
    const { best, because } = usedAt(rows, days);
    const model = best === 'drift' ? 'drift' : 'naive';
    return { days, model, because, ...toInterval(changes[model][h]!, (change) => value * Math.exp(change)) };
  });
  return place(answer, figure.at, { horizons, nextRetarget: null }, isTooOld([figure], asked.nowMs));
}
