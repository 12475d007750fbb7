/** Cash flow of two rows at once, one in each lane of an f64x2 (DOMAIN 4). The scalar twin, operation by operation, is cashflow-scalar.ts. */
import { HOURS_PER_MONTH, W_PER_KW } from './constants';
import {
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
  N_PRICE_USD_PER_BTC,
  PAIR_FLOWS_PTR,
  PATH_BTC_PER_THS_PTR,
  PATH_INVERSE_MEAN_PRICE_PTR,
  PATH_SCALARS_PTR,
  PATH_USD_PER_THS_PTR,
  R_BUY_BTC,
  R_MINED_BTC,
  R_MINE_BTC,
  R_NPV_USD,
  R_PROFIT_USD,
  S_EXIT_PRICE_USD_PER_BTC,
  S_INVERSE_MEAN_PRICE_SUM,
  machine,
  machineColumn,
  networkField,
  resultColumn,
} from './layout';
import { noteCrossing, noteStop, clearEvents, finishLane } from './pair-events';
import { monthlyDiscountFactor } from './row';

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
export function runPairSimd(row: i32, months: i32): void {
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
