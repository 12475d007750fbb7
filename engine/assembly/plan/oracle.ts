/**
 * All units at given prices: the sum of their best values (exact, i64), each unit's value, the loads and the clients' intervals on. The SIMD build walks
 * two units at once through the same recursion as unit.ts, with the same ties, so both builds add up the same whole numbers.
 */
import {
  BONUS_PTR,
  CLIENT_ON_PTR,
  F_BOOT,
  F_CLIENT,
  F_COUNT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  F_WAS_OFF,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  K_FROM_PAIR,
  K_KIND,
  K_MIN_DOWN,
  K_MIN_UP,
  K_SITE,
  K_TO_PAIR,
  LOAD_LANES_PTR,
  MAX_INTERVALS,
  RATE_PTR,
  SUM_PTR,
  block,
  clients,
  field,
  hashingModes,
  head,
  intervals,
  pairAt,
  siteCell,
  sites,
  unitAt,
} from './layout';
import { condensedPair, isCondensed } from './condensed';
import { PATH_PTR, findPath, layOut } from './unit';

/** Marks of one pair and interval: started, stopped, power when on, power when started. */
const MARKS_PTR: usize = memory.data(MAX_INTERVALS * 64, 16);
const M_STARTED: usize = 0;
const M_STOPPED: usize = 16;
const M_POWER: usize = 32;
const M_START_POWER: usize = 48;

/** Lines of a pair with minimum times, two lanes an interval. */
const LANES: i32 = (MAX_INTERVALS + 1) * 16;
const A_PTR: usize = memory.data(LANES, 16);
const F_PTR: usize = memory.data(LANES, 16);
const ON_SUM_PTR: usize = memory.data(LANES, 16);
const OFF_SUM_PTR: usize = memory.data(LANES, 16);
/** What a start in the interval costs against being on. */
const START_COST_PTR: usize = memory.data(LANES, 16);

/**
 * What a pair's intervals need of it, two lanes each. It passes through memory on purpose: left in expressions, optimising compilers move the
 * arithmetic of these constants into the loop.
 */
const BONUS_LANES_PTR: usize = memory.data(16, 16);
const START_BONUS_PTR: usize = memory.data(16, 16);

@inline
function clientBonus(unit: usize): f64 {
  const client = <i32>field(unit, F_CLIENT);
  return client < 0 ? 0.0 : load<f64>(BONUS_PTR + (<usize>client << 3)) * field(unit, F_COUNT);
}

@inline
function preparePair(pair: usize): void {
  store<f64>(BONUS_LANES_PTR, clientBonus(pair));
  store<f64>(BONUS_LANES_PTR, clientBonus(pair + 8), 8);
  store<f64>(START_BONUS_PTR, load<f64>(BONUS_LANES_PTR) - field(pair, F_RESTART));
  store<f64>(START_BONUS_PTR, load<f64>(BONUS_LANES_PTR, 8) - field(pair + 8, F_RESTART), 8);
}

@inline
function addOn(unit: usize, on: f64): void {
  const client = <i32>field(unit, F_CLIENT);
  if (client < 0) return;
  const at = CLIENT_ON_PTR + (<usize>client << 3);
  store<f64>(at, load<f64>(at) + on * field(unit, F_COUNT));
}

/** Values of a pair after the last interval, on and off. */
const ENDS_PTR: usize = memory.data(32, 16);

/**
 * Forward through the horizon with two units without minimum times: marks of each interval, and the two values at the end. What is chosen is marked as power, or
 * as mode `withModes`. `modes` and `withModes` are constants where it is inlined.
 */
@inline
function walkSimplePair(pair: usize, ratePtr: usize, count: i32, modes: i32, withModes: bool): void {
  preparePair(pair);
  let on = v128.load(pair + (F_WAS_ON << 4));
  let off = v128.load(pair + (F_WAS_OFF << 4));
  let marks = MARKS_PTR;
  const end = <usize>count << 3;
  for (let at: usize = 0; at < end; at += 8) {
    const rate = v128.load64_splat(ratePtr + at);
    const hashprice = v128.load64_splat(HASHPRICE_PTR + at);
    const power = v128.load(pair, (F_POWER + 1) << 4);
    let chosen = withModes ? f64x2.splat(1.0) : power;
    let chosenAtStart = chosen;
    let best = f64x2.sub(f64x2.mul(v128.load(pair, F_HASHRATE << 4), hashprice), f64x2.mul(power, rate));
    let bestStart = f64x2.sub(best, f64x2.mul(v128.load(pair, F_BOOT << 4), hashprice));
    if (modes > 1) {
      const p = v128.load(pair, (F_POWER + 2) << 4);
      const worth = f64x2.sub(f64x2.mul(v128.load(pair, (F_HASHRATE + 1) << 4), hashprice), f64x2.mul(p, rate));
      const afterBoot = f64x2.sub(worth, f64x2.mul(v128.load(pair, (F_BOOT + 1) << 4), hashprice));
      const choice = withModes ? f64x2.splat(2.0) : p;
      chosen = v128.bitselect(choice, chosen, f64x2.gt(worth, best));
      chosenAtStart = v128.bitselect(choice, chosenAtStart, f64x2.gt(afterBoot, bestStart));
      best = f64x2.pmax(best, worth);
      bestStart = f64x2.pmax(bestStart, afterBoot);
    }
    if (modes > 2) {
      const p = v128.load(pair, (F_POWER + 3) << 4);
      const worth = f64x2.sub(f64x2.mul(v128.load(pair, (F_HASHRATE + 2) << 4), hashprice), f64x2.mul(p, rate));
      const afterBoot = f64x2.sub(worth, f64x2.mul(v128.load(pair, (F_BOOT + 2) << 4), hashprice));
      const choice = withModes ? f64x2.splat(3.0) : p;
      chosen = v128.bitselect(choice, chosen, f64x2.gt(worth, best));
      chosenAtStart = v128.bitselect(choice, chosenAtStart, f64x2.gt(afterBoot, bestStart));
      best = f64x2.pmax(best, worth);
      bestStart = f64x2.pmax(bestStart, afterBoot);
    }
    if (modes > 3) {
      const p = v128.load(pair, (F_POWER + 4) << 4);
      const worth = f64x2.sub(f64x2.mul(v128.load(pair, (F_HASHRATE + 3) << 4), hashprice), f64x2.mul(p, rate));
      const afterBoot = f64x2.sub(worth, f64x2.mul(v128.load(pair, (F_BOOT + 3) << 4), hashprice));
      const choice = withModes ? f64x2.splat(4.0) : p;
      chosen = v128.bitselect(choice, chosen, f64x2.gt(worth, best));
      chosenAtStart = v128.bitselect(choice, chosenAtStart, f64x2.gt(afterBoot, bestStart));
      best = f64x2.pmax(best, worth);
      bestStart = f64x2.pmax(bestStart, afterBoot);
    }
    const kept = f64x2.add(on, f64x2.add(best, v128.load(BONUS_LANES_PTR)));
    const begun = f64x2.add(off, f64x2.add(bestStart, v128.load(START_BONUS_PTR)));
    v128.store(marks, f64x2.gt(begun, kept), M_STARTED);
    v128.store(marks, f64x2.gt(on, off), M_STOPPED);
    v128.store(marks, chosen, M_POWER);
    v128.store(marks, chosenAtStart, M_START_POWER);
    marks += 64;
    off = f64x2.sub(f64x2.pmax(off, on), f64x2.mul(v128.load(pair, F_POWER << 4), rate));
    on = f64x2.pmax(kept, begun);
  }
  v128.store(ENDS_PTR, on);
  v128.store(ENDS_PTR, off, 16);
}

/** Two units without minimum times: their values to `valueField`, their load added two lanes at once. */
@inline
function simplePair(pair: usize, ratePtr: usize, loadPtr: usize, count: i32, modes: i32, valueField: i32): void {
  walkSimplePair(pair, ratePtr, count, modes, false);
  const on = v128.load(ENDS_PTR);
  const off = v128.load(ENDS_PTR, 16);
  v128.store(pair + (<usize>valueField << 4), f64x2.pmax(on, off));
  let isOff = f64x2.gt(off, on);
  let onCount = i64x2.splat(0);
  const sleep = v128.load(pair, F_POWER << 4);
  let marks = MARKS_PTR + ((<usize>count) << 6);
  for (let at = <usize>count << 4; at > 0; ) {
    at -= 16;
    marks -= 64;
    const started = v128.load(marks, M_STARTED);
    const stopped = v128.load(marks, M_STOPPED);
    const power = v128.bitselect(v128.load(marks, M_START_POWER), v128.load(marks, M_POWER), started);
    v128.store(loadPtr + at, f64x2.add(v128.load(loadPtr + at), v128.bitselect(sleep, power, isOff)));
    onCount = i64x2.sub(onCount, v128.not(isOff));
    // Off before: off now and not just stopped, or on now by a start.
    isOff = v128.bitselect(v128.not(stopped), started, isOff);
  }
  addOn(pair, <f64>i64x2.extract_lane(onCount, 0));
  addOn(pair + 8, <f64>i64x2.extract_lane(onCount, 1));
}

/** Writes the modes of one lane of a walked pair to `path`. */
function writeLane(offset: usize, path: usize, count: i32): void {
  let isOn = !(load<f64>(ENDS_PTR + offset, 16) > load<f64>(ENDS_PTR + offset));
  for (let t = count - 1; t >= 0; t--) {
    const marks = MARKS_PTR + (<usize>t << 6) + offset;
    if (isOn) {
      const started = load<i64>(marks, M_STARTED) != 0;
      store<u8>(path + <usize>t, <u8>(started ? load<f64>(marks, M_START_POWER) : load<f64>(marks, M_POWER)));
      isOn = !started;
    } else {
      store<u8>(path + <usize>t, 0);
      isOn = load<i64>(marks, M_STOPPED) != 0;
    }
  }
}

/**
 * The sequences of both units of a pair at the rates, one byte an interval at `path` and the unit after it. Returns 0, or 1 when one of them has none.
 */
export function choosePair(pair: i32, index: i32, path: usize): i32 {
  const count = intervals();
  const modes = hashingModes();
  const at = pairAt(pair);
  const ratePtr = siteCell(RATE_PTR, block(index, K_SITE), 0);
  if (ASC_FEATURE_SIMD && block(index, K_KIND) == 0) {
    if (modes == 1) walkSimplePair(at, ratePtr, count, 1, true);
    else if (modes == 2) walkSimplePair(at, ratePtr, count, 2, true);
    else if (modes == 3) walkSimplePair(at, ratePtr, count, 3, true);
    else walkSimplePair(at, ratePtr, count, 4, true);
    writeLane(0, path, count);
    writeLane(8, path + <usize>count, count);
    return 0;
  }
  for (let offset: usize = 0; offset < 16; offset += 8) {
    layOut(at + offset, ratePtr);
    if (findPath(at + offset, block(index, K_MIN_UP), block(index, K_MIN_DOWN)) < IMPOSSIBLE / 2) return 1;
    memory.copy(offset == 0 ? path : path + <usize>count, PATH_PTR, <usize>count);
  }
  return 0;
}

// How a lane's best sequence ends.
let endIsOn: bool = false;
let endCutFrom: i32 = -1;

@inline
function lane(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 4));
}

/** The better end of one lane: as in unit.ts, without locks. */
function findLaneEnd(offset: usize, count: i32, minUp: i32, minDown: i32): f64 {
  const a = A_PTR + offset;
  const f = F_PTR + offset;
  const onSum = ON_SUM_PTR + offset;
  const offSum = OFF_SUM_PTR + offset;
  let value = lane(a, count);
  endIsOn = true;
  endCutFrom = -1;
  if (lane(f, count) > value) {
    value = lane(f, count);
    endIsOn = false;
  }
  for (let from = max(0, count - minUp + 1); from < count; from++) {
    const cut = lane(f, from) + (lane(onSum, count) - lane(onSum, from)) - lane(START_COST_PTR + offset, from);
    if (cut > value) {
      value = cut;
      endIsOn = true;
      endCutFrom = from;
    }
  }
  for (let from = max(0, count - minDown + 1); from < count; from++) {
    const cut = lane(a, from) + (lane(offSum, count) - lane(offSum, from));
    if (cut > value) {
      value = cut;
      endIsOn = false;
      endCutFrom = from;
    }
  }
  return value;
}

/** Follows one lane back and adds its load. Returns its intervals on. */
function addLaneLoad(pair: usize, offset: usize, loadPtr: usize, count: i32, minUp: i32, minDown: i32): i32 {
  const sleep = field(pair + offset, F_POWER);
  let isOn = endIsOn;
  let to = count - 1;
  let from = endCutFrom >= 0 ? endCutFrom : to;
  let turns = endCutFrom >= 0;
  let onCount = 0;
  if (!turns && to >= 0) {
    turns = load<i64>(MARKS_PTR + (<usize>to << 6) + (isOn ? M_STARTED : M_STOPPED) + offset) != 0;
    if (turns) from = to - (isOn ? minUp : minDown) + 1;
  }
  while (to >= 0) {
    for (let t = from; t <= to; t++) {
      const marks = MARKS_PTR + (<usize>t << 6) + offset;
      const power = !isOn ? sleep : turns && t == from ? load<f64>(marks, M_START_POWER) : load<f64>(marks, M_POWER);
      const at = loadPtr + (<usize>t << 4) + offset;
      store<f64>(at, load<f64>(at) + power);
    }
    if (isOn) onCount += to - from + 1;
    if (turns) isOn = !isOn;
    to = from - 1;
    if (to < 0) break;
    turns = load<i64>(MARKS_PTR + (<usize>to << 6) + (isOn ? M_STARTED : M_STOPPED) + offset) != 0;
    from = turns ? to - (isOn ? minUp : minDown) + 1 : to;
  }
  return onCount;
}

/** Two units with the same minimum times. */
@inline
function timedPair(pair: usize, ratePtr: usize, loadPtr: usize, count: i32, modes: i32, minUp: i32, minDown: i32, valueField: i32): void {
  preparePair(pair);
  const zero = f64x2.splat(0.0);
  let on = v128.load(pair + (F_WAS_ON << 4));
  let off = v128.load(pair + (F_WAS_OFF << 4));
  let onSum = zero;
  let offSum = zero;
  v128.store(A_PTR, on);
  v128.store(F_PTR, off);
  v128.store(ON_SUM_PTR, zero);
  v128.store(OFF_SUM_PTR, zero);
  const upBytes = <usize>minUp << 4;
  const downBytes = <usize>minDown << 4;
  for (let t = 0; t < count; t++) {
    const at = <usize>t << 4;
    const rate = v128.load64_splat(ratePtr + (at >> 1));
    const hashprice = v128.load64_splat(HASHPRICE_PTR + (at >> 1));
    let power = v128.load(pair, (F_POWER + 1) << 4);
    let startPower = power;
    let best = f64x2.sub(f64x2.mul(v128.load(pair, F_HASHRATE << 4), hashprice), f64x2.mul(power, rate));
    let bestStart = f64x2.sub(best, f64x2.mul(v128.load(pair, F_BOOT << 4), hashprice));
    for (let mode: usize = 1; mode < <usize>modes; mode++) {
      const fields = pair + (mode << 4);
      const p = v128.load(fields, (F_POWER + 1) << 4);
      const worth = f64x2.sub(f64x2.mul(v128.load(fields, F_HASHRATE << 4), hashprice), f64x2.mul(p, rate));
      const afterBoot = f64x2.sub(worth, f64x2.mul(v128.load(fields, F_BOOT << 4), hashprice));
      power = v128.bitselect(p, power, f64x2.gt(worth, best));
      startPower = v128.bitselect(p, startPower, f64x2.gt(afterBoot, bestStart));
      best = f64x2.pmax(best, worth);
      bestStart = f64x2.pmax(bestStart, afterBoot);
    }
    best = f64x2.add(best, v128.load(BONUS_LANES_PTR));
    const rest = f64x2.neg(f64x2.mul(v128.load(pair, F_POWER << 4), rate));
    v128.store(START_COST_PTR + at, f64x2.sub(best, f64x2.add(bestStart, v128.load(START_BONUS_PTR))));
    onSum = f64x2.add(onSum, best);
    offSum = f64x2.add(offSum, rest);
    v128.store(ON_SUM_PTR + at, onSum, 16);
    v128.store(OFF_SUM_PTR + at, offSum, 16);
    on = f64x2.add(on, best);
    off = f64x2.add(off, rest);
    let started = zero;
    let stopped = zero;
    if (at + 16 >= upBytes) {
      const from = at + 16 - upBytes;
      const run = f64x2.sub(
        f64x2.add(v128.load(F_PTR + from), f64x2.sub(onSum, v128.load(ON_SUM_PTR + from))),
        v128.load(START_COST_PTR + from),
      );
      started = f64x2.gt(run, on);
      on = f64x2.pmax(on, run);
    }
    if (at + 16 >= downBytes) {
      const from = at + 16 - downBytes;
      const run = f64x2.add(v128.load(A_PTR + from), f64x2.sub(offSum, v128.load(OFF_SUM_PTR + from)));
      stopped = f64x2.gt(run, off);
      off = f64x2.pmax(off, run);
    }
    v128.store(A_PTR + at, on, 16);
    v128.store(F_PTR + at, off, 16);
    const marks = MARKS_PTR + (at << 2);
    v128.store(marks, started, M_STARTED);
    v128.store(marks, stopped, M_STOPPED);
    v128.store(marks, power, M_POWER);
    v128.store(marks, startPower, M_START_POWER);
  }
  for (let offset: usize = 0; offset < 16; offset += 8) {
    store<f64>(pair + (<usize>valueField << 4) + offset, findLaneEnd(offset, count, minUp, minDown));
    addOn(pair + offset, <f64>addLaneLoad(pair, offset, loadPtr, count, minUp, minDown));
  }
}

/** One unit by unit.ts: what the SIMD build leaves to it, and all of the scalar build. */
function plainUnit(unit: usize, ratePtr: usize, loadPtr: usize, count: i32, minUp: i32, minDown: i32, valueField: i32): void {
  layOut(unit, ratePtr);
  store<f64>(unit + (<usize>valueField << 4), findPath(unit, minUp, minDown));
  let onCount = 0;
  const laneOffset = unit & 8;
  for (let t = 0; t < count; t++) {
    const mode = <i32>load<u8>(PATH_PTR + <usize>t);
    onCount += i32(mode != 0);
    const at = loadPtr + (<usize>t << 4) + laneOffset;
    store<f64>(at, load<f64>(at) + field(unit, F_POWER + mode));
  }
  addOn(unit, <f64>onCount);
}

function evaluateBlock(index: i32, valueField: i32): void {
  const count = intervals();
  const modes = hashingModes();
  const site = block(index, K_SITE);
  const minUp = block(index, K_MIN_UP);
  const minDown = block(index, K_MIN_DOWN);
  const kind = block(index, K_KIND);
  const ratePtr = siteCell(RATE_PTR, site, 0);
  const loadPtr = LOAD_LANES_PTR + ((<usize>site * <usize>count) << 4);
  const to = block(index, K_TO_PAIR);
  const short = kind == 0 && index < head(5) && isCondensed();
  for (let pair = block(index, K_FROM_PAIR); pair < to; pair++) {
    const at = pairAt(pair);
    if (short) {
      condensedPair(pair, ratePtr, loadPtr, valueField);
    } else if (ASC_FEATURE_SIMD && kind == 0) {
      if (modes == 1) simplePair(at, ratePtr, loadPtr, count, 1, valueField);
      else if (modes == 2) simplePair(at, ratePtr, loadPtr, count, 2, valueField);
      else if (modes == 3) simplePair(at, ratePtr, loadPtr, count, 3, valueField);
      else simplePair(at, ratePtr, loadPtr, count, 4, valueField);
    } else if (ASC_FEATURE_SIMD && kind == 1) {
      timedPair(at, ratePtr, loadPtr, count, modes, minUp, minDown, valueField);
    } else {
      plainUnit(at, ratePtr, loadPtr, count, minUp, minDown, valueField);
      plainUnit(at + 8, ratePtr, loadPtr, count, minUp, minDown, valueField);
    }
  }
}

/**
 * Every unit of the blocks [from, to) at the rates in RATE and BONUS: values into `valueField`, their sum into SUM, loads and clients' intervals.
 * Returns -1, or the first unit that has no possible sequence at all. O(units * intervals).
 */
export function evaluateUnits(from: i32, to: i32, valueField: i32): i32 {
  memory.fill(LOAD_LANES_PTR, 0, (<usize>sites() * <usize>intervals()) << 4);
  memory.fill(CLIENT_ON_PTR, 0, <usize>clients() << 3);
  let sum: i64 = 0;
  for (let index = from; index < to; index++) {
    evaluateBlock(index, valueField);
    const last = block(index, K_TO_PAIR) << 1;
    for (let unit = block(index, K_FROM_PAIR) << 1; unit < last; unit++) {
      const value = field(unitAt(unit), valueField);
      if (value < IMPOSSIBLE / 2) return unit;
      sum += <i64>value;
    }
  }
  store<i64>(SUM_PTR, sum);
  return -1;
}
