/** The answer against every plan there is, on thousands of tiny fleets; power, money and rules are recounted in exact integers. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReferencePlan } from '../../reference/shed.ts';
import {
  fairShares,
  findLeast,
  listPlans,
  REFERENCE_UNITS_PER_USD,
  REFERENCE_UNITS_PER_W,
  raisesNobody,
  reachesTarget,
  shedOf,
  weightedLoss,
} from '../../reference/shed.ts';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import { listTinySheds } from '../../vectors/random-sheds.ts';
import type { Curtailment, ShedMachine, ShedPlan, ShedProblem, ShedRules } from '../index.ts';

const CASES = 2000;

let curtailment: Curtailment;
beforeAll(async () => {
  curtailment = await loadCurtailment('simd');
});

/** The plan of the engine among all plans, so that every figure of it can be recounted; `null` when the engine says that there is none. */
function solve(problem: ShedProblem, plans: readonly ReferencePlan[]): { answer: ShedPlan; plan: ReferencePlan } | null {
  const answer = curtailment.shed(problem);
  if (answer.kind === 'invalid') throw new Error(JSON.stringify(answer.errors));
  if (answer.status === 'infeasible') return null;
  const modes = answer.machines.map(({ mode }) => mode);
  const plan = plans.find((candidate) => candidate.modes.every((mode, index) => mode === modes[index]));
  if (plan === undefined) throw new Error(`the plan ${modes.join()} changes a locked machine`);
  expect(Math.round(answer.shedW * REFERENCE_UNITS_PER_W)).toBe(Number(plan.shed));
  expect(answer.lostUsd).toBeCloseTo(Number(plan.lost) / REFERENCE_UNITS_PER_USD, 9);
  expect(answer.gapUsd).toBeGreaterThanOrEqual(0);
  expect(answer.policyPriceUsd).toBeGreaterThanOrEqual(0);
  return { answer, plan };
}

function forEachCase(seed: number, strategy: ShedProblem['strategy'], check: (problem: ShedProblem, plans: ReferencePlan[]) => void): void {
  for (const problem of listTinySheds(CASES, seed, strategy)) check(problem, listPlans(problem));
}

function levelOf(machine: ShedMachine, strategy: ShedProblem['strategy']): number {
  if (strategy === 'customer-priority') return machine.tier === null ? Number.POSITIVE_INFINITY : machine.tier;
  return -machine.score!;
}

describe('least profit', { timeout: 60_000 }, () => {
  it('is exactly the best of all plans, proven, and says when there is none', () => {
    let infeasible = 0;
    forEachCase(11, 'least-profit', (problem, plans) => {
      const best = findLeast(
        plans.filter((plan) => reachesTarget(problem, plan)),
        (plan) => [plan.lost],
      );
      const solved = solve(problem, plans);
      expect(solved === null, JSON.stringify(problem)).toBe(best === null);
      infeasible += best === null ? 1 : 0;
      if (solved === null || best === null) return;
      expect(solved.plan.lost, JSON.stringify(problem)).toBe(best.lost);
      expect(solved.answer.status).toBe('optimal');
      expect(solved.answer.policyPriceUsd).toBe(0);
    });
    expect(infeasible).toBeGreaterThan(50);
  });

  it('says the most that can be given up', () => {
    forEachCase(12, 'least-profit', (problem, plans) => {
      const answer = curtailment.shed(problem);
      const most = plans.reduce((best, plan) => (plan.shed > best ? plan.shed : best), 0n);
      expect(answer.kind === 'ok' && Math.round(answer.maximumShedW * REFERENCE_UNITS_PER_W)).toBe(Number(most));
    });
  });
});

describe.each(['customer-priority', 'performance-priority'] as const)('%s', { timeout: 60_000 }, (strategy) => {
  it('is the first of all plans by watts of each level in turn, then by lost money', () => {
    forEachCase(21, strategy, (problem, plans) => {
      const levels = [...new Set(problem.machines.map((machine) => levelOf(machine, strategy)))].sort((a, b) => a - b).slice(0, -1);
      const allowed = plans.filter((plan) => reachesTarget(problem, plan) && raisesNobody(problem, plan));
      const best = findLeast(allowed, (plan) => [
        ...levels.map((level) => shedOf(problem, plan, (machine) => levelOf(machine, strategy) === level)),
        plan.lost,
      ]);
      const solved = solve(problem, plans);
      expect(solved === null, JSON.stringify(problem)).toBe(best === null);
      if (solved === null || best === null) return;
      expect(solved.answer.status).toBe('optimal');
      expect(solved.plan.lost, JSON.stringify(problem)).toBe(best.lost);
      for (const level of levels) {
        const belongs = (machine: ShedMachine) => levelOf(machine, strategy) === level;
        expect(shedOf(problem, solved.plan, belongs), JSON.stringify(problem)).toBe(shedOf(problem, best, belongs));
      }
    });
  });
});

describe('fair distribution', { timeout: 60_000 }, () => {
  it('takes from every client its share and less than one machine more, at least loss', () => {
    let optimal = 0;
    forEachCase(31, 'fair-distribution', (problem, plans) => {
      const shares = fairShares(problem);
      const isFair = (plan: ReferencePlan) =>
        [...shares].every(([client, [numerator, denominator]]) => {
          const own = shedOf(problem, plan, (machine) => machine.client === client);
          const largest = Math.max(
            ...problem.machines
              .filter((machine) => machine.client === client && !machine.locked)
              .map(({ modes, current }) => modes[current]!.powerW - Math.min(...modes.map(({ powerW }) => powerW))),
            0,
          );
          // One unit of rounding: shares are told apart to the lattice of the problem, which is at most 1 W here.
          const unit = BigInt(REFERENCE_UNITS_PER_W);
          const largestUnits = BigInt(Math.round(largest * REFERENCE_UNITS_PER_W));
          return (
            own * denominator >= numerator - unit * denominator && own * denominator <= numerator + (largestUnits + unit) * denominator
          );
        });
      const solved = solve(problem, plans);
      const allowed = plans.filter((plan) => raisesNobody(problem, plan) && reachesTarget(problem, plan));
      expect(solved === null, JSON.stringify(problem)).toBe(allowed.length === 0);
      if (solved === null) return;
      expect(isFair(solved.plan), JSON.stringify(problem)).toBe(true);
      const best = findLeast(allowed.filter(isFair), (plan) => [plan.lost])!;
      optimal += solved.plan.lost === best.lost ? 1 : 0;
    });
    // The rest differ by the unit of rounding that the check above allows.
    expect(optimal).toBeGreaterThan(CASES * 0.6);
  });
});

describe('custom', { timeout: 60_000 }, () => {
  const rules: ShedRules = {
    tiers: [1, 2],
    clients: null,
    scoreAtMost: 2,
    weights: [
      { client: 'a', tier: null, weight: 3 },
      { client: null, tier: 2, weight: 2 },
    ],
    minimumOnlineRatio: 0.5,
  };
  const weightOf = ({ client, tier }: ShedMachine) => (client === 'a' ? 3 : tier === 2 ? 2 : 1);

  it('keeps its rules, and its plan and bound enclose the best of all plans that do', () => {
    let [feasible, optimal] = [0, 0];
    forEachCase(41, 'custom', (drawn, plans) => {
      const problem = { ...drawn, custom: rules };
      const drawing = problem.machines.filter(({ modes, current }) => modes[current]!.powerW > 0).length;
      const keepsRules = (plan: ReferencePlan) => {
        const changed = problem.machines.filter(({ current }, index) => plan.modes[index] !== current);
        const stopped = problem.machines.filter(
          ({ modes, current }, index) => modes[current]!.powerW > 0 && modes[plan.modes[index]!]!.powerW === 0,
        );
        return (
          changed.every(({ tier, score }) => (tier === 1 || tier === 2) && score !== null && score <= 2) &&
          drawing - stopped.length >= 0.5 * drawing
        );
      };
      const allowed = plans.filter((plan) => reachesTarget(problem, plan) && keepsRules(plan));
      const solved = solve(problem, plans);
      expect(solved === null, JSON.stringify(problem)).toBe(allowed.length === 0);
      if (solved === null) return;
      expect(keepsRules(solved.plan), JSON.stringify(problem)).toBe(true);
      const objective = (plan: ReferencePlan) => weightedLoss(problem, plan, weightOf);
      const excess = Number(objective(solved.plan) - objective(findLeast(allowed, (plan) => [objective(plan)])!)) / REFERENCE_UNITS_PER_USD;
      expect(excess, JSON.stringify(problem)).toBeGreaterThanOrEqual(0);
      expect(excess, JSON.stringify(problem)).toBeLessThanOrEqual(solved.answer.gapUsd + 1e-9);
      feasible += 1;
      optimal += solved.answer.status === 'optimal' ? 1 : 0;
    });
    expect(optimal).toBeGreaterThan(feasible * 0.8);
  });
});
