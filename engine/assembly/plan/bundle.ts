/**
 * Lowers the bound over the multipliers: a proximal bundle method with box bounds. Each evaluation gives a linear piece under the bound; the next point
 * minimises the highest of the pieces plus a penalty on the distance from the best point (the centre). Multipliers are measured in ROW_SCALE and money
 * in USD, so that one step length serves all rows; points are rounded to whole units before they are evaluated, so every value is a proven bound.
 * Only + - * / and sqrt in a fixed order: the same steps in every engine.
 */
import { CUT_ERROR_PTR, CUT_SLOPE_PTR, CUT_WEIGHT_PTR, STEP_PTR, predictedDrop, solveMaster, stepOf } from './bundle-master';
import {
  F_VALUE,
  F_VALUE_DOWN,
  F_VALUE_UP,
  MAX_CUTS,
  MAX_ROWS,
  ROW_BEST_PTR,
  ROW_MULTIPLIER_PTR,
  ROW_PEAK,
  ROW_SCALE_PTR,
  ROW_SLOPE_PTR,
  ROW_UPPER_PTR,
  SUM_PTR,
  TERMS_PTR,
  T_PEAK_HIGH,
  T_PEAK_LOW,
  T_PEAK_PRICE,
  rows,
} from './layout';
import { evaluateUnits } from './oracle';
import { rowFigure, rowKind, rowsPart, setRates, setRowFigure, setSlopes, sharedPeak } from './rates';

const USD: f64 = 1e-12;
/** A step is serious when it brings this share of what the model promised. */
const SERIOUS_SHARE: f64 = 0.1;
const GOOD_SHARE: f64 = 0.5;
/** Share of its scale that the steepest multiplier moves in the first step. */
const FIRST_SHARE: f64 = 0.3;

/** Bundle state: in [centre value USD, step length, cuts in use, last predicted drop USD, blocks from, blocks to, null steps in a row]. */
const STATE_PTR: usize = memory.data(16 * 8, 16);
const B_CENTRE_USD: i32 = 0;
const B_LENGTH: i32 = 1;
const B_CUTS: i32 = 2;
const B_PREDICTED: i32 = 3;
const B_FROM: i32 = 4;
const B_TO: i32 = 5;
const B_NULLS: i32 = 6;
const B_NEW_USD: i32 = 7;

@inline
function state(index: i32): f64 {
  return load<f64>(STATE_PTR + (<usize>index << 3));
}

@inline
function setState(index: i32, value: f64): void {
  store<f64>(STATE_PTR + (<usize>index << 3), value);
}

@inline
function cutFigure(base: usize, cut: i32): f64 {
  return load<f64>(base + (<usize>cut << 3));
}

@inline
function setCutFigure(base: usize, cut: i32, value: f64): void {
  store<f64>(base + (<usize>cut << 3), value);
}

@inline
function slopesOf(cut: i32): usize {
  return CUT_SLOPE_PTR + <usize>cut * (MAX_ROWS * 8);
}

/** The bound at ROW_MULTIPLIER over the bundle's blocks, USD, and its slopes. NaN when a unit has no sequence. */
function evaluate(): f64 {
  setRates(ROW_MULTIPLIER_PTR);
  if (evaluateUnits(<i32>state(B_FROM), <i32>state(B_TO), F_VALUE) >= 0) return NaN;
  setSlopes(ROW_MULTIPLIER_PTR);
  return (<f64>load<i64>(SUM_PTR) + rowsPart(ROW_MULTIPLIER_PTR)) * USD;
}

/** Adds the piece of the last evaluation; `error`: how far it lies below the centre's value at the centre. */
function addCut(error: f64): void {
  let cut = <i32>state(B_CUTS);
  if (cut == MAX_CUTS) {
    cut = worstCut();
  } else {
    setState(B_CUTS, <f64>(cut + 1));
    setCutFigure(CUT_WEIGHT_PTR, cut, 0.0);
  }
  setCutFigure(CUT_ERROR_PTR, cut, max(0.0, error));
  const slopes = slopesOf(cut);
  const count = rows();
  for (let row = 0; row < count; row++) {
    store<f64>(slopes + (<usize>row << 3), rowFigure(ROW_SLOPE_PTR, row) * rowFigure(ROW_SCALE_PTR, row) * USD);
  }
}

/** The piece without weight that lies deepest; with all in use, the one of least weight, its weight given to the heaviest. */
function worstCut(): i32 {
  let worst = -1;
  let lightest = 0;
  let heaviest = 0;
  for (let cut = 0; cut < MAX_CUTS; cut++) {
    const weight = cutFigure(CUT_WEIGHT_PTR, cut);
    if (weight < cutFigure(CUT_WEIGHT_PTR, lightest)) lightest = cut;
    if (weight > cutFigure(CUT_WEIGHT_PTR, heaviest)) heaviest = cut;
    if (weight == 0.0 && (worst < 0 || cutFigure(CUT_ERROR_PTR, cut) > cutFigure(CUT_ERROR_PTR, worst))) worst = cut;
  }
  if (worst >= 0) return worst;
  setCutFigure(CUT_WEIGHT_PTR, heaviest, cutFigure(CUT_WEIGHT_PTR, heaviest) + cutFigure(CUT_WEIGHT_PTR, lightest));
  setCutFigure(CUT_WEIGHT_PTR, lightest, 0.0);
  return lightest;
}

/** Starts at the multipliers in ROW_BEST over blocks [from, to). Returns the bound there, USD; NaN when a unit has no sequence. */
export function startBundle(from: i32, to: i32): f64 {
  setState(B_FROM, <f64>from);
  setState(B_TO, <f64>to);
  setState(B_CUTS, 0.0);
  setState(B_NULLS, 0.0);
  const count = rows();
  for (let row = 0; row < count; row++) setRowFigure(ROW_MULTIPLIER_PTR, row, rowFigure(ROW_BEST_PTR, row));
  const value = evaluate();
  setState(B_CENTRE_USD, value);
  setState(B_PREDICTED, Infinity);
  addCut(0.0);
  setCutFigure(CUT_WEIGHT_PTR, 0, 1.0);
  return value;
}

/** Step length so that the steepest row moves by `share` of its scale. */
export function setStepLength(share: f64): void {
  let steepest: f64 = 0.0;
  const count = rows();
  for (let row = 0; row < count; row++) steepest = max(steepest, Math.abs(load<f64>(slopesOf(0) + (<usize>row << 3))));
  setState(B_LENGTH, steepest > 0.0 ? share / steepest : 1.0);
}

/** The trial point: centre plus step, rounded into [0, upper]. False when it is the centre itself. */
function moveToTrial(): bool {
  const count = rows();
  let moved = false;
  for (let row = 0; row < count; row++) {
    const centre = rowFigure(ROW_BEST_PTR, row);
    const wanted = centre + stepOf(row) * rowFigure(ROW_SCALE_PTR, row);
    const trial = max(0.0, min(rowFigure(ROW_UPPER_PTR, row), Math.floor(wanted + 0.5)));
    setRowFigure(ROW_MULTIPLIER_PTR, row, trial);
    // The step of the rounded point: what the pieces must be measured with.
    store<f64>(STEP_PTR + (<usize>row << 3), (trial - centre) / rowFigure(ROW_SCALE_PTR, row));
    moved = moved || trial != centre;
  }
  return moved;
}

/** Slope of a piece times the step. */
function along(cut: i32): f64 {
  const slopes = slopesOf(cut);
  const count = rows();
  let sum: f64 = 0.0;
  for (let row = 0; row < count; row++) sum += load<f64>(slopes + (<usize>row << 3)) * stepOf(row);
  return sum;
}

/** One iteration. Returns the predicted drop of the bound, USD, before it: small means nearly done. Negative: nothing moves any more. */
export function stepBundle(): f64 {
  const cuts = <i32>state(B_CUTS);
  const length = state(B_LENGTH);
  solveMaster(cuts, length);
  const predicted = predictedDrop();
  setState(B_PREDICTED, predicted);
  if (!moveToTrial()) {
    // The step rounds to nothing: a longer one, or the end.
    setState(B_LENGTH, length * 8.0);
    return length > 1e9 ? -1.0 : predicted;
  }
  const centreUsd = state(B_CENTRE_USD);
  const value = evaluate();
  setState(B_NEW_USD, value);
  const drop = centreUsd - value;
  // The new piece at the centre: its value there is value - slope * step.
  if (drop >= SERIOUS_SHARE * predicted && drop > 0.0) {
    for (let cut = 0; cut < cuts; cut++) {
      const error = cutFigure(CUT_ERROR_PTR, cut) + (value - centreUsd) - along(cut);
      setCutFigure(CUT_ERROR_PTR, cut, max(0.0, error));
    }
    const count = rows();
    for (let row = 0; row < count; row++) setRowFigure(ROW_BEST_PTR, row, rowFigure(ROW_MULTIPLIER_PTR, row));
    setState(B_CENTRE_USD, value);
    addCut(0.0);
    if (drop >= GOOD_SHARE * predicted) setState(B_LENGTH, length * min(4.0, max(1.3, 0.5 / max(0.05, 1.0 - drop / predicted))));
    setState(B_NULLS, 0.0);
    return predicted;
  }
  let slopeAlong: f64 = 0.0;
  const count = rows();
  for (let row = 0; row < count; row++) slopeAlong += rowFigure(ROW_SLOPE_PTR, row) * rowFigure(ROW_SCALE_PTR, row) * USD * stepOf(row);
  const error = centreUsd - (value - slopeAlong);
  addCut(error);
  const nulls = state(B_NULLS) + 1.0;
  setState(B_NULLS, nulls);
  // Null steps far above the model: the trial was too far.
  if (error > predicted && nulls >= 2.0) setState(B_LENGTH, length * max(0.2, min(0.7, 0.5 / max(0.05, 1.0 - drop / predicted))));
  return predicted;
}

/** The best bound of the bundle so far, USD. */
export function bundleUsd(): f64 {
  return state(B_CENTRE_USD);
}

/** Evaluates ROW_BEST over the blocks [from, to) into `valueField` and leaves slopes. Returns the unit without a sequence, or -1. */
export function evaluateBest(from: i32, to: i32, valueField: i32): i32 {
  setRates(ROW_BEST_PTR);
  const unit = evaluateUnits(from, to, valueField);
  setSlopes(ROW_BEST_PTR);
  return unit;
}

/**
 * Evaluates the best multipliers moved up and down by `share` of themselves, at least one unit, for listUndecided; the values at the best multipliers must
 * be in F_VALUE.
 */
export function evaluateAround(from: i32, to: i32, share: f64): void {
  const count = rows();
  for (let sign = -1; sign <= 1; sign += 2) {
    for (let row = 0; row < count; row++) {
      const best = rowFigure(ROW_BEST_PTR, row);
      setRowFigure(ROW_MULTIPLIER_PTR, row, best == 0.0 ? 0.0 : best + <f64>sign * max(1.0, Math.floor(best * share)));
    }
    setRates(ROW_MULTIPLIER_PTR);
    evaluateUnits(from, to, sign > 0 ? F_VALUE_UP : F_VALUE_DOWN);
  }
}

/** RATE and BONUS of the best multipliers times `share`. */
export function setBestRates(share: f64): void {
  setRates(ROW_BEST_PTR, share);
}

/**
 * Moves the peak of the bound to one figure, W, keeping the pieces: the bound changes by a straight line in the multipliers, so how far each piece lies
 * below it does not.
 */
export function movePeak(peakW: f64): void {
  const change = peakW - load<f64>(TERMS_PTR + (T_PEAK_LOW << 3));
  store<f64>(TERMS_PTR + (T_PEAK_LOW << 3), peakW);
  store<f64>(TERMS_PTR + (T_PEAK_HIGH << 3), peakW);
  setState(B_CENTRE_USD, state(B_CENTRE_USD) + change * (sharedPeak(ROW_BEST_PTR) - load<f64>(TERMS_PTR + (T_PEAK_PRICE << 3))) * USD);
  const count = rows();
  const cuts = <i32>state(B_CUTS);
  for (let row = 0; row < count; row++) {
    if (rowKind(row) != ROW_PEAK) continue;
    const steeper = change * rowFigure(ROW_SCALE_PTR, row) * USD;
    for (let cut = 0; cut < cuts; cut++) {
      const at = slopesOf(cut) + (<usize>row << 3);
      store<f64>(at, load<f64>(at) + steeper);
    }
  }
}

/**
 * Finds the peak worth its price on blocks [from, to): what a watt of peak brings falls as the peak rises, so the interval is halved. Ends with the peak
 * in both terms and its multipliers in ROW_BEST. Returns the peak, W.
 */
export function searchPeak(from: i32, to: i32, lowestW: f64, highestW: f64, halvings: i32, steps: i32): f64 {
  let low = lowestW;
  let high = highestW;
  store<f64>(TERMS_PTR + (T_PEAK_LOW << 3), high);
  store<f64>(TERMS_PTR + (T_PEAK_HIGH << 3), high);
  startBundle(from, to);
  setStepLength(FIRST_SHARE);
  const price = load<f64>(TERMS_PTR + (T_PEAK_PRICE << 3));
  let peak = high;
  for (let halving = 0; halving < halvings; halving++) {
    peak = halving == 0 ? low : Math.floor(0.5 * (low + high));
    movePeak(peak);
    const enough = Math.abs(state(B_CENTRE_USD)) * 1e-6;
    for (let step = 0; step < steps; step++) {
      const predicted = stepBundle();
      if (predicted < enough) break;
    }
    const isWorthMore = sharedPeak(ROW_BEST_PTR) > price;
    if (halving == 0 && !isWorthMore) return peak;
    if (isWorthMore) low = peak;
    else high = peak;
  }
  return peak;
}
