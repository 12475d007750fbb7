/**
 * The core: the machines whose option at the multiplier is in doubt, least regret per unit of power first, and for each place in that order what a missing or superfluous
 * unit of power costs at least from there on. Alternatives that alone pass the threshold are left out: no better choice uses them.
 */
import {
  ALT_COST_PTR,
  ALT_MACHINE_PTR,
  ALT_OPTION_PTR,
  ALT_REGRET_PTR,
  ALT_UNITS_PTR,
  BASE_PTR,
  CORE_BASE_REGRET_PTR,
  CORE_STARTS_PTR,
  ORDER_KEY_PTR,
  ORDER_PTR,
  ORDER_SCRATCH_PTR,
  RATE_DOWN_PTR,
  RATE_UP_PTR,
  REL_COST_PTR,
  REL_UNITS_PTR,
  SHED_STARTS_PTR,
  f64At,
  i32At,
  i64At,
  setF64,
  setI32,
  setI64,
} from './layout';
import { machines, multiplier, regretAt, shiftBits } from './bound';
import { searchThreshold } from './incumbent';

/** Rate where no alternative is left. */
export const NO_RATE: i64 = i64.MAX_VALUE;

/** Largest power of an alternative of the core, either way. */
let widest: i64 = 1;

@inline
export function widestUnits(): i64 {
  return widest;
}

/** Regret of an option against the base's; the base's own is added to it. */
@inline
function regretOf(option: i32, base: i32): i64 {
  const units = i64At(REL_UNITS_PTR, option) - i64At(REL_UNITS_PTR, base);
  const cost = i64At(REL_COST_PTR, option) - i64At(REL_COST_PTR, base);
  return (cost << shiftBits()) - multiplier() * units;
}

/** Writes ORDER: machines with a choice, by least regret per unit of power, equal ones as they came. Returns how many. O(options + n log n). */
export function orderMachines(): i32 {
  let count = 0;
  for (let i = 0; i < machines(); i++) {
    const base = i32At(BASE_PTR, i);
    const own = regretAt(i, base);
    let key: f64 = Infinity;
    for (let option = i32At(SHED_STARTS_PTR, i); option < i32At(SHED_STARTS_PTR, i + 1); option++) {
      const units = i64At(REL_UNITS_PTR, option) - i64At(REL_UNITS_PTR, base);
      // The same power for no less money: never better than the base.
      if (units == 0) continue;
      key = min(key, <f64>(regretOf(option, base) + own) / abs(<f64>units));
    }
    if (key == Infinity) continue;
    setF64(ORDER_KEY_PTR, i, key);
    setI32(ORDER_PTR, count++, i);
  }
  sortOrder(count);
  return count;
}

/** Bottom-up merge sort: stable, so that ties keep the order of the machines. */
function sortOrder(count: i32): void {
  let from = ORDER_PTR;
  let to = ORDER_SCRATCH_PTR;
  for (let width = 1; width < count; width <<= 1) {
    for (let start = 0; start < count; start += width << 1) {
      const middle = min(start + width, count);
      const end = min(start + (width << 1), count);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takesLeft =
          left < middle && (right >= end || f64At(ORDER_KEY_PTR, i32At(from, left)) <= f64At(ORDER_KEY_PTR, i32At(from, right)));
        setI32(to, at, i32At(from, takesLeft ? left++ : right++));
      }
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != ORDER_PTR) memory.copy(ORDER_PTR, from, <usize>count << 2);
}

/** Writes the core's machines and alternatives and the rates behind each place; returns the number of core machines. O(options). */
export function collectCore(orderCount: i32): i32 {
  const threshold = searchThreshold();
  let count = 0;
  let alternatives = 0;
  widest = 1;
  for (let k = 0; k < orderCount; k++) {
    const i = i32At(ORDER_PTR, k);
    const base = i32At(BASE_PTR, i);
    const own = regretAt(i, base);
    const first = alternatives;
    for (let option = i32At(SHED_STARTS_PTR, i); option < i32At(SHED_STARTS_PTR, i + 1); option++) {
      const units = i64At(REL_UNITS_PTR, option) - i64At(REL_UNITS_PTR, base);
      const regret = regretOf(option, base) + own;
      if (units == 0 || regret > threshold) continue;
      widest = max(widest, abs(units));
      setI64(ALT_UNITS_PTR, alternatives, units);
      setI64(ALT_COST_PTR, alternatives, i64At(REL_COST_PTR, option) - i64At(REL_COST_PTR, base));
      setI64(ALT_REGRET_PTR, alternatives, regret);
      setI32(ALT_MACHINE_PTR, alternatives, i);
      setI32(ALT_OPTION_PTR, alternatives++, option);
    }
    if (alternatives == first) continue;
    setI64(CORE_BASE_REGRET_PTR, count, own);
    setI32(CORE_STARTS_PTR, count++, first);
  }
  setI32(CORE_STARTS_PTR, count, alternatives);
  collectRates(count);
  return count;
}

/** RATE_*[k]: over the alternatives of core machines k and later. */
function collectRates(count: i32): void {
  let down = NO_RATE;
  let up = NO_RATE;
  setI64(RATE_DOWN_PTR, count, down);
  setI64(RATE_UP_PTR, count, up);
  for (let k = count - 1; k >= 0; k--) {
    for (let alt = i32At(CORE_STARTS_PTR, k); alt < i32At(CORE_STARTS_PTR, k + 1); alt++) {
      const units = i64At(ALT_UNITS_PTR, alt);
      const regret = i64At(ALT_REGRET_PTR, alt);
      if (units < 0) down = min(down, regret / -units);
      else up = min(up, regret / units);
    }
    setI64(RATE_DOWN_PTR, k, down);
    setI64(RATE_UP_PTR, k, up);
  }
}
