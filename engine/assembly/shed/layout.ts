/**
 * Memory of the shed family: one multiple-choice knapsack in cover form at a time. Every option of a machine sheds some units of power and costs
 * some units of money, both integers held exactly in an f64; the host chooses the units (engine/host/shed/lattice.ts). Nothing else knows an offset.
 * `engine/ABI.md` is the same map in words and changes in the same commit.
 */

export const MAX_SHED_MACHINES: i32 = 20_000;
export const MAX_SHED_OPTIONS: i32 = 160_000;
/** States of one layer of the search. */
export const MAX_SHED_STATES: i32 = 131_072;
/** Remembered decisions; what no living state rests on is swept away when they run out. */
export const MAX_SHED_NODES: i32 = 1_048_576;

/** Largest sum of absolute units, of power and of money: above it an f64 is no longer every integer. 2^53. */
export const MAX_UNITS: f64 = 9007199254740992.0;

/** In, i32: first option of each machine, and behind the last machine the number of options. */
export const SHED_STARTS_PTR: usize = memory.data((MAX_SHED_MACHINES + 1) * 4, 16);
/** In, f64 each an option: power given up (negative: more is drawn) and money lost (negative: gained), against any fixed state of the machine. */
export const SHED_UNITS_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
export const SHED_COST_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
/** In with WARM, out always: chosen option of each machine, i32, counted from the first of all options. */
export const SHED_CHOICE_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);

/** Out, f64 each. */
export const SHED_SCALAR_COUNT: i32 = 7;
export const SHED_SCALARS_PTR: usize = memory.data(SHED_SCALAR_COUNT * 8, 16);
/** Cost of the choice. */
export const SHED_LOST: i32 = 0;
/** No choice that reaches the target costs less than this. Equal to SHED_LOST: the choice is proven best. */
export const SHED_BOUND: i32 = 1;
/** Power units the choice gives up. */
export const SHED_REACHED: i32 = 2;
/** Most power units any choice gives up. */
export const SHED_MOST: i32 = 3;
/** Money units per power unit at the margin. */
export const SHED_MULTIPLIER: i32 = 4;
/** States looked at. */
export const SHED_WORK: i32 = 5;
/** Machines whose choice was in doubt after the first bound. */
export const SHED_CORE: i32 = 6;

// Status codes of solveShed beside OK (0).
export const SHED_TOO_MANY: i32 = 1;
/** An option is no integer, or the sums leave 2^53, or a machine has no option. */
export const SHED_NOT_ON_LATTICE: i32 = 2;
/** The target is above SHED_MOST, which is written. */
export const SHED_UNREACHABLE: i32 = 3;
/** A ceiling was given without a warm choice that keeps it. */
export const SHED_NO_START: i32 = 4;

// Inner regions. Options as integers, against the machine's first option.
export const REL_UNITS_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
export const REL_COST_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
/** Option each machine has at the multiplier, i32; then scratch of the search for it. */
export const BASE_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);
export const PICK_LOW_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);
export const PICK_MID_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);
export const ACTIVE_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);

// The core: machines with an alternative worth a thought, in the order in which they are decided.
export const ORDER_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);
export const ORDER_SCRATCH_PTR: usize = memory.data(MAX_SHED_MACHINES * 4, 16);
export const ORDER_KEY_PTR: usize = memory.data(MAX_SHED_MACHINES * 8, 16);
/** i32: first alternative of each core machine, and behind the last the number of alternatives. */
export const CORE_STARTS_PTR: usize = memory.data((MAX_SHED_MACHINES + 1) * 4, 16);
/** i64: regret of each core machine's base, scaled: 0 but for ties that the rounding of the multiplier broke. */
export const CORE_BASE_REGRET_PTR: usize = memory.data(MAX_SHED_MACHINES * 8, 16);
/** Alternatives against the base option: i64 power, i64 money, i64 regret (scaled, of its own), i32 option, i32 machine. */
export const ALT_UNITS_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
export const ALT_COST_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
export const ALT_REGRET_PTR: usize = memory.data(MAX_SHED_OPTIONS * 8, 16);
export const ALT_OPTION_PTR: usize = memory.data(MAX_SHED_OPTIONS * 4, 16);
export const ALT_MACHINE_PTR: usize = memory.data(MAX_SHED_OPTIONS * 4, 16);
/** i64: least regret per power unit of any later alternative that gives up less (down) or more (up) than the base. */
export const RATE_DOWN_PTR: usize = memory.data((MAX_SHED_MACHINES + 1) * 8, 16);
export const RATE_UP_PTR: usize = memory.data((MAX_SHED_MACHINES + 1) * 8, 16);

// Two layers of states, each: i64 power, i64 money, i32 last decision.
const STATE_COLUMN_BYTES: i32 = MAX_SHED_STATES * 8;
export const STATE_COST_OFFSET: usize = STATE_COLUMN_BYTES;
export const STATE_NODE_OFFSET: usize = 2 * STATE_COLUMN_BYTES;
export const LAYER_A_PTR: usize = memory.data(MAX_SHED_STATES * 20, 16);
export const LAYER_B_PTR: usize = memory.data(MAX_SHED_STATES * 20, 16);
export const MAX_HEADS: i32 = 4096;
/** Heads of a merge, one for the layer unchanged and one an alternative: i32 position in the layer, i32 alternative, i64 power, i64 money. */
export const HEAD_POSITION_PTR: usize = memory.data(MAX_HEADS * 4, 16);
export const HEAD_ALT_PTR: usize = memory.data(MAX_HEADS * 4, 16);
export const HEAD_UNITS_PTR: usize = memory.data(MAX_HEADS * 8, 16);
export const HEAD_COST_PTR: usize = memory.data(MAX_HEADS * 8, 16);
export const HISTOGRAM_BUCKETS: i32 = 1024;
export const HISTOGRAM_PTR: usize = memory.data(HISTOGRAM_BUCKETS * 4, 16);

/** Decisions: i32 the one before (-1: none), i32 alternative; and scratch of the sweep. */
export const NODE_PARENT_PTR: usize = memory.data(MAX_SHED_NODES * 4, 16);
export const NODE_ALT_PTR: usize = memory.data(MAX_SHED_NODES * 4, 16);
export const NODE_REMAP_PTR: usize = memory.data(MAX_SHED_NODES * 4, 16);

@inline
export function i32At(column: usize, index: i32): i32 {
  return load<i32>(column + (<usize>index << 2));
}

@inline
export function setI32(column: usize, index: i32, value: i32): void {
  store<i32>(column + (<usize>index << 2), value);
}

@inline
export function i64At(column: usize, index: i32): i64 {
  return load<i64>(column + (<usize>index << 3));
}

@inline
export function setI64(column: usize, index: i32, value: i64): void {
  store<i64>(column + (<usize>index << 3), value);
}

@inline
export function f64At(column: usize, index: i32): f64 {
  return load<f64>(column + (<usize>index << 3));
}

@inline
export function setF64(column: usize, index: i32, value: f64): void {
  store<f64>(column + (<usize>index << 3), value);
}
