/**
 * The exact search of small fleets: branch and bound over everything the units may sensibly do. A gap is assumed, only sequences of less regret are listed, and
 * their tree is searched; when it is exhausted without a plan, the bound is lower by the gap assumed, and more of it is assumed.
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
const GROWTH = 1.6;
/** USD by which a better plan must be better: what doubles can tell apart. */
const LEAST_USD = 2e-9;

function searchOnce(search: Search, cutoffUsd: number): number {
  const { wasm } = search;
  if (wasm.startTree(cutoffUsd) === 0) return PAUSED;
  for (;;) {
    const outcome = wasm.searchTree(WORK);
    if (outcome === FOUND) {
      const before = search.found;
      book(search);
      if (process.env.V) console.log('  found', toUsd(search.found!.valueUnits), performance.now()|0);
      if (search.found === before) return PAUSED;
    } else if (outcome !== PAUSED) return outcome;
    if (tick(search)) return PAUSED;
  }
}

export function searchAlternatives(search: Search): void {
  const { wasm, bound, found } = search;
  if (!bound || !found) return;
  figuresOf(search).set(bound.figures);
  const gap = () => Number(bound.boundUnits - search.found!.valueUnits);
  const boundUsd = toUsd(bound.boundUnits);
  for (let assumed = gap() * FIRST_SHARE; !isOver(search); assumed *= GROWTH) {
    const limit = Math.min(assumed, gap());
    const n = wasm.listAlternatives(limit);
    if (process.env.V) console.log('  assumed', assumed * 1e-12, 'of', gap()*1e-12, 'entries', n, search.iterations, performance.now()|0);
    if (n < 0) return;
    const best = search.found!.valueUnits;
    const outcome = searchOnce(search, Math.max(boundUsd - limit * 1e-12, toUsd(best) + LEAST_USD));
    if (outcome !== EXHAUSTED) return;
    if (process.env.V) console.log('  exhausted', search.iterations, performance.now() | 0);
    if (search.found!.valueUnits > best || limit < assumed || limit === gap()) {
      search.searchedUsd = toUsd(search.found!.valueUnits);
      return;
    }
    search.searchedUsd = boundUsd - limit * 1e-12;
  }
}
