/**
 * The memory map, as code: every region the host reads or writes is a named constant here and nothing else knows an offset.
 * Memory is fixed (no growth), so the host's views can never detach. All elements are f64 unless said otherwise; all regions
 * are 16-byte aligned. `engine/ABI.md` is the same map in words and changes in the same commit.
 */

/** Raised when a region, a column, a status code or the meaning of an export changes. The host refuses any other number. */
export const ABI_VERSION: i32 = 3;
/** major * 1e6 + minor * 1e3 + patch; raised when a result may change. */
export const ENGINE_VERSION: i32 = 1_000_000;

/** 1: this build does two rows at once. */
export const USES_SIMD: i32 = i32(ASC_FEATURE_SIMD);

/** Rows of one tile; more rows are computed tile after tile. Even, so that pairs never straddle a tile. */
export const TILE_ROWS: i32 = 8192;
export const MAX_MONTHS: i32 = 120;
export const MAX_EVENTS: i32 = 512;
/** Longest grid axis; a grid of 64 x 64 fills half a tile. */
export const MAX_AXIS: i32 = 64;
export const MAX_SWINGS: i32 = 64;

const COLUMN_BYTES: i32 = TILE_ROWS * 8;
const MONTHS_BYTES: i32 = MAX_MONTHS * 8;

// Network block: one f64 a field.
export const NETWORK_FIELD_COUNT: i32 = 9;
export const N_HEIGHT: i32 = 0;
export const N_DIFFICULTY: i32 = 1;
/** Fees that are paid out, BTC per block: 0 under PPS. */
export const N_FEES_BTC_PER_BLOCK: i32 = 2;
/** NaN in: derived from the height and written back. */
export const N_EPOCH_ELAPSED_S: i32 = 3;
/** NaN in: implied by the difficulty and written back. */
export const N_NETWORK_HASHRATE_THS: i32 = 4;
export const N_NETWORK_GROWTH_RATIO_PER_MONTH: i32 = 5;
export const N_PRICE_USD_PER_BTC: i32 = 6;
export const N_PRICE_GROWTH_RATIO_PER_MONTH: i32 = 7;
export const N_HORIZON_MONTHS: i32 = 8;

// Machine columns in: one column of TILE_ROWS a field, in this order.
export const MACHINE_FIELD_COUNT: i32 = 17;
/** Columns from this index on are not fields a person gives: they are not range-checked. */
export const MACHINE_CHECKED_COUNT: i32 = 14;
export const M_HASHRATE_THS: i32 = 0;
export const M_POWER_W: i32 = 1;
export const M_COUNT: i32 = 2;
export const M_POWER_USD_PER_KWH: i32 = 3;
export const M_POOL_FEE_RATIO: i32 = 4;
export const M_UPTIME_RATIO: i32 = 5;
export const M_PUE: i32 = 6;
export const M_HASHRATE_DECAY_RATIO_PER_MONTH: i32 = 7;
export const M_HOSTING_FEE_USD_PER_MONTH: i32 = 8;
export const M_MAINTENANCE_USD_PER_MONTH: i32 = 9;
export const M_CAPEX_USD: i32 = 10;
export const M_RESIDUAL_USD: i32 = 11;
export const M_HELD_RATIO: i32 = 12;
export const M_DISCOUNT_RATIO_PER_YEAR: i32 = 13;
/** 1: switched off in months that lose money; 0: runs on. */
export const M_SHUTDOWN: i32 = 14;
/** Price of this row over the path's price; 1 but in grids. */
export const M_PRICE_SCALE: i32 = 15;
/** Coins of this row over the path's coins; 1 but in grids. */
export const M_COIN_SCALE: i32 = 16;

// Result columns out. NaN: does not exist (the host says null).
export const RESULT_COUNT: i32 = 17;
export const R_MINED_BTC: i32 = 0;
export const R_NPV_USD: i32 = 1;
export const R_IRR_RATIO_PER_YEAR: i32 = 2;
export const R_PAYBACK_MONTHS: i32 = 3;
export const R_STATIC_PAYBACK_MONTHS: i32 = 4;
export const R_PROFIT_USD: i32 = 5;
export const R_SHUTDOWN_MONTH: i32 = 6;
export const R_BUY_BTC: i32 = 7;
export const R_MINE_BTC: i32 = 8;
export const R_TODAY_MINED_BTC: i32 = 9;
export const R_TODAY_REVENUE_USD: i32 = 10;
export const R_TODAY_ENERGY_KWH: i32 = 11;
export const R_TODAY_POWER_USD: i32 = 12;
export const R_TODAY_FIXED_USD: i32 = 13;
export const R_TODAY_NET_USD: i32 = 14;
export const R_BREAK_EVEN_POWER_USD_PER_KWH: i32 = 15;
export const R_BREAK_EVEN_PRICE_USD_PER_BTC: i32 = 16;

/** Out, one a row: 0 valid, else 1 + index of the first machine field that is out of its range. */
export const ROW_STATUS_PTR: usize = memory.data(COLUMN_BYTES, 16);
export const NETWORK_PTR: usize = memory.data(NETWORK_FIELD_COUNT * 8, 16);
export const MACHINES_PTR: usize = memory.data(MACHINE_FIELD_COUNT * COLUMN_BYTES, 16);
export const RESULTS_PTR: usize = memory.data(RESULT_COUNT * COLUMN_BYTES, 16);

/** Valid ranges, written once by the host from engine/units/fields.ts: 9 network fields, then the checked machine fields; [min, max, flags] each. */
export const RANGES_PTR: usize = memory.data((NETWORK_FIELD_COUNT + MACHINE_CHECKED_COUNT) * 3 * 8, 16);
export const RANGE_MIN_EXCLUSIVE: i32 = 1;
export const RANGE_INTEGER: i32 = 2;

// The path's months. Out of runPath, in for everything after it.
export const PATH_BTC_PER_THS_PTR: usize = memory.data(MONTHS_BYTES, 16);
export const PATH_USD_PER_THS_PTR: usize = memory.data(MONTHS_BYTES, 16);
export const PATH_MEAN_PRICE_PTR: usize = memory.data(MONTHS_BYTES, 16);
export const PATH_INVERSE_MEAN_PRICE_PTR: usize = memory.data(MONTHS_BYTES, 16);
/** [hashpriceBtcPerThDay, exitPriceUsdPerBtc, shareMethodBtcPerThDay, sum of the inverse mean prices] */
export const PATH_SCALARS_PTR: usize = memory.data(4 * 8, 16);
export const S_HASHPRICE_BTC_PER_TH_DAY: i32 = 0;
export const S_EXIT_PRICE_USD_PER_BTC: i32 = 1;
export const S_SHARE_BTC_PER_TH_DAY: i32 = 2;
export const S_INVERSE_MEAN_PRICE_SUM: i32 = 3;

/** Retargets and halvings in time order: [atS, kind (0 retarget, 1 halving), difficulty or subsidy BTC] each. */
export const EVENTS_PTR: usize = memory.data(MAX_EVENTS * 3 * 8, 16);

// Months of one row, for all its machines. Out of writeMonths and writeHostMonths.
export const MONTH_COLUMN_COUNT: i32 = 6;
export const MONTHS_PTR: usize = memory.data(MONTH_COLUMN_COUNT * MONTHS_BYTES, 16);
export const C_MINED_BTC: i32 = 0;
export const C_REVENUE_USD: i32 = 1;
export const C_POWER_USD: i32 = 2;
export const C_FIXED_USD: i32 = 3;
export const C_NET_USD: i32 = 4;
export const C_CUMULATIVE_USD: i32 = 5;

/** Summed net flow of all valid rows since clearFleet, USD, one a month. Rows in their order, first to last. */
export const FLEET_NET_USD_PTR: usize = memory.data(MONTHS_BYTES, 16);
/** [paybackMonths, irrRatioPerYear] of the fleet. NaN: does not exist. Out of summariseFleet. */
export const FLEET_SCALARS_PTR: usize = memory.data(2 * 8, 16);

// Grids and tornado.
export const AXIS_X_PTR: usize = memory.data(MAX_AXIS * 8, 16);
export const AXIS_Y_PTR: usize = memory.data(MAX_AXIS * 8, 16);
/** The machine a grid or a tornado varies: one f64 a machine field. */
export const BASE_MACHINE_PTR: usize = memory.data(MACHINE_FIELD_COUNT * 8, 16);
/** Field index: below 100 network, 100 + index machine. In. */
export const SWING_FIELD_PTR: usize = memory.data(MAX_SWINGS * 8, 16);
export const SWING_VALUE_PTR: usize = memory.data(MAX_SWINGS * 8, 16);
export const SWING_NPV_USD_PTR: usize = memory.data(MAX_SWINGS * 8, 16);
export const SWING_MACHINE_OFFSET: i32 = 100;

/** Scratch of one pair of rows: capex flow and months, two lanes each, lane beside lane. */
export const PAIR_FLOWS_PTR: usize = memory.data((MAX_MONTHS + 1) * 16, 16);

/** Status codes. 0 is success; every other is the caller's mistake and nothing was computed. */
export const OK: i32 = 0;
export const TOO_MANY_ROWS: i32 = 1;
export const TOO_MANY_SEGMENTS: i32 = 2;
/** No path is ready: the last runPath was refused. */
export const NO_PATH: i32 = 3;
/** 16 + index of the network field out of range. */
export const BAD_NETWORK: i32 = 16;

@inline
export function networkField(index: i32): f64 {
  return load<f64>(NETWORK_PTR + (<usize>index << 3));
}

@inline
export function setNetworkField(index: i32, value: f64): void {
  store<f64>(NETWORK_PTR + (<usize>index << 3), value);
}

/** First byte of a machine column. */
@inline
export function machineColumn(index: i32): usize {
  return MACHINES_PTR + <usize>index * COLUMN_BYTES;
}

/** First byte of a result column. */
@inline
export function resultColumn(index: i32): usize {
  return RESULTS_PTR + <usize>index * COLUMN_BYTES;
}

@inline
export function machine(index: i32, row: i32): f64 {
  return load<f64>(machineColumn(index) + (<usize>row << 3));
}

@inline
export function setMachine(index: i32, row: i32, value: f64): void {
  store<f64>(machineColumn(index) + (<usize>row << 3), value);
}

@inline
export function setResult(index: i32, row: i32, value: f64): void {
  store<f64>(resultColumn(index) + (<usize>row << 3), value);
}

@inline
export function monthCell(column: i32, month: i32): usize {
  return MONTHS_PTR + <usize>column * MONTHS_BYTES + (<usize>month << 3);
}
