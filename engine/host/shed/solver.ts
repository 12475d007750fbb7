/** One call of the module's knapsack: writes columns, calls, copies the answer out. What the options mean is the caller's affair. */
import type { ShedExports } from './exports.ts';
import type { Fleet } from './fleet.ts';

const STATUS_OK = 0;
const STATUS_UNREACHABLE = 3;
const SCALARS = { lost: 0, bound: 1, reached: 2, most: 3, multiplier: 4, work: 5 } as const;
const NO_CEILING = -1;

export type Question = {
  /** Machines in the problem, by place. */
  places: ArrayLike<number>;
  /** The first option of a machine (its present mode) is always allowed. */
  allows: (option: number) => boolean;
  /** Integer money of an option, 0 for the first of a machine. */
  costOf: (option: number) => number;
  targetUnits: number;
  /** At most this much above the target; needs a choice that keeps to it. */
  within?: { ceilingUnits: number; choice: ArrayLike<number> };
  /** States that may be looked at. */
  stateBudget: number;
};

/** Integers of the lattice but for the multiplier (money units per power unit at the margin). `choice` holds an option for each of `places`. */
export type Solution = {
  choice: Int32Array;
  lost: number;
  bound: number;
  reached: number;
  multiplier: number;
  states: number;
};

export type ShedSolver = {
  /** `null` when the target is out of reach. */
  solve(fleet: Fleet, question: Question): Solution | null;
};

/** A search gets this many states even when the others have used up what was there. */
const LEAST_STATES = 2000;

/** The same solver for a task of many questions that may look at `totalStates` states together. */
export function limitStates(solver: ShedSolver, totalStates: number): ShedSolver {
  let left = totalStates;
  return {
    solve(fleet, question) {
      const stateBudget = Math.min(question.stateBudget, Math.max(LEAST_STATES, left));
      const solution = solver.solve(fleet, { ...question, stateBudget });
      left -= solution?.states ?? 0;
      return solution;
    },
  };
}

export function createShedSolver(wasm: ShedExports): ShedSolver {
  const { buffer } = wasm.memory;
  const starts = new Int32Array(buffer, wasm.SHED_STARTS_PTR.value, wasm.MAX_SHED_MACHINES.value + 1);
  const units = new Float64Array(buffer, wasm.SHED_UNITS_PTR.value, wasm.MAX_SHED_OPTIONS.value);
  const cost = new Float64Array(buffer, wasm.SHED_COST_PTR.value, wasm.MAX_SHED_OPTIONS.value);
  const choice = new Int32Array(buffer, wasm.SHED_CHOICE_PTR.value, wasm.MAX_SHED_MACHINES.value);
  const scalars = new Float64Array(buffer, wasm.SHED_SCALARS_PTR.value, wasm.SHED_SCALAR_COUNT.value);
  /** Option of the fleet behind each option of the module. */
  const meaning = new Int32Array(wasm.MAX_SHED_OPTIONS.value);

  function writeColumns(fleet: Fleet, { places, allows, costOf, within }: Question): void {
    let next = 0;
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index]!;
      const first = fleet.starts[place]!;
      starts[index] = next;
      for (let option = first; option < fleet.starts[place + 1]!; option += 1) {
        if (option !== first && !allows(option)) continue;
        if (within && within.choice[index] === option) choice[index] = next;
        units[next] = fleet.units[option]!;
        cost[next] = costOf(option);
        meaning[next++] = option;
      }
    }
    starts[places.length] = next;
  }

  return {
    solve(fleet, question) {
      const { places, targetUnits, within, stateBudget } = question;
      writeColumns(fleet, question);
      const status = wasm.solveShed(places.length, targetUnits, within?.ceilingUnits ?? NO_CEILING, stateBudget);
      if (status === STATUS_UNREACHABLE) return null;
      if (status !== STATUS_OK) throw new RangeError(`the module refused a shed problem of its own host: status ${status}`);
      return {
        choice: Int32Array.from({ length: places.length }, (_, index) => meaning[choice[index]!]!),
        lost: scalars[SCALARS.lost]!,
        bound: scalars[SCALARS.bound]!,
        reached: scalars[SCALARS.reached]!,
        multiplier: scalars[SCALARS.multiplier]!,
        states: scalars[SCALARS.work]!,
      };
    },
  };
}
