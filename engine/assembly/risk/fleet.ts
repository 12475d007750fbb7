/**
 * A fleet on every simulated path, exactly, with each machine's own decision to stop, at a cost per path that does not grow with its size. At revenue r per TH/s a
 * machine runs when r is at least its cost of power per TH/s; in the order of that cost the running machines are the first ones, so that sums over them are
 * prefix sums and their number is looked up. Tables are made month by month, because hash rate decays; the order is sorted again only when it has changed.
 */
import { MONTHS_PER_YEAR } from '../constants';
import { OK, TOO_MANY_ROWS } from '../layout';
import { pow } from '../math';
import {
  FLEET_ROWS_PTR,
  F_COUNT,
  F_FIXED_USD_PER_MONTH,
  F_HELD_RATIO,
  F_KEPT_HASHRATE_RATIO,
  F_PAID_THS,
  F_POWER_USD_PER_MONTH,
  F_RESIDUAL_USD,
  F_SHUTDOWN,
  HELD_BTC_PTR,
  MAX_FLEET_ROWS,
  NO_PATHS,
  PATHS_BTC_PER_THS_PTR,
  PATHS_EXIT_PRICE_PTR,
  PATHS_USD_PER_THS_PTR,
  fleetColumn,
  pathsOfMonth,
} from './layout';
import { clearOutcomes, closeMonth, closeOutcomes, noteShutdown, settleLane, settlePair } from './outcomes';
import { simulatedMonths, simulatedPaths } from './paths';

/** Hash rate of the month, TH/s paid per machine, by row. */
const THS_PTR: usize = memory.data(MAX_FLEET_ROWS * 8, 16);
/** Revenue per TH/s below which a row stops, by row. */
const THRESHOLD_PTR: usize = memory.data(MAX_FLEET_ROWS * 8, 16);
/** Rows in ascending order of their threshold, i32; the second one is room to merge in. */
const ORDER_PTR: usize = memory.data(MAX_FLEET_ROWS * 4, 16);
const MERGED_PTR: usize = memory.data(MAX_FLEET_ROWS * 4, 16);
/** Thresholds in that order. */
const SORTED_PTR: usize = memory.data(MAX_FLEET_ROWS * 8, 16);
/** Sums over the first n rows of that order: TH/s whose coins are sold, cost of power, TH/s whose coins are held. */
const SUM_BYTES: i32 = 24;
const SUM_SOLD: usize = 0;
const SUM_POWER: usize = 8;
const SUM_HELD: usize = 16;
const SUMS_PTR: usize = memory.data((MAX_FLEET_ROWS + 1) * SUM_BYTES, 16);
/** Where the thresholds of each bucket begin, i32. */
const BUCKETS: i32 = 8192;
const BUCKETS_PTR: usize = memory.data((BUCKETS + 1) * 4, 16);
let lowestThreshold: f64 = 0.0;
let bucketsPerUsd: f64 = 0.0;
/** Flows of two neighbouring paths. */
const NETS_PTR: usize = memory.data(16, 16);

@inline
function field(index: i32, row: i32): f64 {
  return load<f64>(fleetColumn(index) + (<usize>row << 3));
}

@inline
function rowAt(order: usize, place: i32): i32 {
  return load<i32>(order + (<usize>place << 2));
}

@inline
function thresholdOf(row: i32): f64 {
  return load<f64>(THRESHOLD_PTR + (<usize>row << 3));
}

/** Revenue per TH/s at which running just pays the power: cost over hash rate. A row without hash rate runs only when power costs nothing or less. */
@inline
function findThreshold(row: i32, ths: f64): f64 {
  if (field(F_SHUTDOWN, row) == 0.0) return -Infinity;
  const power = field(F_POWER_USD_PER_MONTH, row);
  if (ths > 0.0) return power / ths;
  return power > 0.0 ? Infinity : -Infinity;
}

function isInOrder(rowCount: i32): bool {
  for (let place = 1; place < rowCount; place++) {
    if (thresholdOf(rowAt(ORDER_PTR, place)) < thresholdOf(rowAt(ORDER_PTR, place - 1))) return false;
  }
  return true;
}

/** Merges the sorted runs [low, middle) and [middle, high) of `from` into `to`; of equals the earlier one stays first. */
function merge(from: usize, to: usize, low: i32, middle: i32, high: i32): void {
  let left = low;
  let right = middle;
  for (let place = low; place < high; place++) {
    const takesLeft = left < middle && (right >= high || thresholdOf(rowAt(from, left)) <= thresholdOf(rowAt(from, right)));
    store<i32>(to + (<usize>place << 2), takesLeft ? rowAt(from, left++) : rowAt(from, right++));
  }
}

/** Bottom-up merge sort of ORDER by threshold. O(n log n). */
function sortOrder(rowCount: i32): void {
  let from = ORDER_PTR;
  let to = MERGED_PTR;
  for (let width = 1; width < rowCount; width <<= 1) {
    for (let low = 0; low < rowCount; low += width << 1) {
      merge(from, to, low, min(low + width, rowCount), min(low + (width << 1), rowCount));
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  if (from != ORDER_PTR) memory.copy(ORDER_PTR, from, <usize>rowCount << 2);
}

/** Thresholds, order and prefix sums of a month. */
function prepareMonth(rowCount: i32): void {
  for (let row = 0; row < rowCount; row++) {
    const at = <usize>row << 3;
    store<f64>(THRESHOLD_PTR + at, findThreshold(row, load<f64>(THS_PTR + at)));
  }
  if (!isInOrder(rowCount)) sortOrder(rowCount);
  let sold: f64 = 0.0;
  let power: f64 = 0.0;
  let held: f64 = 0.0;
  let sums = SUMS_PTR;
  for (let place = 0; place < rowCount; place++) {
    const row = rowAt(ORDER_PTR, place);
    store<f64>(sums, sold, SUM_SOLD);
    store<f64>(sums, power, SUM_POWER);
    store<f64>(sums, held, SUM_HELD);
    store<f64>(SORTED_PTR + (<usize>place << 3), thresholdOf(row));
    const ths = load<f64>(THS_PTR + (<usize>row << 3)) * field(F_COUNT, row);
    sold += ths * (1.0 - field(F_HELD_RATIO, row));
    power += field(F_POWER_USD_PER_MONTH, row) * field(F_COUNT, row);
    held += ths * field(F_HELD_RATIO, row);
    sums += SUM_BYTES;
  }
  store<f64>(sums, sold, SUM_SOLD);
  store<f64>(sums, power, SUM_POWER);
  store<f64>(sums, held, SUM_HELD);
  fillBuckets(rowCount);
}

function decay(rowCount: i32): void {
  for (let row = 0; row < rowCount; row++) {
    const at = THS_PTR + (<usize>row << 3);
    store<f64>(at, load<f64>(at) * field(F_KEPT_HASHRATE_RATIO, row));
  }
}

/** Bucket of a revenue or threshold: never falls as the value rises. Not a number and infinities have one too. */
@inline
function bucketOf(value: f64): i32 {
  const place = (value - lowestThreshold) * bucketsPerUsd;
  if (place >= <f64>(BUCKETS - 1)) return BUCKETS - 1;
  return place > 0.0 ? <i32>place : 0;
}

/** For every bucket, how many thresholds lie in lower ones. Buckets are equally wide between the lowest and the highest finite threshold. */
function fillBuckets(rowCount: i32): void {
  lowestThreshold = 0.0;
  let highest: f64 = 0.0;
  let hasFinite = false;
  for (let place = 0; place < rowCount; place++) {
    const threshold = load<f64>(SORTED_PTR + (<usize>place << 3));
    if (!isFinite(threshold)) continue;
    if (!hasFinite) lowestThreshold = threshold;
    hasFinite = true;
    highest = threshold;
  }
  bucketsPerUsd = highest > lowestThreshold ? <f64>BUCKETS / (highest - lowestThreshold) : 0.0;
  let place = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    while (place < rowCount && bucketOf(load<f64>(SORTED_PTR + (<usize>place << 3))) < bucket) place++;
    store<i32>(BUCKETS_PTR + (<usize>bucket << 2), place);
  }
  store<i32>(BUCKETS_PTR + (<usize>BUCKETS << 2), rowCount);
}

/**
 * How many rows run at a revenue per TH/s: those whose threshold is not above it. All of the lower buckets, none of the higher ones; inside its own
 * bucket, which holds one or two as a rule, by halving.
 */
@inline
function countRunning(revenue: f64): i32 {
  const bucket = BUCKETS_PTR + (<usize>bucketOf(revenue) << 2);
  let low = load<i32>(bucket);
  let length = load<i32>(bucket, 4) - low;
  while (length > 0) {
    const half = length >> 1;
    const isBelow = load<f64>(SORTED_PTR + (<usize>(low + half) << 3)) <= revenue;
    low = isBelow ? low + half + 1 : low;
    length = isBelow ? length - half - 1 : half;
  }
  return low;
}

let offSum: f64 = 0.0;

/** Flow of the fleet on one path; notes coins held and hash rate that is off. */
@inline
function netOfPath(at: usize, usd: usize, btc: usize, month: i32, rowCount: i32, allThs: f64, fixed: f64): f64 {
  const revenue = load<f64>(usd + at);
  const running = countRunning(revenue);
  const sums = SUMS_PTR + <usize>(running * SUM_BYTES);
  const sold = load<f64>(sums, SUM_SOLD);
  const held = load<f64>(sums, SUM_HELD);
  if (running < rowCount) {
    noteShutdown(at, <f64>month);
    if (allThs > 0.0) offSum += (allThs - (sold + held)) / allThs;
  }
  store<f64>(at, load<f64>(at, HELD_BTC_PTR) + held * load<f64>(btc + at), HELD_BTC_PTR);
  return sold * revenue - load<f64>(sums, SUM_POWER) - fixed;
}

function runMonth(month: i32, rowCount: i32, fixed: f64, last: f64, isLast: bool, factor: f64): void {
  const paths = simulatedPaths();
  const usd = pathsOfMonth(PATHS_USD_PER_THS_PTR, month);
  const btc = pathsOfMonth(PATHS_BTC_PER_THS_PTR, month);
  const all = SUMS_PTR + <usize>(rowCount * SUM_BYTES);
  const allThs = load<f64>(all, SUM_SOLD) + load<f64>(all, SUM_HELD);
  const end = <usize>paths << 3;
  offSum = 0.0;
  for (let at: usize = 0; at < end; at += 16) {
    for (let lane: usize = 0; lane < 16 && at + lane < end; lane += 8) {
      let net = netOfPath(at + lane, usd, btc, month, rowCount, allThs, fixed);
      if (isLast) net = net + last + load<f64>(at + lane, HELD_BTC_PTR) * load<f64>(at + lane, PATHS_EXIT_PRICE_PTR);
      if (ASC_FEATURE_SIMD) store<f64>(NETS_PTR + lane, net);
      else settleLane(at + lane, <f64>month, net, factor);
    }
    if (ASC_FEATURE_SIMD) settlePair(at, <f64>month, v128.load(NETS_PTR), factor);
  }
}

/**
 * Outcomes, fan and share of hash rate off of the fleet's rows [0, rowCount) on the simulated paths, all with one discount rate. OK, NO_PATHS or TOO_MANY_ROWS.
 * O((paths + rows) * months), plus sorting where decays differ.
 */
export function evaluateFleet(rowCount: i32, capexUsd: f64, discountRatioPerYear: f64): i32 {
  if (rowCount < 1 || rowCount > MAX_FLEET_ROWS) return TOO_MANY_ROWS;
  if (simulatedPaths() == 0) return NO_PATHS;
  const months = simulatedMonths();
  const discount = pow(1.0 + discountRatioPerYear, -1.0 / MONTHS_PER_YEAR);
  let fixed: f64 = 0.0;
  let residual: f64 = 0.0;
  for (let row = 0; row < rowCount; row++) {
    store<i32>(ORDER_PTR + (<usize>row << 2), row);
    fixed += field(F_FIXED_USD_PER_MONTH, row) * field(F_COUNT, row);
    residual += field(F_RESIDUAL_USD, row) * field(F_COUNT, row);
  }
  memory.copy(THS_PTR, FLEET_ROWS_PTR + <usize>F_PAID_THS * (<usize>MAX_FLEET_ROWS << 3), <usize>rowCount << 3);
  clearOutcomes(capexUsd);
  let factor: f64 = 1.0;
  for (let month = 0; month < months; month++) {
    prepareMonth(rowCount);
    factor *= discount;
    runMonth(month, rowCount, fixed, residual, month == months - 1, factor);
    closeMonth(month, offSum, 1.0);
    decay(rowCount);
  }
  closeOutcomes(capexUsd, 1.0);
  return OK;
}
