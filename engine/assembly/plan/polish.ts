/**
 * Betters a plan two and three units at a time: every pair (triple) of the listed units of a site is planned jointly beside all others, and what is worth more
 * is taken. Walks the pairs in a fixed order and can stop after any number of them.
 */
import {
  FLOOR_PTR,
  F_BLOCK,
  F_CLIENT,
  F_POWER,
  K_KIND,
  MAX_INTERVALS,
  PLAN_CLIENT_PTR,
  PLAN_TOTAL_PTR,
  PRICE_PTR,
  RATE_PTR,
  T_MISSING_PRICE,
  T_OWED,
  block,
  field,
  intervals,
  siteCell,
  term,
  unitAt,
} from './layout';
import { STEP_BYTES, cutSteps, layOutSteps, pairValue, presentPenalty, setRooms, stepCount, traceJoint, tripleValue, useSingleSteps } from './joint';
import { addMoney, count, listLength, listedUnit, moneyOf, planAt, rampExcess, siteOf } from './primal';
import { bonusOf } from './unit';

const CACHE_BYTES: i32 = 6_000_000;
const CACHE_PTR: usize = memory.data(CACHE_BYTES, 16);
const MAX_MEMBERS: i32 = 8192;
const MEMBERS_PTR: usize = memory.data(MAX_MEMBERS * 4, 16);
/** Worth of each member's present sequence at the rates. */
const WORTH_PTR: usize = memory.data(MAX_MEMBERS * 8, 16);
const SINGLE_BYTES: i32 = MAX_INTERVALS * STEP_BYTES;
const SINGLE_PTR: usize = memory.data(3 * SINGLE_BYTES, 16);
const PATHS_PTR: usize = memory.data(3 * MAX_INTERVALS, 16);
/** Money units that an improvement must exceed: a billionth of a dollar. */
const LEAST: f64 = 1000.0;

let members: i32 = 0;
let lineBytes: usize = 0;
// Where the walk is: distance between the two of a pair, first of a pair; then first, second, third of a triple.
let distance: i32 = 1;
let first: i32 = 0;
let second: i32 = 1;
let third: i32 = 2;
let improved: i32 = 0;
/** Pairs or triples tried since the last improvement. */
let sinceImproved: i32 = 0;

@inline
function member(index: i32): i32 {
  return load<i32>(MEMBERS_PTR + (<usize>index << 2));
}

@inline
function cacheOf(index: i32): usize {
  return CACHE_PTR + <usize>index * lineBytes;
}

@inline
function worthOf(index: i32): f64 {
  return load<f64>(WORTH_PTR + (<usize>index << 3));
}

/** Worth of a sequence at the rates in RATE and BONUS, penalties left out. */
function rateWorth(unit: i32, path: usize): f64 {
  const at = unitAt(unit);
  const rates = siteCell(RATE_PTR, siteOf(at), 0);
  const bonus = bonusOf(at);
  const horizon = intervals();
  let sum = moneyOf(at, path);
  for (let t = 0; t < horizon; t++) {
    const mode = <i32>load<u8>(path + <usize>t);
    const offset = <usize>t << 3;
    sum -= field(at, F_POWER + mode) * (load<f64>(rates + offset) - load<f64>(PRICE_PTR + offset));
    if (mode != 0) sum += bonus;
  }
  return sum;
}

/**
 * Gathers the listed units of a site that have no rules of their own, as many as the cache holds, and lays them out at the rates as they are. Returns how many.
 */
export function startPolish(site: i32): i32 {
  cutSteps(site);
  lineBytes = <usize>(stepCount() * STEP_BYTES);
  const most = min(MAX_MEMBERS, CACHE_BYTES / <i32>lineBytes);
  members = 0;
  for (let index = 0; index < listLength() && members < most; index++) {
    const unit = listedUnit(index);
    const at = unitAt(unit);
    if (siteOf(at) != site || block(<i32>field(at, F_BLOCK), K_KIND) != 0) continue;
    store<i32>(MEMBERS_PTR + (<usize>members << 2), unit);
    layOutSteps(unit, cacheOf(members));
    store<f64>(WORTH_PTR + (<usize>members << 3), rateWorth(unit, planAt(unit)));
    members++;
  }
  distance = 1;
  first = 0;
  second = 1;
  third = 2;
  sinceImproved = 0;
  return members;
}

/** What the missing energy costs at the present loads. */
function missingCost(): f64 {
  const price = term(T_MISSING_PRICE);
  if (price <= 0.0) return 0.0;
  const horizon = intervals();
  let energy: f64 = 0.0;
  for (let t = 0; t < horizon; t++) energy += load<f64>(PLAN_TOTAL_PTR + (<usize>t << 3));
  return price * max(0.0, term(T_OWED) - energy);
}

@inline
function clientGap(unit: i32): f64 {
  const client = <i32>field(unitAt(unit), F_CLIENT);
  if (client < 0) return 0.0;
  const at = <usize>client << 3;
  return min(0.0, load<f64>(PLAN_CLIENT_PTR + at) - load<f64>(FLOOR_PTR + at));
}

/** Exchanges the sequences in PATHS with those of the plan. */
function exchange(units: i32, a: i32, b: i32, c: i32): void {
  const horizon = <usize>intervals();
  for (let index = 0; index < units; index++) {
    const unit = index == 0 ? a : index == 1 ? b : c;
    const path = planAt(unit);
    const other = PATHS_PTR + <usize>index * MAX_INTERVALS;
    count(unit, path, -1.0);
    addMoney(moneyOf(unitAt(unit), other) - moneyOf(unitAt(unit), path));
    for (let t: usize = 0; t < horizon; t++) {
      const mode = load<u8>(path + t);
      store<u8>(path + t, load<u8>(other + t));
      store<u8>(other + t, mode);
    }
    count(unit, path, 1.0);
  }
}

/** Traces the joint sequences of two (c < 0) or three members and takes them when the plan is worth more with them. */
function take(indexA: i32, indexB: i32, indexC: i32): bool {
  const three = indexC >= 0;
  const a = member(indexA);
  const b = member(indexB);
  const c = three ? member(indexC) : -1;
  useSingleSteps(true);
  const pathC: usize = three ? planAt(c) : 0;
  setRooms(a, planAt(a), b, planAt(b), c, pathC);
  const penaltyBefore = presentPenalty(a, planAt(a), b, planAt(b), c, pathC);
  layOutSteps(a, SINGLE_PTR);
  layOutSteps(b, SINGLE_PTR + SINGLE_BYTES);
  if (three) layOutSteps(c, SINGLE_PTR + 2 * SINGLE_BYTES);
  traceJoint(a, SINGLE_PTR, PATHS_PTR, b, SINGLE_PTR + SINGLE_BYTES, PATHS_PTR + MAX_INTERVALS, c, SINGLE_PTR + 2 * SINGLE_BYTES, PATHS_PTR + 2 * MAX_INTERVALS);
  const penaltyAfter = presentPenalty(a, PATHS_PTR, b, PATHS_PTR + MAX_INTERVALS, c, PATHS_PTR + 2 * MAX_INTERVALS);
  useSingleSteps(false);
  const units = three ? 3 : 2;
  let gain = penaltyBefore - penaltyAfter + missingCost();
  const site = siteOf(unitAt(a));
  const rampBefore = rampExcess(site);
  const gapBefore = clientGap(a) + clientGap(b) + (three ? clientGap(c) : 0.0);
  gain -= moneyOf(unitAt(a), planAt(a)) + moneyOf(unitAt(b), planAt(b)) + (three ? moneyOf(unitAt(c), planAt(c)) : 0.0);
  exchange(units, a, b, c);
  gain += moneyOf(unitAt(a), planAt(a)) + moneyOf(unitAt(b), planAt(b)) + (three ? moneyOf(unitAt(c), planAt(c)) : 0.0);
  gain -= missingCost();
  const gapAfter = clientGap(a) + clientGap(b) + (three ? clientGap(c) : 0.0);
  if (gain <= LEAST || gapAfter < gapBefore || rampExcess(site) > rampBefore) {
    exchange(units, a, b, c);
    return false;
  }
  store<f64>(WORTH_PTR + (<usize>indexA << 3), rateWorth(a, planAt(a)));
  store<f64>(WORTH_PTR + (<usize>indexB << 3), rateWorth(b, planAt(b)));
  if (three) store<f64>(WORTH_PTR + (<usize>indexC << 3), rateWorth(c, planAt(c)));
  improved++;
  return true;
}

/** Tries the next `budget` pairs. Returns how many were taken; -1 when none of all pairs is worth more any more. */
export function polishPairs(budget: i32): i32 {
  const before = improved;
  const all = (members * (members - 1)) / 2;
  for (let tried = 0; tried < budget; tried++) {
    if (sinceImproved >= all) return improved > before ? improved - before : -1;
    const a = first;
    const b = first + distance;
    first++;
    if (first + distance >= members) {
      first = 0;
      distance = distance + 1 >= members ? 1 : distance + 1;
    }
    sinceImproved++;
    const unitA = member(a);
    const unitB = member(b);
    setRooms(unitA, planAt(unitA), unitB, planAt(unitB), -1, 0);
    const now = worthOf(a) + worthOf(b) - presentPenalty(unitA, planAt(unitA), unitB, planAt(unitB), -1, 0);
    if (pairValue(unitA, cacheOf(a), unitB, cacheOf(b)) > now + LEAST && take(a, b, -1)) sinceImproved = 0;
  }
  return improved - before;
}

/** Tries the next `budget` triples, as polishPairs. */
export function polishTriples(budget: i32): i32 {
  const before = improved;
  if (members < 3) return -1;
  const all = (members * (members - 1) * (members - 2)) / 6;
  for (let tried = 0; tried < budget; tried++) {
    if (sinceImproved >= all) return improved > before ? improved - before : -1;
    const a = first;
    const b = second;
    const c = third;
    third++;
    if (third >= members) {
      second++;
      if (second >= members - 1) {
        first = first + 1 >= members - 2 ? 0 : first + 1;
        second = first + 1;
      }
      third = second + 1;
    }
    sinceImproved++;
    const unitA = member(a);
    const unitB = member(b);
    const unitC = member(c);
    setRooms(unitA, planAt(unitA), unitB, planAt(unitB), unitC, planAt(unitC));
    const now = worthOf(a) + worthOf(b) + worthOf(c) - presentPenalty(unitA, planAt(unitA), unitB, planAt(unitB), unitC, planAt(unitC));
    if (tripleValue(unitA, cacheOf(a), unitB, cacheOf(b), unitC, cacheOf(c)) > now + LEAST && take(a, b, c)) sinceImproved = 0;
  }
  return improved - before;
}

/** Starts the walk over triples at its beginning. */
export function startTriples(): void {
  first = 0;
  second = 1;
  third = 2;
  sinceImproved = 0;
}
