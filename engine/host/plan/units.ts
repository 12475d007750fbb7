/**
 * The problem's machines as the units the solver walks: expanded by count, sorted so that neighbours are alike (site, rules, client, efficiency),
 * gathered into blocks of equal rules and padded to pairs, and once more merged thirty to one as the coarse fleet on which the search for
 * multipliers begins.
 */
import type { LatticeMachine, LatticeProblem } from './lattice.ts';

/** Units merged into one of the coarse fleet. */
const MERGED_UNITS = 30;

export const CANNOT_BE_ON = 1;
export const CANNOT_BE_OFF = 2;

export type UnitBlock = { fromPair: number; toPair: number; site: number; minUp: number; minDown: number; kind: number };

export type FleetUnits = {
  /** Machine (index in the list) of each unit of the solver; -1 for paddings. Coarse units are not listed. */
  machineOf: Int32Array;
  /** Which of the machine's units it is, 0-based. */
  unitOf: Int32Array;
  blocks: UnitBlock[];
  /** Blocks from this index on are the coarse fleet. */
  fleetBlocks: number;
  /** Units from this index on are the coarse fleet; even. */
  fleetUnits: number;
  /** Pairs in all. */
  pairs: number;
  /** Members of each coarse unit as [from, to) of units. */
  coarse: { from: number; to: number }[];
  /** Lock bytes of each pattern. */
  lockPatterns: Uint8Array[];
  /** Pattern of each machine, -1 for none. */
  patternOf: Int32Array;
};

/** Lock bytes of a machine, its held initial state included; null when nothing is locked. */
export function lockBytes(machine: LatticeMachine, intervalCount: number): Uint8Array | null {
  if (machine.locks.length === 0 && machine.heldIntervals === 0) return null;
  const bytes = new Uint8Array(intervalCount);
  for (let t = 0; t < machine.heldIntervals; t++) bytes[t]! |= machine.initial === 'on' ? CANNOT_BE_OFF : CANNOT_BE_ON;
  for (const { kind, from, to } of machine.locks) {
    for (let t = from; t < to; t++) bytes[t]! |= kind === 'on' ? CANNOT_BE_OFF : CANNOT_BE_ON;
  }
  return bytes;
}

/** 0: no rules of its own but the first state; 1: minimum times; 2: locks or a limit of starts that can be reached. */
function kindOf(machine: LatticeMachine, pattern: number, intervalCount: number): number {
  const limited = machine.maxStarts >= 0 && machine.maxStarts < Math.ceil(intervalCount / 2);
  if (pattern >= 0 || limited) return 2;
  return machine.minUp > 1 || machine.minDown > 1 ? 1 : 0;
}

function findPatterns(problem: LatticeProblem): Pick<FleetUnits, 'lockPatterns' | 'patternOf'> {
  const known = new Map<string, number>();
  const lockPatterns: Uint8Array[] = [];
  const patternOf = new Int32Array(problem.machines.length).fill(-1);
  problem.machines.forEach((machine, index) => {
    const bytes = lockBytes(machine, problem.intervalCount);
    if (!bytes) return;
    const key = bytes.join('');
    let pattern = known.get(key);
    if (pattern === undefined) {
      pattern = lockPatterns.length;
      known.set(key, pattern);
      lockPatterns.push(bytes);
    }
    patternOf[index] = pattern;
  });
  return { lockPatterns, patternOf };
}

/** Joules per terahash of the strongest mode: what machines are sorted by inside a class. */
function efficiencyOf(machine: LatticeMachine): number {
  const last = machine.powerW.length - 1;
  return machine.powerW[last]! / machine.hashrateGhs[last]!;
}

/** Lays out units, blocks and the coarse fleet. O(units log units). */
export function arrangeUnits(problem: LatticeProblem): FleetUnits {
  const { machines, intervalCount } = problem;
  const { lockPatterns, patternOf } = findPatterns(problem);
  const classes = new Map<string, number>();
  const sorted = machines
    .map((machine, index) => {
      const kind = kindOf(machine, patternOf[index]!, intervalCount);
      const { site, minUp, minDown, client, initial, maxStarts, powerW } = machine;
      const name = `${kind},${site},${minUp},${minDown},${client},${initial},${patternOf[index]!},${maxStarts},${powerW.length}`;
      let mergeClass = classes.get(name);
      if (mergeClass === undefined) {
        mergeClass = classes.size;
        classes.set(name, mergeClass);
      }
      return { index, machine, kind, mergeClass, efficiency: efficiencyOf(machine) };
    })
    .sort(
      (a, b) =>
        a.kind - b.kind ||
        a.machine.site - b.machine.site ||
        a.machine.minUp - b.machine.minUp ||
        a.machine.minDown - b.machine.minDown ||
        a.mergeClass - b.mergeClass ||
        a.efficiency - b.efficiency ||
        a.index - b.index,
    );
  const machineOf: number[] = [];
  const unitOf: number[] = [];
  const blocks: UnitBlock[] = [];
  const merges: { from: number; to: number; block: number; mergeClass: number }[] = [];
  let previous: (typeof sorted)[number] | null = null;
  const closeBlock = () => {
    if (machineOf.length % 2 === 1) {
      machineOf.push(-1);
      unitOf.push(0);
    }
    const open = blocks.at(-1);
    if (open) open.toPair = machineOf.length / 2;
  };
  for (const entry of sorted) {
    const { machine } = entry;
    const sameBlock =
      previous !== null &&
      previous.kind === entry.kind &&
      previous.machine.site === machine.site &&
      previous.machine.minUp === machine.minUp &&
      previous.machine.minDown === machine.minDown;
    if (!sameBlock) {
      closeBlock();
      blocks.push({
        fromPair: machineOf.length / 2,
        toPair: 0,
        site: machine.site,
        minUp: machine.minUp,
        minDown: machine.minDown,
        kind: entry.kind,
      });
    }
    for (let unit = 0; unit < machine.count; unit++) {
      const at = machineOf.length;
      machineOf.push(entry.index);
      unitOf.push(unit);
      const merge = merges.at(-1);
      if (merge && merge.mergeClass === entry.mergeClass && merge.to - merge.from < MERGED_UNITS) merge.to = at + 1;
      else merges.push({ from: at, to: at + 1, block: blocks.length - 1, mergeClass: entry.mergeClass });
    }
    previous = entry;
  }
  closeBlock();
  const fleetBlocks = blocks.length;
  const fleetUnits = machineOf.length;
  let pairs = fleetUnits / 2;
  const coarse: { from: number; to: number }[] = [];
  for (let index = 0; index < fleetBlocks; index++) {
    const members = merges.filter(({ block }) => block === index);
    const fromPair = pairs;
    for (const { from, to } of members) coarse.push({ from, to });
    if (members.length % 2 === 1) coarse.push({ from: 0, to: 0 });
    pairs += Math.ceil(members.length / 2);
    blocks.push({ ...blocks[index]!, fromPair, toPair: pairs });
  }
  return {
    machineOf: Int32Array.from(machineOf),
    unitOf: Int32Array.from(unitOf),
    blocks,
    fleetBlocks,
    fleetUnits,
    pairs,
    coarse,
    lockPatterns,
    patternOf,
  };
}
