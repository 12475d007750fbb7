/** The answer of `POST /api/v1/curtailment/shed` as zod schemas: what the OpenAPI document promises and what the tests hold real answers to. */
import { z } from 'zod';
import type { ShedProblem, ShedResult } from '#engine';
import { SHED_STRATEGIES } from '#engine/units/shed-fields.ts';

const number = z.number();
const maybeNumber = z.number().nullable();

export const ShedReasonSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.enum(['stopped', 'lowered', 'raised']), lostUsdPerHour: number, restartUsd: number }),
  z.strictObject({ code: z.literal('kept'), extraUsdPerHour: number, marginalUsdPerKwh: number }),
  z.strictObject({ code: z.literal('spared'), marginalUsdPerKwh: number }),
  z.strictObject({ code: z.literal('protected'), by: z.enum(['tier', 'score']), level: maybeNumber }),
  z.strictObject({ code: z.enum(['locked', 'not-eligible']), blockedW: number }),
  z.strictObject({ code: z.literal('nothing-to-shed') }),
  z.strictObject({ code: z.literal('gives-all'), maximumW: number }),
]);

export const ShedDecisionSchema = z.strictObject({ id: z.string(), mode: z.number().int().nullable(), reason: ShedReasonSchema });

export const ShedBlockerSchema = z.strictObject({
  because: z.enum(['locked', 'not-eligible', 'minimum-online']),
  machines: z.number().int(),
  blockedW: number,
});

export const ShedInputsSchema = z.strictObject({ targetW: number, durationHours: number, strategy: z.enum(SHED_STRATEGIES) });

export const ShedLatticeSchema = z.strictObject({ powerW: number, moneyUsd: number });

export const ShedAnswerSchema = z.strictObject({
  status: z.enum(['optimal', 'bounded', 'infeasible']),
  shedW: maybeNumber,
  lostUsd: maybeNumber,
  boundUsd: maybeNumber,
  gapUsd: maybeNumber,
  policyPriceUsd: maybeNumber,
  maximumShedW: number,
  machines: z.array(ShedDecisionSchema),
  blockers: z.array(ShedBlockerSchema),
  lattice: ShedLatticeSchema,
  inputs: ShedInputsSchema,
  engineVersion: z.string(),
});

export type ShedAnswer = z.infer<typeof ShedAnswerSchema>;

export function toShedAnswer(result: Exclude<ShedResult, { kind: 'invalid' }>, problem: ShedProblem): ShedAnswer {
  const { status, shedW, lostUsd, boundUsd, gapUsd, policyPriceUsd, maximumShedW, machines, blockers, lattice, engineVersion } = result;
  const { targetW, durationHours, strategy } = problem;
  const inputs = { targetW, durationHours, strategy };
  return { status, shedW, lostUsd, boundUsd, gapUsd, policyPriceUsd, maximumShedW, machines, blockers, lattice, inputs, engineVersion };
}
