/**
 * What a row's month is made of, derived once before its months run: the row constants of DOMAIN 4, per machine. Shared by the paired
 * kernel's scalar build, the month table and the hosting sides, so that all of them use the same operations in the same order.
 */
import { HOURS_PER_MONTH, MONTHS_PER_YEAR, W_PER_KW } from './constants';
import {
  M_COIN_SCALE,
  M_DISCOUNT_RATIO_PER_YEAR,
  M_HASHRATE_THS,
  M_HOSTING_FEE_USD_PER_MONTH,
  M_MAINTENANCE_USD_PER_MONTH,
  M_POOL_FEE_RATIO,
  M_POWER_USD_PER_KWH,
  M_POWER_W,
  M_PUE,
  M_UPTIME_RATIO,
  machine,
} from './layout';
import { pow } from './math';

/** TH/s that are paid, in the first month. */
@inline
export function paidThs(row: i32): f64 {
  return machine(M_HASHRATE_THS, row) * machine(M_UPTIME_RATIO, row) * (1.0 - machine(M_POOL_FEE_RATIO, row)) * machine(M_COIN_SCALE, row);
}

/** Energy of a month in which the machine runs, kWh. */
@inline
export function energyKwhPerMonth(row: i32): f64 {
  return ((machine(M_POWER_W, row) * machine(M_PUE, row)) / W_PER_KW) * HOURS_PER_MONTH * machine(M_UPTIME_RATIO, row);
}

@inline
export function powerUsdPerMonth(row: i32): f64 {
  return energyKwhPerMonth(row) * machine(M_POWER_USD_PER_KWH, row);
}

@inline
export function fixedUsdPerMonth(row: i32): f64 {
  return machine(M_HOSTING_FEE_USD_PER_MONTH, row) + machine(M_MAINTENANCE_USD_PER_MONTH, row);
}

let cachedDiscount: f64 = 0.0;
let cachedFactor: f64 = 1.0;

/** (1 + r)^(-1/12): what a dollar of next month is worth now. Cached, because neighbours mostly share one rate. */
export function monthlyDiscountFactor(row: i32): f64 {
  const discount = machine(M_DISCOUNT_RATIO_PER_YEAR, row);
  if (discount != cachedDiscount) {
    cachedDiscount = discount;
    cachedFactor = pow(1.0 + discount, -1.0 / MONTHS_PER_YEAR);
  }
  return cachedFactor;
}
