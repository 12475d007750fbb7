/** What a workspace, or one of its sites, set a rule to: request schema, defaults, and the merge of both. Pure. */

import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { isStorable } from '#app/platform/storable-text.ts';
import type { FieldRange } from '#engine/units/fields.ts';
import { toPoolHost } from './facts.ts';
import {
  type AnyNumbers,
  findRule,
  RULE_IDS,
  type RuleId,
  type RuleTiming,
  SEVERITIES,
  type Severity,
  TIMING_FIELDS,
} from './rule-table.ts';

const MAX_HOSTS = 50;

/** Ranges of every number that some rule knows, by name, for the words of refusals. */
export const RULE_RANGES: Readonly<Record<string, FieldRange>> = Object.assign(
  {},
  TIMING_FIELDS,
  ...RULE_IDS.map((id) => findRule(id).fields),
);

/** Only what differs from the default; the rest is filled in. */
export type RuleChange = {
  isEnabled?: boolean;
  severity?: Severity;
  /** Timing and the rule's own numbers, by name. */
  numbers?: Record<string, number>;
  /** `wrong-pool`: hosts that may be mined on. Empty: the one that the machine has mined on so far. */
  poolHosts?: string[];
};

export type RuleSettings = {
  isEnabled: boolean;
  severity: Severity;
  timing: RuleTiming;
  numbers: AnyNumbers;
  poolHosts: readonly string[];
};

/** The schema of one rule's change: unknown names and numbers out of range are refused. */
export function toChangeSchema(id: RuleId) {
  const ranges = { ...TIMING_FIELDS, ...findRule(id).fields };
  const numbers = Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, toNumberSchema(range).optional()]));
  return z.strictObject({
    isEnabled: z.boolean().optional(),
    severity: z.enum(SEVERITIES).optional(),
    numbers: z.strictObject(numbers).optional(),
    poolHosts: z.array(z.string().trim().toLowerCase().min(1).max(253).refine(isStorable)).max(MAX_HOSTS).optional(),
  });
}

/** Two changes as one: what `above` says, and where it says nothing what `below` says. */
export function stackChanges(below: RuleChange | null, above: RuleChange): RuleChange {
  const numbers = { ...below?.numbers, ...above.numbers };
  return { ...below, ...above, ...(Object.keys(numbers).length === 0 ? {} : { numbers }) };
}

/** Defaults, then what the workspace set, then what the site set. */
export function mergeSettings(id: RuleId, ...changes: readonly (RuleChange | undefined)[]): RuleSettings {
  const { severity, timing, fields } = findRule(id);
  const numbers: Record<string, number> = { ...timing };
  for (const [name, { default: absent }] of Object.entries(fields)) if (absent !== null) numbers[name] = absent;
  const merged = { isEnabled: true, severity, poolHosts: [] as readonly string[] };
  for (const change of changes) {
    if (change === undefined) continue;
    if (change.isEnabled !== undefined) merged.isEnabled = change.isEnabled;
    if (change.severity !== undefined) merged.severity = change.severity;
    // People write what they find in a machine: with a scheme, a port.
    if (change.poolHosts !== undefined) merged.poolHosts = change.poolHosts.flatMap((text) => toPoolHost(text) ?? []);
    for (const [name, value] of Object.entries(change.numbers ?? {})) if (name in numbers && value !== undefined) numbers[name] = value;
  }
  return { ...merged, timing: toTiming(numbers), numbers };
}

/** More bad samples than are looked at could never be met: the window is then as long. */
function toTiming(numbers: AnyNumbers): RuleTiming {
  const of = (name: keyof RuleTiming) => {
    const value = numbers[name];
    if (value === undefined) throw new Error(`a rule has no ${name}`);
    return value;
  };
  return {
    badSamples: of('badSamples'),
    ofSamples: Math.max(of('ofSamples'), of('badSamples')),
    holdS: of('holdS'),
    clearSamples: of('clearSamples'),
    coolDownS: of('coolDownS'),
    recurrences: of('recurrences'),
    recurrenceWindowS: of('recurrenceWindowS'),
  };
}
