/** A solver's answer as a plan: the columns that are 1, by the names of `write-lp.ts`. */
import type { ExactProblem } from '../../checker/exact-problem.ts';
import type { Plan } from '../../checker/recount-plan.ts';
import { listUnits } from './write-lp.ts';

/** `columnsAtOne`: names of the columns above one half; those that are not x{unit}_{interval}_{mode} are ignored. */
export function readColumns(problem: ExactProblem, columnsAtOne: readonly string[]): Plan {
  const schedules = listUnits(problem).map(({ sleepMode }) => new Array<number | null>(problem.intervalCount).fill(sleepMode));
  for (const column of columnsAtOne) {
    const match = /^x(\d+)_(\d+)_(\d+)$/.exec(column);
    if (match !== null) schedules[Number(match[1])]![Number(match[2])] = Number(match[3]);
  }
  let next = 0;
  return problem.machines.map(({ count }) => {
    next += count;
    return schedules.slice(next - count, next);
  });
}
