/** Answers of `/api/v1/indicators` as zod schemas: what the OpenAPI document promises and what the tests hold real answers to. */
import { z } from 'zod';
import { COLUMNS, GROUPS } from '#app/features/indicators/indicator.ts';

const number = z.number();
const wholeNumber = z.number().int();

export const IndicatorValueSchema = z.union([number, z.record(z.string(), number.nullable()), z.null()]);
const params = z.record(z.string(), number);

export const IndicatorAnswerSchema = z.strictObject({
  name: z.string(),
  params,
  values: z.array(IndicatorValueSchema),
  ahead: z.array(IndicatorValueSchema).optional(),
});

export const IndicatorHistorySchema = z.strictObject({
  name: z.string(),
  params,
  sources: z.array(z.string()),
  times: z.array(z.string()),
  values: z.array(IndicatorValueSchema),
  ahead: z.array(IndicatorValueSchema).optional(),
});

export const IndicatorParamSchema = z.strictObject({
  name: z.string(),
  meaning: z.string(),
  unit: z.string(),
  default: number,
  min: number,
  max: number,
  minExclusive: z.boolean(),
  integer: z.boolean(),
  aliases: z.array(z.string()),
});

export const IndicatorOutputSchema = z.strictObject({ name: z.string(), unit: z.string(), warmUp: wholeNumber });

export const IndicatorEntrySchema = z.strictObject({
  name: z.string(),
  group: z.enum(GROUPS),
  title: z.string(),
  meaning: z.string(),
  inputs: z.array(z.enum(COLUMNS)),
  params: z.array(IndicatorParamSchema),
  outputs: z.array(IndicatorOutputSchema),
  isStored: z.boolean(),
});

export const IndicatorsAnswerSchema = z.strictObject({ indicators: z.array(IndicatorEntrySchema) });

export type IndicatorAnswer = z.infer<typeof IndicatorAnswerSchema>;
export type IndicatorHistory = z.infer<typeof IndicatorHistorySchema>;
export type IndicatorEntry = z.infer<typeof IndicatorEntrySchema>;
