/**
 * Which locks of a machine cannot hold together: given that no schedule obeys all of them, a set from which none can be taken without a schedule appearing. The other
 * rules of the machine (minimum times, first state and age, starts) stay as they are.
 */
import type { LatticeMachine, LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import { layOutProblem, loadProblem, VALUE_FIELD } from './plan-memory.ts';

type Lock = LatticeMachine['locks'][number];

/** Whether one unit of the machine has a schedule with these locks alone. Takes the module's memory over. */
function hasSchedule(wasm: PlanExports, problem: LatticeProblem, machine: LatticeMachine, locks: Lock[]): boolean {
  const alone = { ...problem, machines: [{ ...machine, count: 1, locks }] };
  const { units } = loadProblem(wasm, alone, layOutProblem(alone));
  return wasm.evaluateBest(0, units.fleetBlocks, VALUE_FIELD) < 0;
}

/** In the order of the machine's own list; each is tried without once. O(locks^2 x intervals); the problem in the module's memory is gone afterwards. */
export function findBindingLocks(wasm: PlanExports, problem: LatticeProblem, machine: LatticeMachine): Lock[] {
  let kept = machine.locks;
  for (const lock of machine.locks) {
    const others = kept.filter((one) => one !== lock);
    if (!hasSchedule(wasm, problem, machine, others)) kept = others;
  }
  return kept.map(({ kind, from, to }) => ({ kind, from, to }));
}
