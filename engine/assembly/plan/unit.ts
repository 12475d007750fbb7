/**
 * The best state sequence of one unit, by dynamic programming over intervals. First what on, starting and off are worth in each interval is laid
 * out, each with its best mode; then two values run forward, "on and free to stop" A and "off and free to start" F. Minimum times cost no states: a run
 * that begins is entered with its first U intervals at once,
 *   A[t] = max(A[t-1] + on[t], F[t-U] + start[t-U+1] + on[t-U+2..t]),   F[t] = max(F[t-1] + off[t], A[t-V] + off[t-V+1..t]),
 * and runs that the horizon cuts are compared at the end. A limit of starts repeats the pair in layers. Ties keep the state, and the mode that comes first.
 */
import { figureAt, putFigure } from './figures';
import {
  BONUS_PTR,
  F_BOOT,
  F_CLIENT,
  F_COUNT,
  F_HASHRATE,
  F_LOCK,
  F_MAX_STARTS,
  F_POWER,
  F_RESTART,
  F_WAS_OFF,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  LOCKS_PTR,
  MAX_INTERVALS,
  field,
  hashingModes,
  intervals,
} from './layout';

const LINE: i32 = (MAX_INTERVALS + 1) * 8;

/** Worth of each interval: on, on by a start, off. */
export const ON_PTR: usize = memory.data(LINE, 16);
export const START_PTR: usize = memory.data(LINE, 16);
export const OFF_PTR: usize = memory.data(LINE, 16);
/** Best mode of on and of a start. */
export const ON_MODE_PTR: usize = memory.data(MAX_INTERVALS, 16);
export const START_MODE_PTR: usize = memory.data(MAX_INTERVALS, 16);
/** Bit 0: cannot be on; bit 1: cannot be off. */
export const FORBID_PTR: usize = memory.data(MAX_INTERVALS, 16);
export const CANNOT_BE_ON: u32 = 1;
export const CANNOT_BE_OFF: u32 = 2;
/** The sequence found: a mode an interval. */
export const PATH_PTR: usize = memory.data(MAX_INTERVALS, 16);

const ON_SUM_PTR: usize = memory.data(LINE, 16);
const OFF_SUM_PTR: usize = memory.data(LINE, 16);
const A_PTR: usize = memory.data(LINE, 16);
const F_PTR: usize = memory.data(LINE, 16);
const STARTED_PTR: usize = memory.data(MAX_INTERVALS, 16);
const STOPPED_PTR: usize = memory.data(MAX_INTERVALS, 16);

/** Layers of a limit of starts: more than half the intervals are no limit. */
const MAX_LAYERS: i32 = MAX_INTERVALS / 2 + 1;
const LAYER_A_PTR: usize = memory.data(MAX_LAYERS * LINE, 16);
const LAYER_F_PTR: usize = memory.data(MAX_LAYERS * LINE, 16);
const LAYER_STARTED_PTR: usize = memory.data(MAX_LAYERS * MAX_INTERVALS, 16);
const LAYER_STOPPED_PTR: usize = memory.data(MAX_LAYERS * MAX_INTERVALS, 16);

@inline
function flag(base: usize, index: i32): u32 {
  return load<u8>(base + <usize>index);
}

/** What an interval on earns besides hashing: the client's multiplier, for each unit merged into this one. */
@inline
export function bonusOf(unit: usize): f64 {
  const client = <i32>field(unit, F_CLIENT);
  return client < 0 ? 0.0 : load<f64>(BONUS_PTR + (<usize>client << 3)) * field(unit, F_COUNT);
}

/** Address of the unit's lock bytes, 0 without. */
@inline
export function locksOf(unit: usize): usize {
  const pattern = <i32>field(unit, F_LOCK);
  return pattern < 0 ? 0 : LOCKS_PTR + <usize>pattern * <usize>intervals();
}

/** Lays out the unit's worth when a W costs `ratePtr[t]` and nothing else limits it. */
export function layOut(unit: usize, ratePtr: usize): void {
  const count = intervals();
  const modes = hashingModes();
  const bonus = bonusOf(unit);
  const restart = field(unit, F_RESTART);
  const sleep = field(unit, F_POWER);
  const locks = locksOf(unit);
  for (let t = 0; t < count; t++) {
    const rate = figureAt(ratePtr, t);
    const hashprice = figureAt(HASHPRICE_PTR, t);
    let on = IMPOSSIBLE;
    let start = IMPOSSIBLE;
    let onMode = 1;
    let startMode = 1;
    for (let mode = 1; mode <= modes; mode++) {
      const worth = field(unit, F_HASHRATE - 1 + mode) * hashprice - field(unit, F_POWER + mode) * rate;
      const afterBoot = worth - field(unit, F_BOOT - 1 + mode) * hashprice;
      if (worth > on) {
        on = worth;
        onMode = mode;
      }
      if (afterBoot > start) {
        start = afterBoot;
        startMode = mode;
      }
    }
    putFigure(ON_PTR, t, on + bonus);
    putFigure(START_PTR, t, start + bonus - restart);
    putFigure(OFF_PTR, t, -(sleep * rate));
    store<u8>(ON_MODE_PTR + <usize>t, <u8>onMode);
    store<u8>(START_MODE_PTR + <usize>t, <u8>startMode);
    const lock: u32 = locks == 0 ? 0 : load<u8>(locks + <usize>t);
    store<u8>(FORBID_PTR + <usize>t, <u8>lock);
  }
}

/** The best sequence over what is laid out: its value, and its modes in PATH. Below IMPOSSIBLE / 2 when there is none. */
export function findPath(unit: usize, minUp: i32, minDown: i32): f64 {
  const value = minUp == 1 && minDown == 1 ? findSimple(unit) : findWithMinimumTimes(unit, minUp, minDown);
  const maxStarts = <i32>field(unit, F_MAX_STARTS);
  if (maxStarts < 0 || value < IMPOSSIBLE / 2) return value;
  // The limit is rarely reached: the unlimited optimum that keeps it is the optimum.
  return countStarts(field(unit, F_WAS_ON) == 0.0) <= maxStarts ? value : findInLayers(unit, minUp, minDown, maxStarts);
}

/** Starts of the sequence in PATH; interval 0 is none when the unit may have been on before. */
export function countStarts(wasOn: bool): i32 {
  const count = intervals();
  let before = wasOn;
  let starts = 0;
  for (let t = 0; t < count; t++) {
    const isOn = load<u8>(PATH_PTR + <usize>t) != 0;
    if (isOn && !before) starts++;
    before = isOn;
  }
  return starts;
}

function findSimple(unit: usize): f64 {
  const count = intervals();
  let on = field(unit, F_WAS_ON);
  let off = field(unit, F_WAS_OFF);
  for (let t = 0; t < count; t++) {
    const forbid = flag(FORBID_PTR, t);
    let nextOn = IMPOSSIBLE;
    let nextOff = IMPOSSIBLE;
    if (!(forbid & CANNOT_BE_ON)) {
      nextOn = on + figureAt(ON_PTR, t);
      const started = off + figureAt(START_PTR, t);
      store<u8>(STARTED_PTR + <usize>t, <u8>(started > nextOn));
      nextOn = max(nextOn, started);
    }
    if (!(forbid & CANNOT_BE_OFF)) {
      store<u8>(STOPPED_PTR + <usize>t, <u8>(on > off));
      nextOff = max(on, off) + figureAt(OFF_PTR, t);
    }
    on = nextOn;
    off = nextOff;
  }
  let isOn = !(off > on);
  const value = isOn ? on : off;
  for (let t = count - 1; t >= 0; t--) {
    const at = PATH_PTR + <usize>t;
    if (isOn) {
      const started = flag(STARTED_PTR, t) != 0;
      store<u8>(at, <u8>(started ? flag(START_MODE_PTR, t) : flag(ON_MODE_PTR, t)));
      isOn = !started;
    } else {
      store<u8>(at, 0);
      isOn = flag(STOPPED_PTR, t) != 0;
    }
  }
  return value;
}

/** Writes the run [from, to] into PATH. */
@inline
function writeRun(from: i32, to: i32, isOn: bool, withStart: bool): void {
  for (let t = from; t <= to; t++) store<u8>(PATH_PTR + <usize>t, isOn ? <u8>flag(ON_MODE_PTR, t) : 0);
  if (isOn && withStart) store<u8>(PATH_PTR + <usize>from, <u8>flag(START_MODE_PTR, from));
}

/** The first interval that a run of `state` ending at `last` may begin in: after the last interval that forbids it. */
function firstAllowed(last: i32, forbidden: u32): i32 {
  let t = last;
  while (t >= 0 && !(flag(FORBID_PTR, t) & forbidden)) t--;
  return t + 1;
}

function sumUp(): void {
  const count = intervals();
  let on: f64 = 0.0;
  let off: f64 = 0.0;
  putFigure(ON_SUM_PTR, 0, 0.0);
  putFigure(OFF_SUM_PTR, 0, 0.0);
  for (let t = 0; t < count; t++) {
    const forbid = flag(FORBID_PTR, t);
    // An interval that forbids the state is never inside a run: its worth must not spoil the sums.
    if (!(forbid & CANNOT_BE_ON)) on += figureAt(ON_PTR, t);
    if (!(forbid & CANNOT_BE_OFF)) off += figureAt(OFF_PTR, t);
    putFigure(ON_SUM_PTR, t + 1, on);
    putFigure(OFF_SUM_PTR, t + 1, off);
  }
}

/** Value of starting at `from` after F and being on until `to`. */
@inline
function startedRun(offBefore: f64, from: i32, to: i32): f64 {
  return offBefore + (figureAt(ON_SUM_PTR, to + 1) - figureAt(ON_SUM_PTR, from)) - (figureAt(ON_PTR, from) - figureAt(START_PTR, from));
}

@inline
function stoppedRun(onBefore: f64, from: i32, to: i32): f64 {
  return onBefore + (figureAt(OFF_SUM_PTR, to + 1) - figureAt(OFF_SUM_PTR, from));
}

/** One layer forward: A and F at [t + 1] after interval t, F of the starts from `offPtr`. */
@inline
function runLayer(count: i32, minUp: i32, minDown: i32, aPtr: usize, fPtr: usize, startsFrom: usize, startedPtr: usize, stoppedPtr: usize): void {
  let lastNoOn = -1;
  let lastNoOff = -1;
  for (let t = 0; t < count; t++) {
    const forbid = flag(FORBID_PTR, t);
    if (forbid & CANNOT_BE_ON) lastNoOn = t;
    if (forbid & CANNOT_BE_OFF) lastNoOff = t;
    let on = forbid & CANNOT_BE_ON ? IMPOSSIBLE : figureAt(aPtr, t) + figureAt(ON_PTR, t);
    let off = forbid & CANNOT_BE_OFF ? IMPOSSIBLE : figureAt(fPtr, t) + figureAt(OFF_PTR, t);
    let started: u8 = 0;
    let stopped: u8 = 0;
    const up = t - minUp + 1;
    if (startsFrom != 0 && up >= 0 && lastNoOn < up) {
      const value = startedRun(figureAt(startsFrom, up), up, t);
      if (value > on) {
        on = value;
        started = 1;
      }
    }
    const down = t - minDown + 1;
    if (down >= 0 && lastNoOff < down) {
      const value = stoppedRun(figureAt(aPtr, down), down, t);
      if (value > off) {
        off = value;
        stopped = 1;
      }
    }
    putFigure(aPtr, t + 1, on);
    putFigure(fPtr, t + 1, off);
    store<u8>(startedPtr + <usize>t, started);
    store<u8>(stoppedPtr + <usize>t, stopped);
  }
}

// How the best sequence ends: state, first interval of a run that the horizon cuts (-1: none), layer.
let endIsOn: bool = false;
let endCutFrom: i32 = -1;
let endLayer: i32 = 0;

/** The better of `best` and what this layer ends with. */
function endOfLayer(best: f64, count: i32, minUp: i32, minDown: i32, aPtr: usize, fPtr: usize, startsFrom: usize, layer: i32): f64 {
  let value = best;
  if (figureAt(aPtr, count) > value) {
    value = figureAt(aPtr, count);
    endIsOn = true;
    endCutFrom = -1;
    endLayer = layer;
  }
  if (figureAt(fPtr, count) > value) {
    value = figureAt(fPtr, count);
    endIsOn = false;
    endCutFrom = -1;
    endLayer = layer;
  }
  if (startsFrom != 0) {
    for (let from = max(firstAllowed(count - 1, CANNOT_BE_ON), count - minUp + 1); from < count; from++) {
      const cut = startedRun(figureAt(startsFrom, from), from, count - 1);
      if (cut > value) {
        value = cut;
        endIsOn = true;
        endCutFrom = from;
        endLayer = layer;
      }
    }
  }
  for (let from = max(firstAllowed(count - 1, CANNOT_BE_OFF), count - minDown + 1); from < count; from++) {
    const cut = stoppedRun(figureAt(aPtr, from), from, count - 1);
    if (cut > value) {
      value = cut;
      endIsOn = false;
      endCutFrom = from;
      endLayer = layer;
    }
  }
  return value;
}

/** Follows the marks back from the noted end and writes PATH. `layered`: each start came from the layer below. */
function writeBack(count: i32, minUp: i32, minDown: i32, startedPtr: usize, stoppedPtr: usize, layered: i32): void {
  let isOn = endIsOn;
  let layer = endLayer;
  let t = count - 1;
  if (endCutFrom >= 0) {
    writeRun(endCutFrom, t, isOn, true);
    t = endCutFrom - 1;
    if (isOn) layer -= layered;
    isOn = !isOn;
  }
  while (t >= 0) {
    const line = <usize>layer * MAX_INTERVALS;
    const turned = isOn ? flag(startedPtr + line, t) : flag(stoppedPtr + line, t);
    const from = turned ? t - (isOn ? minUp : minDown) + 1 : t;
    writeRun(from, t, isOn, turned != 0);
    if (turned) {
      if (isOn) layer -= layered;
      isOn = !isOn;
    }
    t = from - 1;
  }
}

function findWithMinimumTimes(unit: usize, minUp: i32, minDown: i32): f64 {
  const count = intervals();
  sumUp();
  putFigure(A_PTR, 0, field(unit, F_WAS_ON));
  putFigure(F_PTR, 0, field(unit, F_WAS_OFF));
  runLayer(count, minUp, minDown, A_PTR, F_PTR, F_PTR, STARTED_PTR, STOPPED_PTR);
  const value = endOfLayer(IMPOSSIBLE * 4, count, minUp, minDown, A_PTR, F_PTR, F_PTR, 0);
  if (value > IMPOSSIBLE / 2) writeBack(count, minUp, minDown, STARTED_PTR, STOPPED_PTR, 0);
  return value;
}

function findInLayers(unit: usize, minUp: i32, minDown: i32, maxStarts: i32): f64 {
  const count = intervals();
  const layers = min(maxStarts, MAX_LAYERS - 1) + 1;
  sumUp();
  let value = IMPOSSIBLE * 4;
  let below: usize = 0;
  for (let layer = 0; layer < layers; layer++) {
    const aPtr = LAYER_A_PTR + <usize>layer * LINE;
    const fPtr = LAYER_F_PTR + <usize>layer * LINE;
    putFigure(aPtr, 0, layer == 0 ? field(unit, F_WAS_ON) : IMPOSSIBLE);
    putFigure(fPtr, 0, layer == 0 ? field(unit, F_WAS_OFF) : IMPOSSIBLE);
    const marks = <usize>layer * MAX_INTERVALS;
    runLayer(count, minUp, minDown, aPtr, fPtr, below, LAYER_STARTED_PTR + marks, LAYER_STOPPED_PTR + marks);
    value = endOfLayer(value, count, minUp, minDown, aPtr, fPtr, below, layer);
    below = fPtr;
  }
  if (value > IMPOSSIBLE / 2) writeBack(count, minUp, minDown, LAYER_STARTED_PTR, LAYER_STOPPED_PTR, 1);
  return value;
}
