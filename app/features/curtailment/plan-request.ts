/**
 * The request of `POST /api/v1/curtailment/plan` as zod schemas, generated from the engine's table of plan fields: they refuse requests and become the OpenAPI document.
 * The envelope and its machines are apart, so that a body of 20,000 faulty machines can be refused after the first hundred faults.
 */
import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { MAX_PLAN_MODES, PLAN_FIELDS, PLAN_MACHINE_FIELDS, PLAN_OPTION_FIELDS } from '#engine/units/plan-fields.ts';

/** Units, counts expanded, of one request: what 5 s are enough for. */
export const MAX_REQUEST_UNITS = 20_000;
/** Longest id or name taken, in UTF-16 units. */
const MAX_NAME_LENGTH = 200;
const MAX_SITES = 100;
const MAX_CLIENTS = 1000;
const MAX_LOCKS = 100;

const fleet = (name: keyof typeof PLAN_FIELDS) => toNumberSchema(PLAN_FIELDS[name]);
const machine = (name: keyof typeof PLAN_MACHINE_FIELDS) => toNumberSchema(PLAN_MACHINE_FIELDS[name]);
const nameSchema = z.string().min(1).max(MAX_NAME_LENGTH);
const seriesOf = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).max(PLAN_FIELDS.count.max);

export const PlanModeSchema = z.strictObject({ name: nameSchema, powerW: machine('powerW'), hashrateThs: machine('hashrateThs') });

export const PlanLockSchema = z.strictObject({ kind: z.enum(['on', 'off']), from: machine('from'), to: machine('to') });

export const PlanMachineSchema = z.strictObject({
  id: nameSchema,
  count: machine('count').lte(MAX_REQUEST_UNITS).optional(),
  site: nameSchema.optional(),
  client: nameSchema.optional(),
  modes: z
    .array(PlanModeSchema)
    .min(1)
    .max(MAX_PLAN_MODES + 1),
  restartUsd: machine('restartUsd').optional(),
  bootMinutes: machine('bootMinutes').optional(),
  minUpIntervals: machine('minUpIntervals').optional(),
  minDownIntervals: machine('minDownIntervals').optional(),
  maxStarts: machine('maxStarts').optional(),
  initialMode: machine('initialMode').nullable().optional(),
  initialAgeIntervals: machine('initialAgeIntervals').optional(),
  locks: z.array(PlanLockSchema).max(MAX_LOCKS).optional(),
});

export const PlanSiteSchema = z.strictObject({
  id: nameSchema,
  capKw: seriesOf(fleet('capKw').nullable()).optional(),
  capPenaltyUsdPerKwh: fleet('capPenaltyUsdPerKwh').optional(),
  rampKw: fleet('rampKw').optional(),
});

export const PlanIntervalSchema = z.strictObject({
  startAt: nameSchema,
  minutes: fleet('minutes'),
  count: fleet('count'),
  timeZone: nameSchema,
});
export const PlanClientSchema = z.strictObject({ id: nameSchema, minMachineIntervals: fleet('minMachineIntervals') });
export const TakeOrPaySchema = z.strictObject({ minKwh: fleet('minKwh'), usdPerMissingKwh: fleet('usdPerMissingKwh') });
export const DemandChargeSchema = z.strictObject({ usdPerKw: fleet('usdPerKw'), peakSoFarKw: fleet('peakSoFarKw') });
export const PlanOptionsSchema = z.strictObject({
  gapTarget: toNumberSchema(PLAN_OPTION_FIELDS.gapTarget).optional(),
  timeBudgetMs: toNumberSchema(PLAN_OPTION_FIELDS.timeBudgetMs).optional(),
  iterations: toNumberSchema(PLAN_OPTION_FIELDS.iterations).optional(),
});

/** Everything but the machines themselves. */
export const PlanEnvelopeSchema = z.strictObject({
  interval: PlanIntervalSchema,
  priceUsdPerMwh: seriesOf(fleet('priceUsdPerMwh')),
  hashpriceUsdPerThDay: z.union([fleet('hashpriceUsdPerThDay'), seriesOf(fleet('hashpriceUsdPerThDay'))]),
  machines: z.array(z.unknown()).min(1).max(MAX_REQUEST_UNITS),
  sites: z.array(PlanSiteSchema).max(MAX_SITES).optional(),
  clients: z.array(PlanClientSchema).max(MAX_CLIENTS).optional(),
  takeOrPay: TakeOrPaySchema.optional(),
  demandCharge: DemandChargeSchema.optional(),
  options: PlanOptionsSchema.optional(),
});

export const PlanRequestSchema = PlanEnvelopeSchema.extend({ machines: z.array(PlanMachineSchema).min(1).max(MAX_REQUEST_UNITS) });

export type PlanEnvelope = z.infer<typeof PlanEnvelopeSchema>;
export type PlanMachineRequest = z.infer<typeof PlanMachineSchema>;
export type PlanRequest = z.infer<typeof PlanRequestSchema>;
