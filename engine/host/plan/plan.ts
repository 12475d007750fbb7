/**
 * The conductor of a plan: coarse multipliers, full multipliers, a plan from them, and then in turns better multipliers and a better plan until the gap
 * target or a budget is reached. Everything heavy is in the module; value and bound are added up exactly in `account.ts`.
 */
import { keepBooks, keepsRows, splitGap } from './account.ts';
import { readPlan, toGapParts, toMoney, toUsd } from './answer.ts';
import { findBindingLocks } from './binding-locks.ts';
import { findCertificate } from './certificate.ts';
import { hashLattice } from './inputs-hash.ts';
import { type LatticeProblem, toLattice } from './lattice.ts';
import { fromMultipliers, toMultipliers, toShadowPrices } from './multipliers.ts';
import type { PlanExports } from './plan-exports.ts';
import { layOutProblem, TERM_PEAK_ALLOWED, VALUE_FIELD } from './plan-memory.ts';
import { type PlanAnswer, type PlanCertificate, type PlanOptions, type PlanProblem, type PlanResult, UNITS_PER_USD } from './problem.ts';
import {
  type Bound,
  book,
  type Found,
  figuresOf,
  gapRatioOf,
  isDone,
  isOver,
  type PlanCallbacks,
  proveBound,
  readTotals,
  type Search,
  startSearch,
  termsOf,
  tick,
} from './search.ts';
import { searchFirstPlan, searchOn } from './small-fleet.ts';
import { findLatticeErrors, findLayoutErrors, findProblemErrors } from './validate-problem.ts';

const COARSE_STEPS = 150;
const FULL_STEPS = 60;
/** A plan within this many targets is polished at once, for so many rounds a site, before the fill reaches further. */
const CLOSE_TARGETS = 8;
const CLOSE_ROUNDS = 4;
/** Pairs and triples of units tried in one unit of work. */
const PAIRS = 2048;
const TRIPLES = 1024;
/** Fleets up to this size are polished with all their units, larger ones with the undecided. */
const SMALL_FLEET = 1200;
/** Most units whose triples are tried. */
const TRIPLE_MEMBERS = 400;
/** Share of its scale that the steepest multiplier moves first: from nothing, and near a good point. */
const COLD_SHARE = 0.3;
const WARM_SHARE = 0.1;
/** Shares of the gap target that a step of the bundle must promise; a plan is made from the multipliers each time it promises less. */
const DONE_SHARES = [0.1, 0.01, 0.001];
/** Units are undecided when their value bends within this share of the multipliers: near, and further off. */
const NEAR_SHARE = 0.004;
const FAR_SHARE = 0.03;
/** Discounts on the multipliers with which what is free is offered, to the undecided and to all. */
const NEAR_DISCOUNTS = [0.002, 0.01];
const FAR_DISCOUNTS = [0.01, 0.03, 0.1, 0.3];
const ALL_DISCOUNTS = [0.3, 1];
/** Units times intervals up to which the bound lets the peak be anything: the best step of a few machines may lie well beside the coarse fleet's. */
const SMALL_CELLS = 20_000;
const REPAIR_SWEEPS = 9;
const PEAK_HALVINGS = 12;
const PEAK_STEPS = 20;
/** The full bound may move the peak this far from the coarse one. */
const PEAK_TRUST = 0.002;

/** Steps the bundle until it promises less than `enough`, for at most `steps` and half of the iterations left: the plan wants some too. */
function stepUntil(search: Search, steps: number, enough: (boundUsd: number) => number): void {
  const { wasm } = search;
  const most = Math.min(steps, Math.ceil((search.iterationBudget - search.iterations) / 2));
  for (let step = 0; step < most; step++) {
    const predicted = wasm.stepBundle();
    if (tick(search) || predicted < enough(Math.abs(wasm.bundleUsd()))) return;
  }
}

/** Usual worth of a W and interval in money units: where surcharges begin when a row has no multiplier. */
function baseRate({ problem }: Search): number {
  return Math.max(1, Math.round(problem.priceUnits.reduce((sum, units) => sum + Math.abs(units), 0) / problem.intervalCount));
}

/** The most that hashing with a W earns in an interval: a surcharge that nobody pays. */
function dearestRate({ problem }: Search): number {
  let dearest = 0;
  for (const { powerW, hashrateGhs } of problem.machines) {
    for (let mode = 1; mode < powerW.length; mode++) dearest = Math.max(dearest, hashrateGhs[mode]! / Math.max(1, powerW[mode]!));
  }
  return Math.ceil(dearest * Math.max(...problem.hashpriceUnits));
}

const isAllowed = ({ wasm }: Search) => wasm.totalExcess() <= 0 && wasm.totalShortage() <= 0 && wasm.totalRampExcess() <= 0;

/** Sweeps until caps, ramps and floors hold or the sweeps are used. Not counted against the budget: it is what makes a plan of the multipliers. */
function repair(search: Search, base: number): void {
  const { wasm } = search;
  let share = 0.001;
  for (let sweep = 0; sweep < REPAIR_SWEEPS && wasm.totalExcess() > 0; sweep++, share *= 3) {
    wasm.repairSweep(share, base);
  }
  share = 0.01;
  for (let sweep = 0; sweep < REPAIR_SWEEPS && wasm.totalRampExcess() > 0; sweep++, share *= 3) {
    wasm.repairRamps(Math.ceil(base * share));
  }
  const raise = base * Math.max(...search.problem.machines.map(({ powerW }) => Math.max(...powerW)));
  share = 0.003;
  for (let sweep = 0; sweep < REPAIR_SWEEPS && wasm.totalShortage() > 0; sweep++, share *= 3) {
    wasm.repairClients(Math.ceil(raise * share));
  }
}

/** Pairs, then triples, of each site's units until nothing is worth more, the rounds are used or the search is over. */
function polish(search: Search, rounds: number): void {
  const { wasm, problem } = search;
  wasm.recallPlan();
  const small = search.units.fleetUnits <= SMALL_FLEET;
  if (small) wasm.listAll();
  else wasm.listUndecided();
  for (let site = 0; site < problem.sites.length; site++) {
    wasm.setPlainRates();
    const members = wasm.startPolish(site);
    let triples = false;
    for (let round = 0; round < rounds; round++) {
      const taken = triples ? wasm.polishTriples(TRIPLES) : wasm.polishPairs(PAIRS);
      if (taken > 0) book(search);
      if (tick(search) || isDone(search)) return;
      if (taken >= 0) continue;
      if (triples || members > TRIPLE_MEMBERS) break;
      triples = true;
      wasm.startTriples();
    }
  }
}

/** Sweeps of the fill over the listed units. Returns whether the search may go on. */
function fill(search: Search, discounts: readonly number[]): boolean {
  const { wasm } = search;
  for (const discount of discounts) {
    wasm.setBestRates(1 - discount);
    if (wasm.fillSweep() > 0) book(search);
    if (isDone(search) || tick(search)) return false;
  }
  return true;
}

/**
 * A plan from the best multipliers: their own choices, repaired and filled by the units that are undecided close by, then by those undecided further off,
 * then by all.
 */
function findPlan(search: Search): void {
  const { wasm, units } = search;
  wasm.evaluateAround(0, units.fleetBlocks, NEAR_SHARE);
  wasm.listUndecided();
  wasm.setBestRates(1);
  wasm.choosePlan();
  const base = baseRate(search);
  repair(search, base);
  if (!isAllowed(search)) {
    wasm.listAll();
    repair(search, base);
    if (!isAllowed(search)) repair(search, base + dearestRate(search));
    if (!isAllowed(search) && search.problem.demandCharge) {
      // The peak aimed at may leave the floors no room; a higher one only costs money.
      termsOf(search)[TERM_PEAK_ALLOWED] = peakRange(search.problem, search.problem.demandCharge)[1];
      repair(search, base + dearestRate(search));
    }
    wasm.listUndecided();
  }
  book(search);
  if (isDone(search) || !fill(search, NEAR_DISCOUNTS)) return;
  const ratio = gapRatioOf(search);
  if (ratio !== null && ratio < CLOSE_TARGETS * search.gapTarget) {
    polish(search, CLOSE_ROUNDS);
    if (isDone(search) || isOver(search)) return;
  }
  wasm.evaluateAround(0, units.fleetBlocks, FAR_SHARE);
  wasm.listUndecided();
  if (!fill(search, FAR_DISCOUNTS)) return;
  wasm.listAll();
  fill(search, ALL_DISCOUNTS);
}

/** W of all machines at their highest. */
function mostLoadW({ machines }: LatticeProblem): number {
  return machines.reduce((sum, { count, powerW }) => sum + count * Math.max(...powerW), 0);
}

/** Lowest and highest peak that any plan has. */
function peakRange(problem: LatticeProblem, { peakSoFarW }: { peakSoFarW: number }): [lowestW: number, highestW: number] {
  return [peakSoFarW, Math.max(peakSoFarW, mostLoadW(problem))];
}

/** Whether the bound's peak may be any that a plan has. */
function isPeakFree(search: Search): boolean {
  const [, lowW, highW] = termsOf(search).subarray(TERM_PEAK_ALLOWED);
  const [lowestW, highestW] = peakRange(search.problem, search.problem.demandCharge!);
  return lowW === lowestW && highW === highestW;
}

/** The first multipliers: from an earlier answer, or from the coarse fleet. Sets the peak the plan aims at. */
function findFirstMultipliers(search: Search, options: PlanOptions): void {
  const { wasm, units, rows, problem } = search;
  const coarse = [units.fleetBlocks, units.blocks.length] as const;
  if (options.warm) figuresOf(search).set(fromMultipliers(rows, options.warm));
  if (problem.demandCharge) {
    const peakW = wasm.searchPeak(...coarse, ...peakRange(problem, problem.demandCharge), PEAK_HALVINGS, PEAK_STEPS);
    const isSmall = units.fleetUnits * problem.intervalCount <= SMALL_CELLS;
    termsOf(search).set(
      isSmall
        ? [peakW, ...peakRange(problem, problem.demandCharge)]
        : [peakW, Math.max(problem.demandCharge.peakSoFarW, Math.floor(peakW * (1 - PEAK_TRUST))), Math.ceil(peakW * (1 + PEAK_TRUST))],
      TERM_PEAK_ALLOWED,
    );
    return;
  }
  if (options.warm) return;
  wasm.startBundle(...coarse);
  wasm.setStepLength(COLD_SHARE);
  stepUntil(search, COARSE_STEPS, (boundUsd) => boundUsd * 1e-6);
}

/**
 * Lets the bound's peak be anything where it was kept near the coarse fleet's and the multipliers do not pay the peak's price, or more than it: the coarse fleet's peak was
 * not the best one, and what the multipliers are off by the bound is off by, times the peak.
 */
function freePeak(search: Search): void {
  const { wasm, units, rows, problem, bound, gapTarget } = search;
  const { demandCharge } = problem;
  if (!demandCharge || !bound || isPeakFree(search)) return;
  const paid = rows.reduce((sum, { kind }, row) => (kind === 'peak' ? sum + figuresOf(search)[row]! : sum), 0);
  const beyondW = termsOf(search)[TERM_PEAK_ALLOWED + 1]! - demandCharge.peakSoFarW;
  const lostUsd = (Math.abs(demandCharge.unitsPerW - paid) * beyondW) / UNITS_PER_USD;
  if (lostUsd <= gapTarget * Math.max(1, Math.abs(toUsd(bound.boundUnits)))) return;
  termsOf(search).set(peakRange(problem, demandCharge), TERM_PEAK_ALLOWED + 1);
  wasm.startBundle(0, units.fleetBlocks);
  wasm.setStepLength(WARM_SHARE);
}

function improve(search: Search): void {
  const { wasm, units, gapTarget } = search;
  wasm.startBundle(0, units.fleetBlocks);
  wasm.setStepLength(WARM_SHARE);
  for (const share of DONE_SHARES) {
    stepUntil(search, FULL_STEPS, (boundUsd) => boundUsd * gapTarget * share);
    proveBound(search);
    findPlan(search);
    if (isOver(search) || isDone(search)) return;
    freePeak(search);
  }
  if (!search.found) return;
  if (search.units.fleetUnits > SMALL_FLEET) polish(search, Number.POSITIVE_INFINITY);
  if (isOver(search) || isDone(search)) return;
  searchOn(search);
}

function toAnswer(search: Search, found: Found, bound: Bound, inputsHash: string, engineVersion: string): PlanAnswer {
  const { wasm, views, problem, rows, units } = search;
  wasm.recallPlan();
  const hashingUnits = views.i64(wasm.SUM_PTR.value, 2)[1]!;
  const totals = readTotals(search);
  const books = keepBooks(problem, totals);
  if (!keepsRows(problem, totals) || books.valueUnits !== found.valueUnits)
    throw new Error('the plan kept is not the plan that was booked');
  const multipliers = toMultipliers(problem, rows, bound.figures);
  const valueUsd = toUsd(books.valueUnits);
  const gapUsd = toUsd(bound.boundUnits - books.valueUnits);
  const gapRatio = gapUsd / Math.max(1, Math.abs(valueUsd));
  return {
    status: gapRatio <= search.gapTarget ? 'certified' : search.cancelled ? 'cancelled' : 'bounded',
    valueUsd,
    boundUsd: toUsd(bound.boundUnits),
    gapUsd,
    gapRatio,
    exact: { valueUnits: books.valueUnits.toString(), boundUnits: bound.boundUnits.toString() },
    gapParts: toGapParts(splitGap(problem, totals, books, bound.bestUnits, multipliers)),
    money: toMoney(problem, totals, books, hashingUnits),
    loadKw: books.totalW.map((load) => Number(load) / 1000),
    machines: readPlan(wasm, problem, units),
    multipliers,
    shadowPrices: toShadowPrices(problem, multipliers),
    searchBoundUsd: search.searchedUsd,
    iterations: search.iterations,
    inputsHash,
    engineVersion,
  };
}

/** A unit whose own rules leave it no sequence at all, or null. Only locks and limits of starts can do that. */
function findImpossibleUnit({ wasm, units, problem }: Search): PlanCertificate | null {
  if (units.blocks.every(({ kind }) => kind < 2)) return null;
  const at = wasm.evaluateBest(0, units.fleetBlocks, VALUE_FIELD);
  if (at < 0) return null;
  const machine = problem.machines[units.machineOf[at]!]!;
  return { kind: 'unit', id: machine.id, unit: units.unitOf[at]!, locks: findBindingLocks(wasm, problem, machine) };
}

/** Plans. Same problem, options without a time budget and warm start: same answer, bit for bit, on every engine. */
export function planCurtailment(
  wasm: PlanExports,
  engineVersion: string,
  given: PlanProblem,
  options: PlanOptions,
  callbacks: PlanCallbacks,
): PlanResult {
  const startedMs = performance.now();
  const errors = findProblemErrors(wasm, given);
  if (errors.length > 0) return { status: 'invalid', errors };
  const problem = toLattice(given);
  const latticeErrors = findLatticeErrors(problem);
  if (latticeErrors.length > 0) return { status: 'invalid', errors: latticeErrors };
  const inputsHash = hashLattice(problem);
  const layout = layOutProblem(problem);
  const layoutErrors = findLayoutErrors(wasm, problem, layout);
  if (layoutErrors.length > 0) return { status: 'invalid', errors: layoutErrors };
  const search = startSearch(wasm, problem, layout, options, callbacks, startedMs);
  const impossible = findImpossibleUnit(search);
  if (impossible) return { status: 'infeasible', certificate: impossible, inputsHash, engineVersion };
  findFirstMultipliers(search, options);
  improve(search);
  const certificate = search.found || search.cancelled ? null : findCertificate(search);
  if (certificate) return { status: 'infeasible', certificate, inputsHash, engineVersion };
  const isSearched = !search.found && !search.cancelled && searchFirstPlan(search);
  const { found, bound } = search;
  if (found && bound) return toAnswer(search, found, bound, inputsHash, engineVersion);
  return {
    status: search.cancelled ? 'cancelled_without_plan' : 'unknown',
    isSearched,
    boundUsd: bound ? toUsd(bound.boundUnits) : null,
    multipliers: bound ? toMultipliers(problem, search.rows, bound.figures) : null,
    inputsHash,
    engineVersion,
  };
}
