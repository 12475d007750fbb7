/** What every strategy hands back: an option for each machine, what it costs, what it could cost at best, and where the margin lies. */
import type { Fleet } from './fleet.ts';
import type { ShedSolver } from './solver.ts';

export type Outcome = {
  /** Option of each machine, by place. */
  choice: Int32Array;
  lost: number;
  /** Least that any plan of the strategy loses. */
  bound: number;
  reached: number;
  /** Money units per power unit at the margin of each machine's group. */
  marginal: Float64Array;
  /** Machines that the strategy spares, by place: 1. */
  isProtected: Uint8Array;
  states: number;
};

export type Task = {
  fleet: Fleet;
  solver: ShedSolver;
  stateBudget: number;
  /** What least profit loses at least: also a bound for every strategy that may do less. */
  leastBound: number;
};

/** Everybody as it is. */
export function startOutcome(fleet: Fleet): Outcome {
  const count = fleet.machines.length;
  return {
    choice: fleet.starts.slice(0, count),
    lost: 0,
    bound: 0,
    reached: 0,
    marginal: new Float64Array(count),
    isProtected: new Uint8Array(count),
    states: 0,
  };
}

/** Power and money of a choice, counted from the columns alone. */
export function countChoice(fleet: Fleet, places: ArrayLike<number>, choice: ArrayLike<number>): { lost: number; reached: number } {
  let lost = 0;
  let reached = 0;
  for (let index = 0; index < places.length; index += 1) {
    lost += fleet.cost[choice[index]!]!;
    reached += fleet.units[choice[index]!]!;
  }
  return { lost, reached };
}

export function listPlaces(fleet: Fleet): Int32Array {
  return Int32Array.from({ length: fleet.machines.length }, (_, place) => place);
}

/** Options that draw no more than now: under a strategy that shares a burden nobody's power is raised. */
export function givesUp(fleet: Fleet): (option: number) => boolean {
  return (option) => fleet.units[option]! >= 0;
}

export function anyOption(): boolean {
  return true;
}
