/**
 * The exact search of small fleets: branch and bound over everything the units may sensibly do. A gap is assumed, only sequences of less regret are listed, and
 * their tree is searched; when it is exhausted without a plan, no plan is worth more than the bound less the gap assumed, and more of it is assumed. Trees that take too
 * long take turns with small ones around the best plan, in which only some units are free.
 */
import { toUsd } from './answer.ts';
import { book, figuresOf, isDone, isOver, type Search, tick, tickWork, WORK } from './search.ts';

// What a call of the tree ends with; as in assembly/plan/tree.ts.
const PAUSED = 0;
const EXHAUSTED = 1;
const FOUND = 2;
/** Share of the gap assumed first, and how much more each time. */
const FIRST_SHARE = 1 / 16;
const GROWTH = 1.5;
/** How much less is assumed while even this cannot be listed, down to which share. */
const SHRINK = 4;
const LEAST_SHARE = 1e-5;
/** USD by which a plan must be better than the best one: what doubles can tell apart. */
const LEAST_USD = 2e-9;
/** Units of work of one tree around the best plan, in turns. */
const AROUND_TURNS = [4, 8, 16];
/** Shares of the gap up to which sequences are listed for it, in turns: few of many units, or many of few. */
const REACHES = [1, 0.35, 0.12];
const SEEDS_A_REACH = 1 << 20;
/** Share of the units that are free in it: at first, at least, and how it changes with the outcome. */
const FREE_SHARE = 0.3;
const LEAST_FREE = 0.03;
const FREE_GROWTH = 1.15;
const USD = 1e-12;

const foundUsd = ({ found }: Search) => (found ? toUsd(found.valueUnits) : Number.NEGATIVE_INFINITY);

/** Searches the tree for at most `most` units of work, one at least. What it finds is booked; a plan that the exact books refuse ends it without a proof. */
function searchTree(search: Search, most: number): number {
  const last = search.iterations + most;
  for (;;) {
    const outcome = search.wasm.searchTree(WORK);
    const before = search.found;
    if (outcome === FOUND) book(search);
    const isRefused = outcome === FOUND && search.found === before;
    const mustEnd = tickWork(search) || search.iterations >= last;
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

/** The search of all that a small fleet's units may sensibly do, in turns. */
export class TreeSearch {
  readonly #boundUsd: number;
  readonly #turns: Turn[] = REACHES.map((reach, index) => ({ reach, seed: 1 + index * SEEDS_A_REACH, free: FREE_SHARE }));
  #assumed: number;
  /** Regret up to which sequences have been listed. */
  #listed = 0;
  /** False once the units may do too much to be listed, or nothing is left to try. */
  isOpen: boolean;

  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
    this.isOpen = search.bound !== null && search.found !== null;
    this.#boundUsd = search.bound ? toUsd(search.bound.boundUnits) : 0;
    this.#assumed = this.isOpen ? this.#gap() * FIRST_SHARE : 0;
  }

  #gap(): number {
    const { bound, found } = this.#search;
    return Number(bound!.boundUnits - found!.valueUnits);
  }

  /** Searches on for about `work` units of work, whole trees and small ones around the best plan. Returns whether the best plan is proved. */
  goOn(work: number): boolean {
    const search = this.#search;
    if (!this.isOpen) return false;
    figuresOf(search).set(search.bound!.figures);
    while (!isOver(search)) {
      const outcome = this.#searchWhole(work);
      if (outcome === 'proved') return true;
      if (outcome === 'paused') return this.#searchAround(work);
      if (outcome === 'closed') this.isOpen = false;
      if (!this.isOpen) return false;
    }
    return false;
  }

  /** One whole tree. `grown`: exhausted, and more is assumed; `shrunk`: too much to be listed, and less is assumed. */
  #searchWhole(work: number): 'proved' | 'grown' | 'shrunk' | 'paused' | 'closed' {
    const search = this.#search;
    const { wasm } = search;
    const limit = Math.min(this.#assumed, this.#gap());
    const cutoffUsd = Math.max(this.#boundUsd - limit * USD, foundUsd(search) + LEAST_USD);
    const isListed = wasm.listAlternatives(limit, 0) >= 0 && wasm.startTree(cutoffUsd) !== 0;
    if (isListed) this.#listed = limit;
    else if (this.#listed === 0) {
      if (this.#assumed <= this.#gap() * LEAST_SHARE) return 'closed';
      tick(search);
      this.#assumed /= SHRINK;
      return 'shrunk';
    }
    if (!isListed || searchTree(search, work) !== EXHAUSTED) return 'paused';
    const isProved = cutoffUsd <= foundUsd(search) + LEAST_USD;
    const searchedUsd = isProved ? foundUsd(search) : cutoffUsd;
    search.searchedUsd = Math.min(search.searchedUsd ?? Number.POSITIVE_INFINITY, searchedUsd);
    this.#assumed *= GROWTH;
    return isProved || isDone(search) ? 'proved' : 'grown';
  }

  #searchAround(work: number): boolean {
    const search = this.#search;
    // The last reach of all is what has been listed before: it can be listed.
    let isOpen = false;
    for (const turn of this.#turns) isOpen = searchAround(search, this.#gap() * turn.reach, work, turn) || isOpen;
    if (!isOpen && !searchAround(search, this.#listed, work, this.#turns[0]!)) this.isOpen = false;
    return isDone(search);
  }
}
