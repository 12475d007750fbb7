/**
 * What the planned hours are worth: the months of DOMAIN section 4 with each month's own hours, against the same machine that never stops. A part of the curve stands for a month
 * of 730.5 hours, so its hours weigh 730.5 / partHours each; a flat curve gives the months of ../months.ts.
 */
import { HOURS_PER_MONTH, W_PER_KW } from '../constants';
import {
  M_CAPEX_USD,
  M_COUNT,
  M_HASHRATE_DECAY_RATIO_PER_MONTH,
  M_HELD_RATIO,
  M_POWER_W,
  M_PUE,
  M_RESIDUAL_USD,
  M_UPTIME_RATIO,
  NO_PATH,
  OK,
  PATH_BTC_PER_THS_PTR,
  PATH_SCALARS_PTR,
  PATH_USD_PER_THS_PTR,
  S_EXIT_PRICE_USD_PER_BTC,
  TILE_ROWS,
  TOO_MANY_ROWS,
  machine,
} from '../layout';
import { pathMonths } from '../path';
import { fixedUsdPerMonth, monthlyDiscountFactor, paidThs } from '../row';
import {
  HOURS_ON_PTR,
  PAIR_BOOT,
  PAIR_KEPT_HASHRATE,
  PAIR_KWH,
  PAIR_TERMS_PTR,
  PAIR_THS,
  PAIR_WEAR,
  PRICES_ON_PTR,
  STARTS_PTR,
  planHours,
  pricesOfMonth,
} from './hours';
import {
  BAD_CURVE,
  BOOT_HOURS_PTR,
  MAX_PART_HOURS,
  RESTART_USD_PTR,
  X_ALWAYS_ON,
  X_ENERGY_KWH,
  X_HOURS_OFF,
  X_MINED_BTC,
  X_NPV_USD,
  X_PAYBACK_MONTHS,
  X_POWER_USD,
  X_PROFIT_USD,
  X_STARTS,
  YEAR_PARTS,
  Y_CUMULATIVE_USD,
  Y_FIXED_USD,
  Y_HOURS_OFF,
  Y_MINED_BTC,
  Y_NET_USD,
  Y_POWER_USD,
  Y_REVENUE_USD,
  Y_WEAR_USD,
  flexibleMonthCell,
  setFlexibleResult,
} from './layout';

/** Sum of a part's prices, in hour order. */
const PART_SUMS_PTR: usize = memory.data(YEAR_PARTS * 8, 16);

@inline
function restartColumn(pointer: usize, row: i32): f64 {
  return load<f64>(pointer + (<usize>row << 3));
}

function sumParts(partHours: i32): void {
  for (let part = 0; part < YEAR_PARTS; part++) {
    const prices = pricesOfMonth(0, part, partHours);
    let sum: f64 = 0.0;
    for (let hour = 0; hour < partHours; hour++) sum += load<f64>(prices + (<usize>hour << 3));
    store<f64>(PART_SUMS_PTR + (<usize>part << 3), sum);
  }
}

/** kWh of an hour in which the machine runs. */
@inline
function kwhPerHour(row: i32): f64 {
  return ((machine(M_POWER_W, row) * machine(M_PUE, row)) / W_PER_KW) * machine(M_UPTIME_RATIO, row);
}

function prepareLane(row: i32, lane: usize): void {
  const terms = PAIR_TERMS_PTR + lane;
  store<f64>(terms, paidThs(row), PAIR_THS);
  store<f64>(terms, 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, row), PAIR_KEPT_HASHRATE);
  store<f64>(terms, kwhPerHour(row), PAIR_KWH);
  store<f64>(terms, restartColumn(RESTART_USD_PTR, row), PAIR_WEAR);
  store<f64>(terms, restartColumn(BOOT_HOURS_PTR, row), PAIR_BOOT);
}

/**
 * Money of one lane: with the planned hours, or (`isAlwaysOn`) with all of them and no start. Writes six result columns from `firstColumn` on; the planned hours of the first
 * lane also write the month table.
 */
function reckonLane(row: i32, lane: usize, months: i32, firstPart: i32, partHours: i32, isAlwaysOn: bool): void {
  const firstColumn = isAlwaysOn ? X_ALWAYS_ON : 0;
  const writesMonths = !isAlwaysOn && lane == 0;
  const count = machine(M_COUNT, row);
  const held = machine(M_HELD_RATIO, row);
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, row);
  const fixed = fixedUsdPerMonth(row);
  const kwh = kwhPerHour(row);
  const weight = HOURS_PER_MONTH / <f64>partHours;
  const wearOfStart = restartColumn(RESTART_USD_PTR, row);
  const bootHours = restartColumn(BOOT_HOURS_PTR, row);
  const discount = monthlyDiscountFactor(row);
  let ths = paidThs(row);
  let cumulative = -machine(M_CAPEX_USD, row);
  let npv = cumulative;
  let factor: f64 = 1.0;
  let isBelow = cumulative < 0.0;
  let payback: f64 = NaN;
  let minedSum: f64 = 0.0;
  let powerSum: f64 = 0.0;
  let energySum: f64 = 0.0;
  let hoursOffSum: f64 = 0.0;
  let startSum: f64 = 0.0;
  for (let month = 0; month < months; month++) {
    const at = <usize>month << 3;
    const lanes = (<usize>month << 4) + lane;
    const part = <usize>((firstPart + month) % YEAR_PARTS);
    const hoursOn = isAlwaysOn ? <f64>partHours : load<f64>(HOURS_ON_PTR + lanes);
    const pricesOn = isAlwaysOn ? load<f64>(PART_SUMS_PTR + (part << 3)) : load<f64>(PRICES_ON_PTR + lanes);
    const starts = isAlwaysOn ? 0.0 : load<f64>(STARTS_PTR + lanes);
    // Share of the month that earns: coins are lost while a started machine boots.
    const earning = (hoursOn - starts * bootHours) / <f64>partHours;
    const mined = ths * load<f64>(PATH_BTC_PER_THS_PTR + at) * earning;
    const revenue = (1.0 - held) * (ths * load<f64>(PATH_USD_PER_THS_PTR + at) * earning);
    const power = kwh * (pricesOn * weight);
    const wear = starts * weight * wearOfStart;
    const hoursOff = (<f64>partHours - hoursOn) * weight;
    minedSum += mined;
    powerSum += power;
    energySum += kwh * (hoursOn * weight);
    hoursOffSum += hoursOff;
    startSum += starts * weight;
    let net = revenue - power - wear - fixed;
    if (month == months - 1) {
      const exit = load<f64>(PATH_SCALARS_PTR + (S_EXIT_PRICE_USD_PER_BTC << 3));
      net = net + machine(M_RESIDUAL_USD, row) + held * minedSum * exit;
    }
    const before = cumulative;
    cumulative += net;
    if (payback != payback && before < 0.0 && !(cumulative < 0.0)) payback = <f64>month + -before / net;
    isBelow = isBelow || cumulative < 0.0;
    factor *= discount;
    npv += net * factor;
    ths *= decay;
    if (writesMonths) {
      store<f64>(flexibleMonthCell(Y_MINED_BTC, month), mined * count);
      store<f64>(flexibleMonthCell(Y_REVENUE_USD, month), revenue * count);
      store<f64>(flexibleMonthCell(Y_POWER_USD, month), power * count);
      store<f64>(flexibleMonthCell(Y_WEAR_USD, month), wear * count);
      store<f64>(flexibleMonthCell(Y_FIXED_USD, month), fixed * count);
      store<f64>(flexibleMonthCell(Y_NET_USD, month), net * count);
      store<f64>(flexibleMonthCell(Y_CUMULATIVE_USD, month), cumulative * count);
      store<f64>(flexibleMonthCell(Y_HOURS_OFF, month), hoursOff);
    }
  }
  setFlexibleResult(firstColumn + X_NPV_USD, row, npv * count);
  setFlexibleResult(firstColumn + X_PROFIT_USD, row, cumulative * count);
  setFlexibleResult(firstColumn + X_PAYBACK_MONTHS, row, machine(M_CAPEX_USD, row) == 0.0 && !isBelow ? 0.0 : payback);
  setFlexibleResult(firstColumn + X_MINED_BTC, row, minedSum * count);
  setFlexibleResult(firstColumn + X_POWER_USD, row, powerSum * count);
  setFlexibleResult(firstColumn + X_ENERGY_KWH, row, energySum * count);
  if (isAlwaysOn) return;
  setFlexibleResult(X_HOURS_OFF, row, hoursOffSum);
  setFlexibleResult(X_STARTS, row, startSum);
}

/**
 * Plans and reckons rows [0, rowCount) over the path of the last runPath with the curve in HOUR_PRICES; the machines' own powerUsdPerKwh and shutdown flag have no say. OK, TOO_MANY_ROWS, NO_PATH or BAD_CURVE.
 * An odd last row shares its pair with the stale row after it. O(rows * months * partHours).
 */
export function projectFlexible(rowCount: i32, firstPart: i32, partHours: i32): i32 {
  if (rowCount < 0 || rowCount > TILE_ROWS) return TOO_MANY_ROWS;
  if (partHours < 1 || partHours > MAX_PART_HOURS || firstPart < 0 || firstPart >= YEAR_PARTS) return BAD_CURVE;
  const months = pathMonths();
  if (months == 0) return NO_PATH;
  sumParts(partHours);
  for (let row = 0; row < rowCount; row += 2) {
    prepareLane(row, 0);
    prepareLane(row + 1, 8);
    planHours(months, firstPart, partHours);
    for (let lane = 0; lane < 2; lane++) {
      reckonLane(row + lane, <usize>lane << 3, months, firstPart, partHours, false);
      reckonLane(row + lane, <usize>lane << 3, months, firstPart, partHours, true);
    }
  }
  return OK;
}
