import type { MachineReading, ReadMachine } from '#collectors/cgminer/reading.ts';
import type { CycleSummary } from './cycles.ts';
import type { PollTarget } from './host.ts';

/** Time as the poller sees it: monotone milliseconds, and a way to be called later that can be taken back. */
export type PollerClock = { nowMs(): number; after(ms: number, act: () => void): () => void };

export type PollerOptions = {
  read: ReadMachine;
  /**
   * Takes one reading of one host in one cycle. Readings come one after the other; a promise holds the next one back, and when too many wait the oldest
   * are thrown away and counted.
   */
  onReading: (target: PollTarget, reading: MachineReading, cycle: number) => void | Promise<void>;
  /** Told of a cycle when the next begins, and of the last when the poller stops. */
  onCycle?: (summary: CycleSummary) => void;
  clock?: PollerClock;
} & Partial<PollerLimits>;

export type PollerLimits = {
  /** From the beginning of one cycle to that of the next, ms: 10 s to 10 min. */
  cadenceMs: number;
  /** Share of the cadence over which the starts of a cycle are spread, 0 to 0.8. */
  spreadRatio: number;
  /** Bounds of how many prompt hosts are asked at once. */
  minConcurrency: number;
  maxConcurrency: number;
  /** Hosts asked at once beside them: slow ones, and ones that did not answer. Together with `maxConcurrency` this bounds the sockets. */
  slowSlots: number;
  suspectSlots: number;
  /** A host that did not fail before and is silent is asked once more after so long, before it counts as failed. */
  askAgainMs: number;
  /** A question that takes longer is broken off. Readers have limits of their own; this is for a reader that has a mistake. */
  longestReadMs: number;
  /** Readings that may wait for a slow consumer. */
  maxWaitingReadings: number;
};

const USUAL: PollerLimits = {
  cadenceMs: 60_000,
  spreadRatio: 0.1,
  minConcurrency: 8,
  maxConcurrency: 256,
  slowSlots: 256,
  suspectSlots: 384,
  askAgainMs: 500,
  longestReadMs: 30_000,
  maxWaitingReadings: 5000,
};

const RANGES: Readonly<Record<keyof PollerLimits, readonly [min: number, max: number]>> = {
  cadenceMs: [10_000, 600_000],
  spreadRatio: [0, 0.8],
  minConcurrency: [1, 4096],
  maxConcurrency: [1, 4096],
  slowSlots: [1, 4096],
  suspectSlots: [1, 4096],
  askAgainMs: [0, 60_000],
  longestReadMs: [1000, 600_000],
  maxWaitingReadings: [1, 1_000_000],
};

/** Usual limits where none are given. Throws naming the limit, its value and its range. */
export function resolveLimits(given: Partial<PollerLimits>): PollerLimits {
  const limits = { ...USUAL };
  for (const name of Object.keys(USUAL) as (keyof PollerLimits)[]) {
    const value = given[name] ?? USUAL[name];
    const [min, max] = RANGES[name];
    if (!(value >= min && value <= max)) throw new Error(`${name} is ${value}; ${min} to ${max} is possible.`);
    limits[name] = value;
  }
  if (limits.minConcurrency > limits.maxConcurrency) {
    throw new Error(`minConcurrency is ${limits.minConcurrency}; at most maxConcurrency, ${limits.maxConcurrency}, is possible.`);
  }
  return limits;
}
