/**
 * "Shed this much now, lose least": the facade's call. Bad input comes back as a list of errors; a target out of reach as such, with what is in reach and what holds back the
 * rest; everything else as a plan with a bound that no plan of the strategy beats.
 */
import { findShedErrors } from './check-problem.ts';
import { mostWithinRules } from './custom-rules.ts';
import type { ShedExports } from './exports.ts';
import type { Fleet } from './fleet.ts';
import { mostUnits, toFleet } from './fleet.ts';
import type { Outcome } from './outcome.ts';
import { explainDecision, explainReach, listBlockers } from './reasons.ts';
import { createShedSolver, limitStates } from './solver.ts';
import { shedByStrategy, shedLeastProfit } from './strategies.ts';
import type { ShedDecision, ShedProblem, ShedReason, ShedResult } from './types.ts';

/** States each search may look at: about 100 ms on a core of 2020. A number of states, not of milliseconds: the same plan everywhere. */
export const DEFAULT_STATE_BUDGET = 4_000_000;

/** A strategy of many searches may look at this many budgets of states in all. */
const STRATEGY_SEARCHES = 4;

export type Shed = {
  /** Modes that give up `targetW` at least loss. About 15 ms for 6,000 machines of 3 modes. Repeats bit for bit for an equal budget. */
  shed(problem: ShedProblem, options?: { stateBudget: number }): ShedResult;
};

type Reach = { maximumUnits: number; heldByShareUnits: number };

function findReach(fleet: Fleet, problem: ShedProblem): Reach {
  if (problem.strategy === 'custom' && problem.custom !== null) {
    const maximumUnits = mostWithinRules(fleet, problem.custom, true);
    return { maximumUnits, heldByShareUnits: mostWithinRules(fleet, problem.custom, false) - maximumUnits };
  }
  let maximumUnits = 0;
  for (let place = 0; place < fleet.machines.length; place += 1) maximumUnits += mostUnits(fleet, place, () => true);
  return { maximumUnits, heldByShareUnits: 0 };
}

/** Decisions in the order of the request. */
function listDecisions(fleet: Fleet, modeOf: (place: number) => number | null, reasonOf: (place: number) => ShedReason): ShedDecision[] {
  const decisions: ShedDecision[] = new Array(fleet.machines.length);
  fleet.machines.forEach((machine, place) => {
    decisions[fleet.requestIndex[place]!] = { id: machine.id, mode: modeOf(place), reason: reasonOf(place) };
  });
  return decisions;
}

export function createShed(wasm: ShedExports, engineVersion: string): Shed {
  const solver = createShedSolver(wasm);

  function solve(fleet: Fleet, problem: ShedProblem, stateBudget: number): { outcome: Outcome; policyPrice: number } | null {
    const least = shedLeastProfit({ fleet, solver, stateBudget });
    if (least === null) return null;
    if (problem.strategy === 'least-profit') return { outcome: least, policyPrice: 0 };
    const limited = limitStates(solver, stateBudget * STRATEGY_SEARCHES);
    const outcome = shedByStrategy({ fleet, solver: limited, stateBudget, leastBound: least.bound }, problem);
    // A plan of a strategy is a plan: where least profit is not proven it may even be the better one.
    return outcome && { outcome, policyPrice: Math.max(0, outcome.lost - least.lost) };
  }

  return {
    shed(problem, { stateBudget } = { stateBudget: DEFAULT_STATE_BUDGET }) {
      const errors = findShedErrors(problem);
      if (errors.length > 0) return { kind: 'invalid', errors };
      const fleet = toFleet(problem);
      const { unitsPerW, unitsPerUsd } = fleet;
      const { maximumUnits, heldByShareUnits } = findReach(fleet, problem);
      const common = {
        kind: 'ok' as const,
        maximumShedW: maximumUnits / unitsPerW,
        blockers: listBlockers(problem, heldByShareUnits / unitsPerW),
        lattice: { powerW: 1 / unitsPerW, moneyUsd: 1 / unitsPerUsd },
        engineVersion,
      };
      const solved = solve(fleet, problem, stateBudget);
      if (solved === null) {
        const machines = listDecisions(
          fleet,
          () => null,
          (place) => explainReach(fleet, problem, place),
        );
        return {
          ...common,
          status: 'infeasible',
          shedW: null,
          lostUsd: null,
          boundUsd: null,
          gapUsd: null,
          policyPriceUsd: null,
          machines,
        };
      }
      const { outcome, policyPrice } = solved;
      return {
        ...common,
        status: outcome.bound === outcome.lost ? 'optimal' : 'bounded',
        shedW: outcome.reached / unitsPerW,
        lostUsd: outcome.lost / unitsPerUsd,
        boundUsd: outcome.bound / unitsPerUsd,
        gapUsd: (outcome.lost - outcome.bound) / unitsPerUsd,
        policyPriceUsd: policyPrice / unitsPerUsd,
        states: outcome.states,
        machines: listDecisions(
          fleet,
          (place) => fleet.mode[outcome.choice[place]!]!,
          (place) => explainDecision(fleet, problem, outcome, place),
        ),
      };
    },
  };
}
