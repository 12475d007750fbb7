/**
 * What a plan problem must look like before it is rounded: every error names the path in the JSON and what is allowed. The last check is the lattice's own:
 * money of one unit over the horizon must stay exact.
 */

import type { FieldRange } from '../../units/fields.ts';
import { MAX_PLAN_MODES, MAX_PLAN_UNITS, PLAN_FIELDS, PLAN_MACHINE_FIELDS } from '../../units/plan-fields.ts';
import type { LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import { exactMultiplierLimit, type PlanLayout } from './plan-memory.ts';
import type { PlanMachine, PlanProblem, PlanProblemError } from './problem.ts';

/** Errors after this many help nobody. */
const MAX_ERRORS = 100;
/** The sum of all units' largest values must fit i64 with room to spare. */
const FLEET_LIMIT_UNITS = 4e18;

type Check = { errors: PlanProblemError[] };
type Bounds = Pick<FieldRange, 'min' | 'max' | 'integer' | 'minExclusive'>;

function checkNumber({ errors }: Check, path: string, value: unknown, { min, max, minExclusive, integer }: Bounds): void {
  if (errors.length >= MAX_ERRORS) return;
  const allowed = `${integer ? 'whole number in ' : ''}${minExclusive ? '(' : '['}${min}, ${max}]`;
  if (typeof value !== 'number') errors.push({ path, code: 'missing', allowed });
  else if (!(value <= max) || !(minExclusive ? value > min : value >= min)) errors.push({ path, code: 'out_of_range', allowed });
  else if (integer && !Number.isInteger(value)) errors.push({ path, code: 'not_integer', allowed });
}

function checkSeries(check: Check, path: string, series: readonly unknown[], count: number, bounds: Bounds, nullAllowed: boolean): void {
  if (series.length !== count) {
    check.errors.push({ path, code: 'out_of_range', allowed: `${count} entries, one an interval` });
    return;
  }
  series.forEach((value, index) => {
    if (!(nullAllowed && value === null)) checkNumber(check, `${path}[${index}]`, value, bounds);
  });
}

function checkIds(check: Check, path: string, named: readonly { id: string }[]): void {
  const seen = new Set<string>();
  let duplicates = 0;
  for (let index = 0; index < named.length; index++) {
    seen.add(named[index]!.id);
    // One look-up an id: a set that has not grown has had it before.
    if (seen.size + duplicates > index) continue;
    duplicates++;
    check.errors.push({ path: `${path}[${index}].id`, code: 'duplicate', allowed: 'an id of its own' });
  }
}

const optional = (value: unknown, then: () => void) => {
  if (value !== undefined) then();
};

/** Figures a machine may leave out. */
const OPTIONAL_FIGURES = [
  'count',
  'restartUsd',
  'bootMinutes',
  'minUpIntervals',
  'minDownIntervals',
  'maxStarts',
  'initialAgeIntervals',
] as const;
/** Hash rates below this are rounded to 0, which is sleep. */
const LEAST_HASHRATE_THS = 0.001;

const isWithin = (value: number | undefined, { min, max, integer }: Bounds) =>
  value === undefined || (value >= min && value <= max && (!integer || Number.isInteger(value)));

/**
 * Whether the machine is a plain one without a fault: the same ranges as below, without the words of an error. Fleets have thousands of these and the words
 * cost more than the plan.
 */
function isPlain(machine: PlanMachine, sites: ReadonlySet<string>): boolean {
  if (machine.locks !== undefined || (machine.initialMode !== undefined && machine.initialMode !== null)) return false;
  if (machine.site !== undefined && !sites.has(machine.site)) return false;
  let hashing = 0;
  const { powerW: power, hashrateThs: rate } = PLAN_MACHINE_FIELDS;
  for (const { powerW, hashrateThs } of machine.modes) {
    if (!(powerW >= power.min && powerW <= power.max && hashrateThs >= LEAST_HASHRATE_THS && hashrateThs <= rate.max)) return false;
    hashing++;
  }
  if (hashing < 1 || hashing > MAX_PLAN_MODES) return false;
  // One by one: looked up by name in a loop they take twice the time of all the rest.
  const fields = PLAN_MACHINE_FIELDS;
  return (
    isWithin(machine.count, fields.count) &&
    isWithin(machine.restartUsd, fields.restartUsd) &&
    isWithin(machine.bootMinutes, fields.bootMinutes) &&
    isWithin(machine.minUpIntervals, fields.minUpIntervals) &&
    isWithin(machine.minDownIntervals, fields.minDownIntervals) &&
    isWithin(machine.maxStarts, fields.maxStarts) &&
    isWithin(machine.initialAgeIntervals, fields.initialAgeIntervals)
  );
}

function checkMachine(check: Check, path: string, machine: PlanMachine, count: number, sites: ReadonlySet<string>): void {
  const { errors } = check;
  const asleep = machine.modes.filter(({ hashrateThs }) => Math.round(hashrateThs * 1000) === 0).length;
  const hashing = machine.modes.length - asleep;
  if (asleep > 1 || hashing < 1 || hashing > MAX_PLAN_MODES) {
    errors.push({
      path: `${path}.modes`,
      code: 'out_of_range',
      allowed: `1 to ${MAX_PLAN_MODES} hashing modes and at most one of hash rate 0`,
    });
  }
  machine.modes.forEach((mode, index) => {
    checkNumber(check, `${path}.modes[${index}].powerW`, mode.powerW, PLAN_MACHINE_FIELDS.powerW);
    checkNumber(check, `${path}.modes[${index}].hashrateThs`, mode.hashrateThs, PLAN_MACHINE_FIELDS.hashrateThs);
  });
  for (const name of OPTIONAL_FIGURES) {
    optional(machine[name], () => checkNumber(check, `${path}.${name}`, machine[name], PLAN_MACHINE_FIELDS[name]));
  }
  if (machine.initialMode !== undefined && machine.initialMode !== null) {
    checkNumber(check, `${path}.initialMode`, machine.initialMode, { ...PLAN_MACHINE_FIELDS.initialMode, max: machine.modes.length - 1 });
  }
  if (machine.site !== undefined && !sites.has(machine.site))
    errors.push({ path: `${path}.site`, code: 'unknown_id', allowed: 'the id of a site' });
  machine.locks?.forEach((lock, index) => {
    checkNumber(check, `${path}.locks[${index}].from`, lock.from, { ...PLAN_MACHINE_FIELDS.from, max: count });
    checkNumber(check, `${path}.locks[${index}].to`, lock.to, { ...PLAN_MACHINE_FIELDS.to, min: lock.from, max: count });
  });
}

/** Errors of the problem as given; empty when it may be rounded. */
export function findProblemErrors(wasm: PlanExports, problem: PlanProblem): PlanProblemError[] {
  const check: Check = { errors: [] };
  const { count, minutes } = problem.interval;
  checkNumber(check, 'interval.count', count, PLAN_FIELDS.count);
  checkNumber(check, 'interval.minutes', minutes, PLAN_FIELDS.minutes);
  if (check.errors.length > 0) return check.errors;
  checkSeries(check, 'priceUsdPerMwh', problem.priceUsdPerMwh, count, PLAN_FIELDS.priceUsdPerMwh, false);
  const hashprice = problem.hashpriceUsdPerThDay;
  if (typeof hashprice === 'number') checkNumber(check, 'hashpriceUsdPerThDay', hashprice, PLAN_FIELDS.hashpriceUsdPerThDay);
  else checkSeries(check, 'hashpriceUsdPerThDay', hashprice, count, PLAN_FIELDS.hashpriceUsdPerThDay, false);
  const sites = problem.sites ?? [];
  const siteIds = new Set(sites.map(({ id }) => id));
  checkIds(check, 'sites', sites);
  sites.forEach((site, index) => {
    const path = `sites[${index}]`;
    optional(site.capKw, () => checkSeries(check, `${path}.capKw`, site.capKw!, count, PLAN_FIELDS.capKw, true));
    optional(site.capPenaltyUsdPerKwh, () =>
      checkNumber(check, `${path}.capPenaltyUsdPerKwh`, site.capPenaltyUsdPerKwh, PLAN_FIELDS.capPenaltyUsdPerKwh),
    );
    optional(site.rampKw, () => checkNumber(check, `${path}.rampKw`, site.rampKw, PLAN_FIELDS.rampKw));
  });
  const clients = problem.clients ?? [];
  checkIds(check, 'clients', clients);
  clients.forEach(({ minMachineIntervals }, index) => {
    checkNumber(check, `clients[${index}].minMachineIntervals`, minMachineIntervals, PLAN_FIELDS.minMachineIntervals);
  });
  optional(problem.takeOrPay, () => {
    checkNumber(check, 'takeOrPay.minKwh', problem.takeOrPay!.minKwh, PLAN_FIELDS.minKwh);
    checkNumber(check, 'takeOrPay.usdPerMissingKwh', problem.takeOrPay!.usdPerMissingKwh, PLAN_FIELDS.usdPerMissingKwh);
  });
  optional(problem.demandCharge, () => {
    checkNumber(check, 'demandCharge.usdPerKw', problem.demandCharge!.usdPerKw, PLAN_FIELDS.usdPerKw);
    checkNumber(check, 'demandCharge.peakSoFarKw', problem.demandCharge!.peakSoFarKw, PLAN_FIELDS.peakSoFarKw);
  });
  if (problem.machines.length === 0) check.errors.push({ path: 'machines', code: 'missing', allowed: 'at least one machine' });
  checkIds(check, 'machines', problem.machines);
  problem.machines.forEach((machine, index) => {
    if (check.errors.length < MAX_ERRORS && !isPlain(machine, siteIds)) checkMachine(check, `machines[${index}]`, machine, count, siteIds);
  });
  const units = problem.machines.reduce((sum, machine) => sum + (machine.count ?? 1), 0);
  const mostUnits = Math.min(MAX_PLAN_UNITS, Math.floor(wasm.MAX_CELLS.value / count));
  if (!(units <= mostUnits))
    check.errors.push({ path: 'machines', code: 'too_many', allowed: `${mostUnits} units over ${count} intervals` });
  if (Math.max(1, sites.length) * count > wasm.MAX_SITE_CELLS.value) {
    check.errors.push({
      path: 'sites',
      code: 'too_many',
      allowed: `${Math.floor(wasm.MAX_SITE_CELLS.value / count)} sites over ${count} intervals`,
    });
  }
  if (clients.length > wasm.MAX_CLIENTS.value)
    check.errors.push({ path: 'clients', code: 'too_many', allowed: `${wasm.MAX_CLIENTS.value} clients` });
  return check.errors.slice(0, MAX_ERRORS);
}

/** Errors of the rounded problem: figures that leave the range in which sums are exact. */
export function findLatticeErrors(problem: LatticeProblem): PlanProblemError[] {
  if (!(exactMultiplierLimit(problem) > 0)) {
    return [
      {
        path: 'machines',
        code: 'beyond_lattice',
        allowed: 'hashing, energy and starts of one machine over the horizon below 4,503 USD together',
      },
    ];
  }
  const hashprice = problem.hashpriceUnits.reduce((sum, units) => sum + Math.abs(units), 0);
  const price = problem.priceUnits.reduce((sum, units) => sum + Math.abs(units), 0);
  let fleet = 0;
  for (const { count, powerW, hashrateGhs } of problem.machines) {
    let most = 0;
    for (let mode = 0; mode < powerW.length; mode++) most = Math.max(most, hashrateGhs[mode]! * hashprice + powerW[mode]! * price);
    fleet += count * most;
  }
  return fleet < FLEET_LIMIT_UNITS
    ? []
    : [{ path: 'machines', code: 'beyond_lattice', allowed: 'money of the fleet over the horizon below 4,000,000 USD' }];
}

/** Errors of a problem that has no room in the module's arena, which nothing else keeps from being written over. */
export function findLayoutErrors(wasm: PlanExports, { intervalCount }: LatticeProblem, { units, rows }: PlanLayout): PlanProblemError[] {
  const { blocks, lockPatterns, pairs, fleetUnits } = units;
  const limits: readonly [count: number, most: number, path: string, allowed: string][] = [
    [rows.length, wasm.MAX_ROWS.value, 'sites', 'caps, ramps, floors and intervals of a demand charge together'],
    // The coarse fleet has the same blocks once more.
    [blocks.length / 2, wasm.MAX_BLOCKS.value / 2, 'machines', 'sets of a site and minimum times'],
    [
      lockPatterns.length,
      Math.floor(wasm.MAX_LOCK_CELLS.value / intervalCount),
      'machines',
      `sets of locks over ${intervalCount} intervals`,
    ],
    [pairs, wasm.MAX_PAIRS.value, 'machines', 'pairs of equal rules'],
    [fleetUnits, Math.floor(wasm.MAX_CELLS.value / intervalCount), 'machines', `units of so many kinds over ${intervalCount} intervals`],
  ];
  return limits
    .filter(([count, most]) => count > most)
    .map(([, most, path, what]) => ({ path, code: 'too_many', allowed: `${most} ${what}` }));
}
