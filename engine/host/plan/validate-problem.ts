/**
 * What a plan problem must look like before it is rounded: every error names the path in the JSON and what is allowed. The last check is the lattice's own:
 * money of one unit over the horizon must stay exact.
 */

import { MAX_PLAN_MODES, MAX_PLAN_UNITS } from '../../units/plan-fields.ts';
import type { LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import { exactMultiplierLimit } from './plan-memory.ts';
import type { PlanMachine, PlanProblem, PlanProblemError } from './problem.ts';

/** Errors after this many help nobody. */
const MAX_ERRORS = 100;
/** The sum of all units' largest values must fit i64 with room to spare. */
const FLEET_LIMIT_UNITS = 4e18;

type Check = { errors: PlanProblemError[] };
type Bounds = { min: number; max: number; minExclusive?: boolean; integer?: boolean };

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

const isWithin = (value: number | undefined, min: number, max: number) => value === undefined || (value >= min && value <= max);
const isWhole = (value: number | undefined, min: number, max: number) =>
  isWithin(value, min, max) && (value === undefined || Number.isInteger(value));

/**
 * Whether the machine is a plain one without a fault: the same ranges as below, without the words of an error. Fleets have thousands of these and the words
 * cost more than the plan.
 */
function isPlain(machine: PlanMachine, sites: ReadonlySet<string>): boolean {
  if (machine.locks !== undefined || (machine.initialMode !== undefined && machine.initialMode !== null)) return false;
  if (machine.site !== undefined && !sites.has(machine.site)) return false;
  let hashing = 0;
  for (const { powerW, hashrateThs } of machine.modes) {
    if (!(powerW >= 0 && powerW <= 1e6 && hashrateThs >= 0.001 && hashrateThs <= 1e6)) return false;
    hashing++;
  }
  return (
    hashing >= 1 &&
    hashing <= MAX_PLAN_MODES &&
    isWhole(machine.count, 1, MAX_PLAN_UNITS) &&
    isWithin(machine.restartUsd, 0, 1e3) &&
    isWithin(machine.bootMinutes, 0, 1440) &&
    isWhole(machine.minUpIntervals, 1, 1e4) &&
    isWhole(machine.minDownIntervals, 1, 1e4) &&
    isWhole(machine.maxStarts, 0, 1e4) &&
    isWhole(machine.initialAgeIntervals, 0, 1e9)
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
    checkNumber(check, `${path}.modes[${index}].powerW`, mode.powerW, { min: 0, max: 1e6 });
    checkNumber(check, `${path}.modes[${index}].hashrateThs`, mode.hashrateThs, { min: 0, max: 1e6 });
  });
  const whole = { integer: true };
  optional(machine.count, () => checkNumber(check, `${path}.count`, machine.count, { min: 1, max: MAX_PLAN_UNITS, ...whole }));
  optional(machine.restartUsd, () => checkNumber(check, `${path}.restartUsd`, machine.restartUsd, { min: 0, max: 1e3 }));
  optional(machine.bootMinutes, () => checkNumber(check, `${path}.bootMinutes`, machine.bootMinutes, { min: 0, max: 1440 }));
  optional(machine.minUpIntervals, () =>
    checkNumber(check, `${path}.minUpIntervals`, machine.minUpIntervals, { min: 1, max: 1e4, ...whole }),
  );
  optional(machine.minDownIntervals, () =>
    checkNumber(check, `${path}.minDownIntervals`, machine.minDownIntervals, { min: 1, max: 1e4, ...whole }),
  );
  optional(machine.maxStarts, () => checkNumber(check, `${path}.maxStarts`, machine.maxStarts, { min: 0, max: 1e4, ...whole }));
  optional(machine.initialAgeIntervals, () =>
    checkNumber(check, `${path}.initialAgeIntervals`, machine.initialAgeIntervals, { min: 0, max: 1e9, ...whole }),
  );
  if (machine.initialMode !== undefined && machine.initialMode !== null) {
    checkNumber(check, `${path}.initialMode`, machine.initialMode, { min: 0, max: machine.modes.length - 1, ...whole });
  }
  if (machine.site !== undefined && !sites.has(machine.site))
    errors.push({ path: `${path}.site`, code: 'unknown_id', allowed: 'the id of a site' });
  machine.locks?.forEach((lock, index) => {
    checkNumber(check, `${path}.locks[${index}].from`, lock.from, { min: 0, max: count, ...whole });
    checkNumber(check, `${path}.locks[${index}].to`, lock.to, { min: lock.from, max: count, ...whole });
  });
}

/** Errors of the problem as given; empty when it may be rounded. */
export function findProblemErrors(wasm: PlanExports, problem: PlanProblem): PlanProblemError[] {
  const check: Check = { errors: [] };
  const { count, minutes } = problem.interval;
  checkNumber(check, 'interval.count', count, { min: 1, max: wasm.MAX_INTERVALS.value, integer: true });
  checkNumber(check, 'interval.minutes', minutes, { min: 1, max: 1440, integer: true });
  if (check.errors.length > 0) return check.errors;
  checkSeries(check, 'priceUsdPerMwh', problem.priceUsdPerMwh, count, { min: -1e4, max: 1e4 }, false);
  const hashprice = problem.hashpriceUsdPerThDay;
  if (typeof hashprice === 'number') checkNumber(check, 'hashpriceUsdPerThDay', hashprice, { min: 0, max: 1e3 });
  else checkSeries(check, 'hashpriceUsdPerThDay', hashprice, count, { min: 0, max: 1e3 }, false);
  const sites = problem.sites ?? [];
  const siteIds = new Set(sites.map(({ id }) => id));
  checkIds(check, 'sites', sites);
  sites.forEach((site, index) => {
    const path = `sites[${index}]`;
    optional(site.capKw, () => checkSeries(check, `${path}.capKw`, site.capKw!, count, { min: 0, max: 1e9 }, true));
    optional(site.capPenaltyUsdPerKwh, () =>
      checkNumber(check, `${path}.capPenaltyUsdPerKwh`, site.capPenaltyUsdPerKwh, { min: 0, max: 1e3 }),
    );
    optional(site.rampKw, () => checkNumber(check, `${path}.rampKw`, site.rampKw, { min: 0, max: 1e9 }));
  });
  const clients = problem.clients ?? [];
  checkIds(check, 'clients', clients);
  clients.forEach(({ minMachineIntervals }, index) => {
    checkNumber(check, `clients[${index}].minMachineIntervals`, minMachineIntervals, { min: 0, max: 1e9, integer: true });
  });
  optional(problem.takeOrPay, () => {
    checkNumber(check, 'takeOrPay.minKwh', problem.takeOrPay!.minKwh, { min: 0, max: 1e10 });
    checkNumber(check, 'takeOrPay.usdPerMissingKwh', problem.takeOrPay!.usdPerMissingKwh, { min: 0, max: 1e3 });
  });
  optional(problem.demandCharge, () => {
    checkNumber(check, 'demandCharge.usdPerKw', problem.demandCharge!.usdPerKw, { min: 0, max: 1e3 });
    checkNumber(check, 'demandCharge.peakSoFarKw', problem.demandCharge!.peakSoFarKw, { min: 0, max: 1e9 });
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
