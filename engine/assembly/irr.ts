/**
 * Internal rate of return of monthly flows (DOMAIN 4). With y = -ln(1 + i) the present value is P(y) - M(y), P and M the sums of
 * |flow| e^(k y) over gains and over losses. When the flows change sign exactly once there is at most one root (Descartes), and
 * ln P - ln M is nearly a straight line in y: its slope is the distance between the mean dates of gains and losses, which never changes sign. Newton's
 * method on it, kept inside a bracket, needs four or five steps where Newton on the polynomial needs dozens.
 * The flows of a pair of rows lie lane beside lane; both builds do the same operations in the same order in each lane.
 */
import { IRR_HIGHEST_LOG_FACTOR, IRR_LOWEST_LOG_FACTOR, MONTHS_PER_YEAR } from './constants';
import { PAIR_FLOWS_PTR } from './layout';
import { exp, expm1, log } from './math';

const MAX_STEPS: i32 = 80;
/** Steps in y below this move the yearly rate by less than 1e-12. */
const CONVERGED: f64 = 2e-14;

/** Sums of one evaluation, two lanes each: P, M, P' (dates weighted), M'. */
const SUMS_PTR: usize = memory.data(4 * 16, 16);
const FACTORS_PTR: usize = memory.data(16, 16);
const SUM_GAINS: usize = 0;
const SUM_LOSSES: usize = 16;
const DATED_GAINS: usize = 32;
const DATED_LOSSES: usize = 48;

/** Per lane: y, lower and upper end of the bracket, sign of the value at the lower end, done (0 or 1). */
const STATE_PTR: usize = memory.data(5 * 16, 16);
const STATE_Y: usize = 0;
const STATE_LOW: usize = 16;
const STATE_HIGH: usize = 32;
const STATE_RISING: usize = 48;
const STATE_DONE: usize = 64;

/** Horner from the last flow to the first: S = S x + f, S' = S' x + S(old) gives the sum of k f x^(k-1). */
function sumLane(lane: usize, months: i32): void {
  const x = load<f64>(FACTORS_PTR + lane);
  let gains: f64 = 0;
  let losses: f64 = 0;
  let datedGains: f64 = 0;
  let datedLosses: f64 = 0;
  for (let k = months; k >= 0; k--) {
    const flow = load<f64>(PAIR_FLOWS_PTR + (<usize>k << 4) + lane);
    datedGains = datedGains * x + gains;
    datedLosses = datedLosses * x + losses;
    gains = gains * x + max(flow, 0.0);
    losses = losses * x + max(-flow, 0.0);
  }
  store<f64>(SUMS_PTR + lane, gains, SUM_GAINS);
  store<f64>(SUMS_PTR + lane, losses, SUM_LOSSES);
  store<f64>(SUMS_PTR + lane, datedGains, DATED_GAINS);
  store<f64>(SUMS_PTR + lane, datedLosses, DATED_LOSSES);
}

function sumPair(months: i32): void {
  if (ASC_FEATURE_SIMD) {
    const zero = f64x2.splat(0.0);
    const x = v128.load(FACTORS_PTR);
    let gains = zero;
    let losses = zero;
    let datedGains = zero;
    let datedLosses = zero;
    for (let k = months; k >= 0; k--) {
      const flow = v128.load(PAIR_FLOWS_PTR + (<usize>k << 4));
      datedGains = f64x2.add(f64x2.mul(datedGains, x), gains);
      datedLosses = f64x2.add(f64x2.mul(datedLosses, x), losses);
      gains = f64x2.add(f64x2.mul(gains, x), f64x2.max(flow, zero));
      losses = f64x2.add(f64x2.mul(losses, x), f64x2.max(f64x2.neg(flow), zero));
    }
    v128.store(SUMS_PTR, gains, SUM_GAINS);
    v128.store(SUMS_PTR, losses, SUM_LOSSES);
    v128.store(SUMS_PTR, datedGains, DATED_GAINS);
    v128.store(SUMS_PTR, datedLosses, DATED_LOSSES);
  } else {
    sumLane(0, months);
    sumLane(8, months);
  }
}

/** Sign changes of the flows with zeros left out. */
function signChanges(lane: usize, months: i32): i32 {
  let changes = 0;
  let previous: f64 = 0;
  for (let k = 0; k <= months; k++) {
    const flow = load<f64>(PAIR_FLOWS_PTR + (<usize>k << 4) + lane);
    if (flow == 0.0) continue;
    if (previous != 0.0 && (flow < 0.0) != (previous < 0.0)) changes++;
    previous = flow;
  }
  return changes;
}

function setFactor(lane: usize): void {
  store<f64>(FACTORS_PTR + lane, exp(load<f64>(STATE_PTR + lane, STATE_Y)));
}

/** Moves one lane by a safeguarded Newton step. */
function step(lane: usize): void {
  const state = STATE_PTR + lane;
  if (load<f64>(state, STATE_DONE) != 0.0) return;
  const sums = SUMS_PTR + lane;
  const gains = load<f64>(sums, SUM_GAINS);
  const losses = load<f64>(sums, SUM_LOSSES);
  const y = load<f64>(state, STATE_Y);
  const value = log(gains) - log(losses);
  const isRising = load<f64>(state, STATE_RISING) > 0.0;
  if (value == 0.0) {
    store<f64>(state, 1.0, STATE_DONE);
    return;
  }
  if (value > 0.0 == isRising) store<f64>(state, y, STATE_HIGH);
  else store<f64>(state, y, STATE_LOW);
  const x = load<f64>(FACTORS_PTR + lane);
  const slope = x * (load<f64>(sums, DATED_GAINS) / gains - load<f64>(sums, DATED_LOSSES) / losses);
  const low = load<f64>(state, STATE_LOW);
  const high = load<f64>(state, STATE_HIGH);
  let next = y - value / slope;
  if (!(next > low && next < high)) next = 0.5 * (low + high);
  store<f64>(state, next, STATE_Y);
  if (abs(next - y) <= CONVERGED) store<f64>(state, 1.0, STATE_DONE);
}

/** Value of ln P - ln M at one end of the bracket, for both lanes. */
function evaluateAt(y: f64, months: i32): void {
  store<f64>(FACTORS_PTR, exp(y));
  store<f64>(FACTORS_PTR, exp(y), 8);
  sumPair(months);
}

@inline
function difference(lane: usize): f64 {
  const sums = SUMS_PTR + lane;
  return load<f64>(sums, SUM_GAINS) - load<f64>(sums, SUM_LOSSES);
}

function finish(lane: usize, exists: bool): f64 {
  if (!exists) return NaN;
  return expm1(-MONTHS_PER_YEAR * load<f64>(STATE_PTR + lane, STATE_Y));
}

let firstIrr: f64 = NaN;
let secondIrr: f64 = NaN;

export function irrOfFirstLane(): f64 {
  return firstIrr;
}

export function irrOfSecondLane(): f64 {
  return secondIrr;
}

/** Solves both lanes of PAIR_FLOWS (months + 1 flows each). O(months) a step, 4 to 6 steps as a rule, MAX_STEPS at most. */
export function solvePair(months: i32): void {
  evaluateAt(IRR_LOWEST_LOG_FACTOR, months);
  const firstLow = difference(0);
  const secondLow = difference(8);
  evaluateAt(IRR_HIGHEST_LOG_FACTOR, months);
  const firstExists = start(0, months, firstLow, difference(0));
  const secondExists = start(8, months, secondLow, difference(8));
  for (let i = 0; i < MAX_STEPS; i++) {
    if (load<f64>(STATE_PTR, STATE_DONE) != 0.0 && load<f64>(STATE_PTR, STATE_DONE + 8) != 0.0) break;
    setFactor(0);
    setFactor(8);
    sumPair(months);
    step(0);
    step(8);
  }
  firstIrr = finish(0, firstExists);
  secondIrr = finish(8, secondExists);
}

/** Sets the bracket; false when the flows have no single rate in the range. A root on the very end of the range counts. */
function start(lane: usize, months: i32, low: f64, high: f64): bool {
  const state = STATE_PTR + lane;
  const hasOneChange = signChanges(lane, months) == 1;
  const isBracketed = (low < 0.0 && high > 0.0) || (low > 0.0 && high < 0.0);
  store<f64>(state, 0.0, STATE_Y);
  store<f64>(state, IRR_LOWEST_LOG_FACTOR, STATE_LOW);
  store<f64>(state, IRR_HIGHEST_LOG_FACTOR, STATE_HIGH);
  store<f64>(state, high - low, STATE_RISING);
  store<f64>(state, hasOneChange && isBracketed ? 0.0 : 1.0, STATE_DONE);
  if (hasOneChange && low == 0.0) {
    store<f64>(state, IRR_LOWEST_LOG_FACTOR, STATE_Y);
    return true;
  }
  if (hasOneChange && high == 0.0) {
    store<f64>(state, IRR_HIGHEST_LOG_FACTOR, STATE_Y);
    return true;
  }
  return hasOneChange && isBracketed;
}
