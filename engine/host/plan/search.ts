/** The state of one search for a plan, its budgets, and the exact books it keeps of plan and bound. */
import { DEFAULT_GAP_TARGET } from '../../units/plan-fields.ts';
import { boundOf, keepBooks, keepsRows, type PlanTotals } from './account.ts';
import { toUsd } from './answer.ts';
import type { LatticeProblem } from './lattice.ts';
import { toMultipliers } from './multipliers.ts';
import type { PlanExports } from './plan-exports.ts';
import type { LoadedPlan, PlanLayout, PlanViews } from './plan-memory.ts';
import { loadProblem, VALUE_FIELD, viewsOf } from './plan-memory.ts';
import type { PlanOptions, PlanProgress } from './problem.ts';

const DEFAULT_ITERATIONS = 400;

export type PlanCallbacks = { onProgress?: (progress: PlanProgress) => void; isCancelled?: () => boolean };

export type Found = { valueUnits: bigint; totals: PlanTotals };
export type Bound = { boundUnits: bigint; bestUnits: bigint; figures: Float64Array };

export type Search = LoadedPlan & {
  wasm: PlanExports;
  views: PlanViews;
  callbacks: PlanCallbacks;
  gapTarget: number;
  iterationBudget: number;
  deadlineMs: number;
  iterations: number;
  cancelled: boolean;
  found: Found | null;
  bound: Bound | null;
  /** No plan is worth more, by a complete search; null where none was. */
  searchedUsd: number | null;
  /** The module's count of its searches' work when it was last read. */
  workRead: number;
};

export function startSearch(
  wasm: PlanExports,
  problem: LatticeProblem,
  layout: PlanLayout,
  options: PlanOptions,
  callbacks: PlanCallbacks,
  startedMs: number,
): Search {
  return {
    ...loadProblem(wasm, problem, layout),
    wasm,
    views: viewsOf(wasm),
    callbacks,
    gapTarget: options.gapTarget ?? DEFAULT_GAP_TARGET,
    iterationBudget: options.iterations ?? DEFAULT_ITERATIONS,
    deadlineMs: options.timeBudgetMs === undefined ? Number.POSITIVE_INFINITY : startedMs + options.timeBudgetMs,
    iterations: 0,
    cancelled: false,
    found: null,
    bound: null,
    searchedUsd: null,
    workRead: wasm.searchWork(),
  };
}

export function gapRatioOf({ found, bound }: Pick<Search, 'found' | 'bound'>): number | null {
  if (!found || !bound) return null;
  return toUsd(bound.boundUnits - found.valueUnits) / Math.max(1, Math.abs(toUsd(found.valueUnits)));
}

/** Whether the gap target is met, by the bound or by a complete search. */
export function isDone(search: Search): boolean {
  const ratio = gapRatioOf(search);
  if (ratio === null) return false;
  const valueUsd = toUsd(search.found!.valueUnits);
  const searched = search.searchedUsd === null ? ratio : (search.searchedUsd - valueUsd) / Math.max(1, Math.abs(valueUsd));
  return Math.min(ratio, searched) <= search.gapTarget;
}

export function isOver(search: Search): boolean {
  return search.cancelled || search.iterations >= search.iterationBudget || performance.now() >= search.deadlineMs;
}

/** Counts one unit of work; true when the search must end. */
export function tick(search: Search): boolean {
  search.iterations++;
  const { onProgress, isCancelled } = search.callbacks;
  if (onProgress) {
    const { found, bound, iterations } = search;
    onProgress({
      iteration: iterations,
      valueUsd: found ? toUsd(found.valueUnits) : null,
      boundUsd: bound ? toUsd(bound.boundUnits) : null,
      gapRatio: gapRatioOf(search),
    });
  }
  if (isCancelled?.()) search.cancelled = true;
  return isOver(search);
}

/** Multiplications of a tree or an ensemble in one unit of work: about a millisecond. */
export const WORK = 1_000_000;

/** Counts units of work as `tick` does, by what the module has really done since the last time: a step of a large search may take many at once. */
export function tickWork(search: Search): boolean {
  const taken = Math.floor((search.wasm.searchWork() - search.workRead) / WORK);
  search.workRead += taken * WORK;
  search.iterations = Math.min(search.iterationBudget - 1, search.iterations + Math.max(0, taken - 1));
  return tick(search);
}

export const termsOf = ({ views, wasm }: Search) => views.f64(wasm.TERMS_PTR.value, 8);
export const figuresOf = ({ views, wasm, rows }: Search) => views.f64(wasm.ROW_BEST_PTR.value, rows.length);

/** Multipliers of the peak may not sum to more than its price: scaled down in whole units. */
function scalePeak(search: Search): void {
  const { demandCharge } = search.problem;
  if (!demandCharge) return;
  const figures = figuresOf(search);
  const isPeak = search.rows.map(({ kind }) => kind === 'peak');
  const shared = figures.reduce((sum, figure, row) => sum + (isPeak[row] ? figure : 0), 0);
  if (shared <= demandCharge.unitsPerW) return;
  figures.forEach((figure, row) => {
    if (isPeak[row]) figures[row] = Math.floor(figure * (demandCharge.unitsPerW / shared));
  });
}

/** Evaluates the best multipliers on the full fleet and keeps the bound they prove, if it is the lowest. */
export function proveBound(search: Search): void {
  const { wasm, views, problem, rows, units } = search;
  const centre = Float64Array.from(figuresOf(search));
  scalePeak(search);
  wasm.evaluateBest(0, units.fleetBlocks, VALUE_FIELD);
  const bestUnits = views.i64(wasm.SUM_PTR.value, 1)[0]!;
  const figures = Float64Array.from(figuresOf(search));
  const boundUnits = boundOf(problem, bestUnits, toMultipliers(problem, rows, figures));
  if (!search.bound || boundUnits < search.bound.boundUnits) search.bound = { boundUnits, bestUnits, figures };
  // The bundle goes on from its own centre, and the plan starts from it.
  figuresOf(search).set(centre);
  if (problem.demandCharge) wasm.evaluateBest(0, units.fleetBlocks, VALUE_FIELD);
}

/** Loads, clients' intervals and money of the plan in hand. */
export function readTotals({ wasm, views, problem }: Search): PlanTotals {
  const { intervalCount, sites, clients } = problem;
  return {
    moneyUnits: wasm.planMoney(),
    loadW: sites.map((_, site) => views.f64(wasm.PLAN_LOAD_PTR.value + site * intervalCount * 8, intervalCount).slice()),
    clientOn: views.f64(wasm.PLAN_CLIENT_PTR.value, clients.length).slice(),
  };
}

/** Keeps the plan in hand when it is allowed and the best so far. */
export function book(search: Search): void {
  const totals = readTotals(search);
  if (!keepsRows(search.problem, totals)) return;
  const { valueUnits } = keepBooks(search.problem, totals);
  if (search.found && valueUnits <= search.found.valueUnits) return;
  search.wasm.keepPlan();
  search.found = { valueUnits, totals };
}
