/**
 * Would the model have known? From every month of the history that has enough months before it, it forecasts with what was known then, and is held to what came (rolling origin). Price and network hash rate are
 * forecast by their log-normal steps, the income of one TH/s by the engine itself, through real epochs and halvings. Pure; history and engine are arguments.
 */
import type { Series } from '#app/features/market/history/series-format.ts';
import { valueAt } from '#app/features/market/history/series-format.ts';
import type { Engine } from '#engine';
import { BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, HASHES_PER_DIFFICULTY_ONE, HASHES_PER_TH, S_PER_MONTH } from '#engine/units/constants.ts';
import { estimateMotion, type Motion } from './estimate-motion.ts';
import { type Epoch, logHashrateAt } from './network-history.ts';

/** Shares of the quantiles that are tested, and the normal deviate of each. */
const QUANTILES = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;
type QuantileName = keyof typeof QUANTILES;
const NAMES = Object.keys(QUANTILES) as QuantileName[];
const DEVIATES: Record<QuantileName, number> = {
  p5: -1.6448536269514722,
  p25: -0.6744897501960817,
  p50: 0,
  p75: 0.6744897501960817,
  p95: 1.6448536269514722,
};

export const CALIBRATED_SERIES = ['priceUsdPerBtc', 'networkHashrateThs', 'incomeUsdPerTh'] as const;
export type CalibratedSeries = (typeof CALIBRATED_SERIES)[number];

export type CalibrationRow = {
  /** The income is that of one TH/s over the whole horizon, without transaction fees. */
  series: CalibratedSeries;
  horizonMonths: number;
  /** Forecasts; those of a horizon longer than a month overlap and are not independent. */
  origins: number;
  /** Share of outcomes at or below each quantile: 0.05 for p5 when the model is right. */
  coverage: Record<QuantileName, number>;
  /** The same for the random walk without drift. */
  coverageNaive: Record<QuantileName, number>;
  /** Mean pinball loss of the five quantiles, on the logarithm. Smaller is better. */
  pinballModel: number;
  /** The same of a random walk without drift, with the same volatilities. */
  pinballNaive: number;
  isBetterThanNaive: boolean;
};

export type Calibration = {
  windowMonths: number;
  paths: number;
  seed: number;
  firstOriginAt: string;
  lastOriginAt: string;
  rows: CalibrationRow[];
};

export type CalibrationOptions = { windowMonths: number; horizonsMonths: readonly number[]; paths: number; seed: number };

const MONTH_MS = S_PER_MONTH * 1000;
const INCOME_STEP_MS = 6 * 3_600_000;
const SUBSIDY_BTC = 50;

type LogQuantiles = Record<QuantileName, number>;
type Forecast = { model: LogQuantiles; naive: LogQuantiles; actual: number };

/** Height of the next block and the epoch it lies in; `null` outside of the epochs. */
function chainAt(epochs: readonly Epoch[], instantMs: number): { epoch: Epoch; height: number } | null {
  const epoch = epochs.find((candidate) => candidate.startMs <= instantMs && instantMs < candidate.endMs);
  if (epoch === undefined) return null;
  const done = (instantMs - epoch.startMs) / (epoch.endMs - epoch.startMs);
  return { epoch, height: epoch.index * BLOCKS_PER_EPOCH + Math.floor(done * BLOCKS_PER_EPOCH) };
}

/** USD that one TH/s earned, without fees, at each day's close; `null` where the history has a gap. */
function earnedUsdPerTh(closes: Series, epochs: readonly Epoch[], fromMs: number, toMs: number): number | null {
  let usd = 0;
  for (let atMs = fromMs; atMs < toMs; atMs += INCOME_STEP_MS) {
    const chain = chainAt(epochs, atMs);
    const price = valueAt(closes, atMs);
    if (chain === null || price === null) return null;
    const subsidy = SUBSIDY_BTC / 2 ** Math.floor(chain.height / BLOCKS_PER_HALVING);
    const btcPerS = (HASHES_PER_TH / (chain.epoch.difficulty * HASHES_PER_DIFFICULTY_ONE)) * subsidy;
    usd += (btcPerS * price * Math.min(INCOME_STEP_MS, toMs - atMs)) / 1000;
  }
  return usd;
}

function logNormal(start: number, drift: number, deviation: number): LogQuantiles {
  return Object.fromEntries(NAMES.map((name) => [name, start + drift + deviation * DEVIATES[name]])) as LogQuantiles;
}

/** Quantiles of the income of one TH/s up to each month: the fan of a machine that costs nothing. */
function simulateIncome(engine: Engine, origin: Origin, motion: Motion, options: CalibrationOptions, hasDrift: boolean): LogQuantiles[] {
  const result = engine.risk(
    {
      height: origin.height,
      difficulty: origin.epoch.difficulty,
      feesBtcPerBlock: 0,
      epochElapsedS: (origin.atMs - origin.epoch.startMs) / 1000,
      networkHashrateThs: origin.hashrateThs,
      networkGrowthRatioPerMonth: hasDrift ? motion.networkGrowthRatioPerMonth : 0,
      priceUsdPerBtc: origin.priceUsdPerBtc,
      priceGrowthRatioPerMonth: hasDrift ? motion.priceGrowthRatioPerMonth : 0,
      horizonMonths: Math.max(...options.horizonsMonths),
      payoutModel: 'FPPS',
      hashrateThs: 1,
      powerW: 1,
      count: 1,
      powerUsdPerKwh: 0,
      poolFeeRatio: 0,
      uptimeRatio: 1,
      pue: 1,
      hashrateDecayRatioPerMonth: 0,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
      capexUsd: 0,
      residualUsd: 0,
      heldRatio: 0,
      discountRatioPerYear: 0,
      shutdownWhenUnprofitable: false,
      clientPowerUsdPerKwh: null,
      hostCapexUsd: 0,
    },
    {
      seed: options.seed,
      paths: options.paths,
      priceVolatilityPerYear: motion.priceVolatilityPerYear,
      networkVolatilityPerYear: motion.networkVolatilityPerYear,
      correlation: motion.correlation,
    },
  );
  if (result.kind === 'invalid')
    throw new Error(`the history of ${new Date(origin.atMs).toISOString()} was refused: ${JSON.stringify(result.errors)}`);
  return result.fan.map((month) => Object.fromEntries(NAMES.map((name) => [name, Math.log(month[name])])) as LogQuantiles);
}

/** What was known at the start of a forecast. */
type Origin = { atMs: number; epoch: Epoch; height: number; hashrateThs: number; priceUsdPerBtc: number };

function findOrigin(closes: Series, epochs: readonly Epoch[], atMs: number): Origin | null {
  const chain = chainAt(epochs, atMs);
  const ended = epochs.findLast((epoch) => epoch.endMs <= atMs);
  const price = valueAt(closes, atMs - closes.stepS * 1000);
  if (chain === null || ended === undefined || price === null) return null;
  return { atMs, ...chain, hashrateThs: ended.hashrateThs, priceUsdPerBtc: price };
}

/** Every forecast from one origin whose outcome is known. */
function forecastFrom(
  origin: Origin,
  motion: Motion,
  history: { closes: Series; epochs: readonly Epoch[]; engine: Engine },
  options: CalibrationOptions,
): { series: CalibratedSeries; horizonMonths: number; forecast: Forecast }[] {
  const { closes, epochs, engine } = history;
  const incomes = {
    model: simulateIncome(engine, origin, motion, options, true),
    naive: simulateIncome(engine, origin, motion, options, false),
  };
  return options.horizonsMonths.flatMap((horizonMonths) => {
    const thenMs = origin.atMs + horizonMonths * MONTH_MS;
    const price = valueAt(closes, thenMs - closes.stepS * 1000);
    const logHashrate = logHashrateAt(epochs, thenMs);
    const income = earnedUsdPerTh(closes, epochs, origin.atMs, thenMs);
    if (price === null || logHashrate === null || income === null) return [];
    const steps = (start: number, growth: number, volatility: number, actual: number): Forecast => {
      const deviation = volatility * Math.sqrt(horizonMonths / 12);
      return {
        model: logNormal(start, horizonMonths * Math.log1p(growth), deviation),
        naive: logNormal(start, 0, deviation),
        actual,
      };
    };
    return [
      {
        series: 'priceUsdPerBtc' as const,
        horizonMonths,
        forecast: steps(Math.log(origin.priceUsdPerBtc), motion.priceGrowthRatioPerMonth, motion.priceVolatilityPerYear, Math.log(price)),
      },
      {
        series: 'networkHashrateThs' as const,
        horizonMonths,
        forecast: steps(Math.log(origin.hashrateThs), motion.networkGrowthRatioPerMonth, motion.networkVolatilityPerYear, logHashrate),
      },
      {
        series: 'incomeUsdPerTh' as const,
        horizonMonths,
        forecast: { model: incomes.model[horizonMonths - 1]!, naive: incomes.naive[horizonMonths - 1]!, actual: Math.log(income) },
      },
    ];
  });
}

/** Mean over the quantiles of `q (y - x)` above and `(1 - q) (x - y)` below (Koenker and Bassett 1978). */
function pinballOf(quantiles: LogQuantiles, actual: number): number {
  const losses = NAMES.map((name) => {
    const distance = actual - quantiles[name];
    return distance >= 0 ? QUANTILES[name] * distance : (QUANTILES[name] - 1) * distance;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function summarise(series: CalibratedSeries, horizonMonths: number, forecasts: readonly Forecast[]): CalibrationRow {
  const meanOf = (pick: (forecast: Forecast) => number) => forecasts.reduce((sum, forecast) => sum + pick(forecast), 0) / forecasts.length;
  const pinballModel = meanOf(({ model, actual }) => pinballOf(model, actual));
  const pinballNaive = meanOf(({ naive, actual }) => pinballOf(naive, actual));
  const coverageOf = (pick: (forecast: Forecast) => LogQuantiles) =>
    Object.fromEntries(NAMES.map((name) => [name, meanOf((forecast) => Number(forecast.actual <= pick(forecast)[name]))])) as LogQuantiles;
  return {
    series,
    horizonMonths,
    origins: forecasts.length,
    coverage: coverageOf(({ model }) => model),
    coverageNaive: coverageOf(({ naive }) => naive),
    pinballModel,
    pinballNaive,
    isBetterThanNaive: pinballModel < pinballNaive,
  };
}

/** Runs every forecast the history allows, one origin a month. Throws when it allows none. */
export function calibrateRisk(
  history: { closes: Series; epochs: readonly Epoch[]; engine: Engine },
  options: CalibrationOptions,
): Calibration {
  const { closes, epochs } = history;
  const endMs = closes.startAtMs + closes.values.length * closes.stepS * 1000;
  const found: ReturnType<typeof forecastFrom> = [];
  const originsMs: number[] = [];
  // Backwards from the end, so that no origin depends on where the history begins.
  for (let atMs = endMs - MONTH_MS; atMs > closes.startAtMs; atMs -= MONTH_MS) {
    const origin = findOrigin(closes, epochs, atMs);
    const motion = estimateMotion(closes, epochs, atMs, options.windowMonths);
    if (origin === null || motion === null) continue;
    const forecasts = forecastFrom(origin, motion, history, options);
    if (forecasts.length > 0) originsMs.push(atMs);
    found.push(...forecasts);
  }
  if (originsMs.length === 0) throw new Error('the history is too short for a single forecast');
  const rows = CALIBRATED_SERIES.flatMap((series) =>
    options.horizonsMonths.map((horizonMonths) => {
      const own = found.filter((entry) => entry.series === series && entry.horizonMonths === horizonMonths);
      return summarise(
        series,
        horizonMonths,
        own.map(({ forecast }) => forecast),
      );
    }),
  );
  return {
    windowMonths: options.windowMonths,
    paths: options.paths,
    seed: options.seed,
    firstOriginAt: new Date(Math.min(...originsMs)).toISOString(),
    lastOriginAt: new Date(Math.max(...originsMs)).toISOString(),
    rows,
  };
}
