/** The rare events of a pair of rows: when a lane first crosses zero and when it first stops, noted inside the month loop and read off after it. */
import {
  PAIR_FLOWS_PTR,
  R_PAYBACK_MONTHS,
  R_SHUTDOWN_MONTH,
  setResult,
} from './layout';

/** First crossing and first stop of each lane: months before it, and the cumulative figure just before the crossing. */
const PAIR_EVENTS_PTR: usize = memory.data(3 * 16, 16);
const CROSS_MONTH: usize = 0;
const CROSS_BEFORE: usize = 16;
const STOP_MONTH: usize = 32;

@inline
export function noteCrossing(lane: usize, k: i32, before: f64): void {
  store<f64>(PAIR_EVENTS_PTR + lane, <f64>k, CROSS_MONTH);
  store<f64>(PAIR_EVENTS_PTR + lane, before, CROSS_BEFORE);
}

@inline
export function noteStop(lane: usize, k: i32): void {
  store<f64>(PAIR_EVENTS_PTR + lane, <f64>k, STOP_MONTH);
}

export function clearEvents(): void {
  for (let lane: usize = 0; lane < 16; lane += 8) {
    store<f64>(PAIR_EVENTS_PTR + lane, NaN, CROSS_MONTH);
    store<f64>(PAIR_EVENTS_PTR + lane, NaN, STOP_MONTH);
  }
}

/** Payback and shutdown month of one lane from what was noted and from the flows in the pair's scratch. */
export function finishLane(row: i32, lane: usize, months: i32): void {
  const events = PAIR_EVENTS_PTR + lane;
  setResult(R_SHUTDOWN_MONTH, row, load<f64>(events, STOP_MONTH) + 1.0);
  if (load<f64>(PAIR_FLOWS_PTR + lane) == 0.0) {
    setResult(R_PAYBACK_MONTHS, row, paybackFromZero(lane, months));
    return;
  }
  const k = load<f64>(events, CROSS_MONTH);
  // Not crossed: NaN, and no flow is looked up.
  setResult(R_PAYBACK_MONTHS, row, k == k ? crossingInMonth(lane, <i32>k, load<f64>(events, CROSS_BEFORE)) : NaN);
}

/** The zero inside the month after `k` months, linear, when `before` is the cumulative figure at its start. */
@inline
function crossingInMonth(lane: usize, k: i32, before: f64): f64 {
  return <f64>k + -before / load<f64>(PAIR_FLOWS_PTR + (<usize>k << 4) + lane, 16);
}

/** Capex 0: paid back at once when the cumulative never goes below zero, else at the first crossing from below. */
function paybackFromZero(lane: usize, months: i32): f64 {
  let cumulative: f64 = 0.0;
  for (let k = 0; k < months; k++) {
    const before = cumulative;
    cumulative += load<f64>(PAIR_FLOWS_PTR + (<usize>k << 4) + lane, 16);
    if (before < 0.0 && !(cumulative < 0.0)) return crossingInMonth(lane, k, before);
  }
  return cumulative < 0.0 ? NaN : 0.0;
}
