/**
 * The linear programme over a small fleet's alternatives: one alternative a unit in shares, coupling rows, slacks and what softens rows. A dual simplex that
 * keeps one key alternative of each unit out of its basis, so that the basis has as many columns as there are coupling rows, however many units there are.
 * In USD and kW. Only + - * / in a fixed order: the same pivots in every engine.
 */
import { figureAt, putFigure, putWhole, wholeAt } from './figures';
import {
  F_CLIENT,
  PENALTY_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_LIMIT_PTR,
  ROW_PEAK,
  ROW_RAMP_DOWN,
  ROW_TAKE_OR_PAY,
  SEARCH_BYTES,
  SEARCH_PTR,
  T_MISSING_PRICE,
  T_PEAK_PRICE,
  T_PEAK_SO_FAR,
  field,
  head,
  rows,
  term,
  unitAt,
} from './layout';
import { E_CELLS, E_ENERGY, E_MONEY, E_ON, MAX_LISTED_UNITS, cellCount, cellInterval, entryAt, firstEntry } from './alternatives';
import { siteOf } from './primal';
import { rowFigure, rowInterval, rowKind, rowOwner } from './rates';
import { addWork, workDone } from './work';

const USD: f64 = 1e-12;
const KW: f64 = 1e-3;
/** Coupling rows of a programme. */
export const MAX_PROGRAM_ROWS: i32 = 128;
export const MAX_COLUMNS: i32 = 65_536;
const COEFFICIENTS_IN_ALL: i32 = 800_000;
const COEFFICIENT_PTR: usize = memory.data(COEFFICIENTS_IN_ALL * 8, 16);
const COST_PTR: usize = memory.data(MAX_COLUMNS * 8, 16);
/** Unit of a column, -1 for slacks and the like. */
const UNIT_PTR: usize = memory.data(MAX_COLUMNS * 4, 16);
/** Columns in use of each unit, as a list that can be cut short and grown again; where each column stands in it. */
const LIST_PTR: usize = memory.data(MAX_COLUMNS * 4, 16);
const PLACE_PTR: usize = memory.data(MAX_COLUMNS * 4, 16);
const LENGTH_PTR: usize = memory.data(MAX_LISTED_UNITS * 4, 16);
const LIMIT_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);

/** The basis: inverse, columns, key of each unit. */
const INVERSE_PTR: usize = memory.data(MAX_PROGRAM_ROWS * MAX_PROGRAM_ROWS * 8, 16);
const BASIS_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 4, 16);
const KEY_PTR: usize = memory.data(MAX_LISTED_UNITS * 4, 16);
const KEPT_BYTES: i32 = SEARCH_BYTES / 2;
const KEPT_PTR: usize = SEARCH_PTR + KEPT_BYTES;
/** Shares of the basis, multipliers, leaving row, entering column, what the keys leave of the limits; share of each key. */
const SHARE_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);
const MULTIPLIER_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);
const LEAVING_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);
const ENTERING_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);
const ROOM_PTR: usize = memory.data(MAX_PROGRAM_ROWS * 8, 16);
const KEY_SHARE_PTR: usize = memory.data(MAX_LISTED_UNITS * 8, 16);
const WORK_PTR: usize = memory.data(MAX_PROGRAM_ROWS * MAX_PROGRAM_ROWS * 8, 16);

const EPSILON: f64 = 1e-9;
const MOST_PIVOTS: i32 = 4000;
/** Multiplications of one solving: a node that takes more is given up. */
const MOST_WORK: i64 = 60_000_000;
const PIVOTS_A_REFRESH: i32 = 50;

export const SOLVED: i32 = 0;
export const IMPOSSIBLE_PROGRAM: i32 = 1;
export const BELOW_CUTOFF: i32 = 2;
export const FAILED: i32 = 3;

let m: i32 = 0;
/** Figures of a column in memory: rows made even by a 0. */
let stride: i32 = 0;
let unitCount: i32 = 0;
let alternatives: i32 = 0;
let columns: i32 = 0;
let fixedUsd: f64 = 0.0;
let objective: f64 = 0.0;
let pivots: i32 = 0;

@inline
export function coefficient(column: i32, row: i32): f64 {
  return load<f64>(COEFFICIENT_PTR + (<usize>(column * stride + row) << 3));
}

@inline
export function unitOfColumn(column: i32): i32 {
  return wholeAt(UNIT_PTR, column);
}

@inline
export function isOut(column: i32): bool {
  return wholeAt(PLACE_PTR, column) >= wholeAt(LENGTH_PTR, unitOfColumn(column));
}

@inline
export function lengthOf(unit: i32): i32 {
  return wholeAt(LENGTH_PTR, unit);
}

@inline
export function columnOf(unit: i32, place: i32): i32 {
  return wholeAt(LIST_PTR, firstEntry(unit) + place);
}

@inline
export function keyOf(unit: i32): i32 {
  return wholeAt(KEY_PTR, unit);
}

@inline
export function basisColumn(index: i32): i32 {
  return wholeAt(BASIS_PTR, index);
}

@inline
export function basisShare(index: i32): f64 {
  return figureAt(SHARE_PTR, index);
}

@inline
export function programRows(): i32 {
  return m;
}

@inline
export function programUnits(): i32 {
  return unitCount;
}

@inline
export function programUsd(): f64 {
  return objective;
}

@inline
export function multiplierOf(row: i32): f64 {
  return figureAt(MULTIPLIER_PTR, row);
}

/** Takes a column out of its unit's list; bringBack in the opposite order undoes it. */
export function takeOut(column: i32): void {
  const unit = unitOfColumn(column);
  const first = firstEntry(unit);
  const last = lengthOf(unit) - 1;
  const place = wholeAt(PLACE_PTR, column);
  const other = wholeAt(LIST_PTR, first + last);
  putWhole(LIST_PTR, first + place, other);
  putWhole(LIST_PTR, first + last, column);
  putWhole(PLACE_PTR, other, place);
  putWhole(PLACE_PTR, column, last);
  putWhole(LENGTH_PTR, unit, last);
}

/** Lets a unit start with the column as its key: only before the first solving, and only when its other columns are out. */
@inline
export function setKey(unit: i32, column: i32): void {
  putWhole(KEY_PTR, unit, column);
}

export function bringBack(column: i32): void {
  const unit = unitOfColumn(column);
  putWhole(LENGTH_PTR, unit, lengthOf(unit) + 1);
}

@inline
function powerIn(entry: usize, interval: i32): f64 {
  for (let cell = 0; cell < cellCount(); cell++) {
    if (cellInterval(cell) == interval) return load<f64>(entry + E_CELLS + (<usize>cell << 3));
  }
  return 0.0;
}

function entryCoefficient(row: i32, unit: i32, entry: usize): f64 {
  const kind = rowKind(row);
  const owner = rowOwner(row);
  const t = rowInterval(row);
  const at = unitAt(unit);
  if (kind == ROW_CLIENT) return <i32>field(at, F_CLIENT) == owner ? -load<f64>(entry + E_ON) : 0.0;
  if (kind == ROW_TAKE_OR_PAY) return -load<f64>(entry + E_ENERGY) * KW;
  if (kind == ROW_PEAK) return powerIn(entry, t) * KW;
  if (siteOf(at) != owner) return 0.0;
  if (kind == ROW_CAP) return powerIn(entry, t) * KW;
  const step = powerIn(entry, t) - powerIn(entry, t - 1);
  return (kind == ROW_RAMP_DOWN ? -step : step) * KW;
}

function addColumn(costUsd: f64): i32 {
  const column = columns;
  columns++;
  putWhole(UNIT_PTR, column, -1);
  putFigure(COST_PTR, column, costUsd);
  for (let row = 0; row < stride; row++) putFigure(COEFFICIENT_PTR, column * stride + row, 0.0);
  return column;
}

function addSofteners(): void {
  let peak = -1;
  for (let row = 0; row < m; row++) {
    const kind = rowKind(row);
    const penalty = kind == ROW_CAP ? figureAt(PENALTY_PTR, rowOwner(row)) : kind == ROW_TAKE_OR_PAY ? term(T_MISSING_PRICE) : -1.0;
    if (kind == ROW_PEAK) {
      if (peak < 0) peak = addColumn((-term(T_PEAK_PRICE) * USD) / KW);
      putFigure(COEFFICIENT_PTR, peak * stride + row, -1.0);
    } else if (penalty >= 0.0) {
      const column = addColumn((-penalty * USD) / KW);
      putFigure(COEFFICIENT_PTR, column * stride + row, -1.0);
    }
  }
}

/** Lays the programme out over the listed alternatives. Returns 0 when it is too large. */
export function startProgram(): i32 {
  m = rows();
  stride = (m + 1) & ~1;
  unitCount = head(7);
  alternatives = firstEntry(unitCount);
  pivots = 0;
  if (m > MAX_PROGRAM_ROWS || unitCount > MAX_LISTED_UNITS) return 0;
  if (alternatives + 3 * m + 1 > MAX_COLUMNS || (alternatives + 3 * m + 1) * stride > COEFFICIENTS_IN_ALL) return 0;
  columns = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    const from = firstEntry(unit);
    const to = firstEntry(unit + 1);
    putWhole(LENGTH_PTR, unit, to - from);
    let key = from;
    for (let column = from; column < to; column++) {
      const entry = entryAt(column);
      putWhole(UNIT_PTR, column, unit);
      putWhole(LIST_PTR, column, column);
      putWhole(PLACE_PTR, column, column - from);
      putFigure(COST_PTR, column, load<f64>(entry + E_MONEY) * USD);
      if (stride > m) putFigure(COEFFICIENT_PTR, column * stride + m, 0.0);
      for (let row = 0; row < m; row++) putFigure(COEFFICIENT_PTR, column * stride + row, entryCoefficient(row, unit, entry));
      if (figureAt(COST_PTR, column) > figureAt(COST_PTR, key)) key = column;
    }
    putWhole(KEY_PTR, unit, to > from ? key : -1);
  }
  columns = alternatives;
  fixedUsd = -term(T_PEAK_PRICE) * term(T_PEAK_SO_FAR) * USD;
  memory.fill(INVERSE_PTR, 0, <usize>(m * m) << 3);
  for (let row = 0; row < m; row++) {
    const kind = rowKind(row);
    const limit = rowFigure(ROW_LIMIT_PTR, row);
    putFigure(LIMIT_PTR, row, kind == ROW_CLIENT ? -limit : kind == ROW_TAKE_OR_PAY ? -limit * KW : limit * KW);
    const slack = addColumn(0.0);
    putFigure(COEFFICIENT_PTR, slack * stride + row, 1.0);
    putWhole(BASIS_PTR, row, slack);
    putFigure(INVERSE_PTR, row * m + row, 1.0);
  }
  addSofteners();
  return 1;
}

/** Copies the basis to place `index`; false when there is no room. */
export function keepBasis(index: i32): bool {
  const inverseBytes = <usize>(m * m) << 3;
  const bytes = inverseBytes + ((<usize>(m + unitCount) << 2) + 7 & ~7);
  const to = KEPT_PTR + <usize>index * bytes;
  if (to + bytes > KEPT_PTR + KEPT_BYTES) return false;
  memory.copy(to, INVERSE_PTR, inverseBytes);
  memory.copy(to + inverseBytes, BASIS_PTR, <usize>m << 2);
  memory.copy(to + inverseBytes + (<usize>m << 2), KEY_PTR, <usize>unitCount << 2);
  return true;
}

export function recallBasis(index: i32): void {
  const inverseBytes = <usize>(m * m) << 3;
  const bytes = inverseBytes + ((<usize>(m + unitCount) << 2) + 7 & ~7);
  const from = KEPT_PTR + <usize>index * bytes;
  memory.copy(INVERSE_PTR, from, inverseBytes);
  memory.copy(BASIS_PTR, from + inverseBytes, <usize>m << 2);
  memory.copy(KEY_PTR, from + inverseBytes + (<usize>m << 2), <usize>unitCount << 2);
}

/** Shares, multipliers and objective of the basis. */
export function reckon(): void {
  for (let row = 0; row < m; row++) putFigure(ROOM_PTR, row, figureAt(LIMIT_PTR, row));
  objective = fixedUsd;
  for (let unit = 0; unit < unitCount; unit++) {
    const key = keyOf(unit);
    putFigure(KEY_SHARE_PTR, unit, 1.0);
    if (key < 0) continue;
    objective += figureAt(COST_PTR, key);
    const line = COEFFICIENT_PTR + (<usize>(key * stride) << 3);
    for (let row = 0; row < m; row++) putFigure(ROOM_PTR, row, figureAt(ROOM_PTR, row) - figureAt(line, row));
  }
  memory.fill(MULTIPLIER_PTR, 0, <usize>stride << 3);
  for (let index = 0; index < m; index++) {
    const line = INVERSE_PTR + (<usize>(index * m) << 3);
    let share: f64 = 0.0;
    for (let row = 0; row < m; row++) share += figureAt(line, row) * figureAt(ROOM_PTR, row);
    putFigure(SHARE_PTR, index, share);
    const column = basisColumn(index);
    const unit = unitOfColumn(column);
    const cost = unit < 0 ? figureAt(COST_PTR, column) : figureAt(COST_PTR, column) - figureAt(COST_PTR, keyOf(unit));
    if (unit >= 0) putFigure(KEY_SHARE_PTR, unit, figureAt(KEY_SHARE_PTR, unit) - share);
    if (cost == 0.0) continue;
    for (let row = 0; row < m; row++) putFigure(MULTIPLIER_PTR, row, figureAt(MULTIPLIER_PTR, row) + cost * figureAt(line, row));
  }
  for (let row = 0; row < m; row++) objective += figureAt(MULTIPLIER_PTR, row) * figureAt(ROOM_PTR, row);
  addWork(<i64>((unitCount + 2 * m) * m));
}

// Products of a column with the multipliers and with the leaving row. Even and odd rows are summed apart: the same bits with and without SIMD.
let alongMultipliers: f64 = 0.0;
let alongLeaving: f64 = 0.0;

@inline
function price(column: i32): void {
  const bytes = <usize>stride << 3;
  const line = COEFFICIENT_PTR + <usize>column * bytes;
  if (ASC_FEATURE_SIMD) {
    let multipliers = f64x2.splat(0.0);
    let leaving = f64x2.splat(0.0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const figures = v128.load(line + at);
      multipliers = f64x2.add(multipliers, f64x2.mul(v128.load(MULTIPLIER_PTR + at), figures));
      leaving = f64x2.add(leaving, f64x2.mul(v128.load(LEAVING_PTR + at), figures));
    }
    alongMultipliers = f64x2.extract_lane(multipliers, 0) + f64x2.extract_lane(multipliers, 1);
    alongLeaving = f64x2.extract_lane(leaving, 0) + f64x2.extract_lane(leaving, 1);
    return;
  }
  let evenMultipliers: f64 = 0.0;
  let oddMultipliers: f64 = 0.0;
  let evenLeaving: f64 = 0.0;
  let oddLeaving: f64 = 0.0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const even = load<f64>(line + at);
    const odd = load<f64>(line + at, 8);
    evenMultipliers += load<f64>(MULTIPLIER_PTR + at) * even;
    oddMultipliers += load<f64>(MULTIPLIER_PTR + at, 8) * odd;
    evenLeaving += load<f64>(LEAVING_PTR + at) * even;
    oddLeaving += load<f64>(LEAVING_PTR + at, 8) * odd;
  }
  alongMultipliers = evenMultipliers + oddMultipliers;
  alongLeaving = evenLeaving + oddLeaving;
}

/** What the programme earns of the column at the multipliers. */
@inline
export function earned(column: i32): f64 {
  price(column);
  return figureAt(COST_PTR, column) - alongMultipliers;
}

/** Reckons the inverse anew from the basis. False when it has none. */
function refresh(): bool {
  for (let index = 0; index < m; index++) {
    const column = basisColumn(index);
    const unit = unitOfColumn(column);
    for (let row = 0; row < m; row++) {
      putFigure(WORK_PTR, row * m + index, coefficient(column, row) - (unit < 0 ? 0.0 : coefficient(keyOf(unit), row)));
      putFigure(INVERSE_PTR, row * m + index, row == index ? 1.0 : 0.0);
    }
  }
  for (let index = 0; index < m; index++) {
    let pivot = index;
    for (let row = index + 1; row < m; row++) {
      if (Math.abs(figureAt(WORK_PTR, row * m + index)) > Math.abs(figureAt(WORK_PTR, pivot * m + index))) pivot = row;
    }
    const by = figureAt(WORK_PTR, pivot * m + index);
    if (Math.abs(by) < 1e-10) return false;
    for (let at = 0; at < m; at++) {
      const left = figureAt(WORK_PTR, pivot * m + at);
      putFigure(WORK_PTR, pivot * m + at, figureAt(WORK_PTR, index * m + at));
      putFigure(WORK_PTR, index * m + at, left / by);
      const right = figureAt(INVERSE_PTR, pivot * m + at);
      putFigure(INVERSE_PTR, pivot * m + at, figureAt(INVERSE_PTR, index * m + at));
      putFigure(INVERSE_PTR, index * m + at, right / by);
    }
    for (let row = 0; row < m; row++) {
      const times = figureAt(WORK_PTR, row * m + index);
      if (row == index || times == 0.0) continue;
      for (let at = 0; at < m; at++) {
        putFigure(WORK_PTR, row * m + at, figureAt(WORK_PTR, row * m + at) - times * figureAt(WORK_PTR, index * m + at));
        putFigure(INVERSE_PTR, row * m + at, figureAt(INVERSE_PTR, row * m + at) - times * figureAt(INVERSE_PTR, index * m + at));
      }
    }
  }
  addWork(<i64>(2 * m * m * m));
  return true;
}

// What leaves: place in the basis, or unit whose key; and whether its share must fall.
let leavingIndex: i32 = -1;
let leavingKey: i32 = -1;
let falls: bool = false;

function findLeaving(): void {
  leavingIndex = -1;
  leavingKey = -1;
  let worst = EPSILON;
  for (let index = 0; index < m; index++) {
    const share = figureAt(SHARE_PTR, index);
    const column = basisColumn(index);
    const out = unitOfColumn(column) >= 0 && isOut(column);
    if (-share <= worst && !(out && share > worst)) continue;
    worst = Math.abs(share);
    leavingIndex = index;
    falls = share > 0.0;
  }
  for (let unit = 0; unit < unitCount; unit++) {
    const key = keyOf(unit);
    if (key < 0) continue;
    const share = figureAt(KEY_SHARE_PTR, unit);
    if (-share <= worst && !(share > worst && isOut(key))) continue;
    worst = Math.abs(share);
    leavingKey = unit;
    falls = share > 0.0;
  }
  if (leavingKey >= 0) leavingIndex = -1;
}

/** Makes a key leave: it changes places with an alternative of its unit in the basis. Without one it is replaced. False when nothing can take its place. */
function releaseKey(): bool {
  const unit = leavingKey;
  const key = keyOf(unit);
  let place = -1;
  for (let index = 0; index < m; index++) {
    if (unitOfColumn(basisColumn(index)) == unit && (place < 0 || figureAt(SHARE_PTR, index) > figureAt(SHARE_PTR, place))) place = index;
  }
  if (place < 0) {
    let best = -1;
    let most: f64 = -Infinity;
    for (let at = 0; at < lengthOf(unit); at++) {
      const column = columnOf(unit, at);
      const earns = earned(column);
      if (column == key || earns <= most) continue;
      most = earns;
      best = column;
    }
    if (best < 0) return false;
    putWhole(KEY_PTR, unit, best);
    return true;
  }
  for (let row = 0; row < m; row++) {
    let sum: f64 = 0.0;
    for (let index = 0; index < m; index++) {
      if (unitOfColumn(basisColumn(index)) == unit) sum += figureAt(INVERSE_PTR, index * m + row);
    }
    putFigure(LEAVING_PTR, row, -sum);
  }
  memory.copy(INVERSE_PTR + (<usize>(place * m) << 3), LEAVING_PTR, <usize>m << 3);
  putWhole(KEY_PTR, unit, basisColumn(place));
  putWhole(BASIS_PTR, place, key);
  leavingIndex = place;
  return true;
}

let entering: i32 = -1;
let bestRatio: f64 = 0.0;
let bestSlope: f64 = 0.0;

@inline
function consider(column: i32, slope: f64, loss: f64): void {
  const ratio = max(0.0, loss) / slope;
  if (entering >= 0 && !(ratio < bestRatio - 1e-13 || (ratio <= bestRatio + 1e-13 && slope > bestSlope))) return;
  entering = column;
  bestRatio = ratio;
  bestSlope = slope;
}

/** The column that keeps all losses at 0 or above when the leaving one goes. */
function findEntering(): void {
  entering = -1;
  const sign: f64 = falls ? 1.0 : -1.0;
  for (let unit = 0; unit < unitCount; unit++) {
    const length = lengthOf(unit);
    const key = keyOf(unit);
    if (key < 0 || (length == 1 && columnOf(unit, 0) == key)) continue;
    price(key);
    const keySlope = alongLeaving;
    const keyLoss = alongMultipliers - figureAt(COST_PTR, key);
    for (let place = 0; place < length; place++) {
      const column = columnOf(unit, place);
      price(column);
      const slope = sign * (alongLeaving - keySlope);
      if (slope > EPSILON) consider(column, slope, alongMultipliers - figureAt(COST_PTR, column) - keyLoss);
    }
    addWork(<i64>((length + 1) * m));
  }
  for (let column = alternatives; column < columns; column++) {
    price(column);
    const slope = sign * alongLeaving;
    if (slope > EPSILON) consider(column, slope, alongMultipliers - figureAt(COST_PTR, column));
  }
  addWork(<i64>((columns - alternatives) * m));
}

function enter(): bool {
  const unit = unitOfColumn(entering);
  for (let index = 0; index < m; index++) {
    const line = INVERSE_PTR + (<usize>(index * m) << 3);
    let figure: f64 = 0.0;
    for (let row = 0; row < m; row++) figure += figureAt(line, row) * (coefficient(entering, row) - (unit < 0 ? 0.0 : coefficient(keyOf(unit), row)));
    putFigure(ENTERING_PTR, index, figure);
  }
  const pivot = figureAt(ENTERING_PTR, leavingIndex);
  if (Math.abs(pivot) < 1e-10) return false;
  const own = INVERSE_PTR + (<usize>(leavingIndex * m) << 3);
  for (let row = 0; row < m; row++) putFigure(own, row, figureAt(own, row) / pivot);
  for (let index = 0; index < m; index++) {
    const times = figureAt(ENTERING_PTR, index);
    if (index == leavingIndex || times == 0.0) continue;
    const line = INVERSE_PTR + (<usize>(index * m) << 3);
    for (let row = 0; row < m; row++) putFigure(line, row, figureAt(line, row) - times * figureAt(own, row));
  }
  putWhole(BASIS_PTR, leavingIndex, entering);
  pivots++;
  addWork(<i64>(2 * m * m));
  return pivots % PIVOTS_A_REFRESH != 0 || refresh();
}

/** Solves from the basis in hand, which must have no loss below 0. Ends early, with a bound, when the objective is at most `cutoff` USD. */
export function solveProgram(cutoff: f64): i32 {
  const until = workDone() + MOST_WORK;
  for (let pivot = 0; pivot < MOST_PIVOTS && workDone() < until; pivot++) {
    reckon();
    if (objective <= cutoff) return BELOW_CUTOFF;
    findLeaving();
    if (leavingIndex < 0 && leavingKey < 0) return SOLVED;
    if (leavingKey >= 0) {
      if (!releaseKey()) return IMPOSSIBLE_PROGRAM;
      if (leavingIndex < 0) continue;
    }
    memory.copy(LEAVING_PTR, INVERSE_PTR + (<usize>(leavingIndex * m) << 3), <usize>m << 3);
    if (stride > m) putFigure(LEAVING_PTR, m, 0.0);
    findEntering();
    if (entering < 0) return IMPOSSIBLE_PROGRAM;
    if (!enter()) return FAILED;
  }
  return FAILED;
}
