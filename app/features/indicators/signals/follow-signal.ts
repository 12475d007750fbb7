/** Whether a signal is on, day by day. Pure. */

/** 1 on, 0 off; -1 unknown: nothing the signal reads was known so far, or it is not known today. */
export type SignalStates = Int8Array;

/**
 * On from a day of the signal to the day that ends it. A signal that is found again while it is on stays on; off until it was first found. On a day on which signal and end are both found it is on.
 * Rests on each day and those before it. O(days).
 */
export function followSignal(found: Float64Array, ended: Float64Array): SignalStates {
  let state = 0;
  return Int8Array.from(found, (value, day) => {
    if (Number.isNaN(value)) return -1;
    if (value === 1) state = 1;
    else if (ended[day] === 1) state = 0;
    return state;
  });
}

export type SignalChange = { day: number; isOn: boolean };

/** Days after `day` up to the last on which the state is another than on the last known day before. */
export function listChanges(states: SignalStates, day: number): SignalChange[] {
  const changes: SignalChange[] = [];
  let before = -1;
  for (let at = 0; at < states.length; at++) {
    const state = states[at]!;
    if (state === -1) continue;
    if (before !== -1 && state !== before && at > day) changes.push({ day: at, isOn: state === 1 });
    before = state;
  }
  return changes;
}

/** On which day it became what it is; `null` where it has never been on, or is not known today. */
export function findSince(states: SignalStates): number | null {
  const changes = listChanges(states, -1);
  return states.at(-1) === -1 ? null : (changes.at(-1)?.day ?? null);
}
