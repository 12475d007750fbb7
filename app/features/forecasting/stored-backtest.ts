/** What a finished back-test leaves behind, as it is stored. Pure. */
import { z } from 'zod';
import { BacktestRowSchema } from './forecast-answer.ts';

/** Raised whenever the same history would give other figures: stored results of an older method are computed again. */
export const METHOD_VERSION = 3;

/** Quantiles (LEVELS) of the change of the logarithm from the end of the history, by horizon (HORIZONS_DAYS). */
const changesSchema = z.array(z.array(z.number()));

const common = {
  rows: z.array(BacktestRowSchema),
  source: z.string(),
  historyEndsAt: z.string(),
  firstOriginAt: z.string(),
  lastOriginAt: z.string(),
};

export const StoredPriceSchema = z.strictObject({
  ...common,
  changes: z.strictObject({ naive: changesSchema, drift: changesSchema, arima: changesSchema }),
});

export const StoredDifficultySchema = z.strictObject({
  ...common,
  naiveChanges: changesSchema,
  growth: z.strictObject({ mean: z.number(), variance: z.number(), changes: z.number() }),
});

export const StoredHashrateSchema = z.strictObject({ ...common, changes: z.strictObject({ naive: changesSchema, drift: changesSchema }) });

export type StoredPrice = z.infer<typeof StoredPriceSchema>;
export type StoredDifficulty = z.infer<typeof StoredDifficultySchema>;
export type StoredHashrate = z.infer<typeof StoredHashrateSchema>;
export type StoredResult = StoredPrice | StoredDifficulty | StoredHashrate;

/** A stored result with the time and the hash that stand beside it. */
export type Stored<Result> = { result: Result; computedAt: string; inputsHash: string };
