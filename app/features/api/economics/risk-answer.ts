/** The answer of `POST /api/v1/risk` as zod schemas: what the OpenAPI document promises and what the tests hold real answers to. */
import { z } from 'zod';
import { InputsSchema, UsedMarketSchema } from './roi-answer.ts';

const number = z.number();
const maybeNumber = z.number().nullable();

const RISK_INPUTS = {
  seed: z.number().int(),
  paths: z.number().int(),
  priceVolatilityPerYear: number,
  networkVolatilityPerYear: number,
  correlation: number,
};

export const RiskInputsSchema = InputsSchema.extend(RISK_INPUTS);

export const UsedOptionSchema = z.strictObject({
  value: number,
  origin: z.enum(['request', 'history']),
  source: z.string(),
  fromAt: z.string().nullable(),
  toAt: z.string().nullable(),
  months: z.number().int().nullable(),
});

export const RiskEstimatesSchema = z.strictObject({
  priceVolatilityPerYear: UsedOptionSchema,
  networkVolatilityPerYear: UsedOptionSchema,
  correlation: UsedOptionSchema,
});

export const QuantilesSchema = z.strictObject({ p5: number, p10: number, p50: number, p90: number, p95: number });
export const MaybeQuantilesSchema = z.strictObject({
  p5: maybeNumber,
  p10: maybeNumber,
  p50: maybeNumber,
  p90: maybeNumber,
  p95: maybeNumber,
});

export const RiskQuantilesSchema = z.strictObject({
  npvUsd: QuantilesSchema,
  roiRatio: MaybeQuantilesSchema,
  paybackMonths: MaybeQuantilesSchema,
});

export const RiskErrorsSchema = z.strictObject({
  npvUsd: MaybeQuantilesSchema,
  roiRatio: MaybeQuantilesSchema,
  paybackMonths: MaybeQuantilesSchema,
  meanNpvUsd: maybeNumber,
  probabilityOfPayback: maybeNumber,
  probabilityOfShutdown: maybeNumber,
});

export const RiskShutdownSchema = z.strictObject({
  probability: number,
  meanMonth: maybeNumber,
  meanMonthsOff: number,
  offRatioByMonth: z.array(number),
});

export const FanMonthSchema = z.strictObject({ month: z.number().int(), p5: number, p25: number, p50: number, p75: number, p95: number });

export const RiskAnswerSchema = z.strictObject({
  inputs: RiskInputsSchema,
  market: UsedMarketSchema,
  estimates: RiskEstimatesSchema,
  quantiles: RiskQuantilesSchema,
  standardErrors: RiskErrorsSchema,
  meanNpvUsd: number,
  probabilityOfPayback: number,
  shutdown: RiskShutdownSchema,
  fan: z.array(FanMonthSchema),
  engineVersion: z.string(),
});
