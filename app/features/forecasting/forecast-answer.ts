/** The answers of `/api/v1/forecasts` as zod schemas: what the OpenAPI document promises, what is stored, and what the tests hold real answers to. */
import { z } from 'zod';
import { TRENDS } from './arima/specification.ts';
import { PRICE_MODELS } from './backtest/price-backtest.ts';
import { DIFFICULTY_MODELS } from './difficulty/difficulty-backtest.ts';

const number = z.number();
const whole = z.number().int();
const maybeNumber = z.number().nullable();

/** Series of the market that are forecast. */
export const FORECAST_SERIES = ['price', 'difficulty', 'networkHashrate'] as const;
export type ForecastSeries = (typeof FORECAST_SERIES)[number];

export const FORECAST_MODELS = [...new Set([...PRICE_MODELS, ...DIFFICULTY_MODELS])] as const;

/** Why a model is the one in use at a horizon. */
export const MODEL_REASONS = ['beats-naive', 'not-tested', 'naive-not-beaten', 'history-ended'] as const;

/** `too-old`: the figure that the forecast would start from is no figure of today; what can be said is as of its own day (`dated`). `unknown`: there is none. */
export const FORECAST_STATES = ['ready', 'computing', 'unknown', 'too-old'] as const;

export const ForecastIntervalSchema = z.strictObject({
  median: number,
  lower80: number,
  upper80: number,
  lower95: number,
  upper95: number,
});

export const ForecastHorizonSchema = ForecastIntervalSchema.extend({
  days: whole,
  model: z.enum(FORECAST_MODELS),
  because: z.enum(MODEL_REASONS),
});

export const BacktestRowSchema = z.strictObject({
  horizonDays: whole,
  model: z.enum(FORECAST_MODELS),
  origins: whole,
  meanAbsoluteError: number,
  rootMeanSquareError: number,
  coverage80: number,
  coverage95: number,
  pinballLoss: number,
  skill: number,
  skillError: number,
  isUsed: z.boolean(),
});

export const ForecastBacktestSchema = z.strictObject({
  computedAt: z.string(),
  inputsHash: z.string(),
  source: z.string(),
  historyEndsAt: z.string(),
  firstOriginAt: z.string(),
  lastOriginAt: z.string(),
  rows: z.array(BacktestRowSchema),
});

export const NextRetargetSchema = z.strictObject({
  height: whole,
  blocksLeft: whole,
  difficulty: ForecastIntervalSchema,
  remainingS: ForecastIntervalSchema,
});

/** A forecast as of the moment of the last known figures: its days count from `at`, not from now. */
export const DatedForecastSchema = z.strictObject({
  at: z.string(),
  horizons: z.array(ForecastHorizonSchema),
  nextRetarget: NextRetargetSchema.nullable(),
});

export const ForecastCurrentSchema = z.strictObject({
  value: maybeNumber,
  source: z.string().nullable(),
  at: z.string().nullable(),
  ageS: maybeNumber,
  origin: z.enum(['live', 'shipped']),
});

export const SeriesForecastSchema = z.strictObject({
  series: z.enum(FORECAST_SERIES),
  unit: z.string(),
  status: z.enum(FORECAST_STATES),
  progressRatio: maybeNumber,
  current: ForecastCurrentSchema,
  horizons: z.array(ForecastHorizonSchema),
  nextRetarget: NextRetargetSchema.nullable(),
  dated: DatedForecastSchema.nullable(),
  backtest: ForecastBacktestSchema.nullable(),
});

export type ForecastInterval = z.infer<typeof ForecastIntervalSchema>;
export type ForecastHorizon = z.infer<typeof ForecastHorizonSchema>;
export type DatedForecast = z.infer<typeof DatedForecastSchema>;
export type SeriesForecast = z.infer<typeof SeriesForecastSchema>;

const orderSchema = z.array(whole).length(3);

export const OwnParameterSchema = z.strictObject({ name: z.string(), value: number, standardError: maybeNumber });
export const OwnPointSchema = z.strictObject({ mean: maybeNumber, median: maybeNumber, lower95: maybeNumber, upper95: maybeNumber });
const test = { statistic: number, pValue: number };
export const ResidualTestsSchema = z.strictObject({
  ljungBox: z.strictObject({ ...test, lags: whole, degrees: whole }).nullable(),
  jarqueBera: z.strictObject({ ...test, skewness: number, kurtosis: number }),
  heteroskedasticity: z.strictObject({ ...test, values: whole }).nullable(),
});

export const OwnForecastSchema = z.strictObject({
  order: orderSchema,
  seasonal: z.array(whole).length(4).nullable(),
  trend: z.enum(TRENDS),
  log: z.boolean(),
  observations: whole,
  parameters: z.array(OwnParameterSchema),
  logLikelihood: number,
  aicc: number,
  modelsTried: whole,
  forecast: z.array(OwnPointSchema),
  residualTests: ResidualTestsSchema,
});
