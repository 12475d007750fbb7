/**
 * The strategy of one's own: machines that may change at all, what a lost dollar of whom counts for, and a share of machines that stays on. The share is one row over all machines:
 * stopping one more is priced by a penalty, the least at which the row holds, found by bisection; whatever the penalty, the solver's bound less the
 * penalty times the stops allowed is a bound.
 */
import type { Fleet } from './fleet.ts';
import type { Outcome, Task } from './outcome.ts';
import { countChoice, listPlaces, startOutcome } from './outcome.ts';
import type { Solution } from './solver.ts';
import type { ShedMachine, ShedRules } from './types.ts';

/** Bisections of the penalty, and the share of the state budget each may use. */
const PENALTY_STEPS = 24;
const PENALTY_BUDGET_RATIO = 1 / 16;
/** Penalty at most, over the largest weighted loss of one machine; the lattice leaves room for it (`fleet.ts`). */
const PENALTY_REACH = 8;

export function isEligible(machine: ShedMachine, rules: ShedRules): boolean {
  const { tiers, clients, scoreAtMost } = rules;
  if (tiers !== null && (machine.tier === null || !tiers.includes(machine.tier))) return false;
  if (clients !== null && (machine.client === null || !clients.includes(machine.client))) return false;
  return scoreAtMost === null || (machine.score !== null && machine.score <= scoreAtMost);
}

function weightOf(machine: ShedMachine, rules: ShedRules): number {
  const fits = rules.weights.find(
    ({ client, tier }) => (client === null || client === machine.client) && (tier === null || tier === machine.tier),
  );
  return fits?.weight ?? 1;
}

type Custom = {
  fleet: Fleet;
  places: Int32Array;
  allows: (option: number) => boolean;
  weighted: Float64Array;
  stopsAllowed: number;
};

function readRules(fleet: Fleet, rules: ShedRules): Custom {
  const isOptionAllowed = new Uint8Array(fleet.units.length);
  const weighted = new Float64Array(fleet.units.length);
  let drawing = 0;
  fleet.machines.forEach((machine, place) => {
    const first = fleet.starts[place]!;
    const eligible = isEligible(machine, rules);
    const weight = weightOf(machine, rules);
    drawing += machine.modes[machine.current]!.powerW > 0 ? 1 : 0;
    for (let option = first; option < fleet.starts[place + 1]!; option += 1) {
      isOptionAllowed[option] = eligible || option === first ? 1 : 0;
      weighted[option] = Math.round(fleet.cost[option]! * weight) + 0;
    }
  });
  return {
    fleet,
    places: listPlaces(fleet),
    allows: (option) => isOptionAllowed[option] === 1,
    weighted,
    stopsAllowed: drawing - Math.ceil(rules.minimumOnlineRatio * drawing),
  };
}

function countStops(fleet: Fleet, choice: ArrayLike<number>): number {
  let stops = 0;
  for (let index = 0; index < choice.length; index += 1) stops += fleet.stops[choice[index]!]!;
  return stops;
}

/** Most power within the rules: every machine at its largest reduction short of off, and off where that gains most. */
function reachMost({ fleet, allows, stopsAllowed }: Custom): { choice: Int32Array; units: number } {
  const choice = fleet.starts.slice(0, fleet.machines.length);
  const gains: { place: number; option: number; gain: number }[] = [];
  let units = 0;
  for (let place = 0; place < choice.length; place += 1) {
    let running = fleet.starts[place]!;
    let stopped = -1;
    for (let option = running; option < fleet.starts[place + 1]!; option += 1) {
      if (!allows(option)) continue;
      if (fleet.stops[option] === 1) stopped = stopped < 0 || fleet.cost[option]! < fleet.cost[stopped]! ? option : stopped;
      else if (fleet.units[option]! > fleet.units[running]!) running = option;
    }
    choice[place] = running;
    units += fleet.units[running]!;
    if (stopped >= 0) gains.push({ place, option: stopped, gain: fleet.units[stopped]! - fleet.units[running]! });
  }
  gains.sort((left, right) => right.gain - left.gain || left.place - right.place);
  for (const { place, option, gain } of gains.slice(0, stopsAllowed)) {
    choice[place] = option;
    units += gain;
  }
  return { choice, units };
}

/** Most power that rules allow; without the share that stays on when `withShare` is false. */
export function mostWithinRules(fleet: Fleet, rules: ShedRules, withShare: boolean): number {
  return reachMost(readRules(fleet, withShare ? rules : { ...rules, minimumOnlineRatio: 0 })).units;
}

function weighChoice(custom: Custom, choice: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < choice.length; index += 1) sum += custom.weighted[choice[index]!]!;
  return sum;
}

type Search = { choice: Int32Array; objective: number; bound: number; multiplier: number; states: number };

/** Least weighted loss with at most `stopsAllowed` stops. */
function solveWithShare(task: Task, custom: Custom, free: Solution): Search {
  const { fleet, weighted, places, allows, stopsAllowed } = custom;
  const start = reachMost(custom).choice;
  const best: Search = {
    choice: start,
    objective: weighChoice(custom, start),
    bound: free.bound,
    multiplier: free.multiplier,
    states: free.states,
  };
  let largest = 1;
  for (const value of weighted) largest = Math.max(largest, Math.abs(value));
  const tryPenalty = (penalty: number, stateBudget: number): boolean => {
    const costOf = (option: number) => weighted[option]! + (fleet.stops[option] === 1 ? penalty : 0);
    const solution = task.solver.solve(fleet, { places, allows, costOf, targetUnits: fleet.targetUnits, stateBudget });
    if (solution === null) throw new Error('a target within reach is out of reach with a penalty');
    best.states += solution.states;
    best.bound = Math.max(best.bound, solution.bound - penalty * stopsAllowed);
    if (countStops(fleet, solution.choice) > stopsAllowed) return false;
    const objective = weighChoice(custom, solution.choice);
    if (objective < best.objective) Object.assign(best, { choice: solution.choice, objective, multiplier: solution.multiplier });
    return true;
  };
  let low = 0;
  let high = largest * PENALTY_REACH;
  for (let step = 0; step < PENALTY_STEPS && high - low > 1; step += 1) {
    const middle = Math.floor((low + high) / 2);
    if (tryPenalty(middle, task.stateBudget * PENALTY_BUDGET_RATIO)) high = middle;
    else low = middle;
  }
  tryPenalty(high, task.stateBudget);
  return best;
}

/** `null` when the target is out of reach within the rules. The bound is told in money lost: what the plan's weighted loss may be above the least, taken off. */
export function shedByRules(task: Task, rules: ShedRules): Outcome | null {
  const { fleet } = task;
  const custom = readRules(fleet, rules);
  if (reachMost(custom).units < fleet.targetUnits) return null;
  const free = task.solver.solve(fleet, {
    places: custom.places,
    allows: custom.allows,
    costOf: (option) => custom.weighted[option]!,
    targetUnits: fleet.targetUnits,
    stateBudget: task.stateBudget,
  });
  if (free === null) throw new Error('a target within reach is out of reach for the solver');
  const isWithin = countStops(fleet, free.choice) <= custom.stopsAllowed;
  const found = isWithin ? { ...free, objective: free.lost } : solveWithShare(task, custom, free);
  const outcome = startOutcome(fleet);
  outcome.choice.set(found.choice);
  Object.assign(outcome, countChoice(fleet, custom.places, outcome.choice), { states: found.states });
  outcome.bound = outcome.lost - (found.objective - found.bound);
  outcome.marginal.fill(found.multiplier);
  return outcome;
}
