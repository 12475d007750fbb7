/** The plan's part of the engine's facade. */
import { type LatticeProblem, toLattice } from './lattice.ts';
import { planCurtailment } from './plan.ts';
import type { PlanExports } from './plan-exports.ts';
import type { PlanOptions, PlanProblem, PlanResult } from './problem.ts';
import type { PlanCallbacks } from './search.ts';

export type Planner = {
  /**
   * A curtailment plan with a proven bound, or the proof that there is none. Never throws on a problem of the right shape: figures out of range come back as
   * errors. With the same problem and options, and no time budget, the answer is the same on every engine, bit for bit.
   */
  planCurtailment(problem: PlanProblem, options?: PlanOptions, callbacks?: PlanCallbacks): PlanResult;
  /** The problem in the integers in which it is solved: what value, bound and certificate are exact about. The problem must be valid. */
  roundPlanProblem(problem: PlanProblem): LatticeProblem;
};

export function createPlanner(wasm: PlanExports, engineVersion: string): Planner {
  return {
    planCurtailment: (problem, options = {}, callbacks = {}) => planCurtailment(wasm, engineVersion, problem, options, callbacks),
    roundPlanProblem: toLattice,
  };
}
