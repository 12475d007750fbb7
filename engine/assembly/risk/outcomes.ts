/**
 * What a path's flows add up to: NPV, running total, payback, first month off. Shared by one machine and by a fleet. The SIMD build settles two
 * paths at once, the scalar build one, with the same operations in the same order.
 */
import {
  CUMULATIVE_USD_PTR,
  HELD_BTC_PTR,
  OFF_RATIO_PTR,
  OUTCOME_NPV_USD_PTR,
  OUTCOME_PAYBACK_MONTHS_PTR,
  OUTCOME_PROFIT_USD_PTR,
  OUTCOME_SHUTDOWN_MONTH_PTR,
  RISK_MONTHS,
} from './layout';
import { noteFan } from './quantiles';
import { simulatedPaths } from './paths';

/** Every path starts at minus what was paid. */
export function clearOutcomes(capexUsd: f64): void {
  const cells = (simulatedPaths() + 1) & ~1;
  for (let path = 0; path < cells; path++) {
    const at = <usize>path << 3;
    store<f64>(CUMULATIVE_USD_PTR + at, -capexUsd);
    store<f64>(OUTCOME_NPV_USD_PTR + at, -capexUsd);
    store<f64>(OUTCOME_PAYBACK_MONTHS_PTR + at, Infinity);
    store<f64>(OUTCOME_SHUTDOWN_MONTH_PTR + at, 0.0);
    store<f64>(HELD_BTC_PTR + at, 0.0);
  }
  memory.fill(OFF_RATIO_PTR, 0, RISK_MONTHS * 8);
}

/** Adds a month's flow to two neighbouring paths; `at` is the first one's byte, `factor` what a dollar of that month is worth now. */
@inline
export function settlePair(at: usize, month: f64, net: v128, factor: f64): void {
  const zero = f64x2.splat(0.0);
  const before = v128.load(at, CUMULATIVE_USD_PTR);
  const cumulative = f64x2.add(before, net);
  v128.store(at, cumulative, CUMULATIVE_USD_PTR);
  v128.store(at, f64x2.add(v128.load(at, OUTCOME_NPV_USD_PTR), f64x2.mul(net, f64x2.splat(factor))), OUTCOME_NPV_USD_PTR);
  const crosses = v128.andnot(f64x2.lt(before, zero), f64x2.lt(cumulative, zero));
  if (v128.any_true(crosses)) {
    const known = v128.load(at, OUTCOME_PAYBACK_MONTHS_PTR);
    const isFirst = v128.and(crosses, f64x2.eq(known, f64x2.splat(Infinity)));
    const crossing = f64x2.add(f64x2.splat(month), f64x2.div(f64x2.neg(before), net));
    v128.store(at, v128.bitselect(crossing, known, isFirst), OUTCOME_PAYBACK_MONTHS_PTR);
  }
}

/** The same for one path. */
@inline
export function settleLane(at: usize, month: f64, net: f64, factor: f64): void {
  const before = load<f64>(at, CUMULATIVE_USD_PTR);
  const cumulative = before + net;
  store<f64>(at, cumulative, CUMULATIVE_USD_PTR);
  store<f64>(at, load<f64>(at, OUTCOME_NPV_USD_PTR) + net * factor, OUTCOME_NPV_USD_PTR);
  if (before < 0.0 && !(cumulative < 0.0) && load<f64>(at, OUTCOME_PAYBACK_MONTHS_PTR) == Infinity) {
    store<f64>(at, month + -before / net, OUTCOME_PAYBACK_MONTHS_PTR);
  }
}

/** Remembers the month as the path's first with anything off. */
@inline
export function noteShutdown(at: usize, month: f64): void {
  if (load<f64>(at, OUTCOME_SHUTDOWN_MONTH_PTR) == 0.0) store<f64>(at, month + 1.0, OUTCOME_SHUTDOWN_MONTH_PTR);
}

/** Ends a month of all paths: its place in the fan, and the mean share of the hash rate that was off. */
export function closeMonth(month: i32, offSum: f64, count: f64): void {
  noteFan(month, count);
  store<f64>(OFF_RATIO_PTR + (<usize>month << 3), offSum / <f64>simulatedPaths());
}

/** After the last month: profit, and everything for all `count` machines. Without capex, a total that never fell below zero has paid back at once. */
export function closeOutcomes(capexUsd: f64, count: f64): void {
  for (let path = 0; path < simulatedPaths(); path++) {
    const at = <usize>path << 3;
    const cumulative = load<f64>(at, CUMULATIVE_USD_PTR);
    if (capexUsd == 0.0 && !(cumulative < 0.0) && load<f64>(at, OUTCOME_PAYBACK_MONTHS_PTR) == Infinity) {
      store<f64>(at, 0.0, OUTCOME_PAYBACK_MONTHS_PTR);
    }
    store<f64>(at, cumulative * count, OUTCOME_PROFIT_USD_PTR);
    store<f64>(at, load<f64>(at, OUTCOME_NPV_USD_PTR) * count, OUTCOME_NPV_USD_PTR);
  }
}
