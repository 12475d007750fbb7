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

/** Steps of a W per GH/s that the order inside a class tells apart, and the largest number of them. */
const EFFICIENCY_STEPS = 1e8;
const MOST_STEPS = 2 ** 35;
/** More than there are machines. */
const INDEX_RANGE = 2 ** 17;

/** Sorts indices of machines by power per hash rate of the strongest mode, ties by index. As numbers of one list, which sorts much faster than by a comparison of one's own. */
function sortByEfficiency(members: number[], machines: readonly LatticeMachine[]): void {
  const keys = new Float64Array(members.length);
  for (let index = 0; index < members.length; index++) {
    const { powerW, hashrateGhs } = machines[members[index]!]!;
    const last = powerW.length - 1;
    const steps = Math.min(MOST_STEPS, Math.floor((powerW[last]! / hashrateGhs[last]!) * EFFICIENCY_STEPS));
    keys[index] = steps * INDEX_RANGE + members[index]!;
  }
  keys.sort();
  for (let index = 0; index < members.length; index++) members[index] = keys[index]! % INDEX_RANGE;
}

/** Machines that may be merged: equal rules, client and first state, in one block. */
type MergeClass = { kind: number; site: number; minUp: number; minDown: number; members: number[] };

/** Gathers the machines into classes, blocks' keys sorted, members by efficiency. Keys are numbers: thousands of strings would cost more than the sort. */
function listClasses(problem: LatticeProblem, patternOf: Int32Array): MergeClass[] {
  const { machines, intervalCount } = problem;
  const blocks = new Map<number, Map<number, MergeClass>>();
  const classes: MergeClass[] = [];
  const initialCodes = { free: 0, on: 1, off: 2 };
  for (let index = 0; index < machines.length; index++) {
    const machine = machines[index]!;
    const { site, minUp, minDown } = machine;
    const kind = kindOf(machine, patternOf[index]!, intervalCount);
    const blockKey = ((site * 1024 + minUp) * 1024 + minDown) * 4 + kind;
    const ownKey = (((patternOf[index]! + 1) * 8192 + machine.client + 1) * 16 + machine.powerW.length) * 4 + initialCodes[machine.initial];
    const mergeKey = ownKey * 1024 + Math.min(1023, machine.maxStarts + 1);
    const block = blocks.get(blockKey) ?? new Map<number, MergeClass>();
    blocks.set(blockKey, block);
    let mergeClass = block.get(mergeKey);
    if (!mergeClass) {
      mergeClass = { kind, site, minUp, minDown, members: [] };
      block.set(mergeKey, mergeClass);
      classes.push(mergeClass);
    }
    mergeClass.members.push(index);
  }
  for (const { members } of classes) sortByEfficiency(members, machines);
  return classes.sort(
    (a, b) => a.kind - b.kind || a.site - b.site || a.minUp - b.minUp || a.minDown - b.minDown || a.members[0]! - b.members[0]!,
  );
}

const sameBlock = (a: MergeClass | UnitBlock, b: MergeClass) =>
  a.kind === b.kind && a.site === b.site && a.minUp === b.minUp && a.minDown === b.minDown;

/** Lays out units, blocks and the coarse fleet. O(units log units). */
export function arrangeUnits(problem: LatticeProblem): FleetUnits {
  const { machines } = problem;
  const { lockPatterns, patternOf } = findPatterns(problem);
  const machineOf: number[] = [];
  const unitOf: number[] = [];
  const blocks: UnitBlock[] = [];
  const merges: { from: number; to: number; block: number }[] = [];
  const closeBlock = () => {
    if (machineOf.length % 2 === 1) {
      machineOf.push(-1);
      unitOf.push(0);
    }
    const open = blocks.at(-1);
    if (open) open.toPair = machineOf.length / 2;
  };
  for (const mergeClass of listClasses(problem, patternOf)) {
    const { kind, site, minUp, minDown, members } = mergeClass;
    const open = blocks.at(-1);
    if (!open || !sameBlock(open, mergeClass)) {
      closeBlock();
      blocks.push({ fromPair: machineOf.length / 2, toPair: 0, site, minUp, minDown, kind });
    }
    let merge = { from: machineOf.length, to: machineOf.length, block: blocks.length - 1 };
    for (const index of members) {
      for (let unit = 0; unit < machines[index]!.count; unit++) {
        if (merge.to - merge.from === MERGED_UNITS) {
          merges.push(merge);
          merge = { from: machineOf.length, to: machineOf.length, block: blocks.length - 1 };
        }
        machineOf.push(index);
        unitOf.push(unit);
        merge.to++;
      }
    }
    merges.push(merge);
  }
  closeBlock();
  const fleetBlocks = blocks.length;
  const fleetUnits = machineOf.length;
  let pairs = fleetUnits / 2;
  const coarse: { from: number; to: number }[] = [];
  let next = 0;
  for (let index = 0; index < fleetBlocks; index++) {
    const fromPair = pairs;
    const before = coarse.length;
    for (; next < merges.length && merges[next]!.block === index; next++) coarse.push({ from: merges[next]!.from, to: merges[next]!.to });
    if ((coarse.length - before) % 2 === 1) coarse.push({ from: 0, to: 0 });
    pairs = (fleetUnits + coarse.length) / 2;
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
