/**
 * Searches with ensembles: units planned together, label by label. All units of a fleet of a few machines: first few labels go on, then more and more, and when none is
 * left behind the best plan is proved. Some units of a larger one, again and again, while the others keep what they do.
 */
import { toUsd } from './answer.ts';
import { book, figuresOf, isDone, isOver, type Search, tickWork, WORK } from './search.ts';

// What a call ends with; as in assembly/plan/ensemble.ts.
const PAUSED = 0;
const FOUND = 2;
const USD = 1e-12;
const FIRST_WIDTH = 32;
const WIDTH_GROWTH = 4;
/** Ensembles of some units, in turns: few units thoroughly, many roughly, and many through a short stretch of the horizon. */
const SOME: readonly { units: number; width: number; intervals?: number }[] = [
  { units: 8, width: 64 },
  { units: 32, width: 128, intervals: 8 },
  { units: 16, width: 32 },
  { units: 16, width: 256, intervals: 16 },
  { units: 32, width: 32 },
  { units: 64, width: 16 },
];
/** A step between the stretches of following turns that is no divisor of any horizon. */
const STRETCH_STEP = 7919;

/** Runs the ensemble that has been gathered. Returns its width: 0 when the problem is too large, or when the search ended before it did. */
function runEnsemble(search: Search, most: number, from = 0, to = search.problem.intervalCount): number {
  const { wasm, found } = search;
  const width = wasm.startEnsemble(most, found ? Number(found.valueUnits) : Number.NEGATIVE_INFINITY, from, to);
  if (width === 0) return 0;
  let outcome = PAUSED;
  while (outcome === PAUSED) {
    outcome = wasm.searchEnsemble(WORK);
    if (outcome === FOUND) book(search);
    if (tickWork(search) && outcome === PAUSED) return 0;
  }
  return width;
}

/** The search of a whole fleet with wider and wider ensembles. */
export class FleetSearch {
  #width = FIRST_WIDTH;
  /** Units of work that the last width took. */
  #taken = 1;
  isOpen: boolean;
  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
    this.isOpen = search.bound !== null;
  }

  /** Goes on with the widths that are likely to take at most `work` units. Returns whether the best plan is proved, or that there is none. */
  goOn(work: number): boolean {
    const search = this.#search;
    while (this.isOpen && !isOver(search) && this.#taken * WIDTH_GROWTH <= work) {
      figuresOf(search).set(search.bound!.figures);
      if (search.found) search.wasm.recallPlan();
      const before = search.iterations;
      const width = search.wasm.gatherFleet() === 0 ? 0 : runEnsemble(search, this.#width);
      if (width === 0) this.isOpen = false;
      else if (this.#note()) return true;
      // No room for more.
      if (width < this.#width - 1) this.isOpen = false;
      this.#taken = search.iterations - before;
      this.#width *= WIDTH_GROWTH;
    }
    return false;
  }

  /** Notes what the ensemble that has ended proves. */
  #note(): boolean {
    const search = this.#search;
    const left = search.wasm.ensembleLeftBehind();
    const provedUsd = Math.max(search.found ? toUsd(search.found.valueUnits) : Number.NEGATIVE_INFINITY, left * USD);
    if (search.found) search.searchedUsd = Math.min(search.searchedUsd ?? Number.POSITIVE_INFINITY, provedUsd);
    return left === Number.NEGATIVE_INFINITY || isDone(search);
  }
}

/** Plans some units anew, others each time, for `work` units of work. `seed`: how many have been before; returns how many are now, or null when an ensemble cannot follow the problem. */
export function searchParts(search: Search, work: number, seed: number): number | null {
  const { wasm, bound } = search;
  if (!bound || !search.found) return null;
  figuresOf(search).set(bound.figures);
  const { intervalCount } = search.problem;
  const last = search.iterations + work;
  let next = seed;
  while (!isOver(search) && search.iterations < last) {
    const { units, width, intervals } = SOME[next % SOME.length]!;
    const from = intervals === undefined ? 0 : (next * STRETCH_STEP) % Math.max(1, intervalCount - (intervals >> 1));
    const to = intervals === undefined ? intervalCount : Math.min(intervalCount, from + intervals);
    wasm.recallPlan();
    wasm.gatherSome(next, units);
    if (runEnsemble(search, width, from, to) === 0) return isOver(search) ? next : null;
    next++;
  }
  return next;
}
