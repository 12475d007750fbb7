/** What is remembered of one machine between readings: its usual hash rate, its parts, what it ran and how its counters moved. */
import type { Facts } from './facts.ts';

/** Half of what the baseline knows is older than this. */
const HALF_LIFE_S = 6 * 3_600;
/** A gap teaches nothing: at most so much time is weighed for one reading. */
const MAX_STEP_S = 600;
/** Shares and errors are counted over windows of this length. */
export const COUNTER_WINDOW_S = 900;

/** The value that is taken for right, and another that was seen instead since some time. */
export type Known = { right: string | null; other: string | null; otherSinceS: number | null };

/** Written to `alert_baselines` as it stands: nothing but numbers, texts and null. */
export type Memory = {
  /** Exponentially weighted mean and variance of the hash rate of a machine in order, TH/s and its square; null: nothing learned. */
  meanThs: number | null;
  varianceThs2: number;
  learnedS: number;
  learnedAtS: number | null;
  /** The most that was ever seen to work. */
  boardsMost: number | null;
  chipsMost: number | null;
  firmware: Known;
  pool: Known;
  worker: Known;
  windowAtS: number | null;
  windowAccepted: number | null;
  windowRejected: number | null;
  windowErrors: number | null;
  /** Of the last whole window; null: none yet, or its counters were not reported. */
  shares: number | null;
  rejectRatio: number | null;
  errorsPerHour: number | null;
};

const NOTHING_KNOWN: Known = { right: null, other: null, otherSinceS: null };

export const newMemory = (): Memory => ({
  meanThs: null,
  varianceThs2: 0,
  learnedS: 0,
  learnedAtS: null,
  boardsMost: null,
  chipsMost: null,
  firmware: NOTHING_KNOWN,
  pool: NOTHING_KNOWN,
  worker: NOTHING_KNOWN,
  windowAtS: null,
  windowAccepted: null,
  windowRejected: null,
  windowErrors: null,
  shares: null,
  rejectRatio: null,
  errorsPerHour: null,
});

/**
 * Weighted by time, whatever the cadence: weight of the new w = 1 - 2^(-dt / half-life); mean' = mean + w (x - mean),
 * variance' = (1 - w)(variance + w (x - mean)²). In place: one call for every reading of every machine.
 */
export function learnHashrate(memory: Memory, hashrateThs: number, atS: number): void {
  if (memory.meanThs === null || memory.learnedAtS === null) {
    memory.meanThs = hashrateThs;
    memory.learnedAtS = atS;
    return;
  }
  const stepS = Math.min(atS - memory.learnedAtS, MAX_STEP_S);
  if (stepS <= 0) return;
  // While little is known the plain mean of what there is; later the half-life.
  const weight = Math.max(1 - 2 ** (-stepS / HALF_LIFE_S), memory.learnedS < HALF_LIFE_S ? stepS / (memory.learnedS + 2 * stepS) : 0);
  const difference = hashrateThs - memory.meanThs;
  memory.meanThs += weight * difference;
  memory.varianceThs2 = (1 - weight) * (memory.varianceThs2 + weight * difference * difference);
  memory.learnedS += stepS;
  memory.learnedAtS = atS;
}

/** Parts are learned from what works; a board that comes back counts again at once. */
export function learnParts(memory: Memory, { boardsAlive, chips }: Facts): void {
  if (boardsAlive !== null && boardsAlive > (memory.boardsMost ?? 0)) memory.boardsMost = boardsAlive;
  if (chips !== null && chips > (memory.chipsMost ?? 0)) memory.chipsMost = chips;
}

/** The first value seen is right; another becomes right when it has stood for `adoptS`. Not reported: nothing changes. */
export function learnText(known: Known, seen: string | null, atS: number, adoptS: number): Known {
  if (seen === null || (known.right === seen && known.other === null)) return known;
  if (known.right === null || known.right === seen) return { right: seen, other: null, otherSinceS: null };
  if (known.other !== seen || known.otherSinceS === null) return { right: known.right, other: seen, otherSinceS: atS };
  return atS - known.otherSinceS >= adoptS ? { right: seen, other: null, otherSinceS: null } : known;
}

/** Closes a window when it is long enough. Counters that went back were reset by a restart: that window says nothing. */
export function learnCounters(memory: Memory, { atS, acceptedShares, rejectedShares, hardwareErrors }: Facts): void {
  if (memory.windowAtS !== null && atS - memory.windowAtS < COUNTER_WINDOW_S) return;
  if (memory.windowAtS !== null) {
    const accepted = grown(memory.windowAccepted, acceptedShares);
    const rejected = grown(memory.windowRejected, rejectedShares);
    const errors = grown(memory.windowErrors, hardwareErrors);
    memory.shares = accepted === null || rejected === null ? null : accepted + rejected;
    memory.rejectRatio = memory.shares === null || memory.shares === 0 || rejected === null ? null : rejected / memory.shares;
    memory.errorsPerHour = errors === null ? null : (errors * 3_600) / (atS - memory.windowAtS);
  }
  memory.windowAtS = atS;
  memory.windowAccepted = acceptedShares;
  memory.windowRejected = rejectedShares;
  memory.windowErrors = hardwareErrors;
}

const grown = (before: number | null, now: number | null): number | null =>
  before === null || now === null || now < before ? null : now - before;
