/** From a parsed JSON value to a shed problem, or to what is wrong with it, a hundred faults at most: the envelope, then machine by machine. Pure. */

import { explainIssues, type Ranges, writePath } from '#app/features/api/wire/explain-issues.ts';
import { type Fault, type FaultCode, MAX_FAULTS_PER_REQUEST, toFault } from '#app/features/api/wire/fault.ts';
import type { ShedMachineRequest } from '#app/features/curtailment/shed-request.ts';
import { ShedEnvelopeSchema, ShedMachineSchema, toShedProblem } from '#app/features/curtailment/shed-request.ts';
import type { ShedError, ShedProblem } from '#engine';
import type { FieldRange } from '#engine/units/fields.ts';
import { SHED_FIELDS } from '#engine/units/shed-fields.ts';

/** The ranges by the names of the request. */
export const SHED_RANGES: Ranges = {
  ...SHED_FIELDS,
  scoreAtMost: SHED_FIELDS.score,
  tiers: SHED_FIELDS.tier,
} satisfies Record<string, FieldRange>;

export type ReadShed = { kind: 'ok'; problem: ShedProblem } | { kind: 'invalid'; faults: Fault[] };

export function readShedRequest(raw: unknown): ReadShed {
  const envelope = ShedEnvelopeSchema.safeParse(raw);
  const faults = envelope.success ? [] : explainIssues(envelope.error, raw, [], SHED_RANGES);
  const sent: unknown = typeof raw === 'object' && raw !== null && 'machines' in raw ? raw.machines : undefined;
  const machines: ShedMachineRequest[] = [];
  const isTooLong = faults.some(({ code }) => code === 'too_many_entries');
  for (const [index, machine] of (Array.isArray(sent) && !isTooLong ? sent : []).entries()) {
    if (faults.length >= MAX_FAULTS_PER_REQUEST) break;
    const parsed = ShedMachineSchema.safeParse(machine);
    if (parsed.success) machines.push(parsed.data);
    else faults.push(...explainIssues(parsed.error, machine, ['machines', index], SHED_RANGES));
  }
  if (envelope.success) {
    const { strategy, custom } = envelope.data;
    if (strategy === 'custom' && custom === undefined) faults.push(toFault('custom', undefined, 'missing'));
    if (strategy !== 'custom' && custom !== undefined) faults.push(toFault('custom', custom, 'needs_custom'));
  }
  if (!envelope.success || faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, MAX_FAULTS_PER_REQUEST) };
  return { kind: 'ok', problem: toShedProblem(envelope.data, machines) };
}

const ENGINE_CODES: Readonly<Record<ShedError['code'], FaultCode>> = {
  out_of_range: 'out_of_range',
  not_an_integer: 'not_an_integer',
  duplicate_id: 'duplicate_id',
  no_such_mode: 'out_of_range',
  score_missing: 'score_missing',
  too_many: 'too_many_entries',
  no_modes: 'too_few_entries',
};

/** What the engine refused after the schema had let it pass: contradictions between fields. */
export function fromShedError({ path, value, code, min, max, minExclusive }: ShedError): Fault {
  const fault = toFault(writePath(path), value, ENGINE_CODES[code]);
  // Modes are counted from 0.
  return code === 'no_such_mode' ? { ...fault, min: 0, max } : { ...fault, min, max, minExclusive };
}
