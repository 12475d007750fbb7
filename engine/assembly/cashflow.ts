/**
 * Cash flow over columns (DOMAIN 4): rows in pairs, months inside. The SIMD build does two rows in one f64x2 chain; the scalar build
 * does the same operations row by row, so both give the same bits. Nothing is allocated and nothing branches on a row's values but the last month.
 * Order of operations is part of the contract: see "Reduction order" in engine/ABI.md.
 */
import {
  FLEET_NET_USD_PTR,
  FLEET_SCALARS_PTR,
  MAX_MONTHS,
  M_CAPEX_USD,
  M_COUNT,
  M_HASHRATE_DECAY_RATIO_PER_MONTH,
  M_HELD_RATIO,
  M_PRICE_SCALE,
  M_RESIDUAL_USD,
  M_SHUTDOWN,
  N_HORIZON_MONTHS,
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
  TILE_ROWS,
  TOO_MANY_ROWS,
  machine,
  machineColumn,
  networkField,
  resultColumn,
  setResult,
} from './layout';
import { irrOfFirstLane, irrOfSecondLane, solvePair } from './irr';
import { fixedUsdPerMonth, monthlyDiscountFactor, paidThs, powerUsdPerMonth } from './row';

/** Also solve each row's IRR. */
export const WITH_IRR: i32 = 1;
/** Also add each valid row's flows to FLEET_NET_USD. */
export const WITH_FLEET: i32 = 2;

/** Row constants of the pair, two lanes each. */
const PAIR_PTR: usize = memory.data(4 * 16, 16);
const PAIR_THS: usize = 0;
const PAIR_POWER: usize = 16;
const PAIR_FIXED: usize = 32;
const PAIR_DISCOUNT: usize = 48;

function preparePair(row: i32): void {
  for (let lane = 0; lane < 2; lane++) {
    const at = PAIR_PTR + (<usize>lane << 3);
    store<f64>(at, paidThs(row + lane), PAIR_THS);
    store<f64>(at, powerUsdPerMonth(row + lane), PAIR_POWER);
    store<f64>(at, fixedUsdPerMonth(row + lane), PAIR_FIXED);
    store<f64>(at, monthlyDiscountFactor(row + lane), PAIR_DISCOUNT);
  }
}

/** Two rows at once. Leaves the flows in PAIR_FLOWS when asked to. */
function runPairSimd(row: i32, months: i32, keepsFlows: bool): void {
  const at = <usize>row << 3;
  const zero = f64x2.splat(0.0);
  const one = f64x2.splat(1.0);
  const capex = v128.load(machineColumn(M_CAPEX_USD) + at);
  const held = v128.load(machineColumn(M_HELD_RATIO) + at);
  const residual = v128.load(machineColumn(M_RESIDUAL_USD) + at);
  const priceScale = v128.load(machineColumn(M_PRICE_SCALE) + at);
  const decay = f64x2.sub(one, v128.load(machineColumn(M_HASHRATE_DECAY_RATIO_PER_MONTH) + at));
  const stops = f64x2.ne(v128.load(machineColumn(M_SHUTDOWN) + at), zero);
  const kept = f64x2.sub(one, held);
  const fullPower = v128.load(PAIR_PTR, PAIR_POWER);
  const fixed = v128.load(PAIR_PTR, PAIR_FIXED);
  const discount = v128.load(PAIR_PTR, PAIR_DISCOUNT);
  const notFound = f64x2.splat(-1.0);
  let ths = v128.load(PAIR_PTR, PAIR_THS);
  let factor = one;
  let mined = zero;
  let costBtc = zero;
  let cumulative = f64x2.neg(capex);
  let npv = cumulative;
  let isBelow = f64x2.lt(cumulative, zero);
  let crossMonth = notFound;
  let crossFrom = zero;
  let crossNet = one;
  let shutdownMonth = notFound;
  if (keepsFlows) v128.store(PAIR_FLOWS_PTR, cumulative);
  const last = months - 1;
  for (let k = 0; k < months; k++) {
    const monthAt = <usize>k << 3;
    const month = f64x2.splat(<f64>k);
    const gross = f64x2.mul(f64x2.mul(ths, v128.load64_splat(PATH_USD_PER_THS_PTR + monthAt)), priceScale);
    const off = v128.and(stops, f64x2.lt(gross, fullPower));
    const power = v128.andnot(fullPower, off);
    const revenue = v128.andnot(f64x2.mul(kept, gross), off);
    mined = f64x2.add(mined, v128.andnot(f64x2.mul(ths, v128.load64_splat(PATH_BTC_PER_THS_PTR + monthAt)), off));
    shutdownMonth = v128.bitselect(month, shutdownMonth, v128.and(off, f64x2.lt(shutdownMonth, zero)));
    let net = f64x2.sub(f64x2.sub(revenue, power), fixed);
    if (k == last) {
      const exit = v128.load64_splat(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3));
      net = f64x2.add(f64x2.add(net, residual), f64x2.mul(f64x2.mul(f64x2.mul(held, mined), exit), priceScale));
    }
    costBtc = f64x2.add(costBtc, f64x2.mul(f64x2.add(power, fixed), v128.load64_splat(PATH_INVERSE_MEAN_PRICE_PTR + monthAt)));
    const before = cumulative;
    cumulative = f64x2.add(before, net);
    const below = f64x2.lt(cumulative, zero);
    const crosses = v128.and(v128.andnot(f64x2.lt(before, zero), below), f64x2.lt(crossMonth, zero));
    crossMonth = v128.bitselect(month, crossMonth, crosses);
    crossFrom = v128.bitselect(before, crossFrom, crosses);
    crossNet = v128.bitselect(net, crossNet, crosses);
    isBelow = v128.or(isBelow, below);
    factor = f64x2.mul(factor, discount);
    npv = f64x2.add(npv, f64x2.mul(net, factor));
    ths = f64x2.mul(ths, decay);
    if (keepsFlows) v128.store(PAIR_FLOWS_PTR + 16 + (<usize>k << 4), net);
  }
  const count = v128.load(machineColumn(M_COUNT) + at);
  const nan = f64x2.splat(NaN);
  const crossed = f64x2.add(crossMonth, f64x2.div(f64x2.neg(crossFrom), crossNet));
  const payback = v128.bitselect(nan, crossed, f64x2.lt(crossMonth, zero));
  const startsFree = v128.andnot(f64x2.eq(capex, zero), isBelow);
  v128.store(resultColumn(R_PAYBACK_MONTHS) + at, v128.andnot(payback, startsFree));
  v128.store(resultColumn(R_SHUTDOWN_MONTH) + at, v128.bitselect(nan, f64x2.add(shutdownMonth, one), f64x2.lt(shutdownMonth, zero)));
  v128.store(resultColumn(R_MINED_BTC) + at, f64x2.mul(mined, count));
  v128.store(resultColumn(R_PROFIT_USD) + at, f64x2.mul(cumulative, count));
  v128.store(resultColumn(R_NPV_USD) + at, f64x2.mul(npv, count));
  v128.store(resultColumn(R_MINE_BTC) + at, f64x2.mul(f64x2.sub(mined, f64x2.div(costBtc, priceScale)), count));
  const todayPrice = f64x2.mul(f64x2.splat(networkField(N_PRICE_USD_PER_BTC)), priceScale);
  v128.store(resultColumn(R_BUY_BTC) + at, f64x2.mul(f64x2.div(capex, todayPrice), count));
}

/** One row, the same operations in the same order as a lane of runPairSimd. */
function runRowScalar(row: i32, lane: usize, months: i32, keepsFlows: bool): void {
  const pair = PAIR_PTR + lane;
  const capex = machine(M_CAPEX_USD, row);
  const held = machine(M_HELD_RATIO, row);
  const priceScale = machine(M_PRICE_SCALE, row);
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, row);
  const stops = machine(M_SHUTDOWN, row) != 0.0;
  const kept = 1.0 - held;
  const fullPower = load<f64>(pair, PAIR_POWER);
  const fixed = load<f64>(pair, PAIR_FIXED);
  const discount = load<f64>(pair, PAIR_DISCOUNT);
  let ths = load<f64>(pair, PAIR_THS);
  let factor: f64 = 1.0;
  let mined: f64 = 0.0;
  let costBtc: f64 = 0.0;
  let cumulative = -capex;
  let npv = cumulative;
  let isBelow = cumulative < 0.0;
  let payback: f64 = NaN;
  let hasCrossed = false;
  let shutdownMonth: f64 = NaN;
  if (keepsFlows) store<f64>(PAIR_FLOWS_PTR + lane, cumulative);
  const last = months - 1;
  for (let k = 0; k < months; k++) {
    const monthAt = <usize>k << 3;
    const gross = ths * load<f64>(PATH_USD_PER_THS_PTR + monthAt) * priceScale;
    const off = stops && gross < fullPower;
    const power = off ? 0.0 : fullPower;
    const revenue = off ? 0.0 : kept * gross;
    mined += off ? 0.0 : ths * load<f64>(PATH_BTC_PER_THS_PTR + monthAt);
    if (off && shutdownMonth != shutdownMonth) shutdownMonth = <f64>(k + 1);
    let net = revenue - power - fixed;
    if (k == last) {
      net = net + machine(M_RESIDUAL_USD, row) + held * mined * load<f64>(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3)) * priceScale;
    }
    costBtc += (power + fixed) * load<f64>(PATH_INVERSE_MEAN_PRICE_PTR + monthAt);
    const before = cumulative;
    cumulative += net;
    if (!hasCrossed && before < 0.0 && !(cumulative < 0.0)) {
      payback = <f64>k + -before / net;
      hasCrossed = true;
    }
    isBelow = isBelow || cumulative < 0.0;
    factor *= discount;
    npv += net * factor;
    ths *= decay;
    if (keepsFlows) store<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4) + lane, net);
  }
  const count = machine(M_COUNT, row);
  setResult(R_PAYBACK_MONTHS, row, capex == 0.0 && !isBelow ? 0.0 : payback);
  setResult(R_SHUTDOWN_MONTH, row, shutdownMonth);
  setResult(R_MINED_BTC, row, mined * count);
  setResult(R_PROFIT_USD, row, cumulative * count);
  setResult(R_NPV_USD, row, npv * count);
  setResult(R_MINE_BTC, row, (mined - costBtc / priceScale) * count);
  setResult(R_BUY_BTC, row, (capex / (networkField(N_PRICE_USD_PER_BTC) * priceScale)) * count);
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
export function summariseFleet(capexUsd: f64, months: i32): void {
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
  const months = <i32>networkField(N_HORIZON_MONTHS);
  const withIrr = (options & WITH_IRR) != 0;
  const withFleet = (options & WITH_FLEET) != 0;
  const keepsFlows = withIrr || withFleet;
  for (let row = 0; row < rowCount; row += 2) {
    preparePair(row);
    if (ASC_FEATURE_SIMD) {
      runPairSimd(row, months, keepsFlows);
    } else {
      runRowScalar(row, 0, months, keepsFlows);
      runRowScalar(row + 1, 8, months, keepsFlows);
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
