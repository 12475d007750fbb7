// Consensus, physical and calendar constants: the assembly's copy of engine/units/constants.ts (a test compares the two).

export const HASHES_PER_DIFFICULTY_ONE: f64 = 4294967296.0;
export const HASHES_PER_TH: f64 = 1e12;
export const TARGET_BLOCK_S: f64 = 600.0;
export const BLOCKS_PER_EPOCH: i32 = 2016;
export const TARGET_EPOCH_S: f64 = 1209600.0;
export const MIN_SPAN_S: f64 = 302400.0;
export const MAX_SPAN_S: f64 = 4838400.0;
/** Consensus measures 2015 of the 2016 intervals. */
export const SPAN_INTERVALS: f64 = 2015.0;
export const SPAN_BLOCKS: f64 = 2016.0;
export const BLOCKS_PER_HALVING: i32 = 210000;
export const FIRST_SUBSIDY_SATS: f64 = 5000000000.0;
export const SATS_PER_BTC: f64 = 100000000.0;
export const S_PER_DAY: f64 = 86400.0;
export const BLOCKS_PER_DAY: f64 = 144.0;
export const DAYS_PER_MONTH: f64 = 30.4375;
export const S_PER_MONTH: f64 = 2629800.0;
export const HOURS_PER_MONTH: f64 = 730.5;
export const W_PER_KW: f64 = 1000.0;
export const HOURS_PER_DAY: f64 = 24.0;
export const MONTHS_PER_YEAR: f64 = 12.0;
/** IRR is sought for monthly rates in [-0.99, 10]: ln(1 / (1 + i)) in [-ln 11, ln 100]. */
export const IRR_LOWEST_LOG_FACTOR: f64 = -2.3978952727983707;
export const IRR_HIGHEST_LOG_FACTOR: f64 = 4.605170185988092;
