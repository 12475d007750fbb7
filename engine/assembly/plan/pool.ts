/**
 * A small fleet's alternatives: for each unit the sequences that are best at multipliers drawn around the best ones, those of least regret kept. Each is remembered by
 * what the coupling rows see of it: power in the named intervals, intervals on, energy, money.
 */
import {
  F_BLOCK,
  F_COUNT,
  F_POWER,
  K_MIN_DOWN,
  K_MIN_UP,
  MAX_INTERVALS,
  PRICE_PTR,
  RATE_PTR,
  ROW_BEST_PTR,
  ROW_CAP,
  ROW_MULTIPLIER_PTR,
  ROW_PEAK,
  ROW_RAMP_DOWN,
  ROW_RAMP_UP,
  IMPOSSIBLE,
  block,
  field,
  head,
  intervals,
  rows,
  siteCell,
  unitAt,
} from './layout';
import { moneyOf, planAt, siteOf } from './primal';
import { rowFigure, rowInterval, rowKind, setRates, setRowFigure } from './rates';
import { PATH_PTR, bonusOf, findPath, layOut } from './unit';

const POOL_BYTES: i32 = 24_000_000;
const POOL_PTR: usize = memory.data(POOL_BYTES, 16);
/** Units of a fleet that is explored so, paddings included. */
export const MAX_POOL_UNITS: i32 = 2048;
const SIZES_PTR: usize = memory.data(MAX_POOL_UNITS * 4, 16);
const MOST_ENTRIES: i32 = 96;
/** Intervals in which a row looks at the load. */
const CELLS_PTR: usize = memory.data(MAX_INTERVALS * 4, 16);
const NAMED_PTR: usize = memory.data(MAX_INTERVALS, 16);

// An entry: money, regret, intervals on, energy, then the power of each cell, then the modes.
export const E_MONEY: usize = 0;
export const E_REGRET: usize = 8;
export const E_ON: usize = 16;
export const E_ENERGY: usize = 24;
export const E_CELLS: usize = 32;

let cells: i32 = 0;
let entryBytes: usize = 0;
let entriesOfUnit: i32 = 0;

@inline
export function cellCount(): i32 {
  return cells;
}

@inline
export function cellInterval(cell: i32): i32 {
  return load<i32>(CELLS_PTR + (<usize>cell << 2));
}

@inline
export function poolSize(unit: i32): i32 {
  return load<i32>(SIZES_PTR + (<usize>unit << 2));
}

@inline
export function entryAt(unit: i32, entry: i32): usize {
  return POOL_PTR + (<usize>unit * <usize>entriesOfUnit + <usize>entry) * entryBytes;
}

@inline
export function entryModes(entry: usize): usize {
  return entry + E_CELLS + (<usize>cells << 3);
}

/** A whole number below 2^32 from two. */
@inline
export function mixed(seed: u32, index: u32): u32 {
  let bits: u32 = seed * 0x9e3779b1 + index * 0x85ebca77 + 0x165667b1;
  bits = (bits ^ (bits >> 15)) * 0x2c1b3c6d;
  bits = (bits ^ (bits >> 12)) * 0x297a2d39;
  return bits ^ (bits >> 15);
}

/** In [0, 1). */
@inline
export function drawn(seed: u32, index: u32): f64 {
  return <f64>mixed(seed, index) / 4294967296.0;
}

/** Empties the pools. Returns 0 when the fleet is too large, or has ramps, for them. */
export function startPool(): i32 {
  const count = intervals();
  const units = head(7);
  memory.fill(NAMED_PTR, 0, <usize>count);
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind == ROW_RAMP_UP || kind == ROW_RAMP_DOWN) return 0;
    if (kind == ROW_CAP || kind == ROW_PEAK) store<u8>(NAMED_PTR + <usize>rowInterval(row), 1);
  }
  cells = 0;
  for (let t = 0; t < count; t++) {
    if (load<u8>(NAMED_PTR + <usize>t) == 0) continue;
    store<i32>(CELLS_PTR + (<usize>cells << 2), t);
    cells++;
  }
  entryBytes = (E_CELLS + (<usize>cells << 3) + <usize>count + 7) & ~7;
  if (units > MAX_POOL_UNITS) return 0;
  entriesOfUnit = min(MOST_ENTRIES, POOL_BYTES / <i32>entryBytes / max(1, units));
  memory.fill(SIZES_PTR, 0, <usize>units << 2);
  return entriesOfUnit >= 4 ? 1 : 0;
}

function sameCells(entry: usize, other: usize): bool {
  if (load<f64>(entry + E_ON) != load<f64>(other + E_ON) || load<f64>(entry + E_ENERGY) != load<f64>(other + E_ENERGY)) return false;
  for (let cell: usize = 0; cell < <usize>cells; cell++) {
    if (load<f64>(entry + E_CELLS + (cell << 3)) != load<f64>(other + E_CELLS + (cell << 3))) return false;
  }
  return true;
}

const NEW_PTR: usize = memory.data(32 + MAX_INTERVALS * 9 + 8, 16);

/** Puts the sequence at `path` into the unit's pool when its regret is small enough. RATE and BONUS must be those of the best multipliers. */
function offer(unit: i32, path: usize): void {
  const at = unitAt(unit);
  const count = intervals();
  const rates = siteCell(RATE_PTR, siteOf(at), 0);
  let energy: f64 = 0.0;
  let priced: f64 = 0.0;
  let on = 0;
  for (let t = 0; t < count; t++) {
    const mode = <i32>load<u8>(path + <usize>t);
    const power = field(at, F_POWER + mode);
    const offset = <usize>t << 3;
    energy += power;
    priced += power * (load<f64>(rates + offset) - load<f64>(PRICE_PTR + offset));
    on += i32(mode != 0);
  }
  const money = moneyOf(at, path);
  store<f64>(NEW_PTR + E_MONEY, money);
  // The less the multipliers' worth of the sequence, the more its regret: only the order matters here.
  store<f64>(NEW_PTR + E_REGRET, priced - money - <f64>on * bonusOf(at));
  store<f64>(NEW_PTR + E_ON, <f64>on);
  store<f64>(NEW_PTR + E_ENERGY, energy);
  for (let cell = 0; cell < cells; cell++) {
    store<f64>(NEW_PTR + E_CELLS + (<usize>cell << 3), field(at, F_POWER + <i32>load<u8>(path + <usize>cellInterval(cell))));
  }
  memory.copy(entryModes(NEW_PTR), path, <usize>count);
  insert(unit);
}

/** Insertion by regret; of sequences that the rows cannot tell apart the one with more money stays. */
function insert(unit: i32): void {
  let size = poolSize(unit);
  const regret = load<f64>(NEW_PTR + E_REGRET);
  for (let entry = 0; entry < size; entry++) {
    if (!sameCells(entryAt(unit, entry), NEW_PTR)) continue;
    if (load<f64>(entryAt(unit, entry) + E_REGRET) <= regret) return;
    memory.copy(entryAt(unit, entry), entryAt(unit, entry + 1), <usize>(size - entry - 1) * entryBytes);
    size--;
    break;
  }
  let place = size;
  while (place > 0 && load<f64>(entryAt(unit, place - 1) + E_REGRET) > regret) place--;
  if (place >= entriesOfUnit) return;
  const kept = min(size, entriesOfUnit - 1);
  memory.copy(entryAt(unit, place + 1), entryAt(unit, place), <usize>(kept - place) * entryBytes);
  memory.copy(entryAt(unit, place), NEW_PTR, entryBytes);
  store<i32>(SIZES_PTR + (<usize>unit << 2), kept + 1);
}

const PATHS_BYTES: i32 = MAX_POOL_UNITS * MAX_INTERVALS;
const PATHS_PTR: usize = memory.data(PATHS_BYTES, 16);

/** Every unit's sequence of the plan in hand joins its pool. */
export function poolPlan(): void {
  setRates(ROW_BEST_PTR);
  const units = head(7);
  for (let unit = 0; unit < units; unit++) {
    if (field(unitAt(unit), F_COUNT) > 0.0) offer(unit, planAt(unit));
  }
}

/**
 * One draw: multipliers of the rows at their best, lowered or raised at random, and every unit's best sequence there joins its pool. O(units * intervals).
 */
export function poolDraw(seed: u32): void {
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const best = rowFigure(ROW_BEST_PTR, row);
    const which = drawn(seed, <u32>(row << 1));
    const factor = drawn(seed, <u32>(row << 1) + 1);
    const multiplier = which < 0.4 ? best : which < 0.7 ? Math.floor(best * factor) : Math.floor(best * (1.0 + 2.0 * factor));
    setRowFigure(ROW_MULTIPLIER_PTR, row, multiplier);
  }
  setRates(ROW_MULTIPLIER_PTR);
  const units = head(7);
  const count = <usize>intervals();
  for (let unit = 0; unit < units; unit++) {
    const at = unitAt(unit);
    const index = <i32>field(at, F_BLOCK);
    layOut(at, siteCell(RATE_PTR, siteOf(at), 0));
    const value = findPath(at, block(index, K_MIN_UP), block(index, K_MIN_DOWN));
    if (value > IMPOSSIBLE / 2) memory.copy(PATHS_PTR + <usize>unit * count, PATH_PTR, count);
  }
  setRates(ROW_BEST_PTR);
  for (let unit = 0; unit < units; unit++) {
    if (field(unitAt(unit), F_COUNT) > 0.0) offer(unit, PATHS_PTR + <usize>unit * count);
  }
}
