/** The answer of `POST /api/v1/curtailment/plan` as zod schemas: what the OpenAPI document promises and what the tests hold real answers to. */
import { z } from 'zod';
import type { PlanAnswer, PlanResult } from '#engine';
import { PlanLockSchema } from './plan-request.ts';

const number = z.number();
const maybeNumber = z.number().nullable();
const wholeNumber = z.number().int();

export const PlanGapPartsSchema = z.strictObject({
  regretUsd: number,
  unusedCapUsd: number,
  unusedRampUsd: number,
  clientUsd: number,
  takeOrPayUsd: number,
  demandChargeUsd: number,
});

export const PlanMoneySchema = z.strictObject({
  hashingUsd: number,
  energyUsd: number,
  restartUsd: number,
  capPenaltyUsd: number,
  takeOrPayUsd: number,
  demandChargeUsd: number,
});

export const PlanShadowPricesSchema = z.strictObject({
  cap: z.array(z.strictObject({ site: z.string(), interval: wholeNumber, usdPerMw: number })),
  ramp: z.array(z.strictObject({ site: z.string(), interval: wholeNumber, usdPerMw: number })),
  clients: z.array(z.strictObject({ id: z.string(), usdPerMachineInterval: number, totalUsd: number })),
  takeOrPayUsdPerKwh: maybeNumber,
  peak: z.array(z.strictObject({ interval: wholeNumber, usdPerKw: number })),
});

const weights = {
  cap: z.array(z.array(number)),
  rampUp: z.array(z.array(number)),
  rampDown: z.array(z.array(number)),
  client: z.array(number),
};

export const PlanMultipliersSchema = z.strictObject({ ...weights, takeOrPay: number, peak: z.array(number) });

export const PlanRelaxationSchema = z.strictObject({
  caps: z.array(z.strictObject({ site: z.string(), interval: wholeNumber, raiseW: number })),
  clients: z.array(z.strictObject({ id: z.string(), lowerByMachineIntervals: number })),
});

export const PlanCertificateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), id: z.string(), unit: wholeNumber, locks: z.array(PlanLockSchema) }),
  z.strictObject({ kind: z.literal('search') }),
  z.strictObject({
    kind: z.literal('rows'),
    weights: z.strictObject(weights),
    value: z.string(),
    intervals: z.array(z.strictObject({ site: z.string(), interval: wholeNumber })),
    clients: z.array(z.string()),
    relaxation: PlanRelaxationSchema.nullable(),
  }),
]);

export const PlannedUnitSchema = z.strictObject({
  id: z.string(),
  unit: wholeNumber,
  runs: z.array(z.tuple([wholeNumber, wholeNumber, wholeNumber.nullable()])),
});

export const UsedPlanOptionsSchema = z.strictObject({ gapTarget: number, timeBudgetMs: number, iterations: number });

export const PlanAnswerSchema = z.strictObject({
  status: z.enum(['certified', 'bounded', 'infeasible', 'cancelled']),
  valueUsd: maybeNumber,
  boundUsd: maybeNumber,
  searchBoundUsd: maybeNumber,
  gapUsd: maybeNumber,
  gapRatio: maybeNumber,
  exact: z.strictObject({ valueUnits: z.string(), boundUnits: z.string() }).nullable(),
  gapParts: PlanGapPartsSchema.nullable(),
  money: PlanMoneySchema.nullable(),
  loadKw: z.array(number).nullable(),
  machines: z.array(PlannedUnitSchema),
  shadowPrices: PlanShadowPricesSchema.nullable(),
  multipliers: PlanMultipliersSchema.nullable(),
  certificate: PlanCertificateSchema.nullable(),
  iterations: wholeNumber.nullable(),
  options: UsedPlanOptionsSchema,
  inputsHash: z.string(),
  engineVersion: z.string(),
});

export type PlanAnswerJson = z.infer<typeof PlanAnswerSchema>;
export type UsedPlanOptions = z.infer<typeof UsedPlanOptionsSchema>;

/**
 * The engine's result with every name in every case: what there is not is null. A budget that ended before any plan or proof was found is `bounded` without a value; a cancelled
 * search without a plan is `cancelled` without a value. Where every plan was tried and none is allowed the certificate says so, though no weights prove it.
 */
export function toPlanAnswer(result: Exclude<PlanResult, { status: 'invalid' }>, options: UsedPlanOptions): PlanAnswerJson {
  const { inputsHash, engineVersion } = result;
  const common = { options, inputsHash, engineVersion };
  if ('exact' in result) return { ...pickFigures(result), certificate: null, iterations: result.iterations, ...common };
  if (result.status === 'infeasible')
    return { ...NO_FIGURES, status: 'infeasible', certificate: result.certificate, iterations: null, ...common };
  const { boundUsd, multipliers } = result;
  const isTried = result.status === 'unknown' && result.isSearched;
  const status = isTried ? 'infeasible' : result.status === 'unknown' ? 'bounded' : 'cancelled';
  return { ...NO_FIGURES, status, boundUsd, multipliers, certificate: isTried ? { kind: 'search' } : null, iterations: null, ...common };
}

const NO_FIGURES = {
  valueUsd: null,
  boundUsd: null,
  searchBoundUsd: null,
  gapUsd: null,
  gapRatio: null,
  exact: null,
  gapParts: null,
  money: null,
  loadKw: null,
  machines: [],
  shadowPrices: null,
  multipliers: null,
};

function pickFigures(answer: PlanAnswer) {
  const {
    status,
    valueUsd,
    boundUsd,
    searchBoundUsd,
    gapUsd,
    gapRatio,
    exact,
    gapParts,
    money,
    loadKw,
    machines,
    shadowPrices,
    multipliers,
  } = answer;
  return {
    status,
    valueUsd,
    boundUsd,
    searchBoundUsd,
    gapUsd,
    gapRatio,
    exact,
    gapParts,
    money,
    loadKw,
    machines,
    shadowPrices,
    multipliers,
  };
}
