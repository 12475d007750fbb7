/**
 * The best choice known so far, and what a better one may cost at most.
 *
 * Costs are counted against the base (the options at the multiplier, whose power exceeds the target by `baseExcess`, negative when it falls short). For any choice with
 * power `u` and money `c` more than the base: its regret is c * 2^SHIFT - multiplier * u >= 0, and what it costs above the bound is
 * excess cost = regret + multiplier * (baseExcess + u), scaled.
 */
import {
  BASE_PTR,
  ORDER_PTR,
  REL_COST_PTR,
  REL_UNITS_PTR,
  SHED_CHOICE_PTR,
  SHED_STARTS_PTR,
  i32At,
  i64At,
  setI32,
} from './layout';
import { machines, multiplier, shiftBits } from './bound';

/** No threshold is larger: sums of one threshold and one regret stay below 2^62. */
export const SATURATED: i64 = <i64>1 << 60;
const SATURATED_F64: f64 = 1152921504606846976.0;

let excess: i64 = 0;
let ceilingUnits: i64 = 0;
let cost: i64 = 0;
let threshold: i64 = 0;
let cap: i64 = SATURATED;

@inline
export function baseExcess(): i64 {
  return excess;
}

/** Most power above the target that a choice may give up. */
@inline
export function ceiling(): i64 {
  return ceilingUnits;
}

/** Money of the best choice, against the base. */
@inline
export function bestCost(): i64 {
  return cost;
}

/** Excess cost, scaled, that a choice must not pass to be better than the best one by one unit of money. */
@inline
export function bestThreshold(): i64 {
  return threshold;
}

/** What the search keeps to: the threshold, or a cap below it under which it looks for a good choice first. */
@inline
export function searchThreshold(): i64 {
  return min(threshold, cap);
}

export function capThreshold(newCap: i64): void {
  cap = newCap;
}

export function noteBest(newCost: i64): void {
  cost = newCost;
  const estimate = <f64>(newCost - 1) * <f64>(<i64>1 << shiftBits()) + <f64>multiplier() * <f64>excess;
  // Below 2^60 the wrapped sum is the true one.
  threshold = estimate >= SATURATED_F64 ? SATURATED : ((newCost - 1) << shiftBits()) + multiplier() * excess;
}

/** How much a bound of `excessCost` (scaled, above the root bound) lies below the best choice, whole units of money rounded down; only below saturation. */
export function gapTo(excessCost: i64): i64 {
  const best = threshold + (<i64>1 << shiftBits());
  return excessCost >= best ? 0 : (best - excessCost) >> shiftBits();
}

export function beginIncumbent(newExcess: i64, newCeiling: i64): void {
  excess = newExcess;
  ceilingUnits = newCeiling;
}

/** Takes the choice that the host wrote; false when it misses the target or the ceiling. O(machines). */
export function takeWarmChoice(): bool {
  let units = excess;
  let money: i64 = 0;
  for (let i = 0; i < machines(); i++) {
    const option = i32At(SHED_CHOICE_PTR, i);
    if (option < i32At(SHED_STARTS_PTR, i) || option >= i32At(SHED_STARTS_PTR, i + 1)) return false;
    const base = i32At(BASE_PTR, i);
    units += i64At(REL_UNITS_PTR, option) - i64At(REL_UNITS_PTR, base);
    money += i64At(REL_COST_PTR, option) - i64At(REL_COST_PTR, base);
  }
  if (units < 0 || units > ceilingUnits) return false;
  noteBest(money);
  return true;
}

/**
 * First choice: the base, raised machine by machine where it misses the target; then every saving that the target still allows, machines of least regret first.
 * O(options).
 */
export function takeGreedyChoice(orderCount: i32): void {
  let units = excess;
  let money: i64 = 0;
  for (let i = 0; i < machines(); i++) setI32(SHED_CHOICE_PTR, i, i32At(BASE_PTR, i));
  for (let k = 0; k < orderCount && units < 0; k++) {
    const i = i32At(ORDER_PTR, k);
    const base = i32At(BASE_PTR, i);
    let best = base;
    for (let option = i32At(SHED_STARTS_PTR, i); option < i32At(SHED_STARTS_PTR, i + 1); option++) {
      if (i64At(REL_UNITS_PTR, option) > i64At(REL_UNITS_PTR, best)) best = option;
    }
    units += i64At(REL_UNITS_PTR, best) - i64At(REL_UNITS_PTR, base);
    money += i64At(REL_COST_PTR, best) - i64At(REL_COST_PTR, base);
    setI32(SHED_CHOICE_PTR, i, best);
  }
  for (let k = 0; k < orderCount && units > 0; k++) {
    const i = i32At(ORDER_PTR, k);
    const now = i32At(SHED_CHOICE_PTR, i);
    let best = now;
    for (let option = i32At(SHED_STARTS_PTR, i); option < i32At(SHED_STARTS_PTR, i + 1); option++) {
      const isAllowed = units + i64At(REL_UNITS_PTR, option) - i64At(REL_UNITS_PTR, now) >= 0;
      if (isAllowed && i64At(REL_COST_PTR, option) < i64At(REL_COST_PTR, best)) best = option;
    }
    units += i64At(REL_UNITS_PTR, best) - i64At(REL_UNITS_PTR, now);
    money += i64At(REL_COST_PTR, best) - i64At(REL_COST_PTR, now);
    setI32(SHED_CHOICE_PTR, i, best);
  }
  noteBest(money);
}
