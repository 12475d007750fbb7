/** Why each machine is where it is, in figures that can be recomputed from the request and the answer. */
import { isEligible } from './custom-rules.ts';
import type { Fleet } from './fleet.ts';
import { mostUnits } from './fleet.ts';
import type { Outcome } from './outcome.ts';
import type { ShedBlocker, ShedMachine, ShedProblem, ShedReason } from './types.ts';

const W_PER_KW = 1000;

/** What a locked or ineligible machine could give up, W. */
function blockedW({ modes, current }: ShedMachine): number {
  const now = modes[current]!.powerW;
  return Math.max(0, ...modes.map(({ powerW }) => now - powerW));
}

/** A machine that no strategy may change; `null` when it may. */
function findBlock(problem: ShedProblem, machine: ShedMachine): 'locked' | 'not-eligible' | null {
  if (machine.locked) return 'locked';
  const isExcluded = problem.strategy === 'custom' && problem.custom !== null && !isEligible(machine, problem.custom);
  return isExcluded ? 'not-eligible' : null;
}

function explainChange(machine: ShedMachine, mode: number): ShedReason {
  const from = machine.modes[machine.current]!;
  const to = machine.modes[mode]!;
  const stops = from.powerW > 0 && to.powerW === 0;
  const code = to.powerW > from.powerW ? 'raised' : stops ? 'stopped' : 'lowered';
  return { code, lostUsdPerHour: from.profitUsdPerHour - to.profitUsdPerHour, restartUsd: stops ? machine.restartUsd : 0 };
}

function explainKept(fleet: Fleet, problem: ShedProblem, outcome: Outcome, place: number): ShedReason {
  const machine = fleet.machines[place]!;
  if (mostUnits(fleet, place, () => true) === 0) return { code: 'nothing-to-shed' };
  if (outcome.isProtected[place] === 1) {
    const by = problem.strategy === 'customer-priority' ? 'tier' : 'score';
    return { code: 'protected', by, level: machine[by] };
  }
  const marginal = outcome.marginal[place]!;
  let extra = Number.POSITIVE_INFINITY;
  for (let option = fleet.starts[place]! + 1; option < fleet.starts[place + 1]!; option += 1) {
    if (fleet.units[option]! > 0) extra = Math.min(extra, fleet.cost[option]! - marginal * fleet.units[option]!);
  }
  const marginalUsdPerKwh = ((marginal * fleet.unitsPerW) / fleet.unitsPerUsd / problem.durationHours) * W_PER_KW;
  if (!(extra > 0)) return { code: 'spared', marginalUsdPerKwh };
  return { code: 'kept', extraUsdPerHour: extra / fleet.unitsPerUsd / problem.durationHours, marginalUsdPerKwh };
}

/** Of a machine in a plan. */
export function explainDecision(fleet: Fleet, problem: ShedProblem, outcome: Outcome, place: number): ShedReason {
  const machine = fleet.machines[place]!;
  const mode = fleet.mode[outcome.choice[place]!]!;
  if (mode !== machine.current) return explainChange(machine, mode);
  const block = findBlock(problem, machine);
  return block === null ? explainKept(fleet, problem, outcome, place) : { code: block, blockedW: blockedW(machine) };
}

/** Of a machine when no plan reaches the target: what it could give, or why it may not. */
export function explainReach(fleet: Fleet, problem: ShedProblem, place: number): ShedReason {
  const machine = fleet.machines[place]!;
  const block = findBlock(problem, machine);
  if (block !== null) return { code: block, blockedW: blockedW(machine) };
  const maximumW = mostUnits(fleet, place, () => true) / fleet.unitsPerW;
  return maximumW === 0 ? { code: 'nothing-to-shed' } : { code: 'gives-all', maximumW };
}

/** Power that rules hold back, one entry a rule; `heldByShareW` is what the share that stays on holds back of the rest. */
export function listBlockers(problem: ShedProblem, heldByShareW: number): ShedBlocker[] {
  const sums = new Map<'locked' | 'not-eligible', ShedBlocker>();
  for (const machine of problem.machines) {
    const because = findBlock(problem, machine);
    const held = because === null ? 0 : blockedW(machine);
    if (because === null || held === 0) continue;
    const sum = sums.get(because) ?? { because, machines: 0, blockedW: 0 };
    sums.set(because, { because, machines: sum.machines + 1, blockedW: sum.blockedW + held });
  }
  const blockers = [...sums.values()].sort((left, right) => (left.because < right.because ? 1 : -1));
  if (heldByShareW > 0) blockers.push({ because: 'minimum-online', machines: problem.machines.length, blockedW: heldByShareW });
  return blockers;
}
