/**
 * The bundle's inner problem: minimise over steps d inside the box the highest piece plus |d|^2 / (2 * length). Solved in its dual, over weights of the
 * pieces that sum to 1: for given weights the step is d = clip(-length * sum of weight * slope), so bounds cost nothing. Weight is moved from the worst
 * piece in use to the best one, as far as an exact search along the clipped path says.
 */
import { figureAt, putFigure } from './figures';
import { MAX_CUTS, MAX_ROWS, ROW_BEST_PTR, ROW_SCALE_PTR, ROW_UPPER_PTR, rows } from './layout';

/** Slopes of each piece, USD per scaled multiplier. */
export const CUT_SLOPE_PTR: usize = memory.data(MAX_CUTS * MAX_ROWS * 8, 16);
/** How far below the centre's value each piece lies at the centre, USD, >= 0. */
export const CUT_ERROR_PTR: usize = memory.data(MAX_CUTS * 8, 16);
export const CUT_WEIGHT_PTR: usize = memory.data(MAX_CUTS * 8, 16);
/** The step, in scaled multipliers. */
export const STEP_PTR: usize = memory.data(MAX_ROWS * 8, 16);
/** Value of each piece at the step, against the centre. */
const CUT_VALUE_PTR: usize = memory.data(MAX_CUTS * 8, 16);
const SLOPE_PTR: usize = memory.data(MAX_ROWS * 8, 16);
const LOW_PTR: usize = memory.data(MAX_ROWS * 8, 16);
const HIGH_PTR: usize = memory.data(MAX_ROWS * 8, 16);

const MAX_MOVES: i32 = 400;

@inline
export function stepOf(row: i32): f64 {
  return figureAt(STEP_PTR, row);
}

@inline
function slopesOf(cut: i32): usize {
  return CUT_SLOPE_PTR + <usize>cut * (MAX_ROWS * 8);
}

@inline
function clip(row: i32, value: f64): f64 {
  return max(figureAt(LOW_PTR, row), min(figureAt(HIGH_PTR, row), value));
}

/** Derivative of the dual when `move` of weight goes from one piece to the other; its own slope into CURVE. */
let curve: f64 = 0.0;
function derivative(better: usize, worse: usize, errors: f64, move: f64, length: f64, count: i32): f64 {
  let sum = errors;
  let bend: f64 = 0.0;
  for (let row = 0; row < count; row++) {
    const change = figureAt(better, row) - figureAt(worse, row);
    const wanted = -length * (figureAt(SLOPE_PTR, row) + move * change);
    const step = clip(row, wanted);
    sum += change * step;
    if (step == wanted) bend += change * change;
  }
  curve = length * bend;
  return sum;
}

/** How much weight to move, in (0, most]: the zero of the falling derivative. */
function findMove(better: usize, worse: usize, errors: f64, most: f64, length: f64, count: i32): f64 {
  if (derivative(better, worse, errors, most, length, count) >= 0.0) return most;
  let low: f64 = 0.0;
  let high = most;
  let slope = derivative(better, worse, errors, 0.0, length, count);
  let move: f64 = 0.0;
  const enough = slope * 1e-3;
  for (let round = 0; round < 20; round++) {
    const newton = curve > 0.0 ? move + slope / curve : high;
    move = newton > low && newton < high ? newton : 0.5 * (low + high);
    slope = derivative(better, worse, errors, move, length, count);
    if (Math.abs(slope) <= enough) break;
    if (slope > 0.0) low = move;
    else high = move;
  }
  return move;
}

function setBox(count: i32): void {
  for (let row = 0; row < count; row++) {
    const scale = figureAt(ROW_SCALE_PTR, row);
    putFigure(LOW_PTR, row, -figureAt(ROW_BEST_PTR, row) / scale);
    putFigure(HIGH_PTR, row, (figureAt(ROW_UPPER_PTR, row) - figureAt(ROW_BEST_PTR, row)) / scale);
  }
}

function mixSlopes(cuts: i32, count: i32): void {
  memory.fill(SLOPE_PTR, 0, <usize>count << 3);
  for (let cut = 0; cut < cuts; cut++) {
    const weight = figureAt(CUT_WEIGHT_PTR, cut);
    if (weight == 0.0) continue;
    const slopes = slopesOf(cut);
    for (let row = 0; row < count; row++) putFigure(SLOPE_PTR, row, figureAt(SLOPE_PTR, row) + weight * figureAt(slopes, row));
  }
}

/** The step of the mixed slope, and every piece's value there. */
function measure(cuts: i32, length: f64, count: i32): void {
  for (let row = 0; row < count; row++) putFigure(STEP_PTR, row, clip(row, -length * figureAt(SLOPE_PTR, row)));
  for (let cut = 0; cut < cuts; cut++) {
    const slopes = slopesOf(cut);
    let value = -figureAt(CUT_ERROR_PTR, cut);
    for (let row = 0; row < count; row++) value += figureAt(slopes, row) * figureAt(STEP_PTR, row);
    putFigure(CUT_VALUE_PTR, cut, value);
  }
}

let highest: f64 = 0.0;

/** Finds the step for the first `cuts` pieces; the weights of the last call are where it starts. O(moves * cuts * rows). */
export function solveMaster(cuts: i32, length: f64): void {
  const count = rows();
  setBox(count);
  mixSlopes(cuts, count);
  for (let move = 0; move < MAX_MOVES; move++) {
    measure(cuts, length, count);
    let better = 0;
    let worse = -1;
    for (let cut = 0; cut < cuts; cut++) {
      if (figureAt(CUT_VALUE_PTR, cut) > figureAt(CUT_VALUE_PTR, better)) better = cut;
      if (figureAt(CUT_WEIGHT_PTR, cut) > 0.0 && (worse < 0 || figureAt(CUT_VALUE_PTR, cut) < figureAt(CUT_VALUE_PTR, worse))) worse = cut;
    }
    highest = figureAt(CUT_VALUE_PTR, better);
    const spread = highest - figureAt(CUT_VALUE_PTR, worse);
    // The model's drop is known to a per cent when the pieces in use agree to that.
    if (better == worse || spread <= 0.01 * Math.abs(highest) || spread < 1e-13) break;
    const errors = figureAt(CUT_ERROR_PTR, worse) - figureAt(CUT_ERROR_PTR, better);
    const most = figureAt(CUT_WEIGHT_PTR, worse);
    const moved = findMove(slopesOf(better), slopesOf(worse), errors, most, length, count);
    if (!(moved > 0.0)) break;
    putFigure(CUT_WEIGHT_PTR, better, figureAt(CUT_WEIGHT_PTR, better) + moved);
    putFigure(CUT_WEIGHT_PTR, worse, moved >= most ? 0.0 : most - moved);
    for (let row = 0; row < count; row++) {
      putFigure(SLOPE_PTR, row, figureAt(SLOPE_PTR, row) + moved * (figureAt(slopesOf(better), row) - figureAt(slopesOf(worse), row)));
    }
  }
  measure(cuts, length, count);
}

/** How much lower than the centre the highest piece is at the step, USD. */
export function predictedDrop(): f64 {
  return max(0.0, -highest);
}
