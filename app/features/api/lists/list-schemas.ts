/**
 * The requests and answers of `/api/v1/batches` as zod schemas, for the OpenAPI document (decision 0081). "List" in their names: "Batch" is the request that computes at
 * once and keeps nothing.
 */
import { z } from 'zod';
import { BATCH_STATUSES, MAX_NAME_LENGTH } from '#app/features/batch/stored/batch-request.ts';
import { MAX_OTHER_SHEETS } from '#app/features/batch/stored/stored-mapping.ts';
import { ChoicesSchema, CorrectionSchema, MappingSchema, SaidMappingSchema } from './read-batch-upload.ts';

const count = z.int().min(0);
const maybe = z.number().nullable();
const someJson = z.record(z.string(), z.unknown());
const name = z.string().min(1).max(MAX_NAME_LENGTH);

export const ListCorrectionSchema = CorrectionSchema;
export const ListMappingSchema = SaidMappingSchema;
export const ListChoicesSchema = ChoicesSchema;

/** The parts of the multipart body; those that are no text are JSON. */
export const ListUploadSchema = z.strictObject({
  file: z.string(),
  defaults: someJson.optional(),
  mapping: MappingSchema.optional(),
  choices: ListChoicesSchema.optional(),
  name: name.optional(),
});

/** One of them; a body with several does the first that is named here. */
export const ListChangeSchema = z.strictObject({
  name: name.optional(),
  cancelled: z.literal(true).optional(),
  shared: z.boolean().optional(),
});

export const ListAgainSchema = z.strictObject({ defaults: someJson.optional(), name: name.optional() });

export const ListOrderedSchema = z.strictObject({ id: z.uuid() });

export const ListChangedSchema = z.strictObject({
  id: z.uuid(),
  name: name.optional(),
  isShared: z.boolean().optional(),
  share: z.string().optional(),
  path: z.string().optional(),
});

export const ListFiguresSchema = z.strictObject({
  machines: count,
  hashrateThs: z.number(),
  powerW: z.number(),
  netUsdPerDay: z.number(),
  npvUsd: z.number(),
});

export const ListEntrySchema = z.strictObject({
  id: z.uuid(),
  name,
  fileName: z.string(),
  status: z.enum(BATCH_STATUSES),
  rowsTotal: count,
  rowsOk: count,
  rowsFailed: count,
  rowsSkipped: count,
  isShared: z.boolean(),
  hasFile: z.boolean(),
  createdAt: z.string(),
  figures: ListFiguresSchema.nullable(),
});
export const ListsAnswerSchema = z.strictObject({ batches: z.array(ListEntrySchema) });

export const ListTodaySchema = z.strictObject({
  minedBtcPerDay: z.number(),
  revenueUsdPerDay: z.number(),
  energyKwhPerDay: z.number(),
  powerUsdPerDay: z.number(),
  fixedUsdPerDay: z.number(),
  netUsdPerDay: z.number(),
  breakEvenPowerUsdPerKwh: maybe,
  breakEvenPriceUsdPerBtc: maybe,
});

export const ListProjectionSchema = z.strictObject({
  minedBtc: z.number(),
  capexUsd: z.number(),
  npvUsd: z.number(),
  profitUsd: z.number(),
  roiRatio: maybe,
  irrRatioPerYear: maybe,
  paybackMonths: maybe,
  staticPaybackMonths: maybe,
  buyBtc: z.number(),
  mineBtc: z.number(),
  netUsdByMonth: z.array(z.number()),
});

export const ListLosingSchema = z.strictObject({
  rows: count,
  machines: count,
  hashrateThs: z.number(),
  powerW: z.number(),
  netUsdPerDay: z.number(),
  machinesRatio: maybe,
});

export const ListCurveStepSchema = z.strictObject({ powerUsdPerKwh: z.number(), profitableW: z.number() });

const counts = z.record(z.string(), count);

/** Fields that may be missing follow from a host's power price: a list with hosted machines does not show them through a link. */
export const ListSummarySchema = z.strictObject({
  rows: count,
  refusedRows: count,
  machines: count,
  hashrateThs: z.number(),
  powerW: z.number(),
  sitePowerW: z.number(),
  efficiencyJPerTh: maybe,
  meanPowerUsdPerKwh: maybe.optional(),
  today: ListTodaySchema.optional(),
  projection: ListProjectionSchema.optional(),
  unprofitable: ListLosingSchema.optional(),
  cheapestPowerUsdPerKwh: maybe.optional(),
  rowsWithoutCapex: count,
  engineVersion: z.string(),
  breakEvenCurve: z.array(ListCurveStepSchema),
  errors: counts,
  skipped: counts,
  matches: counts,
  notes: counts.optional(),
});

export const ListTableSchema = z.strictObject({
  format: z.enum(['csv', 'xlsx']),
  sheet: z.string().nullable(),
  otherSheets: z.array(z.strictObject({ name: z.string(), isHidden: z.boolean() })).max(MAX_OTHER_SHEETS),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  headerRow: count.nullable(),
});

/** Fields that may be missing are not shown through a link. */
export const ListAnswerSchema = z.strictObject({
  id: z.uuid(),
  name,
  fileName: z.string().optional(),
  fileBytes: count.optional(),
  status: z.enum(BATCH_STATUSES),
  rowsTotal: count,
  rowsOk: count,
  rowsFailed: count,
  rowsSkipped: count,
  storedThroughRow: count,
  doneRatio: maybe,
  isShared: z.boolean(),
  hasFile: z.boolean().optional(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  table: ListTableSchema.nullable().optional(),
  mapping: someJson.nullable().optional(),
  summary: ListSummarySchema.nullable(),
  failure: someJson.nullable(),
  request: someJson.optional(),
});

export const ListRowSchema = z.strictObject({
  row: count,
  model: z.string().nullable(),
  machine: z.string().nullable(),
  matchKind: z.string().nullable(),
  count,
  hashrateThs: z.number(),
  powerW: z.number(),
  // Null: the host's, through a link.
  powerUsdPerKwh: maybe,
  capexUsd: z.number(),
  minedBtcPerDay: maybe,
  revenueUsdPerDay: maybe,
  powerUsdPerDay: maybe,
  netUsdPerDay: maybe,
  breakEvenPowerUsdPerKwh: maybe,
  breakEvenPriceUsdPerBtc: maybe,
  minedBtc: maybe,
  npvUsd: maybe,
  irrRatioPerYear: maybe,
  paybackMonths: maybe,
  profitUsd: maybe,
  shutdownMonth: maybe,
  clientPowerUsdPerKwh: maybe,
  clientNetUsdPerDay: maybe,
  hostNetUsdPerDay: maybe,
});
export const ListRowsAnswerSchema = z.strictObject({ rows: z.array(ListRowSchema), next: count.nullable() });

export const ListErrorSchema = z.strictObject({
  row: count,
  line: count,
  column: count.nullable(),
  header: z.string(),
  field: z.string().nullable(),
  value: z.string(),
  code: z.string(),
  range: someJson.nullable(),
  suggestion: someJson.nullable(),
});
export const ListErrorsAnswerSchema = z.strictObject({ errors: z.array(ListErrorSchema), next: count.nullable() });

/** What an event of the stream holds as JSON. */
export const ListProgressSchema = z.strictObject({
  status: z.enum(BATCH_STATUSES),
  read: count,
  matched: count,
  computed: count,
  stored: count,
  failed: count,
  skipped: count,
  doneRatio: maybe,
  rowsPerSecond: maybe,
  elapsedMs: count,
  leftMs: maybe,
});
