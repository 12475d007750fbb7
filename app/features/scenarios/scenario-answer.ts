/** What is said of a saved scenario, to a page and to a program, as zod schemas: they hold the answers and become the OpenAPI document. */
import { z } from 'zod';
import { EXPLAINED_FIGURE_NAMES, EXPLAINED_GROUPS } from '#app/features/explanation/explain-change.ts';
import { MARKET_FIGURE_NAMES } from '#app/features/market/snapshot.ts';

/** Longest name of a scenario, in UTF-16 units. */
export const MAX_NAME_LENGTH = 120;
/** Scenarios that a workspace keeps. */
export const MAX_SCENARIOS = 200;

const FORM_ERROR_CODES = [
  'missing',
  'market_missing',
  'not_a_number',
  'not_an_integer',
  'out_of_range',
  'unknown_choice',
  'unknown_model',
  'not_a_date',
  'too_long',
  'not_finite',
] as const;

export const ScenarioEntrySchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  machine: z.string(),
  savedAt: z.string(),
  count: z.number(),
  powerUsdPerKwh: z.number(),
  priceUsdPerBtc: z.number(),
});
export type ScenarioEntry = z.infer<typeof ScenarioEntrySchema>;
export const ScenariosAnswerSchema = z.strictObject({ scenarios: z.array(ScenarioEntrySchema).max(MAX_SCENARIOS) });

/** `derived`: not needed, the engine takes what the difficulty implies. `unknown`: needed, and nobody knows it. */
const USED_ORIGINS = ['typed', 'live', 'shipped', 'derived', 'unknown'] as const;

export const UsedMarketFigureSchema = z.strictObject({
  value: z.number().nullable(),
  origin: z.enum(USED_ORIGINS),
  source: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  at: z.string().nullable(),
});
export type UsedMarketFigure = z.infer<typeof UsedMarketFigureSchema>;

export const MarketThenNowSchema = z.strictObject({
  figure: z.enum(MARKET_FIGURE_NAMES),
  thenFigure: UsedMarketFigureSchema,
  nowFigure: UsedMarketFigureSchema,
});
export type MarketThenNow = z.infer<typeof MarketThenNowSchema>;

const InputValueSchema = z.union([z.number(), z.string(), z.boolean()]).nullable();
export const ChangedInputSchema = z.strictObject({
  group: z.enum(EXPLAINED_GROUPS),
  input: z.string(),
  thenInput: InputValueSchema,
  nowInput: InputValueSchema,
});
export type ChangedInput = z.infer<typeof ChangedInputSchema>;

export const ContributionSchema = z.strictObject({ group: z.enum(EXPLAINED_GROUPS), change: z.number() });

/**
 * Why a change is not split. `inputs`: an input of now is missing or refused. `then`, `now`: the figure did not exist then, does not exist now.
 * `between`: it does not exist when only some of the inputs have changed. `refused`: the engine refuses one of the mixtures.
 */
export const UNSPLIT_REASONS = ['inputs', 'then', 'now', 'between', 'refused'] as const;

export const InYuanSchema = z.strictObject({
  valueThen: z.number().nullable(),
  valueNow: z.number().nullable(),
  change: z.number().nullable(),
  contributions: z.array(ContributionSchema).nullable(),
});

export const ExplainedFigureSchema = z.strictObject({
  figure: z.enum(EXPLAINED_FIGURE_NAMES as [(typeof EXPLAINED_FIGURE_NAMES)[number], ...typeof EXPLAINED_FIGURE_NAMES]),
  valueThen: z.number().nullable(),
  valueNow: z.number().nullable(),
  change: z.number().nullable(),
  contributions: z.array(ContributionSchema).nullable(),
  notSplitBecause: z.enum(UNSPLIT_REASONS).nullable(),
  /** The same amounts in yuan, then at the rate of then; null: amounts are shown in dollars, or it is no amount. */
  inYuan: InYuanSchema.nullable(),
});
export type FigureExplanation = z.infer<typeof ExplainedFigureSchema>;

export const MissingInputSchema = z.strictObject({ field: z.string(), code: z.enum(FORM_ERROR_CODES) });

export const ExplainedRateSchema = z.strictObject({ thenCnyPerUsd: z.number(), nowCnyPerUsd: z.number() });

export const ScenarioExplanationSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  machine: z.string(),
  savedAt: z.string(),
  nowAt: z.string(),
  /** `saved`: the inputs of the scenario at the market of now. `given`: other inputs. */
  inputsOfNow: z.enum(['saved', 'given']),
  figures: z.array(ExplainedFigureSchema),
  changed: z.array(ChangedInputSchema),
  marketFigures: z.array(MarketThenNowSchema),
  /** Yuan for a dollar at both moments; null: amounts are in dollars then and now, or a rate is not known. */
  exchangeRate: ExplainedRateSchema.nullable(),
  missing: z.array(MissingInputSchema),
});
export type ScenarioExplanation = z.infer<typeof ScenarioExplanationSchema>;
