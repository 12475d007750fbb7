/**
 * The month table of one row and the two sides of a hosting contract (DOMAIN 4 and 5). The same operations in the same order as
 * the column kernel, so the table's last cumulative figure is the kernel's profit to the last bit.
 */
import { DAYS_PER_MONTH, HOURS_PER_DAY, W_PER_KW } from './constants';
import {
  C_CUMULATIVE_USD,
  C_FIXED_USD,
  C_MINED_BTC,
  C_NET_USD,
  C_POWER_USD,
  C_REVENUE_USD,
  M_CAPEX_USD,
  M_COUNT,
  M_HASHRATE_DECAY_RATIO_PER_MONTH,
  M_HELD_RATIO,
  M_HOSTING_FEE_USD_PER_MONTH,
  M_MAINTENANCE_USD_PER_MONTH,
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
  R_IRR_RATIO_PER_YEAR,
  R_MINED_BTC,
  R_MINE_BTC,
  R_NPV_USD,
  R_PAYBACK_MONTHS,
  R_PROFIT_USD,
  R_SHUTDOWN_MONTH,
  R_STATIC_PAYBACK_MONTHS,
  S_EXIT_PRICE_USD_PER_BTC,
  machine,
  monthCell,
  networkField,
  setResult,
} from './layout';
import { irrOfFirstLane, solvePair } from './irr';
import { pathMonths } from './path';
import { energyKwhPerMonth, fixedUsdPerMonth, monthlyDiscountFactor, paidThs, powerUsdPerMonth } from './row';

function writeMonth(k: i32, count: f64, mined: f64, revenue: f64, power: f64, fixed: f64, net: f64, cumulative: f64): void {
  store<f64>(monthCell(C_MINED_BTC, k), mined * count);
  store<f64>(monthCell(C_REVENUE_USD, k), revenue * count);
  store<f64>(monthCell(C_POWER_USD, k), power * count);
  store<f64>(monthCell(C_FIXED_USD, k), fixed * count);
  store<f64>(monthCell(C_NET_USD, k), net * count);
  store<f64>(monthCell(C_CUMULATIVE_USD, k), cumulative * count);
}

/** Writes the months of a row after runPath. O(months). */
export function writeMonths(row: i32): void {
  const months = pathMonths();
  const count = machine(M_COUNT, row);
  const held = machine(M_HELD_RATIO, row);
  const priceScale = machine(M_PRICE_SCALE, row);
  const kept = (1.0 - held) * priceScale;
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, row);
  const stops = machine(M_SHUTDOWN, row) != 0.0;
  const fullPower = powerUsdPerMonth(row);
  const fixed = fixedUsdPerMonth(row);
  let ths = paidThs(row);
  let cumulative = -machine(M_CAPEX_USD, row);
  let minedSum: f64 = 0.0;
  for (let k = 0; k < months; k++) {
    const at = <usize>k << 3;
    const gross = ths * load<f64>(PATH_USD_PER_THS_PTR + at);
    const off = stops && gross < fullPower / priceScale;
    const mined = off ? 0.0 : ths * load<f64>(PATH_BTC_PER_THS_PTR + at);
    const revenue = off ? 0.0 : kept * gross;
    const power = off ? 0.0 : fullPower;
    minedSum += mined;
    let net = revenue - power - fixed;
    if (k == months - 1) {
      const exit = load<f64>(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3));
      net = net + machine(M_RESIDUAL_USD, row) + held * minedSum * exit * priceScale;
    }
    cumulative += net;
    writeMonth(k, count, mined, revenue, power, fixed, net, cumulative);
    ths *= decay;
  }
}

/**
 * The host's side of row 0, which holds the client's inputs: power sold at the client's price (powerUsdPerKwh of the row), bought at
 * `hostPowerUsdPerKwh`, hosting fees earned, maintenance paid, no coins. The client's months must have been written by writeMonths: no energy is sold in
 * months in which the client's machines are off. Writes months and row 1 of the result columns. mineBtc here is the net in BTC at
 * each month's mean price. O(months).
 */
export function projectHost(hostPowerUsdPerKwh: f64, hostCapexUsd: f64): void {
  const months = pathMonths();
  const count = machine(M_COUNT, 0);
  const clientPower = machine(M_POWER_USD_PER_KWH, 0);
  const clientFullPowerUsd = powerUsdPerMonth(0);
  const stops = machine(M_SHUTDOWN, 0) != 0.0;
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, 0);
  const fullEnergyKwh = energyKwhPerMonth(0);
  const hostingFee = machine(M_HOSTING_FEE_USD_PER_MONTH, 0);
  const maintenance = machine(M_MAINTENANCE_USD_PER_MONTH, 0);
  const discount = monthlyDiscountFactor(0);
  let ths = paidThs(0);
  let cumulative = -hostCapexUsd;
  let npv = cumulative;
  let factor: f64 = 1.0;
  let isBelow = cumulative < 0.0;
  let payback: f64 = NaN;
  let shutdownMonth: f64 = NaN;
  let netBtc: f64 = 0.0;
  store<f64>(PAIR_FLOWS_PTR, cumulative);
  store<f64>(PAIR_FLOWS_PTR, cumulative, 8);
  for (let k = 0; k < months; k++) {
    const at = <usize>k << 3;
    const off = stops && ths * load<f64>(PATH_USD_PER_THS_PTR + at) < clientFullPowerUsd / machine(M_PRICE_SCALE, 0);
    if (off && shutdownMonth != shutdownMonth) shutdownMonth = <f64>(k + 1);
    const energyKwh = off ? 0.0 : fullEnergyKwh;
    const revenue = clientPower * energyKwh + hostingFee;
    const power = hostPowerUsdPerKwh * energyKwh;
    const net = revenue - power - maintenance;
    const before = cumulative;
    cumulative += net;
    if (payback != payback && before < 0.0 && !(cumulative < 0.0)) payback = <f64>k + -before / net;
    isBelow = isBelow || cumulative < 0.0;
    factor *= discount;
    npv += net * factor;
    netBtc += net * load<f64>(PATH_INVERSE_MEAN_PRICE_PTR + at);
    ths *= decay;
    store<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4), net);
    store<f64>(PAIR_FLOWS_PTR + 24 + (<usize>k << 4), net);
    writeMonth(k, count, 0.0, revenue, power, maintenance, net, cumulative);
  }
  solvePair(months);
  const energyKwhPerDay = ((machine(M_POWER_W, 0) * machine(M_PUE, 0)) / W_PER_KW) * HOURS_PER_DAY * machine(M_UPTIME_RATIO, 0);
  const netPerDay = (clientPower - hostPowerUsdPerKwh) * energyKwhPerDay + (hostingFee - maintenance) / DAYS_PER_MONTH;
  setResult(R_MINED_BTC, 1, 0.0);
  setResult(R_PROFIT_USD, 1, cumulative * count);
  setResult(R_NPV_USD, 1, npv * count);
  setResult(R_IRR_RATIO_PER_YEAR, 1, irrOfFirstLane());
  setResult(R_PAYBACK_MONTHS, 1, hostCapexUsd == 0.0 && !isBelow ? 0.0 : payback);
  setResult(R_STATIC_PAYBACK_MONTHS, 1, netPerDay > 0.0 ? hostCapexUsd / (netPerDay * DAYS_PER_MONTH) : NaN);
  setResult(R_SHUTDOWN_MONTH, 1, shutdownMonth);
  setResult(R_BUY_BTC, 1, (hostCapexUsd / networkField(N_PRICE_USD_PER_BTC)) * count);
  setResult(R_MINE_BTC, 1, netBtc * count);
}
