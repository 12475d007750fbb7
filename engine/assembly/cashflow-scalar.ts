/** Cash flow of one row for engines without SIMD (DOMAIN 4): the same operations in the same order as a lane of cashflow-simd.ts, so the same bits. */
import {
  M_CAPEX_USD,
  M_COUNT,
  M_HASHRATE_DECAY_RATIO_PER_MONTH,
  M_HELD_RATIO,
  M_PRICE_SCALE,
  M_RESIDUAL_USD,
  M_SHUTDOWN,
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
  networkField,
  setResult,
} from './layout';
import { noteCrossing, noteStop, finishLane } from './pair-events';
import { fixedUsdPerMonth, monthlyDiscountFactor, paidThs, powerUsdPerMonth } from './row';

/** One row, the same operations in the same order as a lane of runPairSimd. */
export function runRowScalar(row: i32, lane: usize, months: i32): void {
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
