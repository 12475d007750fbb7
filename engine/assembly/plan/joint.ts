/**
 * Two or three units planned together, exactly, in the room the others leave: a recursion over the joint on/off states. Intervals in which nothing can bind are
 * gathered into steps once, as 2 x 2 tables of each unit, so that a pair costs some hundred operations however long the horizon is.
 */
import {
  CAP_PTR,
  F_BOOT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  F_WAS_OFF,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  MAX_INTERVALS,
  NO_LIMIT,
  PENALTY_PTR,
  PLAN_LOAD_PTR,
  PLAN_TOTAL_PTR,
  RATE_PTR,
  T_PEAK_ALLOWED,
  field,
  hashingModes,
  head,
  intervals,
  siteCell,
  term,
  unitAt,
} from './layout';
import { siteOf } from './primal';
import { bonusOf } from './unit';

/** Figures of a step of one unit: a table off-off, off-on, on-off, on-on; or off, then on of each mode, then start of each mode. */
const STEP_FIGURES: i32 = 9;
export const STEP_BYTES: i32 = STEP_FIGURES * 8;
/** Steps of the horizon: [from, to, 1 when something can bind in it]; and every interval a step of its own. */
const GATHERED_PTR: usize = memory.data(MAX_INTERVALS * 12, 16);
const SINGLE_PTR: usize = memory.data(MAX_INTERVALS * 12, 16);
let stepsPtr: usize = GATHERED_PTR;
let steps: i32 = 0;
let gathered: i32 = 0;
let site: i32 = 0;

/** W that the joint units may draw in the interval of a binding step. */
const ROOM_PTR: usize = memory.data(MAX_INTERVALS * 8, 16);
/** W under the cap, below 0 when over: where a penalty begins. */
const SOFT_ROOM_PTR: usize = memory.data(MAX_INTERVALS * 8, 16);

/** Marks of the traced recursion: previous state and modes, by step and state. */
const BACK_PTR: usize = memory.data(MAX_INTERVALS * 8 * 4, 16);
const VALUE_PTR: usize = memory.data(8 * 8, 16);
const NEXT_PTR: usize = memory.data(8 * 8, 16);

@inline
function stepFrom(step: i32): i32 {
  return load<i32>(stepsPtr + <usize>step * 12);
}

@inline
function stepTo(step: i32): i32 {
  return load<i32>(stepsPtr + <usize>step * 12, 4);
}

@inline
function canBind(step: i32): bool {
  return load<i32>(stepsPtr + <usize>step * 12, 8) != 0;
}

export function stepCount(): i32 {
  return steps;
}

function putStep(from: i32, to: i32, binds: bool): void {
  const at = stepsPtr + <usize>steps * 12;
  store<i32>(at, from);
  store<i32>(at, to, 4);
  store<i32>(at, i32(binds), 8);
  steps++;
}

/** Most the site, and the whole fleet, can draw. */
function mostPower(ofSite: i32): f64 {
  const units = head(7);
  let sum: f64 = 0.0;
  for (let unit = 0; unit < units; unit++) {
    const at = unitAt(unit);
    if (ofSite >= 0 && siteOf(at) != ofSite) continue;
    let most: f64 = 0.0;
    for (let mode = 0; mode <= hashingModes(); mode++) most = max(most, field(at, F_POWER + mode));
    sum += most;
  }
  return sum;
}

/** Cuts the horizon of a site into steps, gathered where nothing can bind, and once more into single intervals. */
export function cutSteps(ofSite: i32): void {
  site = ofSite;
  const count = intervals();
  stepsPtr = SINGLE_PTR;
  steps = 0;
  for (let t = 0; t < count; t++) putStep(t, t + 1, true);
  stepsPtr = GATHERED_PTR;
  steps = 0;
  const most = mostPower(site);
  const peakBinds = term(T_PEAK_ALLOWED) < mostPower(-1);
  let from = 0;
  for (let t = 0; t < count; t++) {
    if (!peakBinds && load<f64>(siteCell(CAP_PTR, site, t)) >= most) continue;
    if (t > from) putStep(from, t, false);
    putStep(t, t + 1, true);
    from = t + 1;
  }
  if (from < count) putStep(from, count, false);
  gathered = steps;
}

/** Switches between gathered steps, to try, and single intervals, to trace. */
export function useSingleSteps(isSingle: bool): void {
  stepsPtr = isSingle ? SINGLE_PTR : GATHERED_PTR;
  steps = isSingle ? intervals() : gathered;
}

/** Writes a unit's steps at `cache`, at the rates in RATE and BONUS. */
export function layOutSteps(unit: i32, cache: usize): void {
  const at = unitAt(unit);
  const modes = hashingModes();
  const bonus = bonusOf(at);
  const restart = field(at, F_RESTART);
  for (let step = 0; step < steps; step++) {
    const line = cache + <usize>step * STEP_BYTES;
    if (canBind(step)) {
      const t = stepFrom(step);
      const rate = load<f64>(siteCell(RATE_PTR, site, t));
      const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
      store<f64>(line, -(field(at, F_POWER) * rate));
      for (let mode = 1; mode <= modes; mode++) {
        const worth = field(at, F_HASHRATE - 1 + mode) * hashprice - field(at, F_POWER + mode) * rate + bonus;
        store<f64>(line + (<usize>mode << 3), worth);
        store<f64>(line + (<usize>(modes + mode) << 3), worth - field(at, F_BOOT - 1 + mode) * hashprice - restart);
      }
      continue;
    }
    let fromOffOff: f64 = 0.0;
    let fromOffOn = IMPOSSIBLE;
    let fromOnOff = IMPOSSIBLE;
    let fromOnOn: f64 = 0.0;
    for (let t = stepFrom(step); t < stepTo(step); t++) {
      const rate = load<f64>(siteCell(RATE_PTR, site, t));
      const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
      const offWorth = -(field(at, F_POWER) * rate);
      let onWorth = IMPOSSIBLE;
      let startWorth = IMPOSSIBLE;
      for (let mode = 1; mode <= modes; mode++) {
        const worth = field(at, F_HASHRATE - 1 + mode) * hashprice - field(at, F_POWER + mode) * rate;
        onWorth = max(onWorth, worth);
        startWorth = max(startWorth, worth - field(at, F_BOOT - 1 + mode) * hashprice);
      }
      onWorth += bonus;
      startWorth += bonus - restart;
      const offOff = max(fromOffOff, fromOffOn) + offWorth;
      fromOffOn = max(fromOffOff + startWorth, fromOffOn + onWorth);
      fromOffOff = offOff;
      const onOff = max(fromOnOff, fromOnOn) + offWorth;
      fromOnOn = max(fromOnOff + startWorth, fromOnOn + onWorth);
      fromOnOff = onOff;
    }
    store<f64>(line, fromOffOff);
    store<f64>(line, fromOffOn, 8);
    store<f64>(line, fromOnOff, 16);
    store<f64>(line, fromOnOn, 24);
  }
}

@inline
function currentPower(unit: i32, path: usize, t: i32): f64 {
  return field(unitAt(unit), F_POWER + <i32>load<u8>(path + <usize>t));
}

/**
 * Sets the room of the joint units in every binding step, their own present power included: what they do now always fits. `own[t]` is read from three
 * paths; a missing unit has path 0.
 */
export function setRooms(a: i32, pathA: usize, b: i32, pathB: usize, c: i32, pathC: usize): void {
  const hard = load<f64>(PENALTY_PTR + (<usize>site << 3)) < 0.0;
  const allowed = term(T_PEAK_ALLOWED);
  for (let step = 0; step < steps; step++) {
    if (!canBind(step)) continue;
    const t = stepFrom(step);
    let own = currentPower(a, pathA, t) + currentPower(b, pathB, t);
    if (c >= 0) own += currentPower(c, pathC, t);
    const underCap = load<f64>(siteCell(CAP_PTR, site, t)) - load<f64>(siteCell(PLAN_LOAD_PTR, site, t)) + own;
    const underPeak = allowed - load<f64>(PLAN_TOTAL_PTR + (<usize>t << 3)) + own;
    store<f64>(ROOM_PTR + (<usize>step << 3), max(own, min(underPeak, hard ? underCap : NO_LIMIT)));
    store<f64>(SOFT_ROOM_PTR + (<usize>step << 3), underCap);
  }
}

/** Penalties that the joint units' present powers cost. */
export function presentPenalty(a: i32, pathA: usize, b: i32, pathB: usize, c: i32, pathC: usize): f64 {
  const penalty = load<f64>(PENALTY_PTR + (<usize>site << 3));
  if (penalty <= 0.0) return 0.0;
  let sum: f64 = 0.0;
  for (let step = 0; step < steps; step++) {
    if (!canBind(step)) continue;
    const t = stepFrom(step);
    let own = currentPower(a, pathA, t) + currentPower(b, pathB, t);
    if (c >= 0) own += currentPower(c, pathC, t);
    sum += penalty * max(0.0, own - load<f64>(SOFT_ROOM_PTR + (<usize>step << 3)));
  }
  return sum;
}

@inline
function v(state: i32): f64 {
  return load<f64>(VALUE_PTR + (<usize>state << 3));
}

/** Passes a table of one unit through the states: bit `bit` of the state is the unit's. */
@inline
function passTable(line: usize, bit: i32, states: i32): void {
  const offOff = load<f64>(line);
  const offOn = load<f64>(line, 8);
  const onOff = load<f64>(line, 16);
  const onOn = load<f64>(line, 24);
  for (let state = 0; state < states; state++) {
    if (state & bit) continue;
    const wasOff = v(state);
    const wasOn = v(state | bit);
    store<f64>(VALUE_PTR + (<usize>state << 3), max(wasOff + offOff, wasOn + onOff));
    store<f64>(VALUE_PTR + (<usize>(state | bit) << 3), max(wasOff + offOn, wasOn + onOn));
  }
}

/** A unit's worth in a binding step in `mode` when it was off (or on) before. */
@inline
function worth(line: usize, mode: i32, modes: i32, wasOn: bool): f64 {
  return load<f64>(line + (<usize>(mode == 0 || wasOn ? mode : modes + mode) << 3));
}

/** One binding step of two or three units. `three` and `traced` are constants where it is inlined. */
@inline
function passBinding(step: i32, a: usize, b: usize, c: usize, unitA: usize, unitB: usize, unitC: usize, three: bool, traced: bool): void {
  const modes = hashingModes();
  const states = three ? 8 : 4;
  const room = load<f64>(ROOM_PTR + (<usize>step << 3));
  const softRoom = load<f64>(SOFT_ROOM_PTR + (<usize>step << 3));
  const penalty = load<f64>(PENALTY_PTR + (<usize>site << 3));
  const lineA = a + <usize>step * STEP_BYTES;
  const lineB = b + <usize>step * STEP_BYTES;
  const lineC = c + <usize>step * STEP_BYTES;
  for (let state = 0; state < states; state++) store<f64>(NEXT_PTR + (<usize>state << 3), IMPOSSIBLE * 8.0);
  const modesC = three ? modes : 0;
  for (let modeA = 0; modeA <= modes; modeA++) {
    const powerA = field(unitA, F_POWER + modeA);
    if (powerA > room) continue;
    const offA = worth(lineA, modeA, modes, false);
    const onA = worth(lineA, modeA, modes, true);
    const v0 = max(v(0) + offA, v(1) + onA);
    const v2 = max(v(2) + offA, v(3) + onA);
    const v4 = three ? max(v(4) + offA, v(5) + onA) : 0.0;
    const v6 = three ? max(v(6) + offA, v(7) + onA) : 0.0;
    for (let modeB = 0; modeB <= modes; modeB++) {
      const powerAB = powerA + field(unitB, F_POWER + modeB);
      if (powerAB > room) continue;
      const offB = worth(lineB, modeB, modes, false);
      const onB = worth(lineB, modeB, modes, true);
      const w0 = max(v0 + offB, v2 + onB);
      const w4 = three ? max(v4 + offB, v6 + onB) : 0.0;
      for (let modeC = 0; modeC <= modesC; modeC++) {
        const power = three ? powerAB + field(unitC, F_POWER + modeC) : powerAB;
        if (power > room) continue;
        let value = three ? max(w0 + worth(lineC, modeC, modes, false), w4 + worth(lineC, modeC, modes, true)) : w0;
        if (penalty > 0.0) value -= penalty * max(0.0, power - softRoom);
        const state = i32(modeA != 0) | (i32(modeB != 0) << 1) | (i32(modeC != 0) << 2);
        const at = NEXT_PTR + (<usize>state << 3);
        if (value > load<f64>(at)) {
          store<f64>(at, value);
          if (traced) {
            const fromC = three && w4 + worth(lineC, modeC, modes, true) > w0 + worth(lineC, modeC, modes, false);
            const fromB = fromC ? v6 + onB > v4 + offB : v2 + onB > v0 + offB;
            const base = (i32(fromC) << 2) | (i32(fromB) << 1);
            const fromA = v(base | 1) + onA > v(base) + offA;
            store<i32>(BACK_PTR + (<usize>(step * 8 + state) << 2), base | i32(fromA) | (modeA << 4) | (modeB << 8) | (modeC << 12));
          }
        }
      }
    }
  }
  for (let state = 0; state < states; state++) store<f64>(VALUE_PTR + (<usize>state << 3), load<f64>(NEXT_PTR + (<usize>state << 3)));
}

function setFirst(unitA: usize, unitB: usize, unitC: usize, three: bool): void {
  const states = three ? 8 : 4;
  for (let state = 0; state < states; state++) {
    let value = field(unitA, state & 1 ? F_WAS_ON : F_WAS_OFF) + field(unitB, state & 2 ? F_WAS_ON : F_WAS_OFF);
    if (three) value += field(unitC, state & 4 ? F_WAS_ON : F_WAS_OFF);
    store<f64>(VALUE_PTR + (<usize>state << 3), value);
  }
}

@inline
function bestEnd(states: i32): i32 {
  let best = 0;
  for (let state = 1; state < states; state++) {
    if (v(state) > v(best)) best = state;
  }
  return best;
}

/** Best joint value of two units whose steps are laid out at `a` and `b`. */
export function pairValue(unitA: i32, a: usize, unitB: i32, b: usize): f64 {
  const atA = unitAt(unitA);
  const atB = unitAt(unitB);
  setFirst(atA, atB, 0, false);
  for (let step = 0; step < steps; step++) {
    if (canBind(step)) {
      passBinding(step, a, b, 0, atA, atB, 0, false, false);
    } else {
      passTable(a + <usize>step * STEP_BYTES, 1, 4);
      passTable(b + <usize>step * STEP_BYTES, 2, 4);
    }
  }
  return v(bestEnd(4));
}

/** Best joint value of three units. */
export function tripleValue(unitA: i32, a: usize, unitB: i32, b: usize, unitC: i32, c: usize): f64 {
  const atA = unitAt(unitA);
  const atB = unitAt(unitB);
  const atC = unitAt(unitC);
  setFirst(atA, atB, atC, true);
  for (let step = 0; step < steps; step++) {
    if (canBind(step)) {
      passBinding(step, a, b, c, atA, atB, atC, true, false);
    } else {
      passTable(a + <usize>step * STEP_BYTES, 1, 8);
      passTable(b + <usize>step * STEP_BYTES, 2, 8);
      passTable(c + <usize>step * STEP_BYTES, 4, 8);
    }
  }
  return v(bestEnd(8));
}

/** The joint sequences themselves: steps must be cut `traced`. Writes one mode an interval at each path; `unitC` < 0 for a pair. */
export function traceJoint(unitA: i32, a: usize, pathA: usize, unitB: i32, b: usize, pathB: usize, unitC: i32, c: usize, pathC: usize): f64 {
  const three = unitC >= 0;
  const atA = unitAt(unitA);
  const atB = unitAt(unitB);
  const atC = three ? unitAt(unitC) : 0;
  setFirst(atA, atB, atC, three);
  for (let step = 0; step < steps; step++) {
    if (three) passBinding(step, a, b, c, atA, atB, atC, true, true);
    else passBinding(step, a, b, c, atA, atB, atC, false, true);
  }
  let state = bestEnd(three ? 8 : 4);
  const value = v(state);
  for (let step = steps - 1; step >= 0; step--) {
    const back = load<i32>(BACK_PTR + (<usize>(step * 8 + state) << 2));
    store<u8>(pathA + <usize>step, <u8>((back >> 4) & 15));
    store<u8>(pathB + <usize>step, <u8>((back >> 8) & 15));
    if (three) store<u8>(pathC + <usize>step, <u8>((back >> 12) & 15));
    state = back & 7;
  }
  return value;
}
