/** Each strategy by its name: which of the solvers it is, and with what order of protection. */
import { groupByKey, shedByLevel } from './by-level.ts';
import { shedByRules } from './custom-rules.ts';
import { shedFairly } from './fair-share.ts';
import type { Fleet } from './fleet.ts';
import type { Outcome, Task } from './outcome.ts';
import { anyOption, listPlaces, startOutcome } from './outcome.ts';
import type { ShedMachine, ShedProblem, ShedRules } from './types.ts';

/** Rules that change nothing. */
export const NO_RULES: ShedRules = { tiers: null, clients: null, scoreAtMost: null, weights: [], minimumOnlineRatio: 0 };

/** Least lost money, whoever loses it; machines may also be raised. */
export function shedLeastProfit({ fleet, solver, stateBudget }: Omit<Task, 'leastBound'>): Outcome | null {
  const places = listPlaces(fleet);
  const costOf = (option: number) => fleet.cost[option]!;
  const solution = solver.solve(fleet, { places, allows: anyOption, costOf, targetUnits: fleet.targetUnits, stateBudget });
  if (solution === null) return null;
  const { choice, lost, bound, reached, multiplier, states } = solution;
  const start = startOutcome(fleet);
  return { ...start, choice, lost, bound, reached, marginal: start.marginal.fill(multiplier), states };
}

/** What a machine without a score is ranked by: profit per kW now; a machine that draws nothing has nothing to give and ranks last. */
function profitPerKw({ modes, current }: ShedMachine): number {
  const { powerW, profitUsdPerHour } = modes[current]!;
  return powerW > 0 ? profitUsdPerHour / (powerW / 1000) : Number.NEGATIVE_INFINITY;
}

/** The level a priority strategy gives a machine: the larger, the longer it keeps its power. */
export function levelKeys(fleet: Fleet, strategy: 'performance-priority' | 'customer-priority'): Float64Array {
  return Float64Array.from(fleet.machines, (machine) => {
    if (strategy === 'performance-priority') return machine.score ?? profitPerKw(machine);
    return machine.tier === null ? Number.NEGATIVE_INFINITY : -machine.tier;
  });
}

/** `null` when the target is out of the strategy's reach. */
export function shedByStrategy(task: Task, problem: ShedProblem): Outcome | null {
  switch (problem.strategy) {
    case 'least-profit':
      return shedLeastProfit(task);
    case 'performance-priority':
    case 'customer-priority':
      return shedByLevel(task, groupByKey(levelKeys(task.fleet, problem.strategy)));
    case 'fair-distribution':
      return shedFairly(task);
    case 'custom':
      return shedByRules(task, problem.custom ?? NO_RULES);
  }
}
