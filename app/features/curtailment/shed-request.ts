/**
 * The request of `POST /api/v1/curtailment/shed` as zod schemas, generated from the engine's table of shed fields: they refuse requests and become the OpenAPI document.
 * The envelope and its machines are apart, so that a body of 20,000 faulty machines can be refused after the first hundred faults.
 */
import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import type { ShedProblem } from '#engine';
import type { ShedFieldName } from '#engine/units/shed-fields.ts';
import { MAX_SHED_MACHINES, MAX_SHED_MODES, SHED_FIELDS, SHED_STRATEGIES } from '#engine/units/shed-fields.ts';

/** Longest id or name of a client taken, in UTF-16 units. */
const MAX_NAME_LENGTH = 200;
/** Tiers, clients and weights that rules may list. */
const MAX_RULE_ENTRIES = 1000;

const numberOf = (name: ShedFieldName) => toNumberSchema(SHED_FIELDS[name]);

const nameSchema = z.string().min(1).max(MAX_NAME_LENGTH);

export const ShedModeSchema = z.strictObject({ powerW: numberOf('powerW'), profitUsdPerHour: numberOf('profitUsdPerHour') });

export const ShedMachineSchema = z.strictObject({
  id: nameSchema,
  client: nameSchema.optional(),
  tier: numberOf('tier').optional(),
  score: numberOf('score').optional(),
  locked: z.boolean().meta({ default: false }).optional(),
  restartUsd: numberOf('restartUsd').optional(),
  current: numberOf('current'),
  modes: z.array(ShedModeSchema).min(1).max(MAX_SHED_MODES),
});

export const ShedWeightSchema = z.strictObject({
  client: nameSchema.optional(),
  tier: numberOf('tier').optional(),
  weight: numberOf('weight'),
});

export const ShedRulesSchema = z.strictObject({
  tiers: z.array(numberOf('tier')).max(MAX_RULE_ENTRIES).optional(),
  clients: z.array(nameSchema).max(MAX_RULE_ENTRIES).optional(),
  scoreAtMost: numberOf('score').optional(),
  weights: z.array(ShedWeightSchema).max(MAX_RULE_ENTRIES).optional(),
  minimumOnlineRatio: numberOf('minimumOnlineRatio').optional(),
});

/** Everything but the machines themselves. */
export const ShedEnvelopeSchema = z.strictObject({
  targetW: numberOf('targetW'),
  durationHours: numberOf('durationHours'),
  strategy: z.enum(SHED_STRATEGIES).meta({ default: SHED_STRATEGIES[0] }).optional(),
  custom: ShedRulesSchema.optional(),
  machines: z.array(z.unknown()).max(MAX_SHED_MACHINES),
});

export const ShedRequestSchema = ShedEnvelopeSchema.extend({ machines: z.array(ShedMachineSchema).max(MAX_SHED_MACHINES) });

export type ShedEnvelope = z.infer<typeof ShedEnvelopeSchema>;
export type ShedMachineRequest = z.infer<typeof ShedMachineSchema>;
export type ShedRequest = z.infer<typeof ShedRequestSchema>;

/** The engine's problem, with the API's defaults in place of what was left out. */
export function toShedProblem(envelope: ShedEnvelope, machines: readonly ShedMachineRequest[]): ShedProblem {
  const { targetW, durationHours, strategy = SHED_STRATEGIES[0], custom } = envelope;
  return {
    targetW,
    durationHours,
    strategy,
    custom:
      custom === undefined
        ? null
        : {
            tiers: custom.tiers ?? null,
            clients: custom.clients ?? null,
            scoreAtMost: custom.scoreAtMost ?? null,
            weights: (custom.weights ?? []).map(({ client = null, tier = null, weight }) => ({ client, tier, weight })),
            minimumOnlineRatio: custom.minimumOnlineRatio ?? SHED_FIELDS.minimumOnlineRatio.default ?? 0,
          },
    machines: machines.map(({ id, client = null, tier = null, score = null, locked = false, restartUsd, current, modes }) => ({
      id,
      client,
      tier,
      score,
      locked,
      restartUsd: restartUsd ?? SHED_FIELDS.restartUsd.default ?? 0,
      current,
      modes,
    })),
  };
}
