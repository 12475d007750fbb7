/**
 * Memory map of the risk family: what the host writes, what it reads, and the paths that stay between simulating and evaluating.
 * Same rules as ../layout.ts. Path arrays are month after month, MAX_PATHS doubles each; paths 2i and 2i + 1 are antithetic twins.
 */

/** Even: a pair never straddles the end. */
export const MAX_PATHS: i32 = 10_000;
export const RISK_MONTHS: i32 = 120;
/** Distinct machine groups of one fleet. */
export const MAX_FLEET_ROWS: i32 = 32_768;
/** Retargets and halvings of one path; with 120 months of a hash rate that doubles every month there are about 500. */
export const MAX_PATH_EVENTS: i32 = 2048;

const PATHS_BYTES: i32 = MAX_PATHS * 8;
const FLEET_BYTES: i32 = MAX_FLEET_ROWS * 8;

// How to simulate: one f64 a field, in.
export const RISK_FIELD_COUNT: i32 = 5;
/** Whole number in [0, 2^53): the key of the generator. */
export const K_SEED: i32 = 0;
export const K_PATHS: i32 = 1;
/** Standard deviation of a year's change of the logarithm. */
export const K_PRICE_VOLATILITY_PER_YEAR: i32 = 2;
export const K_NETWORK_VOLATILITY_PER_YEAR: i32 = 3;
/** Between the monthly changes of the two logarithms. */
export const K_CORRELATION: i32 = 4;
export const MAX_SEED: f64 = 9007199254740991.0;
export const MAX_VOLATILITY_PER_YEAR: f64 = 5.0;
export const RISK_INPUTS_PTR: usize = memory.data(RISK_FIELD_COUNT * 8, 16);

// The simulated paths. Out of simulatePaths, in for the evaluations.
/** USD that one TH/s earns, [month][path]. */
export const PATHS_USD_PER_THS_PTR: usize = memory.data(RISK_MONTHS * PATHS_BYTES, 16);
/** BTC that one TH/s earns, [month][path]. */
export const PATHS_BTC_PER_THS_PTR: usize = memory.data(RISK_MONTHS * PATHS_BYTES, 16);
/** Price at the end of the horizon, USD/BTC, [path]. */
export const PATHS_EXIT_PRICE_PTR: usize = memory.data(PATHS_BYTES, 16);

// Outcomes, one a path. Out of the evaluations, for all machines.
export const OUTCOME_NPV_USD_PTR: usize = memory.data(PATHS_BYTES, 16);
export const OUTCOME_PROFIT_USD_PTR: usize = memory.data(PATHS_BYTES, 16);
/** Months; infinite when the horizon ends first. */
export const OUTCOME_PAYBACK_MONTHS_PTR: usize = memory.data(PATHS_BYTES, 16);
/** First month (1..N) in which anything is off; 0: none. */
export const OUTCOME_SHUTDOWN_MONTH_PTR: usize = memory.data(PATHS_BYTES, 16);
/** Running total of the flows, USD, in the month that is being evaluated. */
export const CUMULATIVE_USD_PTR: usize = memory.data(PATHS_BYTES, 16);
/** Coins held so far, BTC. */
export const HELD_BTC_PTR: usize = memory.data(PATHS_BYTES, 16);
/** Copy of one array of outcomes, put in order as far as its quantiles need. */
export const SELECTION_PTR: usize = memory.data(PATHS_BYTES, 16);

/** Summary, out: for each of NPV, profit, payback: quantile and its standard error at each of SUMMARY_QUANTILES. */
export const SUMMARY_QUANTILES: i32 = 5;
export const SUMMARY_PTR: usize = memory.data(3 * SUMMARY_QUANTILES * 2 * 8, 16);
/** [probability of payback, its standard error, probability of a shutdown, its standard error, mean month of the first shutdown, mean NPV, its standard error] */
export const RISK_SCALAR_COUNT: i32 = 7;
export const RISK_SCALARS_PTR: usize = memory.data(RISK_SCALAR_COUNT * 8, 16);
/** Quantiles of the running total, month after month, FAN_QUANTILES each, USD. */
export const FAN_QUANTILES: i32 = 5;
export const FAN_PTR: usize = memory.data(RISK_MONTHS * FAN_QUANTILES * 8, 16);
/** Mean share of the hash rate that is off, one a month. */
export const OFF_RATIO_PTR: usize = memory.data(RISK_MONTHS * 8, 16);

// Fleet rows in, one column of MAX_FLEET_ROWS a field; money and hash rate per machine, before any month has passed.
export const FLEET_FIELD_COUNT: i32 = 8;
/** TH/s that are paid in the first month. */
export const F_PAID_THS: i32 = 0;
/** Cost of the power of a month in which the machine runs, USD. */
export const F_POWER_USD_PER_MONTH: i32 = 1;
export const F_FIXED_USD_PER_MONTH: i32 = 2;
/** Hash rate of a month over that of the month before. */
export const F_KEPT_HASHRATE_RATIO: i32 = 3;
export const F_HELD_RATIO: i32 = 4;
export const F_COUNT: i32 = 5;
/** 1: switched off in months that lose money. */
export const F_SHUTDOWN: i32 = 6;
export const F_RESIDUAL_USD: i32 = 7;
export const FLEET_ROWS_PTR: usize = memory.data(FLEET_FIELD_COUNT * FLEET_BYTES, 16);

@inline
export function fleetColumn(index: i32): usize {
  return FLEET_ROWS_PTR + <usize>index * FLEET_BYTES;
}

@inline
export function riskInput(index: i32): f64 {
  return load<f64>(RISK_INPUTS_PTR + (<usize>index << 3));
}

/** First byte of a month of a path array. */
@inline
export function pathsOfMonth(pointer: usize, month: i32): usize {
  return pointer + <usize>month * PATHS_BYTES;
}

// Status codes of this family, beside those of ../layout.ts.
/** 32 + index of the risk input out of range. */
export const BAD_RISK_INPUT: i32 = 32;
/** No simulated paths are ready. */
export const NO_PATHS: i32 = 4;
