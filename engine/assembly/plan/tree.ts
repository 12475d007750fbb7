/**
 * Branch and bound over a small fleet's alternatives. A node is the programme with some alternatives out; where its solution splits a unit, the unit's alternatives are
 * cut in two by what a row sees of them. Of the cuts the one is taken that costs the better of its halves most, tried out. Depth first, and what cannot beat the
 * cutoff any more is out for good. When the tree is exhausted no plan of the alternatives is worth more than the cutoff.
 */
import { MAX_LISTED_UNITS, entryAt, entryModes } from './alternatives';
import { drawn } from './drawn';
import { F_COUNT, field, intervals, unitAt } from './layout';
import { planAt, recount } from './primal';
import {
  BELOW_CUTOFF,
  FAILED,
  IMPOSSIBLE_PROGRAM,
  MAX_COLUMNS,
  SOLVED,
  basisColumn,
  basisShare,
  bringBack,
  coefficient,
  columnOf,
  earned,
  keepBasis,
  keyOf,
  lengthOf,
  multiplierOf,
  programRows,
  programUnits,
  programUsd,
  recallBasis,
  reckon,
  setKey,
  solveProgram,
  startProgram,
  takeOut,
  unitOfColumn,
} from './program';
import { workDone } from './work';

/** Columns taken out, in order. */
const OUT_PTR: usize = memory.data(MAX_COLUMNS * 4, 16);
const MAX_DEPTH: i32 = 4096;
// A frame: objective, threshold, unit, row (or -1 - column), side of the second half, 1 while that is to come, columns out before the node and after it.
const FRAME_BYTES: i32 = 40;
const FRAMES_PTR: usize = memory.data(MAX_DEPTH * FRAME_BYTES, 16);
const R_THRESHOLD: usize = 8;
const R_UNIT: usize = 16;
const R_ROW: usize = 20;
const R_SIDE: usize = 24;
const R_PENDING: usize = 28;
const R_BEFORE: usize = 32;
const R_AFTER: usize = 36;

/** Cuts tried out at a node, best guesses first: guess, threshold, unit, row. */
const MOST_CUTS: i32 = 5;
const CUTS_PTR: usize = memory.data((MOST_CUTS + 1) * 24, 16);
const SEEN_PTR: usize = memory.data(MAX_LISTED_UNITS, 16);
/** Weight of the half that loses less. */
const LESSER_WEIGHT: f64 = 20.0;
const SHARE_EPSILON: f64 = 1e-7;
/** USD by which the next plan must be better: what doubles can tell apart. */
const LEAST: f64 = 2e-9;

export const PAUSED: i32 = 0;
export const EXHAUSTED: i32 = 1;
export const FOUND: i32 = 2;
/** Nothing is left to try, but some nodes had to be given up: no proof. */
export const GAVE_UP: i32 = 3;

let cutoff: f64 = 0.0;
let outs: i32 = 0;
let depth: i32 = 0;
let complete: bool = true;
let entering: bool = true;
let cuts: i32 = 0;

function out(column: i32): void {
  takeOut(column);
  store<i32>(OUT_PTR + (<usize>outs << 2), column);
  outs++;
}

function undoTo(mark: i32): void {
  while (outs > mark) {
    outs--;
    bringBack(load<i32>(OUT_PTR + (<usize>outs << 2)));
  }
}

@inline
function isAbove(column: i32, row: i32, threshold: f64): bool {
  return row < 0 ? column == -1 - row : coefficient(column, row) >= threshold;
}

/** Takes one side of a cut out. */
function takeSide(unit: i32, row: i32, threshold: f64, above: bool): void {
  for (let place = lengthOf(unit) - 1; place >= 0; place--) {
    const column = columnOf(unit, place);
    if (isAbove(column, row, threshold) == above) out(column);
  }
}

@inline
function cutAt(index: i32): usize {
  return CUTS_PTR + <usize>index * 24;
}

function offerCut(guess: f64, threshold: f64, unit: i32, row: i32): void {
  let place = cuts;
  while (place > 0 && load<f64>(cutAt(place - 1)) < guess) place--;
  if (place == MOST_CUTS) return;
  const kept = min(cuts, MOST_CUTS - 1);
  memory.copy(cutAt(place + 1), cutAt(place), <usize>(kept - place) * 24);
  store<f64>(cutAt(place), guess);
  store<f64>(cutAt(place), threshold, 8);
  store<i32>(cutAt(place), unit, 16);
  store<i32>(cutAt(place), row, 20);
  cuts = kept + 1;
}

/** Share of the unit's columns at or above the threshold; `lowest` and `highest` of those in use. */
let lowest: f64 = 0.0;
let highest: f64 = 0.0;
function shareAbove(unit: i32, row: i32, threshold: f64): f64 {
  const m = programRows();
  const key = keyOf(unit);
  let keyShare: f64 = 1.0;
  let above: f64 = 0.0;
  lowest = coefficient(key, row);
  highest = lowest;
  for (let index = 0; index < m; index++) {
    const column = basisColumn(index);
    if (unitOfColumn(column) != unit) continue;
    const share = basisShare(index);
    keyShare -= share;
    if (share <= SHARE_EPSILON) continue;
    const figure = coefficient(column, row);
    lowest = min(lowest, figure);
    highest = max(highest, figure);
    if (figure >= threshold) above += share;
  }
  return coefficient(key, row) >= threshold ? above + keyShare : above;
}

function offerCuts(unit: i32, column: i32): void {
  const m = programRows();
  for (let row = 0; row < m; row++) {
    const threshold = coefficient(column, row);
    const above = shareAbove(unit, row, threshold);
    const split = min(above, 1.0 - above);
    if (lowest == highest || split <= SHARE_EPSILON) continue;
    offerCut(split * (1e-3 + Math.abs(multiplierOf(row)) * (highest - lowest)), threshold, unit, row);
  }
}

/** Gathers cuts through what the solution splits. Returns how many; 0 when it splits nothing. */
function listCuts(): i32 {
  cuts = 0;
  memory.fill(SEEN_PTR, 0, <usize>programUnits());
  const m = programRows();
  for (let index = 0; index < m; index++) {
    const column = basisColumn(index);
    const unit = unitOfColumn(column);
    const share = basisShare(index);
    if (unit < 0 || share <= SHARE_EPSILON || share >= 1.0 - SHARE_EPSILON) continue;
    offerCuts(unit, column);
    if (load<u8>(SEEN_PTR + <usize>unit) == 0) offerCuts(unit, keyOf(unit));
    store<u8>(SEEN_PTR + <usize>unit, 1);
    // Alternatives that no row tells apart are cut off one by one.
    if (cuts == 0) offerCut(0.0, 0.0, unit, -1 - column);
  }
  return cuts;
}

/** What the programme loses without one side of the cut; the whole room above the cutoff and more when nothing is left there. */
function tryOut(cut: usize, above: bool, room: f64): f64 {
  const mark = outs;
  const before = programUsd();
  takeSide(load<i32>(cut, 16), load<i32>(cut, 20), load<f64>(cut, 8), above);
  const outcome = solveProgram(cutoff);
  const loss = outcome == BELOW_CUTOFF || outcome == IMPOSSIBLE_PROGRAM ? Infinity : outcome == FAILED ? 0.0 : max(0.0, before - programUsd());
  undoTo(mark);
  recallBasis(0);
  reckon();
  return min(loss, loss == Infinity ? loss : room);
}

/** Makes the solution in hand, which splits nothing, the plan in hand. */
function takePlan(): void {
  const horizon = <usize>intervals();
  const units = programUnits();
  const m = programRows();
  for (let unit = 0; unit < units; unit++) {
    if (field(unitAt(unit), F_COUNT) > 0.0) memory.copy(planAt(unit), entryModes(entryAt(keyOf(unit))), horizon);
  }
  for (let index = 0; index < m; index++) {
    const column = basisColumn(index);
    const unit = unitOfColumn(column);
    if (unit >= 0 && basisShare(index) > 0.5) memory.copy(planAt(unit), entryModes(entryAt(column)), horizon);
  }
  recount();
}

/** Takes out every column that would cost more than is left above the cutoff. */
function takeOutHopeless(): void {
  const units = programUnits();
  const room = programUsd() - cutoff;
  for (let unit = 0; unit < units; unit++) {
    if (lengthOf(unit) < 2) continue;
    const key = keyOf(unit);
    const least = earned(key) - room;
    for (let place = lengthOf(unit) - 1; place >= 0; place--) {
      const column = columnOf(unit, place);
      if (column != key && earned(column) <= least) out(column);
    }
  }
}

const PRUNED: i32 = 10;
const SPLIT: i32 = 11;

function prune(mark: i32, isProven: bool): i32 {
  undoTo(mark);
  complete = complete && isProven;
  return PRUNED;
}

/** Solves the node in hand. FOUND, PRUNED, or SPLIT with a frame on the stack and its first half in hand. */
function enterNode(): i32 {
  const before = outs;
  while (true) {
    const outcome = solveProgram(cutoff);
    if (outcome != SOLVED) return prune(before, outcome != FAILED);
    takeOutHopeless();
    if (listCuts() == 0) {
      takePlan();
      cutoff = max(cutoff, programUsd() + LEAST);
      undoTo(before);
      return FOUND;
    }
    if (depth == MAX_DEPTH || !keepBasis(0) || !keepBasis(depth + 1)) return prune(before, false);
    const usd = programUsd();
    const room = usd - cutoff;
    let best = -1;
    let bestScore: f64 = -1.0;
    let second = false;
    let tightened = false;
    for (let index = 0; index < cuts && !tightened; index++) {
      const cut = cutAt(index);
      const withoutAbove = tryOut(cut, true, room);
      const withoutBelow = tryOut(cut, false, room);
      if (withoutAbove == Infinity && withoutBelow == Infinity) return prune(before, true);
      if (withoutAbove == Infinity || withoutBelow == Infinity) {
        takeSide(load<i32>(cut, 16), load<i32>(cut, 20), load<f64>(cut, 8), withoutBelow == Infinity);
        // Nothing is left without this side: the other side is out.
        tightened = true;
        break;
      }
      const score = LESSER_WEIGHT * min(withoutAbove, withoutBelow) + max(withoutAbove, withoutBelow);
      if (score <= bestScore) continue;
      bestScore = score;
      best = index;
      // The first half is the one that loses less; `second`: what is out in the second one is above.
      second = withoutAbove > withoutBelow;
    }
    if (tightened) continue;
    const cut = cutAt(best);
    const frame = FRAMES_PTR + <usize>depth * FRAME_BYTES;
    store<f64>(frame, usd);
    store<f64>(frame, load<f64>(cut, 8), R_THRESHOLD);
    store<i32>(frame, load<i32>(cut, 16), R_UNIT);
    store<i32>(frame, load<i32>(cut, 20), R_ROW);
    store<i32>(frame, i32(second), R_SIDE);
    store<i32>(frame, 1, R_PENDING);
    store<i32>(frame, before, R_BEFORE);
    store<i32>(frame, outs, R_AFTER);
    depth++;
    takeSide(load<i32>(cut, 16), load<i32>(cut, 20), load<f64>(cut, 8), !second);
    return SPLIT;
  }
}

/** Goes back to the next half that is still to come. False when there is none. */
function goBack(): bool {
  while (depth > 0) {
    const frame = FRAMES_PTR + <usize>(depth - 1) * FRAME_BYTES;
    undoTo(load<i32>(frame, R_AFTER));
    if (load<i32>(frame, R_PENDING) != 0 && load<f64>(frame) > cutoff) {
      store<i32>(frame, 0, R_PENDING);
      recallBasis(depth);
      takeSide(load<i32>(frame, R_UNIT), load<i32>(frame, R_ROW), load<f64>(frame, R_THRESHOLD), load<i32>(frame, R_SIDE) != 0);
      return true;
    }
    undoTo(load<i32>(frame, R_BEFORE));
    depth--;
  }
  return false;
}

/** Lays the tree out over the listed alternatives; plans must be worth more than `cutoffUsd`. Returns 0 when there are too many. */
export function startTree(cutoffUsd: f64): i32 {
  cutoff = cutoffUsd;
  outs = 0;
  depth = 0;
  complete = true;
  entering = true;
  return startProgram();
}

/** The unit's column that is its sequence in the plan in hand; -1 when that is not listed. */
function columnInPlan(unit: i32): i32 {
  const horizon = <usize>intervals();
  for (let place = 0; place < lengthOf(unit); place++) {
    const column = columnOf(unit, place);
    if (memory.compare(entryModes(entryAt(column)), planAt(unit), horizon) == 0) return column;
  }
  return -1;
}

/** Leaves units, drawn by `seed` with the chance `1 - share`, what they do in the plan in hand and nothing else: what is searched then are plans close to it. */
export function holdUnits(seed: u32, share: f64): void {
  const units = programUnits();
  for (let unit = 0; unit < units; unit++) {
    if (lengthOf(unit) < 2 || drawn(seed, <u32>unit) < share) continue;
    const held = columnInPlan(unit);
    if (held < 0) continue;
    for (let place = lengthOf(unit) - 1; place >= 0; place--) {
      const column = columnOf(unit, place);
      if (column != held) out(column);
    }
    setKey(unit, held);
  }
}

/**
 * Searches on for about `budget` multiplications, over it by a node's at most. FOUND: a better plan is in hand, and the search may go on above it; EXHAUSTED: no plan of the alternatives is worth
 * more than the cutoff, or than the last one found.
 */
export function searchTree(budget: i32): i32 {
  const until = workDone() + <i64>budget;
  while (true) {
    if (entering) {
      if (workDone() > until) return PAUSED;
      const outcome = enterNode();
      entering = outcome == SPLIT;
      if (outcome == FOUND) return FOUND;
    } else {
      if (!goBack()) return complete ? EXHAUSTED : GAVE_UP;
      entering = true;
    }
  }
}
