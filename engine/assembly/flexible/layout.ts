/**
 * Memory map of the flexible family: machines that follow an hourly price of power. Same rules as ../layout.ts. A year is twelve parts of equal length; month k of a projection runs
 * through part (first part + k) mod 12.
 */
import { MAX_MONTHS, TILE_ROWS } from '../layout';

export const YEAR_PARTS: i32 = 12;
/** A leap year has 12 x 732 hours; twelve typical weeks have 12 x 168. */
export const MAX_PART_HOURS: i32 = 732;

const COLUMN_BYTES: i32 = TILE_ROWS * 8;

/** Prices in, USD/kWh, part after part, partHours each. */
export const HOUR_PRICES_PTR: usize = memory.data(YEAR_PARTS * MAX_PART_HOURS * 8, 16);

// What starting costs, in, one column a field, beside the machine columns.
export const RESTART_FIELD_COUNT: i32 = 2;
/** Wear of one start, USD per machine. */
export const RESTART_USD_PTR: usize = memory.data(COLUMN_BYTES, 16);
/** Hours without coins after a start, at full power. */
export const BOOT_HOURS_PTR: usize = memory.data(COLUMN_BYTES, 16);

// Result columns out, for all machines of a row.
export const FLEXIBLE_RESULT_COUNT: i32 = 14;
export const X_NPV_USD: i32 = 0;
export const X_PROFIT_USD: i32 = 1;
/** NaN: none within the horizon. */
export const X_PAYBACK_MONTHS: i32 = 2;
export const X_MINED_BTC: i32 = 3;
export const X_POWER_USD: i32 = 4;
export const X_ENERGY_KWH: i32 = 5;
/** From here on: the same of a machine that is always on. */
export const X_ALWAYS_ON: i32 = 6;
/** Per machine, over the whole horizon. */
export const X_HOURS_OFF: i32 = 12;
export const X_STARTS: i32 = 13;
export const FLEXIBLE_RESULTS_PTR: usize = memory.data(FLEXIBLE_RESULT_COUNT * COLUMN_BYTES, 16);

// Months of the last pair's first row, out, for all its machines.
export const FLEXIBLE_MONTH_COLUMN_COUNT: i32 = 8;
export const Y_MINED_BTC: i32 = 0;
export const Y_REVENUE_USD: i32 = 1;
export const Y_POWER_USD: i32 = 2;
export const Y_WEAR_USD: i32 = 3;
export const Y_FIXED_USD: i32 = 4;
export const Y_NET_USD: i32 = 5;
export const Y_CUMULATIVE_USD: i32 = 6;
/** Per machine. */
export const Y_HOURS_OFF: i32 = 7;
export const FLEXIBLE_MONTHS_PTR: usize = memory.data(FLEXIBLE_MONTH_COLUMN_COUNT * MAX_MONTHS * 8, 16);

/** Scratch: lead of being on over being off before each hour of a pair of rows, lane beside lane. */
export const LEADS_PTR: usize = memory.data(MAX_MONTHS * MAX_PART_HOURS * 16, 16);

/** Status codes of this family, beside those of ../layout.ts: partHours or the first part is out of range. */
export const BAD_CURVE: i32 = 5;

@inline
export function setFlexibleResult(index: i32, row: i32, value: f64): void {
  store<f64>(FLEXIBLE_RESULTS_PTR + <usize>index * COLUMN_BYTES + (<usize>row << 3), value);
}

@inline
export function flexibleMonthCell(column: i32, month: i32): usize {
  return FLEXIBLE_MONTHS_PTR + <usize>((column * MAX_MONTHS + month) << 3);
}
