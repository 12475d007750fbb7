/**
 * The request of `POST /api/v1/roi` as a zod schema, generated from the engine's one table of fields: a unit, range or default
 * is written down nowhere else. The same schema refuses requests, and becomes the OpenAPI document and the developers' page.
 * Every field is optional here; which ones must be present depends on the model and the market (`read-roi-request.ts`).
 */
import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { FIELDS, type FieldName, PAYOUT_MODELS } from '#engine/units/fields.ts';

/** Longest name of a machine model taken, in UTF-16 units. Our own bound: the longest in the catalogue is far below it. */
export const MAX_MODEL_LENGTH = 200;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

const numberOf = (name: FieldName) => toNumberSchema(FIELDS[name]).optional();

const numberShape = Object.fromEntries(FIELD_NAMES.map((name) => [name, numberOf(name)])) as Record<FieldName, z.ZodOptional<z.ZodNumber>>;

/** Every name a request may carry; any other name is refused. */
export const RoiFieldsSchema = z.strictObject({
  model: z.string().min(1).max(MAX_MODEL_LENGTH).optional(),
  ...numberShape,
  payoutModel: z.enum(PAYOUT_MODELS).meta({ default: PAYOUT_MODELS[0] }).optional(),
  shutdownWhenUnprofitable: z.boolean().meta({ default: false }).optional(),
});

export type RoiFields = z.infer<typeof RoiFieldsSchema>;

/** As sent to `/api/v1/roi`: the power price is always required. */
export const RoiRequestSchema = RoiFieldsSchema.extend({ powerUsdPerKwh: numberShape.powerUsdPerKwh.unwrap() }).meta({
  anyOf: [{ required: ['model'] }, { required: ['hashrateThs', 'powerW'] }],
});

/** A batch answers at most this many rows. */
export const MAX_BATCH_ROWS = 10_000;

/** With months, an answer lists at most this many of them in all: 10,000 rows of the default 36 months, and some 60 MB of JSON. */
export const MAX_BATCH_MONTH_ROWS = 400_000;

/** As sent to `/api/v1/roi/batch`. A row may leave to `defaults` whatever it does not say itself. */
export const BatchRequestSchema = z.strictObject({
  defaults: RoiFieldsSchema.optional(),
  rows: z.array(RoiFieldsSchema).max(MAX_BATCH_ROWS),
});

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}
