/**
 * A shed problem as flat integer columns. Machines stand in the order of their ids, so that the order of the request changes nothing; a machine's first
 * option is always the mode it is in, with 0 power and 0 money.
 */
import {
  createExponentFinder,
  FINEST_MONEY_EXPONENT,
  FINEST_POWER_EXPONENT,
  finestExponent,
  scaleOf,
  toUnits,
  toUnitsUp,
} from './lattice.ts';
import type { ShedMachine, ShedProblem } from './types.ts';

export type Fleet = {
  readonly machines: readonly ShedMachine[];
  /** Index in the request of the machine at each place. */
  readonly requestIndex: Int32Array;
  /** First option of each machine, and behind the last the number of options. */
  readonly starts: Int32Array;
  /** Per option: power given up, money lost, mode, and 1 where the machine goes from drawing power to off. */
  readonly units: Float64Array;
  readonly cost: Float64Array;
  readonly mode: Int32Array;
  readonly stops: Uint8Array;
  /** Per machine: power now. */
  readonly currentUnits: Float64Array;
  readonly targetUnits: number;
  readonly unitsPerW: number;
  readonly unitsPerUsd: number;
};

/** Room the lattice leaves for what the rules of `custom` add to every machine's loss: a weight, and a penalty of up to eight times the largest loss. */
const CUSTOM_HEADROOM = 10;

/** Money lost by going to a mode: (profit now - profit there) * hours, and the restart when the machine goes off. */
export function lostUsd(machine: ShedMachine, mode: number, durationHours: number): number {
  const from = machine.modes[machine.current]!;
  const to = machine.modes[mode]!;
  const restart = from.powerW > 0 && to.powerW === 0 ? machine.restartUsd : 0;
  return (from.profitUsdPerHour - to.profitUsdPerHour) * durationHours + restart;
}

function largestWeight({ custom }: ShedProblem): number {
  return Math.max(1, ...(custom?.weights ?? []).map(({ weight }) => weight));
}

type Scales = { unitsPerW: number; unitsPerUsd: number };

function findScales(problem: ShedProblem): Scales {
  let totalW = problem.targetW;
  let totalUsd = 0;
  let largestUsd = 0;
  for (const machine of problem.machines) {
    let mostW = 0;
    let mostUsd = 0;
    for (let mode = 0; mode < machine.modes.length; mode += 1) {
      mostW = Math.max(mostW, machine.modes[mode]!.powerW);
      mostUsd = Math.max(mostUsd, Math.abs(lostUsd(machine, mode, problem.durationHours)));
    }
    totalW += mostW;
    totalUsd += mostUsd;
    largestUsd = Math.max(largestUsd, mostUsd);
  }
  const power = createExponentFinder(finestExponent(totalW, FINEST_POWER_EXPONENT));
  const isCustom = problem.strategy === 'custom';
  const roomUsd = isCustom ? CUSTOM_HEADROOM * largestWeight(problem) * largestUsd * problem.machines.length : totalUsd;
  const money = createExponentFinder(finestExponent(roomUsd, FINEST_MONEY_EXPONENT));
  power.note(problem.targetW, problem.targetW);
  for (const machine of problem.machines) {
    const now = machine.modes[machine.current]!;
    for (let mode = 0; mode < machine.modes.length; mode += 1) {
      const { powerW, profitUsdPerHour } = machine.modes[mode]!;
      power.note(powerW, powerW);
      const magnitudeUsd = (Math.abs(now.profitUsdPerHour) + Math.abs(profitUsdPerHour)) * problem.durationHours + machine.restartUsd;
      money.note(lostUsd(machine, mode, problem.durationHours), magnitudeUsd);
    }
  }
  return { unitsPerW: scaleOf(power.exponent()), unitsPerUsd: scaleOf(money.exponent()) };
}

/** Places by id, code unit by code unit: the same everywhere. Already sorted requests are not sorted again. */
function sortById(machines: readonly ShedMachine[]): Int32Array {
  const order = Int32Array.from(machines, (_, index) => index);
  let isSorted = true;
  for (let i = 1; i < machines.length && isSorted; i += 1) isSorted = machines[i - 1]!.id < machines[i]!.id;
  return isSorted ? order : order.sort((left, right) => (machines[left]!.id < machines[right]!.id ? -1 : 1));
}

/** O(options + n log n). */
export function toFleet(problem: ShedProblem): Fleet {
  const { unitsPerW, unitsPerUsd } = findScales(problem);
  const requestIndex = sortById(problem.machines);
  const machines = Array.from(requestIndex, (index) => problem.machines[index]!);
  const optionCount = machines.reduce((sum, machine) => sum + (machine.locked ? 1 : machine.modes.length), 0);
  const starts = new Int32Array(machines.length + 1);
  const units = new Float64Array(optionCount);
  const cost = new Float64Array(optionCount);
  const mode = new Int32Array(optionCount);
  const stops = new Uint8Array(optionCount);
  const currentUnits = new Float64Array(machines.length);
  let next = 0;
  machines.forEach((machine, place) => {
    starts[place] = next;
    const now = machine.modes[machine.current]!;
    const nowUnits = toUnits(now.powerW, unitsPerW);
    currentUnits[place] = nowUnits;
    mode[next++] = machine.current;
    if (machine.locked) return;
    for (let index = 0; index < machine.modes.length; index += 1) {
      if (index === machine.current) continue;
      const { powerW } = machine.modes[index]!;
      units[next] = nowUnits - toUnits(powerW, unitsPerW);
      cost[next] = toUnits(lostUsd(machine, index, problem.durationHours), unitsPerUsd);
      stops[next] = now.powerW > 0 && powerW === 0 ? 1 : 0;
      mode[next++] = index;
    }
  });
  starts[machines.length] = next;
  const targetUnits = toUnitsUp(problem.targetW, unitsPerW);
  return { machines, requestIndex, starts, units, cost, mode, stops, currentUnits, targetUnits, unitsPerW, unitsPerUsd };
}

/** Most power a machine can give up by its allowed options. */
export function mostUnits(fleet: Fleet, place: number, allows: (option: number) => boolean): number {
  let most = 0;
  for (let option = fleet.starts[place]! + 1; option < fleet.starts[place + 1]!; option += 1) {
    if (fleet.units[option]! > most && allows(option)) most = fleet.units[option]!;
  }
  return most;
}
