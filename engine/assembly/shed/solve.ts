/** One shed problem, from the columns the host wrote to the choice and its proof. See layout.ts for the columns and engine/ABI.md for the contract. */
import { OK } from '../layout';
import {
  BASE_PTR,
  MAX_SHED_STATES,
  MAX_UNITS,
  REL_COST_PTR,
  REL_UNITS_PTR,
  SHED_BOUND,
  SHED_CHOICE_PTR,
  SHED_CORE,
  SHED_LOST,
  SHED_MOST,
  SHED_MULTIPLIER,
  SHED_NOT_ON_LATTICE,
  SHED_NO_START,
  SHED_REACHED,
  SHED_SCALARS_PTR,
  SHED_UNREACHABLE,
  SHED_WORK,
  i32At,
  i64At,
  setF64,
} from './layout';
import {
  cheapestCost,
  cheapestUnits,
  costOfFirsts,
  findMultiplier,
  machines,
  multiplier,
  reachableUnits,
  readOptions,
  settleTies,
  shiftBits,
  unitsOfFirsts,
} from './bound';
import { collectCore, orderMachines, widestUnits } from './core';
import {
  SATURATED,
  beginIncumbent,
  bestThreshold,
  capThreshold,
  gapTo,
  takeGreedyChoice,
  takeWarmChoice,
} from './incumbent';
import { clearWork, foundBetter, searchCore, workDone } from './search';

/** Widths of the runs: a narrow one finds a good choice early, which makes the wide one that proves it small. */
const FIRST_WIDTH: i32 = 256;
const WIDTH_STEP: i32 = 16;
const CAPPED_WIDTH: i32 = 512;

function isTarget(value: f64): bool {
  return abs(value) <= MAX_UNITS && floor(value) == value;
}

/** A first guess of what the best choice costs above the bound: this share of one machine's worth; then four times as much, until there is a choice. */
const GUESS_SHIFT: i64 = 12;
const GUESS_STEP_SHIFT: i64 = 2;

/**
 * Under a ceiling the first choice may be far from good, and under its threshold everything looks worth keeping: so the search first keeps to a low cap. Where it finds nothing
 * below a cap, the cap is a bound. Returns that bound, scaled.
 */
function searchUnderCaps(workLimit: i64, orderCount: i32): i64 {
  let proven: i64 = 0;
  // Measures the widest alternative, too.
  collectCore(orderCount);
  let cap = max<i64>(1, (multiplier() * widestUnits()) >> GUESS_SHIFT);
  while (cap < bestThreshold() && workDone() < workLimit >> 1) {
    capThreshold(cap);
    const least = searchCore(collectCore(orderCount), CAPPED_WIDTH, workLimit >> 1);
    proven = max(proven, min(least, cap));
    if (foundBetter()) break;
    cap <<= GUESS_STEP_SHIFT;
  }
  capThreshold(SATURATED);
  return proven;
}

/** Runs of growing width until the choice is proven best or the work is done; returns the least excess cost that remains possible, scaled. */
function search(workLimit: i64, orderCount: i32, hasCeiling: bool): i64 {
  let proven = hasCeiling ? searchUnderCaps(workLimit, orderCount) : 0;
  let width = FIRST_WIDTH;
  let isDone = false;
  while (!isDone) {
    const coreCount = collectCore(orderCount);
    setF64(SHED_SCALARS_PTR, SHED_CORE, <f64>coreCount);
    const isWidest = width >= MAX_SHED_STATES;
    // Runs before the widest may spend an eighth of the work each.
    const limit = isWidest ? workLimit : min(workLimit, workDone() + (workLimit >> 3));
    proven = max(proven, searchCore(coreCount, min(width, MAX_SHED_STATES), limit));
    isDone = proven > bestThreshold() || isWidest || workDone() >= workLimit;
    width *= WIDTH_STEP;
  }
  return proven;
}

/**
 * Least money for at least `targetUnits` of power, and (with a warm choice that keeps it) at most `ceilingUnits` above the target; a negative ceiling is none.
 * `workLimit` is the number of states that may be looked at: the same number gives the same plan on every machine. Writes CHOICE and SCALARS.
 */
export function solveShed(count: i32, targetUnits: f64, ceilingUnits: f64, workLimit: f64): i32 {
  if (!isTarget(targetUnits) || !isTarget(ceilingUnits) || !(workLimit >= 0.0 && workLimit <= MAX_UNITS)) return SHED_NOT_ON_LATTICE;
  const status = readOptions(count, 1);
  if (status != OK) return status;
  setF64(SHED_SCALARS_PTR, SHED_MOST, <f64>reachableUnits());
  let target = <i64>targetUnits;
  if (target > reachableUnits()) return SHED_UNREACHABLE;
  clearWork();
  const hasCeiling = ceilingUnits >= 0.0;
  let sign: i64 = 1;
  if (hasCeiling && cheapestUnits() > target + <i64>ceilingUnits) {
    // Money pulls against the ceiling, not against the target: the same problem seen from above.
    sign = -1;
    target = -(target + <i64>ceilingUnits);
    readOptions(count, sign);
  }
  const reached = settleTies(findMultiplier(target), target);
  beginIncumbent(reached - target, hasCeiling ? <i64>ceilingUnits : i64.MAX_VALUE);
  const orderCount = orderMachines();
  setF64(SHED_SCALARS_PTR, SHED_CORE, 0.0);
  if (!hasCeiling) takeGreedyChoice(orderCount);
  else if (!takeWarmChoice()) return SHED_NO_START;
  // At multiplier 0 the base is everybody's cheapest option and reaches the target: nothing can be better.
  const isFree = multiplier() == 0 && !hasCeiling;
  const proven = isFree ? i64.MAX_VALUE : search(<i64>workLimit, orderCount, hasCeiling);
  writeScalars(proven, sign);
  return OK;
}

function writeScalars(proven: i64, sign: i64): void {
  let units = unitsOfFirsts();
  let money = costOfFirsts();
  for (let i = 0; i < machines(); i++) {
    const option = i32At(SHED_CHOICE_PTR, i);
    units += i64At(REL_UNITS_PTR, option);
    money += i64At(REL_COST_PTR, option);
  }
  const isSaturated = bestThreshold() == SATURATED;
  const bound = isSaturated ? cheapestCost() : max(cheapestCost(), money - gapTo(proven));
  setF64(SHED_SCALARS_PTR, SHED_LOST, <f64>money);
  setF64(SHED_SCALARS_PTR, SHED_BOUND, <f64>bound);
  setF64(SHED_SCALARS_PTR, SHED_REACHED, <f64>(sign * units));
  setF64(SHED_SCALARS_PTR, SHED_MULTIPLIER, <f64>(sign * multiplier()) / <f64>(<i64>1 << shiftBits()));
  setF64(SHED_SCALARS_PTR, SHED_WORK, <f64>workDone());
}
