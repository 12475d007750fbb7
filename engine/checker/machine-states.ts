/**
 * What a machine has to remember between two intervals to obey its own rules: whether it runs, for how long (counted up to the minimum
 * that binds, after which it is free to change) and how often it has been started.
 */
import type { ExactMachine } from './exact-problem.ts';

export type MachineState = { isOn: boolean; ageIntervals: number; starts: number };

/** The state before the first interval; `null`: free. An age that is not known counts as long enough. */
export function firstState(machine: ExactMachine): MachineState | null {
  if (machine.initial === null) return null;
  const { isOn, ageIntervals } = machine.initial;
  return { isOn, ageIntervals: Math.min(ageIntervals, bindingAge(machine, isOn)), starts: 0 };
}

/**
 * The state after an interval spent on or off; `null` where the machine's rules forbid it (minimum up or down time, number of starts). A free first
 * interval starts nothing and binds nothing.
 */
export function followState(machine: ExactMachine, state: MachineState | null, isOn: boolean): MachineState | null {
  if (state === null) return { isOn, ageIntervals: bindingAge(machine, isOn), starts: 0 };
  if (state.isOn === isOn) return { ...state, ageIntervals: Math.min(state.ageIntervals + 1, bindingAge(machine, isOn)) };
  if (state.ageIntervals < bindingAge(machine, state.isOn)) return null;
  const starts = state.starts + (isOn && machine.maxStarts !== null ? 1 : 0);
  if (machine.maxStarts !== null && starts > machine.maxStarts) return null;
  return { isOn, ageIntervals: 1, starts };
}

function bindingAge(machine: ExactMachine, isOn: boolean): number {
  return isOn ? machine.minUpIntervals : machine.minDownIntervals;
}
