/**
 * The plan's memory map, as code: one arena, every region a named constant. Pages that no problem touches cost nothing. Money is counted in units of
 * 1e-12 USD, held in f64 as whole numbers below 2^53 for one machine, summed over machines in i64.
 */

/** Intervals of a horizon: a week of quarter-hours with its longest clock change, and some. */
export const MAX_INTERVALS: i32 = 768;
/** Off and up to four hashing modes. */
export const MAX_MODES: i32 = 5;
/** Pairs of units, those of the coarse fleet and paddings included: 112,000 units. */
export const MAX_PAIRS: i32 = 56_000;
export const MAX_BLOCKS: i32 = 8192;
/** Sites times intervals. */
export const MAX_SITE_CELLS: i32 = 49_152;
export const MAX_CLIENTS: i32 = 4096;
/** Rows that couple units: caps, floors, ramps, peak, take-or-pay. */
export const MAX_ROWS: i32 = 16_384;
/** Units times intervals of a plan. */
export const MAX_CELLS: i32 = 14_000_000;
/** Distinct lock patterns times intervals. */
export const MAX_LOCK_CELLS: i32 = 2_000_000;
/** Linear pieces the bundle keeps. */
export const MAX_CUTS: i32 = 48;

// A pair of units: fields of two lanes, 16 bytes each.
export const F_POWER: i32 = 0; // 5 modes
export const F_HASHRATE: i32 = 5; // modes 1..4
export const F_BOOT: i32 = 9; // modes 1..4
export const F_RESTART: i32 = 13;
/** The restart cost while F_RESTART is set to 0 for a certificate. */
export const F_RESTART_KEPT: i32 = 14;
/** Units merged into this one: 1, more in the coarse fleet, 0 in paddings. */
export const F_COUNT: i32 = 15;
/** 0 when the state before interval 0 may be on, else IMPOSSIBLE. */
export const F_WAS_ON: i32 = 16;
export const F_WAS_OFF: i32 = 17;
/** Index of the client, -1 for none. */
export const F_CLIENT: i32 = 18;
/** Index of the lock pattern, -1 for none. */
export const F_LOCK: i32 = 19;
/** -1: no limit. */
export const F_MAX_STARTS: i32 = 20;
export const F_BLOCK: i32 = 21;
/** Best value at the last multipliers, and at multipliers a little above and below. Out. */
export const F_VALUE: i32 = 22;
export const F_VALUE_UP: i32 = 23;
export const F_VALUE_DOWN: i32 = 24;
/** How undecided the unit is: the second difference of its value. Out. */
export const F_DOUBT: i32 = 25;
export const PAIR_FIELDS: i32 = 26;
export const PAIR_BYTES: i32 = PAIR_FIELDS * 16;

/** Far below every value and exact enough: sums with it never win and never become NaN. */
export const IMPOSSIBLE: f64 = -1e30;

// A block: consecutive pairs of one site and one set of minimum times.
export const K_FROM_PAIR: i32 = 0;
export const K_TO_PAIR: i32 = 1;
export const K_SITE: i32 = 2;
export const K_MIN_UP: i32 = 3;
export const K_MIN_DOWN: i32 = 4;
/** 0: no minimum times, no locks, no limit of starts; 1: minimum times; 2: anything. */
export const K_KIND: i32 = 5;
export const BLOCK_FIELDS: i32 = 8;

// Kinds of rows.
export const ROW_CAP: i32 = 0;
export const ROW_CLIENT: i32 = 1;
export const ROW_TAKE_OR_PAY: i32 = 2;
export const ROW_PEAK: i32 = 3;
export const ROW_RAMP_UP: i32 = 4;
export const ROW_RAMP_DOWN: i32 = 5;

const INTERVALS_BYTES: i32 = MAX_INTERVALS * 8;
const SITE_BYTES: i32 = MAX_SITE_CELLS * 8;
const CLIENT_BYTES: i32 = MAX_CLIENTS * 8;
const ROWS_BYTES: i32 = MAX_ROWS * 8;

// [intervals, sites, clients, rows, hashing modes at most, blocks of the fleet, blocks with the coarse fleet, units of the fleet, pairs in all]
export const HEAD_PTR: usize = memory.data(16 * 8, 16);
export const PAIRS_PTR: usize = memory.data(MAX_PAIRS * PAIR_BYTES, 16);
export const BLOCKS_PTR: usize = memory.data(MAX_BLOCKS * BLOCK_FIELDS * 4, 16);
/** One byte an interval: bit 0 cannot be on, bit 1 cannot be off. */
export const LOCKS_PTR: usize = memory.data(MAX_LOCK_CELLS, 16);

export const PRICE_PTR: usize = memory.data(INTERVALS_BYTES, 16);
export const HASHPRICE_PTR: usize = memory.data(INTERVALS_BYTES, 16);
/** The figures above while they are 0 for a certificate. */
export const PRICE_KEPT_PTR: usize = memory.data(INTERVALS_BYTES, 16);
export const HASHPRICE_KEPT_PTR: usize = memory.data(INTERVALS_BYTES, 16);

/** W a site and interval; NO_LIMIT where there is none. */
export const CAP_PTR: usize = memory.data(SITE_BYTES, 16);
/** Units per W and interval above the cap; negative: the cap is hard. One a site. */
export const PENALTY_PTR: usize = memory.data(MAX_SITE_CELLS / 8, 16);
/** W a site; NO_LIMIT without. */
export const RAMP_PTR: usize = memory.data(MAX_SITE_CELLS / 8, 16);
/** Intervals on that each client is owed. */
export const FLOOR_PTR: usize = memory.data(CLIENT_BYTES, 16);
/** [W intervals owed, units per missing one, units per W of peak, W of peak so far, W of peak allowed to the plan, W of peak in the bound: from, to] */
export const TERMS_PTR: usize = memory.data(8 * 8, 16);
export const T_OWED: i32 = 0;
export const T_MISSING_PRICE: i32 = 1;
export const T_PEAK_PRICE: i32 = 2;
export const T_PEAK_SO_FAR: i32 = 3;
export const T_PEAK_ALLOWED: i32 = 4;
/** The bound lets the peak be anything from here ... */
export const T_PEAK_LOW: i32 = 5;
/** ... to here. */
export const T_PEAK_HIGH: i32 = 6;
export const NO_LIMIT: f64 = 1e300;

// Rows.
export const ROW_KIND_PTR: usize = memory.data(MAX_ROWS * 4, 16);
/** Site, or index of the client. */
export const ROW_OWNER_PTR: usize = memory.data(MAX_ROWS * 4, 16);
export const ROW_INTERVAL_PTR: usize = memory.data(MAX_ROWS * 4, 16);
export const ROW_LIMIT_PTR: usize = memory.data(ROWS_BYTES, 16);
/** Largest multiplier. */
export const ROW_UPPER_PTR: usize = memory.data(ROWS_BYTES, 16);
/** Usual size of the multiplier, > 0. */
export const ROW_SCALE_PTR: usize = memory.data(ROWS_BYTES, 16);
/** Multipliers to evaluate, whole numbers. */
export const ROW_MULTIPLIER_PTR: usize = memory.data(ROWS_BYTES, 16);
/** Slope of the bound: limit minus activity (floors: activity minus floor). */
export const ROW_SLOPE_PTR: usize = memory.data(ROWS_BYTES, 16);
/** Best multipliers so far and the bundle's centre. */
export const ROW_BEST_PTR: usize = memory.data(ROWS_BYTES, 16);

/** Price of a W by site and interval, multipliers included. */
export const RATE_PTR: usize = memory.data(SITE_BYTES, 16);
/** Load by site and interval, two lanes. */
export const LOAD_LANES_PTR: usize = memory.data(SITE_BYTES * 2, 16);
export const BONUS_PTR: usize = memory.data(CLIENT_BYTES, 16);
export const CLIENT_ON_PTR: usize = memory.data(CLIENT_BYTES, 16);
/** [sum of unit values (i64), -, unit without a possible sequence or -1] */
export const SUM_PTR: usize = memory.data(4 * 8, 16);

/** What a search of small fleets follows: kinds of search take turns, and each lays it out anew when it starts. */
export const SEARCH_BYTES: i32 = 48_000_000;
export const SEARCH_PTR: usize = memory.data(SEARCH_BYTES, 16);

// The plan in hand.
export const PLAN_PTR: usize = memory.data(MAX_CELLS, 16);
export const BEST_PLAN_PTR: usize = memory.data(MAX_CELLS, 16);
export const PLAN_LOAD_PTR: usize = memory.data(SITE_BYTES, 16);
export const PLAN_TOTAL_PTR: usize = memory.data(INTERVALS_BYTES, 16);
export const PLAN_CLIENT_PTR: usize = memory.data(CLIENT_BYTES, 16);

@inline
export function head(index: i32): i32 {
  return <i32>load<f64>(HEAD_PTR + (<usize>index << 3));
}

@inline
export function intervals(): i32 {
  return head(0);
}

@inline
export function sites(): i32 {
  return head(1);
}

@inline
export function clients(): i32 {
  return head(2);
}

@inline
export function rows(): i32 {
  return head(3);
}

@inline
export function hashingModes(): i32 {
  return head(4);
}

@inline
export function pairAt(pair: i32): usize {
  return PAIRS_PTR + <usize>pair * PAIR_BYTES;
}

/** Address of the unit's lane: fields of the unit are read at + field * 16. */
@inline
export function unitAt(unit: i32): usize {
  return PAIRS_PTR + <usize>(unit >> 1) * PAIR_BYTES + (<usize>(unit & 1) << 3);
}

@inline
export function field(at: usize, index: i32): f64 {
  return load<f64>(at + (<usize>index << 4));
}

@inline
export function block(index: i32, what: i32): i32 {
  return load<i32>(BLOCKS_PTR + ((<usize>index * BLOCK_FIELDS + <usize>what) << 2));
}

@inline
export function term(index: i32): f64 {
  return load<f64>(TERMS_PTR + (<usize>index << 3));
}

@inline
export function siteCell(base: usize, site: i32, interval: i32): usize {
  return base + ((<usize>site * <usize>intervals() + <usize>interval) << 3);
}
