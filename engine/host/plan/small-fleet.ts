/**
 * What a search does with the rest of its budget, in turns that grow: the whole fleet as one ensemble while that is small enough to end, some units at a time, and the tree
 * of all that the units may sensibly do. Each is the best for some problems, and none knows beforehand for which.
 */
import { TreeSearch } from './alternatives.ts';
import { FleetSearch, searchParts } from './ensemble.ts';
import { isDone, isOver, type Search } from './search.ts';

/** Units of work of a turn at first, and how much more each time. */
const FIRST_TURN = 100;
const TURN_GROWTH = 1.5;
/** Units of work in all for a first plan. */
const FIRST_PLAN_WORK = 4000;

/** Searches until the gap target is met, the best plan is proved, or the budget ends. */
export function searchOn(search: Search): void {
  const fleet = new FleetSearch(search);
  if (fleet.goOn(FIRST_TURN)) return;
  const tree = new TreeSearch(search);
  let parts: number | null = 1;
  for (let work = FIRST_TURN; !isOver(search) && !isDone(search); work *= TURN_GROWTH) {
    if (fleet.goOn(work) || tree.goOn(work)) return;
    if (parts !== null) parts = searchParts(search, work, parts);
    if (!fleet.isOpen && !tree.isOpen && parts === null) return;
  }
}

/**
 * For problems in which no plan was found: looks for one with the whole fleet as one ensemble, and goes on from it. Not counted against the budget of iterations: it is what makes
 * a plan. Returns whether it is proved that there is none.
 */
export function searchFirstPlan(search: Search): boolean {
  const { iterations, iterationBudget } = search;
  search.iterationBudget = iterations + FIRST_PLAN_WORK;
  const fleet = new FleetSearch(search);
  let isEnded = false;
  for (let work = FIRST_TURN; !isEnded && !search.found && fleet.isOpen && !isOver(search); work *= TURN_GROWTH) isEnded = fleet.goOn(work);
  search.iterations = iterations;
  search.iterationBudget = iterationBudget;
  if (!search.found) return isEnded;
  searchOn(search);
  return false;
}
