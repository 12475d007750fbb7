/**
 * Cash flow over columns (DOMAIN 4): rows in pairs, months inside. The SIMD build does two rows in one f64x2 chain; the scalar build
 * does the same operations row by row, so both give the same bits. Nothing is allocated and the month loop branches on nothing but the last month.
 * Order of operations is part of the contract: see "Reduction order" in engine/ABI.md.
 */
import { HOURS_PER_MONTH, W_PER_KW } from './constants';
import {
  FLEET_NET_USD_PTR,
  FLEET_SCALARS_PTR,
  MAX_MONTHS,
  M_CAPEX_USD,
  M_COIN_SCALE,
  M_COUNT,
  M_HASHRATE_DECAY_RATIO_PER_MONTH,
  M_HASHRATE_THS,
  M_HELD_RATIO,
  M_HOSTING_FEE_USD_PER_MONTH,
  M_MAINTENANCE_USD_PER_MONTH,
  M_POOL_FEE_RATIO,
  M_POWER_USD_PER_KWH,
  M_POWER_W,
  M_PRICE_SCALE,
  M_PUE,
  M_RESIDUAL_USD,
  M_SHUTDOWN,
  M_UPTIME_RATIO,
  NO_PATH,
  N_PRICE_USD_PER_BTC,
  OK,
  PAIR_FLOWS_PTR,
  PATH_BTC_PER_THS_PTR,
  PATH_INVERSE_MEAN_PRICE_PTR,
  PATH_SCALARS_PTR,
  PATH_USD_PER_THS_PTR,
  ROW_STATUS_PTR,
  R_BUY_BTC,
  R_IRR_RATIO_PER_YEAR,
  R_MINED_BTC,
  R_MINE_BTC,
  R_NPV_USD,
  R_PAYBACK_MONTHS,
  R_PROFIT_USD,
  R_SHUTDOWN_MONTH,
  S_EXIT_PRICE_USD_PER_BTC,
  S_INVERSE_MEAN_PRICE_SUM,
  TILE_ROWS,
  TOO_MANY_ROWS,
  machine,
  machineColumn,
  networkField,
  resultColumn,
  setResult,
} from './layout';
import { irrOfFirstLane, irrOfSecondLane, solvePair } from './irr';
import { pathMonths } from './path';
import { fixedUsdPerMonth, monthlyDiscountFactor, paidThs, powerUsdPerMonth } from './row';

/** Also solve each row's IRR. */
export const WITH_IRR: i32 = 1;
/** Also add each valid row's flows to FLEET_NET_USD. */
export const WITH_FLEET: i32 = 2;

/** First crossing and first stop of each lane: months before it, and the cumulative figure just before the crossing. */
const PAIR_EVENTS_PTR: usize = memory.data(3 * 16, 16);
const CROSS_MONTH: usize = 0;
const CROSS_BEFORE: usize = 16;
const STOP_MONTH: usize = 32;

@inline
function noteCrossing(lane: usize, k: i32, before: f64): void {
  store<f64>(PAIR_EVENTS_PTR + lane, <f64>k, CROSS_MONTH);
  store<f64>(PAIR_EVENTS_PTR + lane, before, CROSS_BEFORE);
}

@inline
function noteStop(lane: usize, k: i32): void {
  store<f64>(PAIR_EVENTS_PTR + lane, <f64>k, STOP_MONTH);
}

function clearEvents(): void {
  for (let lane: usize = 0; lane < 16; lane += 8) {
    store<f64>(PAIR_EVENTS_PTR + lane, NaN, CROSS_MONTH);
    store<f64>(PAIR_EVENTS_PTR + lane, NaN, STOP_MONTH);
  }
}

/**
 * What a pair's months need of its rows, two lanes each. It passes through memory on purpose: left in expressions, the optimising compilers of
 * today's browsers move these divisions and selections into the month loop, which doubles its cost.
 */
const PAIR_PTR: usize = memory.data(7 * 16, 16);
const PAIR_THS: usize = 0;
const PAIR_DECAY: usize = 16;
/** Share of revenue sold at once, times the row's price: one multiplication a month less. */
const PAIR_KEPT: usize = 32;
const PAIR_POWER: usize = 48;
const PAIR_FIXED: usize = 64;
/** Revenue, at the path's price, below which the machine stops; -infinity when it never does. */
const PAIR_THRESHOLD: usize = 80;
const PAIR_DISCOUNT: usize = 96;

function preparePairSimd(row: i32): void {
  const at = <usize>row << 3;
  const one = f64x2.splat(1.0);
  const uptime = v128.load(machineColumn(M_UPTIME_RATIO) + at);
  const priceScale = v128.load(machineColumn(M_PRICE_SCALE) + at);
  const stops = f64x2.ne(v128.load(machineColumn(M_SHUTDOWN) + at), f64x2.splat(0.0));
  const energy = f64x2.div(
    f64x2.mul(v128.load(machineColumn(M_POWER_W) + at), v128.load(machineColumn(M_PUE) + at)),
    f64x2.splat(W_PER_KW),
  );
  const power = f64x2.mul(
    f64x2.mul(f64x2.mul(energy, f64x2.splat(HOURS_PER_MONTH)), uptime),
    v128.load(machineColumn(M_POWER_USD_PER_KWH) + at),
  );
  const paidShare = f64x2.sub(one, v128.load(machineColumn(M_POOL_FEE_RATIO) + at));
  const paidThsPair = f64x2.mul(
    f64x2.mul(f64x2.mul(v128.load(machineColumn(M_HASHRATE_THS) + at), uptime), paidShare),
    v128.load(machineColumn(M_COIN_SCALE) + at),
  );
  v128.store(PAIR_PTR, paidThsPair, PAIR_THS);
  v128.store(PAIR_PTR, f64x2.sub(one, v128.load(machineColumn(M_HASHRATE_DECAY_RATIO_PER_MONTH) + at)), PAIR_DECAY);
  v128.store(PAIR_PTR, f64x2.mul(f64x2.sub(one, v128.load(machineColumn(M_HELD_RATIO) + at)), priceScale), PAIR_KEPT);
  v128.store(PAIR_PTR, power, PAIR_POWER);
  v128.store(
    PAIR_PTR,
    f64x2.add(v128.load(machineColumn(M_HOSTING_FEE_USD_PER_MONTH) + at), v128.load(machineColumn(M_MAINTENANCE_USD_PER_MONTH) + at)),
    PAIR_FIXED,
  );
  v128.store(PAIR_PTR, v128.bitselect(f64x2.div(power, priceScale), f64x2.splat(-Infinity), stops), PAIR_THRESHOLD);
  store<f64>(PAIR_PTR, monthlyDiscountFactor(row), PAIR_DISCOUNT);
  store<f64>(PAIR_PTR + 8, monthlyDiscountFactor(row + 1), PAIR_DISCOUNT);
}

/**
 * Two rows at once. The first crossing and the first stop of a lane are rare: two bits in an integer register say what is still
 * awaited, and the branch that notes them is taken at most twice a lane, so that no vector register is spent on them.
 */
function runPairSimd(row: i32, months: i32): void {
  preparePairSimd(row);
  const at = <usize>row << 3;
  const zero = f64x2.splat(0.0);
  const one = f64x2.splat(1.0);
  const capex = v128.load(machineColumn(M_CAPEX_USD) + at);
  const stops = f64x2.ne(v128.load(machineColumn(M_SHUTDOWN) + at), zero);
  const discount = v128.load(PAIR_PTR, PAIR_DISCOUNT);
  const decay = v128.load(PAIR_PTR, PAIR_DECAY);
  const kept = v128.load(PAIR_PTR, PAIR_KEPT);
  const fullPower = v128.load(PAIR_PTR, PAIR_POWER);
  const fixed = v128.load(PAIR_PTR, PAIR_FIXED);
  const threshold = v128.load(PAIR_PTR, PAIR_THRESHOLD);
  let ths = v128.load(PAIR_PTR, PAIR_THS);
  let factor = one;
  let mined = zero;
  let inverseOn = zero;
  let cumulative = f64x2.neg(capex);
  let npv = cumulative;
  let awaitsCrossing = i64x2.bitmask(f64x2.lt(cumulative, zero));
  let awaitsStop = i64x2.bitmask(stops);
  clearEvents();
  v128.store(PAIR_FLOWS_PTR, cumulative);
  const lastAt = <usize>(months - 1) << 3;
  // Constant pointers as immediate offsets: the month's own offset is all the addressing there is.
  for (let monthAt: usize = 0; monthAt <= lastAt; monthAt += 8) {
    const gross = f64x2.mul(ths, v128.load64_splat(monthAt, PATH_USD_PER_THS_PTR));
    const off = f64x2.lt(gross, threshold);
    mined = f64x2.add(mined, v128.andnot(f64x2.mul(ths, v128.load64_splat(monthAt, PATH_BTC_PER_THS_PTR)), off));
    inverseOn = f64x2.add(inverseOn, v128.andnot(v128.load64_splat(monthAt, PATH_INVERSE_MEAN_PRICE_PTR), off));
    let net = f64x2.sub(v128.andnot(f64x2.sub(f64x2.mul(kept, gross), fullPower), off), fixed);
    const stopping = i64x2.bitmask(off) & awaitsStop;
    if (stopping) {
      awaitsStop &= ~stopping;
      if (stopping & 1) noteStop(0, <i32>(monthAt >> 3));
      if (stopping & 2) noteStop(8, <i32>(monthAt >> 3));
    }
    if (monthAt == lastAt) {
      const exit = v128.load64_splat(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3));
      const residual = v128.load(machineColumn(M_RESIDUAL_USD) + at);
      const held = v128.load(machineColumn(M_HELD_RATIO) + at);
      const priceScale = v128.load(machineColumn(M_PRICE_SCALE) + at);
      net = f64x2.add(f64x2.add(net, residual), f64x2.mul(f64x2.mul(f64x2.mul(held, mined), exit), priceScale));
    }
    const before = cumulative;
    cumulative = f64x2.add(before, net);
    // The sign bits alone: a lane that awaits a crossing started below zero and can reach +0, never -0.
    const crossing = awaitsCrossing & ~i64x2.bitmask(cumulative);
    if (crossing) {
      awaitsCrossing &= ~crossing;
      if (crossing & 1) noteCrossing(0, <i32>(monthAt >> 3), f64x2.extract_lane(before, 0));
      if (crossing & 2) noteCrossing(8, <i32>(monthAt >> 3), f64x2.extract_lane(before, 1));
    }
    factor = f64x2.mul(factor, discount);
    npv = f64x2.add(npv, f64x2.mul(net, factor));
    ths = f64x2.mul(ths, decay);
    v128.store(PAIR_FLOWS_PTR + (monthAt << 1), net, 16);
  }
  const priceScale = v128.load(machineColumn(M_PRICE_SCALE) + at);
  const inverseSum = v128.load64_splat(PATH_SCALARS_PTR + (S_INVERSE_MEAN_PRICE_SUM << 3));
  const costBtc = f64x2.add(f64x2.mul(fixed, inverseSum), f64x2.mul(fullPower, inverseOn));
  const count = v128.load(machineColumn(M_COUNT) + at);
  v128.store(resultColumn(R_MINED_BTC) + at, f64x2.mul(mined, count));
  v128.store(resultColumn(R_PROFIT_USD) + at, f64x2.mul(cumulative, count));
  v128.store(resultColumn(R_NPV_USD) + at, f64x2.mul(npv, count));
  v128.store(resultColumn(R_MINE_BTC) + at, f64x2.mul(f64x2.sub(mined, f64x2.div(costBtc, priceScale)), count));
  const todayPrice = f64x2.mul(f64x2.splat(networkField(N_PRICE_USD_PER_BTC)), priceScale);
  v128.store(resultColumn(R_BUY_BTC) + at, f64x2.mul(f64x2.div(capex, todayPrice), count));
  finishLane(row, 0, months);
  finishLane(row + 1, 8, months);
}

/** Payback and shutdown month of one lane from what was noted and from the flows in the pair's scratch. */
function finishLane(row: i32, lane: usize, months: i32): void {
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

/** One row, the same operations in the same order as a lane of runPairSimd. */
function runRowScalar(row: i32, lane: usize, months: i32): void {
  const capex = machine(M_CAPEX_USD, row);
  const held = machine(M_HELD_RATIO, row);
  const priceScale = machine(M_PRICE_SCALE, row);
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, row);
  const stops = machine(M_SHUTDOWN, row) != 0.0;
  const kept = (1.0 - held) * priceScale;
  const fullPower = powerUsdPerMonth(row);
  const fixed = fixedUsdPerMonth(row);
  const threshold = stops ? fullPower / priceScale : -Infinity;
  const discount = monthlyDiscountFactor(row);
  let ths = paidThs(row);
  let factor: f64 = 1.0;
  let mined: f64 = 0.0;
  let inverseOn: f64 = 0.0;
  let cumulative = -capex;
  let npv = cumulative;
  let awaitsCrossing = cumulative < 0.0;
  let awaitsStop = stops;
  store<f64>(PAIR_FLOWS_PTR + lane, cumulative);
  const last = months - 1;
  for (let k = 0; k < months; k++) {
    const monthAt = <usize>k << 3;
    const gross = ths * load<f64>(PATH_USD_PER_THS_PTR + monthAt);
    const off = gross < threshold;
    mined += off ? 0.0 : ths * load<f64>(PATH_BTC_PER_THS_PTR + monthAt);
    inverseOn += off ? 0.0 : load<f64>(PATH_INVERSE_MEAN_PRICE_PTR + monthAt);
    let net = (off ? 0.0 : kept * gross - fullPower) - fixed;
    if (off && awaitsStop) {
      awaitsStop = false;
      noteStop(lane, k);
    }
    if (k == last) {
      net = net + machine(M_RESIDUAL_USD, row) + held * mined * load<f64>(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3)) * priceScale;
    }
    const before = cumulative;
    cumulative += net;
    if (awaitsCrossing && !(cumulative < 0.0)) {
      awaitsCrossing = false;
      noteCrossing(lane, k, before);
    }
    factor *= discount;
    npv += net * factor;
    ths *= decay;
    store<f64>(PAIR_FLOWS_PTR + (<usize>k << 4) + lane, net, 16);
  }
  const costBtc = fixed * load<f64>(PATH_SCALARS_PTR + (S_INVERSE_MEAN_PRICE_SUM << 3)) + fullPower * inverseOn;
  const count = machine(M_COUNT, row);
  setResult(R_MINED_BTC, row, mined * count);
  setResult(R_PROFIT_USD, row, cumulative * count);
  setResult(R_NPV_USD, row, npv * count);
  setResult(R_MINE_BTC, row, (mined - costBtc / priceScale) * count);
  setResult(R_BUY_BTC, row, (capex / (networkField(N_PRICE_USD_PER_BTC) * priceScale)) * count);
  finishLane(row, lane, months);
}

export function clearFleet(): void {
  memory.fill(FLEET_NET_USD_PTR, 0, MAX_MONTHS * 8);
}

function addToFleet(row: i32, lane: usize, months: i32): void {
  if (load<f64>(ROW_STATUS_PTR + (<usize>row << 3)) != 0.0) return;
  // A row whose figures leave the range of a double is refused by the host; it must not spoil the sum of the others.
  if (!isFinite(load<f64>(resultColumn(R_PROFIT_USD) + (<usize>row << 3)))) return;
  const count = machine(M_COUNT, row);
  for (let k = 0; k < months; k++) {
    const at = FLEET_NET_USD_PTR + (<usize>k << 3);
    store<f64>(at, load<f64>(at) + count * load<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4) + lane));
  }
}

/**
 * Payback and IRR of the summed flows: never an average of paybacks (DOMAIN 6). `capexUsd` is the rows' total. Writes FLEET_SCALARS. O(months).
 */
export function summariseFleet(capexUsd: f64, longestMonths: i32): void {
  const months = max(0, min(MAX_MONTHS, longestMonths));
  let cumulative = -capexUsd;
  let isBelow = cumulative < 0.0;
  let payback: f64 = NaN;
  store<f64>(PAIR_FLOWS_PTR, cumulative);
  store<f64>(PAIR_FLOWS_PTR, cumulative, 8);
  for (let k = 0; k < months; k++) {
    const net = load<f64>(FLEET_NET_USD_PTR + (<usize>k << 3));
    const before = cumulative;
    cumulative += net;
    if (payback != payback && before < 0.0 && !(cumulative < 0.0)) payback = <f64>k + -before / net;
    isBelow = isBelow || cumulative < 0.0;
    store<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4), net);
    store<f64>(PAIR_FLOWS_PTR + 24 + (<usize>k << 4), net);
  }
  solvePair(months);
  store<f64>(FLEET_SCALARS_PTR, capexUsd == 0.0 && !isBelow ? 0.0 : payback);
  store<f64>(FLEET_SCALARS_PTR, irrOfFirstLane(), 8);
}

/**
 * Projects rows [0, rowCount) of the tile over the path of the last runPath. Rows that checkRows marked bad are computed too (their results
 * mean nothing) but never enter the fleet. An odd last row shares its pair with the stale row after it. O(rows * months).
 */
export function projectTile(rowCount: i32, options: i32): i32 {
  if (rowCount < 0 || rowCount > TILE_ROWS) return TOO_MANY_ROWS;
  const months = pathMonths();
  if (months == 0) return NO_PATH;
  const withIrr = (options & WITH_IRR) != 0;
  const withFleet = (options & WITH_FLEET) != 0;
  for (let row = 0; row < rowCount; row += 2) {
    if (ASC_FEATURE_SIMD) {
      runPairSimd(row, months);
    } else {
      clearEvents();
      runRowScalar(row, 0, months);
      runRowScalar(row + 1, 8, months);
    }
    if (withIrr) {
      solvePair(months);
      setResult(R_IRR_RATIO_PER_YEAR, row, irrOfFirstLane());
      setResult(R_IRR_RATIO_PER_YEAR, row + 1, irrOfSecondLane());
    }
    if (withFleet) {
      addToFleet(row, 0, months);
      if (row + 1 < rowCount) addToFleet(row + 1, 8, months);
    }
  }
  return OK;
}
