/**
 * Order statistics without a full sort: quickselect (Hoare 1961) with a partition that has no branch on the data, for several ranks at once. Many equal values (no
 * volatility, no payback on most paths) are taken out together, so that they cost no more than distinct ones.
 */

/** Ranks to select, ascending, i32, counted from 0. */
const MAX_RANKS: i32 = 16;
export const RANKS_PTR: usize = memory.data(MAX_RANKS * 4, 16);

@inline
function at(values: usize, index: i32): usize {
  return values + (<usize>index << 3);
}

@inline
function swap(values: usize, i: i32, j: i32): void {
  const held = load<f64>(at(values, i));
  store<f64>(at(values, i), load<f64>(at(values, j)));
  store<f64>(at(values, j), held);
}

/** Index of the middle one of three values. */
@inline
function middleOf(values: usize, i: i32, j: i32, k: i32): i32 {
  const a = load<f64>(at(values, i));
  const b = load<f64>(at(values, j));
  const c = load<f64>(at(values, k));
  if (a < b) return b < c ? j : a < c ? k : i;
  return a < c ? i : b < c ? k : j;
}

/** Moves the values of [low, high) that are below `pivot` to the front; returns where the others begin. */
function moveBelow(values: usize, low: i32, high: i32, pivot: f64): i32 {
  let border = at(values, low);
  const end = at(values, high);
  for (let cell = border; cell < end; cell += 8) {
    const value = load<f64>(cell);
    store<f64>(cell, load<f64>(border));
    store<f64>(border, value);
    border += <usize>(value < pivot) << 3;
  }
  return <i32>((border - values) >> 3);
}

/** The same for the values that are not above `pivot`; all of them when it is no number, so that a spoilt array ends at once (its results mean nothing). */
function moveUpTo(values: usize, low: i32, high: i32, pivot: f64): i32 {
  let border = at(values, low);
  const end = at(values, high);
  for (let cell = border; cell < end; cell += 8) {
    const value = load<f64>(cell);
    store<f64>(cell, load<f64>(border));
    store<f64>(border, value);
    border += <usize>!(value > pivot) << 3;
  }
  return <i32>((border - values) >> 3);
}

/** Puts the value of `rank` in its place, smaller ones before it, larger ones after it. */
function selectOne(values: usize, from: i32, to: i32, rank: i32): void {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const pivotIndex = middleOf(values, low, low + ((high - low) >> 1), high - 1);
    const pivot = load<f64>(at(values, pivotIndex));
    swap(values, pivotIndex, high - 1);
    const border = moveBelow(values, low, high - 1, pivot);
    swap(values, border, high - 1);
    if (rank < border) {
      high = border;
      continue;
    }
    // Few were smaller: the pivot may be one of many equals, which would otherwise be taken out one by one.
    const next = border - low < (high - low) >> 3 ? max(border + 1, moveUpTo(values, border, high, pivot)) : border + 1;
    if (rank < next) return;
    low = next;
  }
}

/** Puts the ranks RANKS[first .. last] of the values [low, high) in their places. Expected O(n log ranks). */
export function selectRanks(values: usize, low: i32, high: i32, first: i32, last: i32): void {
  if (first > last) return;
  const middle = (first + last) >> 1;
  const rank = load<i32>(RANKS_PTR + (<usize>middle << 2));
  selectOne(values, low, high, rank);
  selectRanks(values, low, rank, first, middle - 1);
  selectRanks(values, rank + 1, high, middle + 1, last);
}
