/**
 * What one unit remembers between intervals, as numbered states: on for 1..U intervals (U: free to stop), off for 1..V (V: free to start), repeated for each number of
 * starts used when these are limited. For searches that follow units state by state; `unit.ts` finds a best sequence without them.
 */
import { F_BLOCK, F_MAX_STARTS, F_WAS_OFF, F_WAS_ON, IMPOSSIBLE, K_MIN_DOWN, K_MIN_UP, MAX_INTERVALS, block, field, intervals } from './layout';
import { CANNOT_BE_OFF, CANNOT_BE_ON, FORBID_PTR, OFF_PTR, ON_PTR, START_PTR } from './unit';

export const MAX_STATES: i32 = 512;
const BEHIND_PTR: usize = memory.data((MAX_INTERVALS + 1) * MAX_STATES * 8, 16);

// The unit at work.
let minUp: i32 = 1;
let lastLayer: i32 = -1;
let layerStates: i32 = 2;
let states: i32 = 2;

/** Makes the unit the one at work. False when it has too many states. */
export function enterUnit(at: usize): bool {
  const index = <i32>field(at, F_BLOCK);
  minUp = block(index, K_MIN_UP);
  layerStates = minUp + block(index, K_MIN_DOWN);
  lastLayer = <i32>field(at, F_MAX_STARTS);
  states = lastLayer >= 0 ? layerStates * (lastLayer + 1) : layerStates;
  return states <= MAX_STATES;
}

@inline
export function stateCount(): i32 {
  return states;
}

/** On and free to stop, no start used. */
@inline
export function freeOn(): i32 {
  return minUp - 1;
}

/** Off and free to start, no start used. */
@inline
export function freeOff(): i32 {
  return layerStates - 1;
}

let starts: bool = false;

/** Whether the last call of next was a start. */
@inline
export function isStart(): bool {
  return starts;
}

/** The state after an interval on (`isOn`) or off; -1 when the unit's rules forbid it. */
@inline
export function next(state: i32, isOn: bool): i32 {
  const layer = state / layerStates;
  const own = state - layer * layerStates;
  const base = layer * layerStates;
  starts = false;
  if (isOn) {
    if (own < minUp) return base + min(own + 1, minUp - 1);
    if (own != layerStates - 1 || (lastLayer >= 0 && layer == lastLayer)) return -1;
    starts = true;
    return lastLayer >= 0 ? base + layerStates : base;
  }
  if (own < minUp - 1) return -1;
  return own == minUp - 1 ? base + minUp : base + min(own + 1, layerStates - 1);
}

/** Best worth of the unit at work from interval `t` in `state` to the end, over what is laid out; after lookBehind. */
@inline
export function behind(t: i32, state: i32): f64 {
  return load<f64>(BEHIND_PTR + ((<usize>t * MAX_STATES + <usize>state) << 3));
}

/** Best worths from each interval and state to the end. O(intervals * states). */
export function lookBehind(): void {
  const count = intervals();
  for (let state = 0; state < states; state++) store<f64>(BEHIND_PTR + ((<usize>count * MAX_STATES + <usize>state) << 3), 0.0);
  for (let t = count - 1; t >= 0; t--) {
    const offset = <usize>t << 3;
    const forbid = <u32>load<u8>(FORBID_PTR + <usize>t);
    for (let state = 0; state < states; state++) {
      let best = IMPOSSIBLE;
      const on = forbid & CANNOT_BE_ON ? -1 : next(state, true);
      if (on >= 0) best = max(best, load<f64>((starts ? START_PTR : ON_PTR) + offset) + behind(t + 1, on));
      const off = forbid & CANNOT_BE_OFF ? -1 : next(state, false);
      if (off >= 0) best = max(best, load<f64>(OFF_PTR + offset) + behind(t + 1, off));
      store<f64>(BEHIND_PTR + ((<usize>t * MAX_STATES + <usize>state) << 3), best);
    }
  }
}

/** Best worth of the whole horizon. */
export function wholeWorth(at: usize): f64 {
  let top = IMPOSSIBLE;
  if (field(at, F_WAS_ON) == 0.0) top = max(top, behind(0, freeOn()));
  if (field(at, F_WAS_OFF) == 0.0) top = max(top, behind(0, freeOff()));
  return top;
}
