/**
 * What the page shows of an engine's answer: sums by kind of machine instead of thousands of schedules, the other ways of running the fleet beside it, reasons, and
 * where the certified gap comes from. Plain data: it goes from the server into the page and from the worker to the screen.
 */
import type {
  Curtailment,
  LatticeProblem,
  PlanAnswer,
  PlanCertificate,
  PlanGapParts,
  PlanMultipliers,
  PlanProblem,
  PlanResult,
} from '#engine';
import { findFloorCosts } from './floor-costs.ts';
import { listReasons, type ReasonSpan } from './reasons.ts';
import { listRulePlans, type Money, type RulePlan } from './rule-plans.ts';

const UNITS_PER_USD = 1e12;
const W_PER_KW = 1000;
const W_PER_MW = 1e6;

/** One kind of machine over time. `counts`: units off ([0]) and in each mode ([1 + index in the problem]), [mode][interval]. */
export type ClassView = { counts: number[][]; powerKw: number[]; reasons: ReasonSpan[] };

export type PlanView = {
  kind: 'plan';
  status: PlanAnswer['status'];
  valueUsd: number;
  boundUsd: number;
  gapUsd: number;
  gapRatio: number;
  gapParts: PlanGapParts;
  money: Money;
  starts: number;
  energyKwh: number;
  loadKw: number[];
  classes: ClassView[];
  rules: RulePlan[];
  /** USD for one more MW in the interval; 0 where the cap does not bind. */
  capUsdPerMw: number[];
  rampUsdPerMw: number[];
  peak: { interval: number; usdPerKw: number }[];
  /** Floors that bind: what one machine interval less is worth, and what the whole floor costs (null: not reckoned). */
  clients: { id: string; usdPerMachineInterval: number; costUsd: number | null }[];
  takeOrPayUsdPerKwh: number | null;
  /** Where room under the cap has a price and stays unused, dearest first, at most three. */
  unusedCap: { interval: number; usd: number; kw: number }[];
  multipliers: PlanMultipliers;
  elapsedMs: number;
  iterations: number;
  inputsHash: string;
  engineVersion: string;
};

export type InfeasibleView = {
  kind: 'infeasible';
  certificate: PlanCertificate;
  /** What each client's machines could run at most under the caps is not known; what the floors ask for is. */
  floors: { id: string; minMachineIntervals: number }[];
  rules: RulePlan[];
  elapsedMs: number;
  inputsHash: string;
  engineVersion: string;
};

export type OtherView =
  | { kind: 'unknown' | 'cancelled'; boundUsd: number | null; elapsedMs: number | null }
  | { kind: 'refused'; path: string; allowed: string };

export type View = PlanView | InfeasibleView | OtherView;

/** Units in each state by interval, for every machine of the list: [machine][state][interval], state 0 is off. O(units x runs). */
function countStates(problem: PlanProblem, answer: PlanAnswer): number[][][] {
  const { count } = problem.interval;
  const counts = problem.machines.map(({ modes }) => Array.from({ length: modes.length + 1 }, () => new Array<number>(count).fill(0)));
  const indexOf = new Map(problem.machines.map(({ id }, index) => [id, index]));
  for (const { id, runs } of answer.machines) {
    const own = counts[indexOf.get(id)!]!;
    for (const [from, to, mode] of runs) {
      const state = own[mode === null ? 0 : mode + 1]!;
      for (let t = from; t < to; t++) state[t]! += 1;
    }
  }
  return counts;
}

function countStarts(answer: PlanAnswer): number {
  return answer.machines.reduce((sum, { runs }) => {
    const starts = runs.filter(([, , mode], index) => index > 0 && mode !== null && runs[index - 1]![2] === null).length;
    return sum + starts;
  }, 0);
}

function listUnusedCap(problem: LatticeProblem, answer: PlanAnswer): PlanView['unusedCap'] {
  const [prices, capW] = [answer.multipliers.cap[0] ?? [], problem.sites[0]!.capW];
  return prices
    .map((price, interval) => {
      const freeW = Math.max(0, (capW[interval] ?? 0) - answer.loadKw[interval]! * W_PER_KW);
      return { interval, usd: (price * freeW) / UNITS_PER_USD, kw: freeW / W_PER_KW };
    })
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd)
    .slice(0, 3);
}

function perMw(lists: readonly (readonly number[] | undefined)[], count: number): number[] {
  return Array.from({ length: count }, (_, t) => (lists.reduce((sum, list) => sum + (list?.[t] ?? 0), 0) * W_PER_MW) / UNITS_PER_USD);
}

/** `normal`: index of the catalogue's mode of each machine in the problem. */
export type ViewDeps = {
  curtailment: Curtailment;
  problem: PlanProblem;
  normal: readonly number[];
  elapsedMs: number;
};

export function toView(result: PlanResult, { curtailment, problem, normal, elapsedMs }: ViewDeps): View {
  if (result.status === 'invalid') {
    const [first] = result.errors;
    return { kind: 'refused', path: first?.path ?? '', allowed: first?.allowed ?? '' };
  }
  const lattice = curtailment.roundPlanProblem(problem);
  const rules = () =>
    listRulePlans(
      lattice,
      normal.map((mode) => mode + 1),
    );
  if (result.status === 'infeasible') {
    const { certificate, inputsHash, engineVersion } = result;
    return { kind: 'infeasible', certificate, floors: lattice.clients, rules: rules(), elapsedMs, inputsHash, engineVersion };
  }
  if (!('machines' in result)) {
    return { kind: result.status === 'unknown' ? 'unknown' : 'cancelled', boundUsd: result.boundUsd, elapsedMs };
  }
  const { count, minutes } = problem.interval;
  const { multipliers, shadowPrices, loadKw } = result;
  const costs = findFloorCosts(curtailment, problem, result, elapsedMs);
  const classes = countStates(problem, result).map((counts, machine) => ({
    counts,
    powerKw: Array.from({ length: count }, (_, t) =>
      problem.machines[machine]!.modes.reduce((sum, { powerW }, mode) => sum + (counts[mode + 1]![t]! * powerW) / W_PER_KW, 0),
    ),
    reasons: listReasons(lattice, multipliers, machine, counts),
  }));
  return {
    kind: 'plan',
    status: result.status,
    valueUsd: result.valueUsd,
    boundUsd: result.boundUsd,
    gapUsd: result.gapUsd,
    gapRatio: result.gapRatio,
    gapParts: result.gapParts,
    money: result.money,
    starts: countStarts(result),
    energyKwh: loadKw.reduce((sum, kw) => sum + (kw * minutes) / 60, 0),
    loadKw,
    classes,
    rules: rules(),
    capUsdPerMw: perMw([multipliers.cap[0]], count),
    rampUsdPerMw: perMw([multipliers.rampUp[0], multipliers.rampDown[0]], count),
    peak: shadowPrices.peak,
    clients: shadowPrices.clients.map(({ id, usdPerMachineInterval }) => ({
      id,
      usdPerMachineInterval,
      costUsd: costs.find((cost) => cost.id === id)?.usd ?? null,
    })),
    takeOrPayUsdPerKwh: shadowPrices.takeOrPayUsdPerKwh,
    unusedCap: listUnusedCap(lattice, result),
    multipliers,
    elapsedMs,
    iterations: result.iterations,
    inputsHash: result.inputsHash,
    engineVersion: result.engineVersion,
  };
}
