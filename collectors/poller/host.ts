/** What the poller remembers of one host, and the rules that follow from it. Pure: no clock, no sockets. */
import type { MachineAddress, MachineReading, ReadTrouble } from '#collectors/cgminer/reading.ts';

export type PollTarget = {
  /** The caller's name for the machine. */
  key: string;
  address: MachineAddress;
};

/** Slots are kept apart: `prompt` for hosts in good standing, `slow` for those that take long, `suspect` for those that did not answer. */
export type Lane = 'prompt' | 'slow' | 'suspect';

export type Host = {
  target: PollTarget;
  /** Its place in the spread of a cycle, [0, 1). */
  place: number;
  phase: 'resting' | 'waiting' | 'asking';
  lane: Lane;
  /** Cycles in a row without an answer. */
  failures: number;
  /** It is not asked before this cycle. */
  nextCycle: number;
  /** The cycle it is being asked for; -1 before the first. */
  cycle: number;
  /** The failure after which it is asked once more in the same cycle. */
  held: MachineReading | null;
  isRemoved: boolean;
  /** What comes of the question that is under way belongs to a target that is gone. */
  isStale: boolean;
};

const LONGEST_BACK_OFF_CYCLES = 8;
const LONGEST_BACK_OFF_MS = 600_000;

export function createHost(target: PollTarget, cycle: number): Host {
  return {
    target,
    place: placeOf(addressKey(target.address)),
    phase: 'resting',
    lane: 'prompt',
    failures: 0,
    nextCycle: cycle,
    cycle: -1,
    held: null,
    isRemoved: false,
    isStale: false,
  };
}

export function addressKey({ host, port }: MachineAddress): string {
  return `${host} ${port}`;
}

/** A place in [0, 1) that follows from the text: FNV-1a, mixed once more because neighbouring addresses differ in their last characters only. */
export function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A host that says something wrong is there and quick; only one that says nothing is asked less often. */
export function isSilence(trouble: ReadTrouble): boolean {
  return trouble === 'unreachable' || trouble === 'silent';
}

/**
 * Cycles until a host is asked again after so many cycles in a row without an answer: 1, 2, 4, 8, never more than ten minutes and never less than one cycle.
 * `chance` in [0, 1) shortens the wait by up to half, so that hosts that fell silent together are not asked together for ever.
 */
export function backOffCycles(failures: number, cadenceMs: number, chance: number): number {
  const cap = Math.max(1, Math.min(LONGEST_BACK_OFF_CYCLES, Math.floor(LONGEST_BACK_OFF_MS / cadenceMs)));
  const cycles = Math.min(cap, 2 ** Math.min(30, failures - 1));
  return Math.max(1, Math.ceil(cycles * (1 - chance / 2)));
}
