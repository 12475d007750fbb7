/**
 * The exact search of small fleets: branch and bound over everything the units may sensibly do. A gap is assumed, only sequences of less regret are listed, and
 * their tree is searched; when it is exhausted without a plan, no plan is worth more than the bound less the gap assumed, and more of it is assumed. Trees that take too
 * long take turns with small ones around the best plan, in which only some units are free.
 */
import { toUsd } from './answer.ts';
import { book, figuresOf, isDone, isOver, type Search, tick } from './search.ts';

// What a call of the tree ends with; as in assembly/plan/tree.ts.
const PAUSED = 0;
const EXHAUSTED = 1;
const FOUND = 2;
/** Multiplications of the tree in one unit of work: about a millisecond. */
const WORK = 1_000_000;
/** Share of the gap assumed first, and how much more each time. */
const FIRST_SHARE = 1 / 16;
const GROWTH = 1.5;
/** How much less is assumed while even this cannot be listed, down to which share. */
const SHRINK = 4;
const LEAST_SHARE = 1e-5;
/** USD by which a plan must be better than the best one: what doubles can tell apart. */
const LEAST_USD = 2e-9;
/** Units of work of a turn at first, and how much more each time. */
const FIRST_TURN = 100;
const TURN_GROWTH = 1.5;
/** Units of work of one tree around the best plan, in turns. */
const AROUND_TURNS = [4, 8, 16];
/** Shares of the gap up to which sequences are listed for it, in turns: few of many units, or many of few. */
const REACHES = [1, 0.35, 0.12];
const SEEDS_A_REACH = 1 << 20;
/** Share of the units that are free in it: at first, at least, and how it changes with the outcome. */
const FREE_SHARE = 0.3;
const LEAST_FREE = 0.03;
const FREE_GROWTH = 1.15;
/** Without a plan: share of the bound assumed first, how much more each time, how often before everything is listed, units of work in all. */
const UNPLANNED_SHARE = 1e-3;
const UNPLANNED_GROWTH = 8;
const UNPLANNED_ROUNDS = 7;
const UNPLANNED_WORK = 2000;
const USD = 1e-12;

const foundUsd = ({ found }: Search) => (found ? toUsd(found.valueUnits) : Number.NEGATIVE_INFINITY);

/** A node of a large programme may take many units of work at once: all but the one that tick counts are counted here. */
function countWork(search: Search): void {
  const extra = takenUnits(search) - 1;
  search.iterations = Math.min(search.iterationBudget - 1, search.iterations + Math.max(0, extra));
}

/** Units of work of the trees since the last call. */
function takenUnits(search: Search): number {
  const work = search.wasm.treeWork();
  const taken = Math.floor((work - search.treeWork) / WORK);
  search.treeWork += taken * WORK;
  return taken;
}

/** Searches the tree for at most `most` units of work, one at least. What it finds is booked; a plan that the exact books refuse ends it without a proof. */
function searchTree(search: Search, most: number): number {
  const last = search.iterations + most;
  for (;;) {
    const outcome = search.wasm.searchTree(WORK);
    countWork(search);
    const before = search.found;
    if (outcome === FOUND) book(search);
    const isRefused = outcome === FOUND && search.found === before;
    const mustEnd = tick(search) || search.iterations >= last;
    if (outcome !== PAUSED && outcome !== FOUND) return outcome;
    if (isRefused || mustEnd) return PAUSED;
  }
}

type Turn = { reach: number; seed: number; free: number };

/**
 * Trees around the best plan over sequences of regret below `limit`. Returns false when there is nothing more to find so: they cannot be listed, or the whole tree
 * has been exhausted.
 */
function searchAround(search: Search, limit: number, most: number, turn: Turn): boolean {
  const { wasm } = search;
  const last = search.iterations + most;
  let listedFor: unknown = null;
  while (!isOver(search) && search.iterations < last) {
    if (listedFor !== search.found) {
      wasm.recallPlan();
      if (wasm.listAlternatives(limit, 1) < 0) return false;
      listedFor = search.found;
    }
    if (wasm.startTree(foundUsd(search) + LEAST_USD) === 0) return false;
    wasm.holdUnits(turn.seed++, turn.free);
    const outcome = searchTree(search, AROUND_TURNS[turn.seed % AROUND_TURNS.length]!);
    if (outcome === EXHAUSTED && turn.free === 1) return false;
    turn.free = outcome === EXHAUSTED ? Math.min(1, turn.free * FREE_GROWTH) : Math.max(LEAST_FREE, turn.free / FREE_GROWTH);
  }
  return true;
}

/** Searches until the best plan is proved, or the budget ends. Returns at once when the units may do too much to be listed. */
export function searchAlternatives(search: Search, polishFirst: () => void): void {
  const { wasm, bound } = search;
  if (!bound || !search.found) return;
  figuresOf(search).set(bound.figures);
  const gap = () => Number(bound.boundUnits - search.found!.valueUnits);
  const boundUsd = toUsd(bound.boundUnits);
  const turns: Turn[] = REACHES.map((reach, index) => ({ reach, seed: 1 + index * SEEDS_A_REACH, free: FREE_SHARE }));
  const firstAssumed = gap() * FIRST_SHARE;
  let assumed = firstAssumed;
  let listed = 0;
  for (let work = FIRST_TURN; !isOver(search); ) {
    const limit = Math.min(assumed, gap());
    const cutoffUsd = Math.max(boundUsd - limit * USD, foundUsd(search) + LEAST_USD);
    const isListed = wasm.listAlternatives(limit, 0) >= 0 && wasm.startTree(cutoffUsd) !== 0;
    if (isListed) listed = limit;
    else if (listed === 0 && assumed > gap() * LEAST_SHARE && !tick(search)) {
      if (assumed === firstAssumed) polishFirst();
      assumed /= SHRINK;
      continue;
    }
    if (listed === 0) return;
    if (isListed && searchTree(search, work) === EXHAUSTED) {
      const isProved = cutoffUsd <= foundUsd(search) + LEAST_USD;
      search.searchedUsd = isProved ? foundUsd(search) : cutoffUsd;
      if (isProved || isDone(search)) return;
      assumed *= GROWTH;
      continue;
    }
    // The last reach of all is what has been listed before: it can be listed.
    let isOpen = false;
    for (const turn of turns) isOpen = searchAround(search, gap() * turn.reach, work, turn) || isOpen;
    if (!isOpen && !searchAround(search, listed, work, turns[0]!)) return;
    if (isDone(search)) return;
    work *= TURN_GROWTH;
  }
}

/**
 * For problems in which no plan was found: the same trees without one, up to everything that the units may do at all. Not counted against the budget of iterations:
 * it is what makes a plan. Returns whether everything was tried: then there is a plan in hand, or there is none.
 */
export function searchFirstPlan(search: Search): boolean {
  const { wasm, bound } = search;
  if (!bound) return false;
  figuresOf(search).set(bound.figures);
  const boundUsd = toUsd(bound.boundUnits);
  let left = UNPLANNED_WORK;
  let assumed = Math.max(1, Math.abs(boundUsd)) * UNPLANNED_SHARE;
  for (let round = 0; round <= UNPLANNED_ROUNDS; round++, assumed *= UNPLANNED_GROWTH) {
    const isAll = round === UNPLANNED_ROUNDS;
    const limitUsd = isAll ? 1e280 : assumed;
    if (wasm.listAlternatives(limitUsd / USD, 0) < 0 || wasm.startTree(isAll ? Number.NEGATIVE_INFINITY : boundUsd - limitUsd) === 0)
      return false;
    let outcome = PAUSED;
    while (outcome === PAUSED && left > 0) {
      outcome = wasm.searchTree(WORK);
      left -= Math.max(1, takenUnits(search));
      if (search.callbacks.isCancelled?.()) search.cancelled = true;
      if (search.cancelled || performance.now() >= search.deadlineMs) return false;
    }
    if (outcome === FOUND) {
      book(search);
      return search.found !== null;
    }
    if (outcome !== EXHAUSTED) return false;
  }
  return true;
}
