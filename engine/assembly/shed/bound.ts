/**
 * The bound. At a multiplier (money per unit of power) every machine takes the option of least cost - multiplier * power; the smallest multiplier
 * at which these options reach the target gives the best bound of this kind, the one of the linear relaxation up to the rounding of the multiplier.
 * It is found by bisection over integers: no hull, no sort, no division. Machines whose option is the same at both ends drop out.
 *
 * Scaled money is money * 2^SHIFT, so that an integer multiplier is fine enough. Everything is i64 and exact.
 */
import { OK } from '../layout';
import {
  ACTIVE_PTR,
  BASE_PTR,
  MAX_SHED_MACHINES,
  MAX_SHED_OPTIONS,
  MAX_UNITS,
  PICK_LOW_PTR,
  PICK_MID_PTR,
  REL_COST_PTR,
  REL_UNITS_PTR,
  SHED_COST_PTR,
  SHED_NOT_ON_LATTICE,
  SHED_STARTS_PTR,
  SHED_TOO_MANY,
  SHED_UNITS_PTR,
  f64At,
  i32At,
  i64At,
  setI32,
  setI64,
} from './layout';

let machineCount: i32 = 0;
let shift: i64 = 0;
let lambda: i64 = 0;
let highestMultiplier: i64 = 0;
let firstUnits: i64 = 0;
let firstCost: i64 = 0;
let mostUnits: i64 = 0;
let leastCost: i64 = 0;

@inline
export function machines(): i32 {
  return machineCount;
}

/** Bits that scaled money has more than money. */
@inline
export function shiftBits(): i64 {
  return shift;
}

/** Scaled money per unit of power. */
@inline
export function multiplier(): i64 {
  return lambda;
}

/** Power and money of every machine's first option together. */
@inline
export function unitsOfFirsts(): i64 {
  return firstUnits;
}

@inline
export function costOfFirsts(): i64 {
  return firstCost;
}

/** Most power that can be given up. */
@inline
export function reachableUnits(): i64 {
  return mostUnits;
}

/** Money lost when every machine takes its cheapest option: a bound for any target. */
@inline
export function cheapestCost(): i64 {
  return leastCost;
}

@inline
function isUnit(value: f64): bool {
  return abs(value) <= MAX_UNITS && floor(value) == value;
}

@inline
function bitsOf(value: i64): i64 {
  return 64 - clz(value);
}

/** Reads the columns, checks that they are integers whose sums are exact, and writes them against each machine's first option. O(options). */
export function readOptions(count: i32): i32 {
  if (count < 0 || count > MAX_SHED_MACHINES) return SHED_TOO_MANY;
  machineCount = count;
  let units: f64 = 0.0;
  let money: f64 = 0.0;
  let widestUnits: i64 = 0;
  let widestCost: i64 = 0;
  firstUnits = 0;
  firstCost = 0;
  mostUnits = 0;
  leastCost = 0;
  for (let i = 0; i < count; i++) {
    const from = i32At(SHED_STARTS_PTR, i);
    const to = i32At(SHED_STARTS_PTR, i + 1);
    if (from < 0 || to <= from || to > MAX_SHED_OPTIONS) return to > MAX_SHED_OPTIONS ? SHED_TOO_MANY : SHED_NOT_ON_LATTICE;
    let largestUnits: f64 = 0.0;
    let largestCost: f64 = 0.0;
    let lowUnits: i64 = 0;
    let highUnits: i64 = 0;
    let lowCost: i64 = 0;
    let highCost: i64 = 0;
    for (let option = from; option < to; option++) {
      const shed = f64At(SHED_UNITS_PTR, option);
      const cost = f64At(SHED_COST_PTR, option);
      if (!isUnit(shed) || !isUnit(cost)) return SHED_NOT_ON_LATTICE;
      largestUnits = max(largestUnits, abs(shed));
      largestCost = max(largestCost, abs(cost));
      const relUnits = <i64>shed - <i64>f64At(SHED_UNITS_PTR, from);
      const relCost = <i64>cost - <i64>f64At(SHED_COST_PTR, from);
      setI64(REL_UNITS_PTR, option, relUnits);
      setI64(REL_COST_PTR, option, relCost);
      lowUnits = min(lowUnits, relUnits);
      highUnits = max(highUnits, relUnits);
      lowCost = min(lowCost, relCost);
      highCost = max(highCost, relCost);
    }
    units += largestUnits;
    money += largestCost;
    if (units > MAX_UNITS || money > MAX_UNITS) return SHED_NOT_ON_LATTICE;
    firstUnits += <i64>f64At(SHED_UNITS_PTR, from);
    firstCost += <i64>f64At(SHED_COST_PTR, from);
    mostUnits += highUnits;
    leastCost += lowCost;
    widestUnits = max(widestUnits, highUnits - lowUnits);
    widestCost = max(widestCost, highCost - lowCost);
  }
  mostUnits += firstUnits;
  leastCost += firstCost;
  // One machine's scaled money stays below 2^54 and multiplier * power below 2^55, so a regret stays below 2^56.
  shift = max<i64>(0, min<i64>(40, 54 - bitsOf(widestCost)));
  highestMultiplier = (<i64>1 << 55) / max<i64>(1, widestUnits);
  return OK;
}

/** Scaled cost less what its power is worth at a multiplier. */
@inline
function reduced(option: i32, at: i64): i64 {
  return (i64At(REL_COST_PTR, option) << shift) - at * i64At(REL_UNITS_PTR, option);
}

/** Option of least reduced cost; of several the one that gives up most, of those the first. */
function pick(machine: i32, at: i64): i32 {
  const to = i32At(SHED_STARTS_PTR, machine + 1);
  let best = i32At(SHED_STARTS_PTR, machine);
  let bestReduced = reduced(best, at);
  for (let option = best + 1; option < to; option++) {
    const value = reduced(option, at);
    if (value < bestReduced || (value == bestReduced && i64At(REL_UNITS_PTR, option) > i64At(REL_UNITS_PTR, best))) {
      best = option;
      bestReduced = value;
    }
  }
  return best;
}

/** Each machine's cheapest option, the first of several; then among equals more power, as long as the target is missed. */
function pickCheapest(target: i64): i64 {
  let reached = firstUnits;
  for (let i = 0; i < machineCount; i++) {
    const to = i32At(SHED_STARTS_PTR, i + 1);
    let best = i32At(SHED_STARTS_PTR, i);
    for (let option = best + 1; option < to; option++) {
      if (i64At(REL_COST_PTR, option) < i64At(REL_COST_PTR, best)) best = option;
    }
    setI32(BASE_PTR, i, best);
    reached += i64At(REL_UNITS_PTR, best);
  }
  for (let i = 0; i < machineCount && reached < target; i++) {
    const most = pick(i, 0);
    reached += i64At(REL_UNITS_PTR, most) - i64At(REL_UNITS_PTR, i32At(BASE_PTR, i));
    setI32(BASE_PTR, i, most);
  }
  return reached;
}

/**
 * Writes BASE, the options at the multiplier, and returns the power they give up: at least the target, unless no multiplier in range reaches it
 * (power of one unit that costs a fortune), which weakens the bound and nothing else. O(options + active options * 55).
 */
export function findMultiplier(target: i64): i64 {
  lambda = 0;
  const free = pickCheapest(target);
  if (free >= target) return free;
  let low: i64 = 0;
  let high = highestMultiplier;
  let settled = firstUnits;
  let highUnits: i64 = 0;
  let active = 0;
  for (let i = 0; i < machineCount; i++) {
    const atLow = pick(i, low);
    const atHigh = pick(i, high);
    setI32(PICK_LOW_PTR, i, atLow);
    setI32(BASE_PTR, i, atHigh);
    if (atLow == atHigh) settled += i64At(REL_UNITS_PTR, atHigh);
    else {
      setI32(ACTIVE_PTR, active++, i);
      highUnits += i64At(REL_UNITS_PTR, atHigh);
    }
  }
  lambda = high;
  if (settled + highUnits < target) return settled + highUnits;
  while (high - low > 1) {
    const middle = low + ((high - low) >> 1);
    let middleUnits: i64 = 0;
    for (let k = 0; k < active; k++) {
      const option = pick(i32At(ACTIVE_PTR, k), middle);
      setI32(PICK_MID_PTR, k, option);
      middleUnits += i64At(REL_UNITS_PTR, option);
    }
    const reaches = settled + middleUnits >= target;
    if (reaches) high = middle;
    else low = middle;
    const end = reaches ? BASE_PTR : PICK_LOW_PTR;
    let left = 0;
    for (let k = 0; k < active; k++) {
      const i = i32At(ACTIVE_PTR, k);
      const option = i32At(PICK_MID_PTR, k);
      setI32(end, i, option);
      if (i32At(BASE_PTR, i) == i32At(PICK_LOW_PTR, i)) settled += i64At(REL_UNITS_PTR, option);
      else setI32(ACTIVE_PTR, left++, i);
    }
    active = left;
  }
  lambda = high;
  let reached = settled;
  for (let k = 0; k < active; k++) reached += i64At(REL_UNITS_PTR, i32At(BASE_PTR, i32At(ACTIVE_PTR, k)));
  return reached;
}
