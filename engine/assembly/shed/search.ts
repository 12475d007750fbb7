/**
 * The search: core machines are decided one after the other; a state is what the decisions so far give up (u) and cost (c) against the base. A state survives when no other
 * gives up at least as much for no more money, and when what it must still cost leaves room below the best choice: an excess of power costs the multiplier or what later machines
 * ask for taking it back, a lack what later machines ask for filling it. When no state survives, the best choice is proven best.
 *
 * A layer that would grow past the width keeps the states of least bound; the least bound of what was dropped is what remains unproven. The order of everything is
 * fixed, so equal inputs give equal plans everywhere.
 */
import {
  ALT_COST_PTR,
  ALT_REGRET_PTR,
  ALT_UNITS_PTR,
  BASE_PTR,
  CORE_BASE_REGRET_PTR,
  CORE_STARTS_PTR,
  HEAD_ALT_PTR,
  HEAD_COST_PTR,
  HEAD_POSITION_PTR,
  HEAD_UNITS_PTR,
  HISTOGRAM_BUCKETS,
  HISTOGRAM_PTR,
  LAYER_A_PTR,
  LAYER_B_PTR,
  MAX_HEADS,
  MAX_SHED_STATES,
  RATE_DOWN_PTR,
  RATE_UP_PTR,
  SHED_CHOICE_PTR,
  STATE_COST_OFFSET,
  STATE_NODE_OFFSET,
  i32At,
  i64At,
  setI32,
  setI64,
} from './layout';
import { machines, multiplier, shiftBits } from './bound';
import { NO_RATE, widestUnits } from './core';
import { baseExcess, bestCost, searchThreshold, ceiling, noteBest } from './incumbent';
import { NO_NODE, addNode, applyNode, clearNodes, freeNodes, markNode, movedNode, sweepNodes } from './nodes';

/** No choice found in this run. */
const UNCHANGED: i32 = -2;

let layer: usize = LAYER_A_PTR;
let nextLayer: usize = LAYER_B_PTR;
let size: i32 = 0;
let bestNode: i32 = UNCHANGED;
let leastDropped: i64 = 0;
let work: i64 = 0;

// Of the current place: regret of the bases before it, rates behind it, and the excess and the lack beyond which no state survives.
let decidedRegret: i64 = 0;
let rateDown: i64 = 0;
let rateOver: i64 = 0;
let rateUp: i64 = 0;
let longestDown: i64 = 0;
let longestOver: i64 = 0;
let longestUp: i64 = 0;

/** States looked at since the last clearWork. */
@inline
export function workDone(): i64 {
  return work;
}

export function clearWork(): void {
  work = 0;
}

@inline
function longest(rate: i64): i64 {
  return rate == NO_RATE ? -1 : rate == 0 ? i64.MAX_VALUE : searchThreshold() / rate;
}

function enterPlace(place: i32): void {
  const down = i64At(RATE_DOWN_PTR, place);
  rateOver = down;
  rateDown = min(down, multiplier());
  rateUp = i64At(RATE_UP_PTR, place);
  longestOver = longest(rateOver);
  longestDown = longest(rateDown);
  longestUp = longest(rateUp);
}

/** Least excess cost of any choice that follows from a state, scaled; above the threshold when there is none worth having. */
@inline
function boundOf(units: i64, cost: i64): i64 {
  const above = baseExcess() + units;
  // The wrapped difference is the true one: a regret is small even where its two parts are not.
  const regret = (cost << shiftBits()) - multiplier() * units + decidedRegret;
  if (above < 0) return -above > longestUp ? i64.MAX_VALUE : regret + rateUp * -above;
  if (above <= ceiling()) return above > longestDown ? i64.MAX_VALUE : regret + rateDown * above;
  // Above the ceiling at least the difference must be taken back.
  const over = above - ceiling();
  return over > longestOver ? i64.MAX_VALUE : regret + rateOver * over;
}

/** A state this many machines away from the target is as good as one at the threshold, however cheap the way back looks. */
const FAR_MACHINES: i64 = 8;

/** Bucket of a state by its bound; where machines tie, bounds say little and nearness to the target decides. */
@inline
function bucketOf(units: i64, bound: i64, perBucket: i64, perUnit: i64): i32 {
  const above = baseExcess() + units;
  const distance = above < 0 ? -above : above;
  const rate = above < 0 ? rateUp : rateDown;
  const near = perUnit > rate ? <f64>distance * <f64>(perUnit - rate) : 0.0;
  return <i32>min(<f64>(HISTOGRAM_BUCKETS - 1), (max(0.0, <f64>bound) + near) / <f64>perBucket);
}

/**
 * Turns the histogram's counts into rooms that add up to at most `limit`: the best buckets whole, and of the one where room ends a part; or, where machines tie and near states
 * alone would never meet again, as much of every bucket.
 */
function shareRoom(limit: i32, isEven: bool): void {
  let most = limit;
  if (isEven) {
    let low = 0;
    let high = limit;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      let total = 0;
      for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) total += min(middle, i32At(HISTOGRAM_PTR, bucket));
      if (total > limit) high = middle;
      else low = middle;
    }
    most = max(1, low);
  }
  let room = limit;
  for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    const share = min(room, min(most, i32At(HISTOGRAM_PTR, bucket)));
    setI32(HISTOGRAM_PTR, bucket, share);
    room -= share;
  }
}

/** Cuts the layer to the `limit` best states (about: by buckets), in their order. O(states). */
function trim(limit: i32): void {
  if (size <= limit) return;
  memory.fill(HISTOGRAM_PTR, 0, HISTOGRAM_BUCKETS * 4);
  const perBucket = searchThreshold() / HISTOGRAM_BUCKETS + 1;
  const perUnit = searchThreshold() / (FAR_MACHINES * widestUnits());
  for (let i = 0; i < size; i++) {
    const units = i64At(layer, i);
    const bound = boundOf(units, i64At(layer + STATE_COST_OFFSET, i));
    if (bound > searchThreshold()) continue;
    const bucket = bucketOf(units, bound, perBucket, perUnit);
    setI32(HISTOGRAM_PTR, bucket, i32At(HISTOGRAM_PTR, bucket) + 1);
  }
  let kept = 0;
  const isTied = perUnit > rateUp && perUnit > rateDown;
  shareRoom(limit, isTied);
  for (let i = 0; i < size; i++) {
    const units = i64At(layer, i);
    const cost = i64At(layer + STATE_COST_OFFSET, i);
    const bound = boundOf(units, cost);
    if (bound > searchThreshold()) continue;
    // The histogram now holds what is left of each bucket's room; the first states of a bucket stay.
    const bucket = bucketOf(units, bound, perBucket, perUnit);
    const room = i32At(HISTOGRAM_PTR, bucket);
    setI32(HISTOGRAM_PTR, bucket, room - 1);
    if (room <= 0) {
      leastDropped = min(leastDropped, bound);
      continue;
    }
    setI64(layer, kept, units);
    setI64(layer + STATE_COST_OFFSET, kept, cost);
    setI32(layer + STATE_NODE_OFFSET, kept, i32At(layer + STATE_NODE_OFFSET, i));
    kept++;
  }
  work += size;
  size = kept;
}

/** Makes room for the decisions of one place. O(nodes) when the arena is swept. */
function reserveNodes(heads: i32): void {
  if (freeNodes() > size * heads) return;
  for (let i = 0; i < size; i++) markNode(i32At(layer + STATE_NODE_OFFSET, i));
  if (bestNode >= 0) markNode(bestNode);
  sweepNodes();
  for (let i = 0; i < size; i++) {
    const column = layer + STATE_NODE_OFFSET;
    setI32(column, i, movedNode(i32At(column, i)));
  }
  if (bestNode >= 0) bestNode = movedNode(bestNode);
  if (freeNodes() <= size * heads) trim(max(1, freeNodes() / heads - 1));
}

/** Decides one core machine: merges the layer, unchanged and with each alternative, into the next one, most power first. O(states * alternatives). */
function decide(place: i32): void {
  const first = i32At(CORE_STARTS_PTR, place);
  const last = i32At(CORE_STARTS_PTR, place + 1);
  let heads = 1;
  for (let alt = first; alt < last && heads < MAX_HEADS; alt++) {
    if (i64At(ALT_REGRET_PTR, alt) > searchThreshold()) continue;
    setI32(HEAD_ALT_PTR, heads++, alt);
  }
  // Without an alternative the states stay; those that no longer fit go when the next machine is decided.
  if (heads == 1) return;
  mergeHeads(heads);
}

function mergeHeads(heads: i32): void {
  const isExact = ceiling() != i64.MAX_VALUE;
  for (let head = 0; head < heads; head++) {
    setI32(HEAD_POSITION_PTR, head, 0);
    loadHead(head, 0);
  }
  let made = 0;
  let lastCost = i64.MAX_VALUE;
  let lastUnits = i64.MIN_VALUE;
  while (true) {
    let best = 0;
    let units = i64At(HEAD_UNITS_PTR, 0);
    let cost = i64At(HEAD_COST_PTR, 0);
    for (let head = 1; head < heads; head++) {
      const headUnits = i64At(HEAD_UNITS_PTR, head);
      if (headUnits < units || (headUnits == units && i64At(HEAD_COST_PTR, head) >= cost)) continue;
      best = head;
      units = headUnits;
      cost = i64At(HEAD_COST_PTR, head);
    }
    if (units == i64.MIN_VALUE) break;
    const position = i32At(HEAD_POSITION_PTR, best);
    setI32(HEAD_POSITION_PTR, best, position + 1);
    loadHead(best, position + 1);
    work++;
    // Under a ceiling more power is not better, so only equal power compares.
    if (isExact ? units == lastUnits : cost >= lastCost) continue;
    lastCost = cost;
    lastUnits = units;
    const bound = boundOf(units, cost);
    const above = baseExcess() + units;
    const isBest = above >= 0 && above <= ceiling() && cost < bestCost();
    if (!isBest && bound > searchThreshold()) continue;
    const parent = i32At(layer + STATE_NODE_OFFSET, position);
    const node = best == 0 ? parent : addNode(parent, i32At(HEAD_ALT_PTR, best));
    if (isBest) {
      bestNode = node;
      noteBest(cost);
      if (bound > searchThreshold()) continue;
    }
    setI64(nextLayer, made, units);
    setI64(nextLayer + STATE_COST_OFFSET, made, cost);
    setI32(nextLayer + STATE_NODE_OFFSET, made, node);
    made++;
  }
  const swap = layer;
  layer = nextLayer;
  nextLayer = swap;
  size = made;
}

/** Head 0 is the layer unchanged. */
@inline
function loadHead(head: i32, position: i32): void {
  if (position >= size) {
    setI64(HEAD_UNITS_PTR, head, i64.MIN_VALUE);
    return;
  }
  const alt = i32At(HEAD_ALT_PTR, head);
  setI64(HEAD_UNITS_PTR, head, i64At(layer, position) + (head == 0 ? 0 : i64At(ALT_UNITS_PTR, alt)));
  setI64(HEAD_COST_PTR, head, i64At(layer + STATE_COST_OFFSET, position) + (head == 0 ? 0 : i64At(ALT_COST_PTR, alt)));
}

/** Whether the last run found a better choice. */
export function foundBetter(): bool {
  return bestNode != UNCHANGED;
}

/**
 * Runs through the core once, at most `width` states a layer and until `workLimit` states were looked at. Improves the best choice and returns the least excess cost
 * that remains possible: above the threshold when the best choice is proven best.
 */
export function searchCore(coreCount: i32, width: i32, workLimit: i64): i64 {
  clearNodes();
  bestNode = UNCHANGED;
  leastDropped = i64.MAX_VALUE;
  layer = LAYER_A_PTR;
  nextLayer = LAYER_B_PTR;
  size = 1;
  setI64(layer, 0, 0);
  setI64(layer + STATE_COST_OFFSET, 0, 0);
  setI32(layer + STATE_NODE_OFFSET, 0, NO_NODE);
  if (baseExcess() >= 0 && baseExcess() <= ceiling() && bestCost() > 0) {
    bestNode = NO_NODE;
    noteBest(0);
  }
  decidedRegret = 0;
  let place = 0;
  for (; place < coreCount && size > 0 && work < workLimit; place++) {
    enterPlace(place);
    const heads = i32At(CORE_STARTS_PTR, place + 1) - i32At(CORE_STARTS_PTR, place) + 1;
    trim(max(1, min(width, MAX_SHED_STATES / heads)));
    reserveNodes(heads);
    decidedRegret += i64At(CORE_BASE_REGRET_PTR, place);
    enterPlace(place + 1);
    decide(place);
  }
  enterPlace(place);
  for (let i = 0; i < size; i++) {
    leastDropped = min(leastDropped, boundOf(i64At(layer, i), i64At(layer + STATE_COST_OFFSET, i)));
  }
  if (bestNode != UNCHANGED) {
    for (let i = 0; i < machines(); i++) setI32(SHED_CHOICE_PTR, i, i32At(BASE_PTR, i));
    applyNode(bestNode);
  }
  return leastDropped;
}
