/**
 * From a parsed JSON value to a plan problem with its options, or to what is wrong with it, a hundred faults at most: the envelope, then machine by machine, then what must fit
 * together. Pure.
 */

import { explainIssues, type Ranges } from '#app/features/api/wire/explain-issues.ts';
import { type Fault, type FaultCode, MAX_FAULTS_PER_REQUEST, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import type { UsedPlanOptions } from '#app/features/curtailment/plan-answer.ts';
import type { PlanEnvelope, PlanMachineRequest } from '#app/features/curtailment/plan-request.ts';
import { MAX_REQUEST_UNITS, PlanEnvelopeSchema, PlanMachineSchema } from '#app/features/curtailment/plan-request.ts';
import type { PlanProblem, PlanProblemError } from '#engine';
import { DEFAULT_GAP_TARGET, MAX_PLAN_MODES, PLAN_FIELDS, PLAN_MACHINE_FIELDS, PLAN_OPTION_FIELDS } from '#engine/units/plan-fields.ts';

const ENVELOPE_RANGES: Ranges = { ...PLAN_FIELDS, ...PLAN_OPTION_FIELDS };
const MACHINE_RANGES: Ranges = { ...PLAN_MACHINE_FIELDS, count: { ...PLAN_MACHINE_FIELDS.count, max: MAX_REQUEST_UNITS } };

/** The ranges by the names of the request; `count` stands twice, so a body that cannot be parsed is told no range of it. */
export const PLAN_RANGES: Ranges = (() => {
  const { count: _of, ...machine } = PLAN_MACHINE_FIELDS;
  const { count: _intervals, ...envelope } = ENVELOPE_RANGES;
  return { ...machine, ...envelope };
})();

/** With no budget given: enough for large fleets, and the same plan on every machine. A caller who gives time gets all of it. */
const DEFAULT_ITERATIONS = 400;

/** `2026-11-22T00:00:00Z`, with seconds and their parts left out or not. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z$/;

export type ReadPlan = { kind: 'ok'; problem: PlanProblem; options: UsedPlanOptions } | { kind: 'invalid'; faults: Fault[] };

export function readPlanRequest(raw: unknown): ReadPlan {
  const envelope = PlanEnvelopeSchema.safeParse(raw);
  const faults = envelope.success ? [] : explainIssues(envelope.error, raw, [], ENVELOPE_RANGES);
  const sent: unknown = typeof raw === 'object' && raw !== null && 'machines' in raw ? raw.machines : undefined;
  const machines: PlanMachineRequest[] = [];
  const isTooLong = faults.some(({ field, code }) => field === 'machines' && code === 'too_many_entries');
  for (const [index, machine] of (Array.isArray(sent) && !isTooLong ? sent : []).entries()) {
    if (faults.length >= MAX_FAULTS_PER_REQUEST) break;
    const parsed = PlanMachineSchema.safeParse(machine);
    if (parsed.success) machines.push(parsed.data);
    else faults.push(...explainIssues(parsed.error, machine, ['machines', index], MACHINE_RANGES));
  }
  if (!envelope.success || faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, MAX_FAULTS_PER_REQUEST) };
  const misfits = findMisfits(envelope.data, machines);
  if (misfits.length > 0) return { kind: 'invalid', faults: misfits.slice(0, MAX_FAULTS_PER_REQUEST) };
  const { options, ...rest } = envelope.data;
  return {
    kind: 'ok',
    problem: { ...rest, machines },
    options: {
      gapTarget: options?.gapTarget ?? DEFAULT_GAP_TARGET,
      timeBudgetMs: options?.timeBudgetMs ?? PLAN_OPTION_FIELDS.timeBudgetMs.max,
      iterations: options?.iterations ?? (options?.timeBudgetMs === undefined ? DEFAULT_ITERATIONS : PLAN_OPTION_FIELDS.iterations.max),
    },
  };
}

/** Faults of fields that are right each by itself but do not fit together. */
function findMisfits(envelope: PlanEnvelope, machines: readonly PlanMachineRequest[]): Fault[] {
  const { interval, priceUsdPerMwh, hashpriceUsdPerThDay, sites = [], clients = [] } = envelope;
  const faults: Fault[] = [];
  if (!isInstant(interval.startAt)) {
    faults.push(toFault('interval.startAt', interval.startAt, 'not_an_instant'));
  }
  if (!isTimeZone(interval.timeZone)) faults.push(toFault('interval.timeZone', interval.timeZone, 'not_a_time_zone'));
  const requireLength = (field: string, series: readonly unknown[] | undefined) => {
    if (series === undefined || series.length === interval.count) return;
    faults.push(toFault(field, series.length, 'wrong_length', { count: interval.count }));
  };
  requireLength('priceUsdPerMwh', priceUsdPerMwh);
  if (Array.isArray(hashpriceUsdPerThDay)) requireLength('hashpriceUsdPerThDay', hashpriceUsdPerThDay);
  for (const [index, { capKw }] of sites.entries()) requireLength(`sites[${index}].capKw`, capKw);
  const siteIds = new Set(sites.map(({ id }) => id));
  const clientIds = new Set(clients.map(({ id }) => id));
  let units = 0;
  for (const [index, machine] of machines.entries()) {
    if (faults.length >= MAX_FAULTS_PER_REQUEST) break;
    units += machine.count ?? 1;
    faults.push(...findMachineMisfits(machine, `machines[${index}]`, interval.count, siteIds, clientIds));
  }
  if (units > MAX_REQUEST_UNITS) faults.push(toFault('machines', units, 'too_many_units', { max: MAX_REQUEST_UNITS }));
  return faults;
}

function findMachineMisfits(
  { modes, site, client, initialMode, locks = [] }: PlanMachineRequest,
  path: string,
  intervals: number,
  sites: ReadonlySet<string>,
  clients: ReadonlySet<string>,
): Fault[] {
  const faults: Fault[] = [];
  // As the engine rounds them: below half a GH/s a mode is off.
  const asleep = modes.filter(({ hashrateThs }) => Math.round(hashrateThs * 1000) === 0).length;
  const hashing = modes.length - asleep;
  if (asleep > 1 || hashing < 1 || hashing > MAX_PLAN_MODES) {
    faults.push(toFault(`${path}.modes`, modes.length, 'bad_modes', { max: MAX_PLAN_MODES }));
  }
  if (site !== undefined && !sites.has(site)) faults.push(toFault(`${path}.site`, site, 'unknown_id', { list: 'sites' }));
  // A client without a floor may be named for the reader's sake; a floor that nobody's machines count towards would be a slip of the pen.
  if (client !== undefined && clients.size > 0 && !clients.has(client)) {
    faults.push(toFault(`${path}.client`, client, 'unknown_id', { list: 'clients' }));
  }
  const lastMode = { ...PLAN_MACHINE_FIELDS.initialMode, max: modes.length - 1 };
  if (typeof initialMode === 'number' && initialMode > lastMode.max) {
    faults.push(toRangeFault(`${path}.initialMode`, initialMode, 'out_of_range', lastMode));
  }
  for (const [index, { from, to }] of locks.entries()) {
    if (from > intervals) {
      faults.push(toRangeFault(`${path}.locks[${index}].from`, from, 'out_of_range', { ...PLAN_MACHINE_FIELDS.from, max: intervals }));
    }
    if (to < from || to > intervals) {
      const range = { ...PLAN_MACHINE_FIELDS.to, min: Math.min(from, intervals), max: intervals };
      faults.push(toRangeFault(`${path}.locks[${index}].to`, to, 'out_of_range', range));
    }
  }
  return faults;
}

/** Days that no month has are refused: JavaScript would roll 31 February over into March. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 16));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const ENGINE_CODES: Readonly<Record<PlanProblemError['code'], FaultCode>> = {
  missing: 'missing',
  out_of_range: 'not_finite',
  not_integer: 'not_an_integer',
  unknown_id: 'unknown_id',
  duplicate: 'duplicate_id',
  too_many: 'too_large',
  beyond_lattice: 'beyond_lattice',
};

/** What the engine refused after the schema had let it pass: equal ids, and problems that are too large as a whole. */
export function fromPlanError({ path, code }: PlanProblemError, problem: PlanProblem): Fault {
  return toFault(path, valueAt(problem, path), ENGINE_CODES[code]);
}

function valueAt(problem: PlanProblem, path: string): unknown {
  let value: unknown = problem;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return Array.isArray(value) ? value.length : value;
}
