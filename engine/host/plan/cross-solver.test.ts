/**
 * The plan against a mixed-integer solver that knows nothing of it, on the same problems: neither may beat the bound that the other has proven, and the plan may not be the worse one.
 * HiGHS reads each problem from the checker's integers (engine/bench/plan/write-lp.ts), so that a mistake of ours in rounding or in a rule would show as well.
 */
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeLp } from '../../bench/plan/write-lp.ts';
import { type InstanceShape, makeInstance } from '../../bench/plan-instances.ts';
import { Place } from '../../checker/json-place.ts';
import { readProblem } from '../../checker/read-problem.ts';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import { makeSmallFleet } from '../../vectors/small-fleets.ts';
import type { Curtailment, PlanProblem } from '../index.ts';

type Model = {
  options: { set(options: object): void };
  run(): void;
  getModelStatus(): number;
  getObjectiveValue(): number;
  info: { get(name: string): number };
  dispose(): void;
};
type Highs = { createModel(source: { format: 'lp'; data: string }): Model };
type Solved = { valueUsd: number; boundUsd: number } | null;

const SHAPES: { name: string; shape: Omit<InstanceShape, 'seed'> }[] = [
  { name: 'caps', shape: { machines: 12, intervals: 24, states: 3 } },
  { name: 'floors and take-or-pay', shape: { machines: 12, intervals: 12, states: 2, clients: 2, takeOrPay: true } },
  { name: 'minimum times', shape: { machines: 10, intervals: 16, states: 2, minUpIntervals: 3, minDownIntervals: 2 } },
  { name: 'a demand charge', shape: { machines: 10, intervals: 12, states: 2, demandChargeUsdPerKw: 4 } },
];
const SEEDS = [1, 2, 3];
const SMALL_FLEETS = 24;
/** HiGHS reckons in doubles and takes a plan for allowed that breaks a row by 1e-6 of it. */
const TOLERANCE_RATIO = 2e-6;
const GAP_RATIO = 1e-4;
const HIGHS_SECONDS = 20;
const INFEASIBLE = 8;

let curtailment: Curtailment;
let highs: Highs;

beforeAll(async () => {
  curtailment = await loadCurtailment('simd');
  highs = await (createRequire(import.meta.url)('highs') as () => Promise<Highs>)();
});

/** Null: there is no plan. */
function solveWithHighs(problem: PlanProblem): Solved {
  const { text, constantUsd } = writeLp(readProblem(new Place(JSON.parse(JSON.stringify(problem)), 'problem')));
  const model = highs.createModel({ format: 'lp', data: text });
  model.options.set({ output_flag: false, mip_rel_gap: GAP_RATIO, time_limit: HIGHS_SECONDS });
  model.run();
  const isInfeasible = model.getModelStatus() === INFEASIBLE;
  const solved = { valueUsd: model.getObjectiveValue() + constantUsd, boundUsd: model.info.get('mip_dual_bound') + constantUsd };
  model.dispose();
  return isInfeasible ? null : solved;
}

function expectAsGood(problem: PlanProblem, iterations: number): void {
  const own = curtailment.planCurtailment(problem, { gapTarget: 1e-6, iterations });
  const theirs = solveWithHighs(problem);
  if (theirs === null) {
    // Proven, or not: that floors, caps and whole machines cannot be had together may take more than the search is given.
    expect(own.status).toMatch(/^(infeasible|unknown)$/);
    return;
  }
  if (!('exact' in own)) throw new Error(own.status);
  const tolerance = TOLERANCE_RATIO * Math.max(1, Math.abs(theirs.valueUsd));
  expect(theirs.valueUsd).toBeLessThanOrEqual(Math.min(own.boundUsd, own.searchBoundUsd ?? own.boundUsd) + tolerance);
  expect(own.valueUsd).toBeLessThanOrEqual(theirs.boundUsd + tolerance);
  // As good a plan, within the gap that the solver was given.
  expect(own.valueUsd).toBeGreaterThanOrEqual(theirs.valueUsd - GAP_RATIO * Math.max(1, Math.abs(theirs.valueUsd)));
}

describe.each(SHAPES)('a plan with $name', { timeout: 120_000 }, ({ shape }) => {
  it.each(
    SEEDS,
  )('keeps within the bound of a solver of integer programmes, which keeps within its own, and is as good, seed %i', (seed) => {
    expectAsGood(makeInstance({ ...shape, seed }), 1000);
  });
});

describe('a plan of a few machines on which everything couples at once', { timeout: 120_000 }, () => {
  it.each(
    Array.from({ length: SMALL_FLEETS }, (_, index) => index + 1),
  )('is as good as that of a solver of integer programmes, fleet %i', (seed) => {
    expectAsGood(makeSmallFleet(seed, 24), 2000);
  });
});
