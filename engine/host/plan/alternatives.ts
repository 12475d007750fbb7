/**
 * The exact search of small fleets: branch and bound over everything the units may sensibly do. A gap is assumed, only sequences of less regret are listed, and
 * their tree is searched; when it is exhausted without a plan, the bound is lower by the gap assumed, and more of it is assumed. Trees that take too long take turns
 * with small ones around the best plan.
 */
import { toUsd } from './answer.ts';
import { book, figuresOf, isOver, type Search, tick } from './search.ts';

const PAUSED = 0;
const EXHAUSTED = 1;
const FOUND = 2;
/** Multiplications of the tree in one unit of work. */
const WORK = 1_000_000;
/** Share of the gap assumed first, and how much more each time. */
const FIRST_SHARE = 1 / 16;
const GROWTH = 1.5;
/** USD by which a better plan must be better: what doubles can tell apart. */
const LEAST_USD = 2e-9;
/** Units of work that a turn may take at first, and how much more each time. */
const FIRST_TURN = 150;
const TURN_GROWTH = 1.5;
/** Units of work of one tree around the best plan; share of the units that are free in it, at first, at least and at most, and how it grows. */
const NEIGHBOUR_WORK = 12;
const FREE_SHARE = 0.3;
const LEAST_FREE = 0.05;
const FREE_GROWTH = 1.15;

const foundUsd = ({ found }: Search) => (found ? toUsd(found.valueUnits) : Number.NEGATIVE_INFINITY);

/** Searches the tree for at most `most` units of work. */
function searchTree(search: Search, most: number): number {
  const { wasm } = search;
  const last = search.iterations + most;
  for (;;) {
    const outcome = wasm.searchTree(WORK);
    if (outcome === FOUND) {
      const before = search.found;
      book(search);
      if (process.env.V) console.log('  found', foundUsd(search), performance.now() | 0);
      if (search.found === before) return PAUSED;
    } else if (outcome !== PAUSED) return outcome;
    if (tick(search) || search.iterations >= last) return PAUSED;
  }
}

/** Trees around the best plan, in each of which only some units are free. `seed` is counted on from call to call. */
function searchAround(search: Search, gapUnits: number, most: number, turn: { seed: number; free: number }): void {
  const { wasm } = search;
  const last = search.iterations + most;
  if (wasm.listAlternatives(gapUnits) < 0) return;
  while (!isOver(search) && search.iterations < last) {
    wasm.recallPlan();
    if (wasm.startTree(foundUsd(search) + LEAST_USD) === 0) return;
    wasm.holdUnits(turn.seed++, turn.free);
    const outcome = searchTree(search, NEIGHBOUR_WORK);
    turn.free = outcome === PAUSED ? Math.max(LEAST_FREE, turn.free / FREE_GROWTH) : Math.min(1, turn.free * FREE_GROWTH);
  }
}

export function searchAlternatives(search: Search): void {
  const { wasm, bound } = search;
  if (!bound || !search.found) return;
  figuresOf(search).set(bound.figures);
  const gap = () => Number(bound.boundUnits - search.found!.valueUnits);
  const boundUsd = toUsd(bound.boundUnits);
  const turn = { seed: 1, free: FREE_SHARE };
  let work = FIRST_TURN;
  let assumed = gap() * FIRST_SHARE;
  while (!isOver(search)) {
    const limit = Math.min(assumed, gap());
    const n = wasm.listAlternatives(limit);
    if (process.env.V) console.log('  assumed', assumed * 1e-12, 'of', gap() * 1e-12, 'entries', n, search.iterations, performance.now() | 0);
    const best = foundUsd(search);
    const cutoffUsd = Math.max(boundUsd - limit * 1e-12, best + LEAST_USD);
    if (n < 0 || wasm.startTree(cutoffUsd) === 0) return;
    const outcome = searchTree(search, work);
    if (outcome === EXHAUSTED) {
      search.searchedUsd = Math.max(cutoffUsd, foundUsd(search));
      if (search.searchedUsd <= foundUsd(search) + LEAST_USD) { search.searchedUsd = foundUsd(search); return; }
      assumed *= GROWTH;
    } else {
      searchAround(search, gap(), work, turn);
      work *= TURN_GROWTH;
    }
  }
}
