/** One machine, today (DOMAIN 3), over columns. Only + - x /: the same bits everywhere. */
import { DAYS_PER_MONTH, HOURS_PER_DAY, W_PER_KW } from './constants';
import {
  M_CAPEX_USD,
  M_COIN_SCALE,
  M_COUNT,
  M_HASHRATE_THS,
  M_POOL_FEE_RATIO,
  M_POWER_USD_PER_KWH,
  M_POWER_W,
  M_PRICE_SCALE,
  M_PUE,
  M_UPTIME_RATIO,
  N_PRICE_USD_PER_BTC,
  OK,
  PATH_SCALARS_PTR,
  R_BREAK_EVEN_POWER_USD_PER_KWH,
  R_BREAK_EVEN_PRICE_USD_PER_BTC,
  R_STATIC_PAYBACK_MONTHS,
  R_TODAY_ENERGY_KWH,
  R_TODAY_FIXED_USD,
  R_TODAY_MINED_BTC,
  R_TODAY_NET_USD,
  R_TODAY_POWER_USD,
  R_TODAY_REVENUE_USD,
  S_HASHPRICE_BTC_PER_TH_DAY,
  TILE_ROWS,
  TOO_MANY_ROWS,
  machine,
  networkField,
  setResult,
} from './layout';
import { fixedUsdPerMonth } from './row';

/** Today's figures of rows [0, rowCount), for all machines of a row. O(rows). */
export function todayTile(rowCount: i32): i32 {
  if (rowCount < 0 || rowCount > TILE_ROWS) return TOO_MANY_ROWS;
  const hashprice = load<f64>(PATH_SCALARS_PTR + (S_HASHPRICE_BTC_PER_TH_DAY << 3));
  for (let row = 0; row < rowCount; row++) {
    const count = machine(M_COUNT, row);
    const price = networkField(N_PRICE_USD_PER_BTC) * machine(M_PRICE_SCALE, row);
    const minedBtc =
      machine(M_HASHRATE_THS, row) *
      machine(M_UPTIME_RATIO, row) *
      (1.0 - machine(M_POOL_FEE_RATIO, row)) *
      machine(M_COIN_SCALE, row) *
      hashprice;
    const energyKwh = ((machine(M_POWER_W, row) * machine(M_PUE, row)) / W_PER_KW) * HOURS_PER_DAY * machine(M_UPTIME_RATIO, row);
    const revenueUsd = minedBtc * price;
    const powerUsd = energyKwh * machine(M_POWER_USD_PER_KWH, row);
    const fixedUsd = fixedUsdPerMonth(row) / DAYS_PER_MONTH;
    const netUsd = revenueUsd - powerUsd - fixedUsd;
    setResult(R_TODAY_MINED_BTC, row, minedBtc * count);
    setResult(R_TODAY_REVENUE_USD, row, revenueUsd * count);
    setResult(R_TODAY_ENERGY_KWH, row, energyKwh * count);
    setResult(R_TODAY_POWER_USD, row, powerUsd * count);
    setResult(R_TODAY_FIXED_USD, row, fixedUsd * count);
    setResult(R_TODAY_NET_USD, row, netUsd * count);
    setResult(R_BREAK_EVEN_POWER_USD_PER_KWH, row, energyKwh > 0.0 ? revenueUsd / energyKwh : NaN);
    setResult(R_BREAK_EVEN_PRICE_USD_PER_BTC, row, minedBtc > 0.0 ? powerUsd / minedBtc : NaN);
    setResult(R_STATIC_PAYBACK_MONTHS, row, netUsd > 0.0 ? machine(M_CAPEX_USD, row) / (netUsd * DAYS_PER_MONTH) : NaN);
  }
  return OK;
}
