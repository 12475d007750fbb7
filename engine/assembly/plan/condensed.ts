/**
 * The oracle over a shortened horizon. When only caps and the peak couple the units, prices outside their intervals never change: the stretches between become one step
 * each, as a table of the best value from off or on before it to off or on after it, reckoned once a problem. Values are the same whole numbers as over the full
 * horizon; loads are those of the intervals that rows name.
 */
import {
  F_BOOT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  F_WAS_OFF,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  K_FROM_PAIR,
  K_KIND,
  K_TO_PAIR,
  MAX_INTERVALS,
  PRICE_PTR,
  ROW_CAP,
  ROW_PEAK,
  block,
  field,
  hashingModes,
  head,
  intervals,
  pairAt,
  rows,
} from './layout';
import { rowInterval, rowKind } from './rates';

const TABLES_BYTES: i32 = 40_000_000;
/** Tables of a pair and stretch: off-off, off-on, on-off, on-on, two lanes each. */
const TABLE_BYTES: usize = 64;
const TABLES_PTR: usize = memory.data(TABLES_BYTES, 16);
/** Steps: a named interval, or -1 - index of a stretch. */
const STEPS_PTR: usize = memory.data(MAX_INTERVALS * 4, 16);
/** From and to of each stretch. */
const STRETCH_PTR: usize = memory.data(MAX_INTERVALS * 8, 16);
/** 1 where a row names the interval. */
const NAMED_PTR: usize = memory.data(MAX_INTERVALS, 16);
const MARKS_PTR: usize = memory.data(MAX_INTERVALS * 64, 16);
const M_ON: usize = 0;
const M_OFF: usize = 16;
const M_POWER: usize = 32;
const M_START_POWER: usize = 48;

let steps: i32 = 0;
let stretches: i32 = 0;
let ready: bool = false;

/** Whether blocks of kind 0 of the fleet may be evaluated here. */
@inline
export function isCondensed(): bool {
  return ready;
}

/** No longer: prices have changed, or a problem has been loaded. */
export function dropCondensed(): void {
  ready = false;
}

@inline
function stepAt(step: i32): i32 {
  return load<i32>(STEPS_PTR + (<usize>step << 2));
}

function cutSteps(): void {
  const count = intervals();
  steps = 0;
  stretches = 0;
  let from = -1;
  for (let t = 0; t <= count; t++) {
    const named = t < count && load<u8>(NAMED_PTR + <usize>t) != 0;
    if (t < count && !named) {
      if (from < 0) from = t;
      continue;
    }
    if (from >= 0) {
      store<i32>(STRETCH_PTR + (<usize>stretches << 3), from);
      store<i32>(STRETCH_PTR + (<usize>stretches << 3), t, 4);
      store<i32>(STEPS_PTR + (<usize>steps << 2), -1 - stretches);
      stretches++;
      steps++;
      from = -1;
    }
    if (named) {
      store<i32>(STEPS_PTR + (<usize>steps << 2), t);
      steps++;
    }
  }
}

/** The table of one unit and stretch, lane by lane: the same sums in every build. */
function layOutTable(unit: usize, from: i32, to: i32, table: usize): void {
  const modes = hashingModes();
  const restart = field(unit, F_RESTART);
  let offOff: f64 = 0.0;
  let offOn = IMPOSSIBLE;
  let onOff = IMPOSSIBLE;
  let onOn: f64 = 0.0;
  for (let t = from; t < to; t++) {
    const price = load<f64>(PRICE_PTR + (<usize>t << 3));
    const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
    let on = IMPOSSIBLE;
    let start = IMPOSSIBLE;
    for (let mode = 1; mode <= modes; mode++) {
      const worth = field(unit, F_HASHRATE - 1 + mode) * hashprice - field(unit, F_POWER + mode) * price;
      on = max(on, worth);
      start = max(start, worth - field(unit, F_BOOT - 1 + mode) * hashprice);
    }
    start -= restart;
    const off = -(field(unit, F_POWER) * price);
    const nextOffOff = max(offOff, offOn) + off;
    offOn = max(offOff + start, offOn + on);
    offOff = nextOffOff;
    const nextOnOff = max(onOff, onOn) + off;
    onOn = max(onOff + start, onOn + on);
    onOff = nextOnOff;
  }
  store<f64>(table, offOff);
  store<f64>(table, offOn, 16);
  store<f64>(table, onOff, 32);
  store<f64>(table, onOn, 48);
}

/**
 * Lays out the tables when that is worth it: only caps and the peak couple units, and the steps are less than half of the intervals. O(units * intervals),
 * about two evaluations.
 */
export function condense(): void {
  ready = false;
  const count = intervals();
  memory.fill(NAMED_PTR, 0, <usize>count);
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind != ROW_CAP && kind != ROW_PEAK) return;
    store<u8>(NAMED_PTR + <usize>rowInterval(row), 1);
  }
  cutSteps();
  if (steps * 2 > count) return;
  const blocks = head(5);
  const lastPair = block(blocks - 1, K_TO_PAIR);
  if (<i64>lastPair * <i64>stretches * <i64>TABLE_BYTES > <i64>TABLES_BYTES) return;
  for (let index = 0; index < blocks; index++) {
    if (block(index, K_KIND) != 0) continue;
    const to = block(index, K_TO_PAIR);
    for (let pair = block(index, K_FROM_PAIR); pair < to; pair++) {
      const at = pairAt(pair);
      for (let stretch = 0; stretch < stretches; stretch++) {
        const from = load<i32>(STRETCH_PTR + (<usize>stretch << 3));
        const end = load<i32>(STRETCH_PTR + (<usize>stretch << 3), 4);
        const table = tableOf(pair, stretch);
        layOutTable(at, from, end, table);
        layOutTable(at + 8, from, end, table + 8);
      }
    }
  }
  ready = true;
}

@inline
function tableOf(pair: i32, stretch: i32): usize {
  return TABLES_PTR + (<usize>pair * <usize>stretches + <usize>stretch) * TABLE_BYTES;
}

/** A pair over the steps, two lanes at once; adds its load in named intervals. `modes` is a constant where it is inlined. */
@inline
function walkPair(pair: i32, ratePtr: usize, loadPtr: usize, modes: i32, valueField: i32): void {
  const at = pairAt(pair);
  let on = v128.load(at + (F_WAS_ON << 4));
  let off = v128.load(at + (F_WAS_OFF << 4));
  const restart = v128.load(at, F_RESTART << 4);
  const sleep = v128.load(at, F_POWER << 4);
  let marks = MARKS_PTR;
  let table = tableOf(pair, 0);
  for (let step = 0; step < steps; step++) {
    const t = stepAt(step);
    if (t < 0) {
      const onByOff = f64x2.add(off, v128.load(table, 16));
      const onByOn = f64x2.add(on, v128.load(table, 48));
      const offByOff = f64x2.add(off, v128.load(table));
      const offByOn = f64x2.add(on, v128.load(table, 32));
      v128.store(marks, f64x2.gt(onByOff, onByOn), M_ON);
      v128.store(marks, f64x2.gt(offByOn, offByOff), M_OFF);
      on = f64x2.pmax(onByOn, onByOff);
      off = f64x2.pmax(offByOff, offByOn);
      table += TABLE_BYTES;
      marks += 64;
      continue;
    }
    const rate = v128.load64_splat(ratePtr + (<usize>t << 3));
    const hashprice = v128.load64_splat(HASHPRICE_PTR + (<usize>t << 3));
    let power = v128.load(at, (F_POWER + 1) << 4);
    let startPower = power;
    let best = f64x2.sub(f64x2.mul(v128.load(at, F_HASHRATE << 4), hashprice), f64x2.mul(power, rate));
    let bestStart = f64x2.sub(best, f64x2.mul(v128.load(at, F_BOOT << 4), hashprice));
    for (let mode: usize = 1; mode < <usize>modes; mode++) {
      const fields = at + (mode << 4);
      const p = v128.load(fields, (F_POWER + 1) << 4);
      const worth = f64x2.sub(f64x2.mul(v128.load(fields, F_HASHRATE << 4), hashprice), f64x2.mul(p, rate));
      const afterBoot = f64x2.sub(worth, f64x2.mul(v128.load(fields, F_BOOT << 4), hashprice));
      power = v128.bitselect(p, power, f64x2.gt(worth, best));
      startPower = v128.bitselect(p, startPower, f64x2.gt(afterBoot, bestStart));
      best = f64x2.pmax(best, worth);
      bestStart = f64x2.pmax(bestStart, afterBoot);
    }
    const kept = f64x2.add(on, best);
    const begun = f64x2.add(off, f64x2.sub(bestStart, restart));
    v128.store(marks, f64x2.gt(begun, kept), M_ON);
    v128.store(marks, f64x2.gt(on, off), M_OFF);
    v128.store(marks, power, M_POWER);
    v128.store(marks, startPower, M_START_POWER);
    marks += 64;
    off = f64x2.sub(f64x2.pmax(off, on), f64x2.mul(sleep, rate));
    on = f64x2.pmax(kept, begun);
  }
  v128.store(at + (<usize>valueField << 4), f64x2.pmax(on, off));
  let isOff = f64x2.gt(off, on);
  for (let step = steps - 1; step >= 0; step--) {
    marks -= 64;
    const turnedOn = v128.load(marks, M_ON);
    const turnedOff = v128.load(marks, M_OFF);
    const t = stepAt(step);
    if (t >= 0) {
      const power = v128.bitselect(v128.load(marks, M_START_POWER), v128.load(marks, M_POWER), turnedOn);
      const cell = loadPtr + (<usize>t << 4);
      v128.store(cell, f64x2.add(v128.load(cell), v128.bitselect(sleep, power, isOff)));
    }
    isOff = v128.bitselect(v128.not(turnedOff), turnedOn, isOff);
  }
}

/** One lane of walkPair, step by step. */
function walkLane(pair: i32, offset: usize, ratePtr: usize, loadPtr: usize, modes: i32, valueField: i32): void {
  const at = pairAt(pair) + offset;
  let on = field(at, F_WAS_ON);
  let off = field(at, F_WAS_OFF);
  let marks = MARKS_PTR + offset;
  let table = tableOf(pair, 0) + offset;
  for (let step = 0; step < steps; step++) {
    const t = stepAt(step);
    if (t < 0) {
      const onByOff = off + load<f64>(table, 16);
      const onByOn = on + load<f64>(table, 48);
      const offByOff = off + load<f64>(table);
      const offByOn = on + load<f64>(table, 32);
      store<i64>(marks, i64(onByOff > onByOn), M_ON);
      store<i64>(marks, i64(offByOn > offByOff), M_OFF);
      on = max(onByOn, onByOff);
      off = max(offByOff, offByOn);
      table += TABLE_BYTES;
      marks += 64;
      continue;
    }
    const rate = load<f64>(ratePtr + (<usize>t << 3));
    const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
    let power = field(at, F_POWER + 1);
    let startPower = power;
    let best = field(at, F_HASHRATE) * hashprice - power * rate;
    let bestStart = best - field(at, F_BOOT) * hashprice;
    for (let mode = 2; mode <= modes; mode++) {
      const p = field(at, F_POWER + mode);
      const worth = field(at, F_HASHRATE - 1 + mode) * hashprice - p * rate;
      const afterBoot = worth - field(at, F_BOOT - 1 + mode) * hashprice;
      if (worth > best) {
        best = worth;
        power = p;
      }
      if (afterBoot > bestStart) {
        bestStart = afterBoot;
        startPower = p;
      }
    }
    const kept = on + best;
    const begun = off + (bestStart - field(at, F_RESTART));
    store<i64>(marks, i64(begun > kept), M_ON);
    store<i64>(marks, i64(on > off), M_OFF);
    store<f64>(marks, power, M_POWER);
    store<f64>(marks, startPower, M_START_POWER);
    marks += 64;
    off = max(off, on) - field(at, F_POWER) * rate;
    on = max(kept, begun);
  }
  store<f64>(at + (<usize>valueField << 4), max(on, off));
  let isOn = !(off > on);
  for (let step = steps - 1; step >= 0; step--) {
    marks -= 64;
    const turned = load<i64>(marks + (isOn ? M_ON : M_OFF)) != 0;
    const t = stepAt(step);
    if (t >= 0) {
      const cell = loadPtr + (<usize>t << 4) + offset;
      const power = !isOn ? field(at, F_POWER) : turned ? load<f64>(marks, M_START_POWER) : load<f64>(marks, M_POWER);
      store<f64>(cell, load<f64>(cell) + power);
    }
    if (turned) isOn = !isOn;
  }
}

/** A pair of a block of kind 0 of the fleet: values to `valueField`, loads of named intervals added. */
export function condensedPair(pair: i32, ratePtr: usize, loadPtr: usize, valueField: i32): void {
  const modes = hashingModes();
  if (!ASC_FEATURE_SIMD) {
    walkLane(pair, 0, ratePtr, loadPtr, modes, valueField);
    walkLane(pair, 8, ratePtr, loadPtr, modes, valueField);
  } else if (modes == 1) {
    walkPair(pair, ratePtr, loadPtr, 1, valueField);
  } else if (modes == 2) {
    walkPair(pair, ratePtr, loadPtr, 2, valueField);
  } else if (modes == 3) {
    walkPair(pair, ratePtr, loadPtr, 3, valueField);
  } else {
    walkPair(pair, ratePtr, loadPtr, 4, valueField);
  }
}
