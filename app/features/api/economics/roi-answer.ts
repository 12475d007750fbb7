/**
 * The answers of the API as zod schemas: what the OpenAPI document promises and what the tests hold real answers to. `null` is
 * unknown or does not exist; units are in the names.
 */
import { z } from 'zod';
import { COOLINGS } from '#app/features/catalogue/machine.ts';
import { FigureBasisSchema } from '#app/features/market/stored-figures.ts';
import type { Verification, Warning } from '#engine';
import { type FieldName, PAYOUT_MODELS } from '#engine/units/fields.ts';
import { FIELD_NAMES } from './roi-request.ts';

/** Every word of one of the engine's unions: the compiler refuses a list that lacks one. */
function wordsOf<Word extends string>(words: Record<Word, true>): Word[] {
  return Object.keys(words) as Word[];
}

const number = z.number();
const maybeNumber = z.number().nullable();

export const TodaySchema = z.strictObject({
  hashpriceBtcPerThDay: number,
  minedBtcPerDay: number,
  revenueUsdPerDay: number,
  energyKwhPerDay: number,
  powerUsdPerDay: number,
  fixedUsdPerDay: number,
  netUsdPerDay: number,
  breakEvenPowerUsdPerKwh: maybeNumber,
  breakEvenPriceUsdPerBtc: maybeNumber,
});

export const MonthSchema = z.strictObject({
  month: z.number().int(),
  minedBtc: number,
  revenueUsd: number,
  powerUsd: number,
  fixedUsd: number,
  netUsd: number,
  cumulativeUsd: number,
});

const ProjectionSummarySchema = z.strictObject({
  minedBtc: number,
  npvUsd: number,
  irrRatioPerYear: maybeNumber,
  paybackMonths: maybeNumber,
  staticPaybackMonths: maybeNumber,
  profitUsd: number,
  roiRatio: maybeNumber,
  shutdownMonth: z.number().int().nullable(),
  buyBtc: number,
  mineBtc: number,
});

export const ProjectionSchema = ProjectionSummarySchema.extend({ months: z.array(MonthSchema) });

export const VerificationSchema = z.strictObject({
  difficultyMethodBtcPerDay: number,
  shareMethodBtcPerDay: maybeNumber,
  ratio: maybeNumber,
  note: z.enum(wordsOf<Verification['note']>({ agree: true, blocks_faster: true, blocks_slower: true, not_measured: true })),
});

export const UsedFigureSchema = z.strictObject({
  value: number,
  source: z.string(),
  sourceUrl: z.string().nullable(),
  at: z.string().nullable(),
  origin: z.enum(['request', 'live', 'shipped']),
});

export const UsedMarketSchema = z.strictObject({
  height: UsedFigureSchema.nullable(),
  difficulty: UsedFigureSchema.nullable(),
  feesBtcPerBlock: UsedFigureSchema.nullable(),
  priceUsdPerBtc: UsedFigureSchema.nullable(),
  networkHashrateThs: UsedFigureSchema.nullable(),
  epochElapsedS: UsedFigureSchema.nullable(),
});

type EchoedName = Exclude<FieldName, 'clientPowerUsdPerKwh'>;
const echoedNames = FIELD_NAMES.filter((name): name is EchoedName => name !== 'clientPowerUsdPerKwh');
const inputShape = Object.fromEntries(echoedNames.map((name) => [name, number])) as Record<EchoedName, z.ZodNumber>;

/** What the answer rests on, defaults and market figures filled in. May be posted back as a request. */
export const InputsSchema = z.strictObject({
  model: z.string().optional(),
  ...inputShape,
  clientPowerUsdPerKwh: number.optional(),
  payoutModel: z.enum(PAYOUT_MODELS),
  shutdownWhenUnprofitable: z.boolean(),
});

const WarningSchema = z.enum(
  wordsOf<Warning>({ loses_money_today: true, never_pays_back: true, methods_disagree: true, blocks_never_arrive: true, shuts_down: true }),
);

export const RoiAnswerSchema = z.strictObject({
  inputs: InputsSchema,
  market: UsedMarketSchema,
  today: TodaySchema,
  projection: ProjectionSchema,
  host: ProjectionSchema.optional(),
  client: ProjectionSchema.optional(),
  verification: VerificationSchema,
  warnings: z.array(WarningSchema),
  engineVersion: z.string(),
});

export const ErrorSchema = z.strictObject({
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  message: z.string(),
  min: maybeNumber,
  max: maybeNumber,
});

export const ProblemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(ErrorSchema),
});

export const RowProjectionSchema = ProjectionSummarySchema.extend({ months: z.array(MonthSchema).optional() });

export const BatchRowSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    today: TodaySchema,
    projection: RowProjectionSchema,
    host: RowProjectionSchema.optional(),
    client: RowProjectionSchema.optional(),
  }),
  z.strictObject({ ok: z.literal(false), errors: z.array(ErrorSchema) }),
]);

export const FleetTodaySchema = z.strictObject({
  minedBtcPerDay: maybeNumber,
  revenueUsdPerDay: maybeNumber,
  energyKwhPerDay: maybeNumber,
  powerUsdPerDay: maybeNumber,
  fixedUsdPerDay: maybeNumber,
  netUsdPerDay: maybeNumber,
});

export const FleetProjectionSchema = z.strictObject({
  minedBtc: maybeNumber,
  npvUsd: maybeNumber,
  irrRatioPerYear: maybeNumber,
  paybackMonths: maybeNumber,
  profitUsd: maybeNumber,
  capexUsd: maybeNumber,
  roiRatio: maybeNumber,
  buyBtc: maybeNumber,
  mineBtc: maybeNumber,
});

/** Sums over the rows that were computed. A ratio, payback or sum that does not exist is `null`. */
export const BatchSummarySchema = z.strictObject({
  rowCount: z.number().int(),
  okRows: z.number().int(),
  failedRows: z.number().int(),
  machines: z.number().int(),
  hashrateThs: maybeNumber,
  powerW: maybeNumber,
  efficiencyJPerTh: maybeNumber,
  today: FleetTodaySchema,
  projection: FleetProjectionSchema,
  engineVersion: z.string(),
});

export const BatchAnswerSchema = z.strictObject({
  rows: z.array(BatchRowSchema),
  summary: BatchSummarySchema,
  market: UsedMarketSchema,
});

export const ModelSchema = z.strictObject({
  name: z.string(),
  maker: z.string(),
  hashrateThs: number,
  powerW: number,
  efficiencyJPerTh: number,
  releasedAt: z.string().nullable(),
  cooling: z.enum(COOLINGS),
  source: z.string(),
});

export const ModelsAnswerSchema = z.strictObject({ models: z.array(ModelSchema) });

/** Without a value there is no source either. */
export const SnapshotFigureSchema = z.strictObject({
  value: maybeNumber,
  source: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  at: z.string().nullable(),
  origin: z.enum(['live', 'shipped']),
  isLastKnown: z.boolean(),
  basis: FigureBasisSchema.nullable().optional(),
});

export const MarketAnswerSchema = z.strictObject({
  height: SnapshotFigureSchema,
  difficulty: SnapshotFigureSchema,
  feesBtcPerBlock: SnapshotFigureSchema,
  priceUsdPerBtc: SnapshotFigureSchema,
  networkHashrateThs: SnapshotFigureSchema,
  epochElapsedS: SnapshotFigureSchema,
  cnyPerUsd: SnapshotFigureSchema,
});
