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

/** Bits of scale given up at a time for a larger multiplier. */
const SHIFT_STEP: i64 = 6;

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

/**
 * Reads the columns, checks that they are integers whose sums are exact, and writes them against each machine's first option. `sign` -1 counts power the other way round, which turns
 * "at most" into "at least". O(options).
 */
export function readOptions(count: i32, sign: i64): i32 {
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
      const relUnits = sign * (<i64>shed - <i64>f64At(SHED_UNITS_PTR, from));
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
    firstUnits += sign * <i64>f64At(SHED_UNITS_PTR, from);
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

/** Power of everybody's cheapest option. O(options). */
export function cheapestUnits(): i64 {
  return pickCheapest(i64.MIN_VALUE);
}

/**
 * Writes BASE, the options at the multiplier, and returns the power they give up: at least the target, unless no multiplier in range reaches it
 * (power of one unit that costs a fortune), which weakens the bound and nothing else. O(options + active options * 55).
 */
export function findMultiplier(target: i64): i64 {
  lambda = 0;
  const free = pickCheapest(target);
  if (free >= target) return free;
  let reached = bisect(target);
  while (reached < target && shift > 0) {
    // Some power is dearer than the largest multiplier: money is scaled less, which makes room for larger ones.
    shift = max<i64>(0, shift - SHIFT_STEP);
    reached = bisect(target);
  }
  return reached;
}

function bisect(target: i64): i64 {
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

function greatestCommonDivisor(left: i32, right: i32): i32 {
  return right == 0 ? left : greatestCommonDivisor(right, left % right);
}

/** A step through `count` machines, about a golden section of them, that visits each once: machines beside each other in the order end up on both sides of a tie. */
function stepThrough(count: i32): i32 {
  let step = max(1, <i32>(<f64>count * 0.6180339887498949));
  while (greatestCommonDivisor(step, count) != 1) step++;
  return step;
}

/**
 * Ties: machines that are as good one option lower, up to the rounding of the multiplier, go there while the target allows; the excess is then less than one of them, where it could
 * be that of hundreds of equal machines. Returns the power that BASE then gives up. O(options).
 */
export function settleTies(reachedUnits: i64, target: i64): i64 {
  // A multiplier of 0 was not rounded: there everybody has its cheapest option.
  if (lambda == 0) return reachedUnits;
  let reached = reachedUnits;
  const step = stepThrough(machineCount);
  for (let visit = 0, i = 0; visit < machineCount && reached > target; visit++, i = (i + step) % machineCount) {
    const base = i32At(BASE_PTR, i);
    const baseUnits = i64At(REL_UNITS_PTR, base);
    let best = base;
    for (let option = i32At(SHED_STARTS_PTR, i); option < i32At(SHED_STARTS_PTR, i + 1); option++) {
      const drop = baseUnits - i64At(REL_UNITS_PTR, option);
      if (drop <= baseUnits - i64At(REL_UNITS_PTR, best) || drop > reached - target) continue;
      if (reduced(option, lambda) - reduced(base, lambda) <= drop) best = option;
    }
    reached += i64At(REL_UNITS_PTR, best) - baseUnits;
    setI32(BASE_PTR, i, best);
  }
  return reached;
}

/** Scaled regret of an option: what it costs, at the multiplier, beyond the machine's best. O(options of the machine). */
export function regretAt(machine: i32, option: i32): i64 {
  return reduced(option, lambda) - reduced(pick(machine, lambda), lambda);
}
