/** What is remembered of one machine between readings: its usual hash rate, its parts, what it ran and how its counters moved. */
import type { Facts } from './facts.ts';

/** Half of what the baseline knows is older than this. */
const HALF_LIFE_S = 6 * 3_600;
/** A gap teaches nothing: at most so much time is weighed for one reading. */
const MAX_STEP_S = 600;
/** Shares and errors are counted over windows of this length. */
export const COUNTER_WINDOW_S = 900;
/** Modes of a machine whose usual hash rate is remembered; those it was not in for longest go first. */
const MAX_MODES = 6;
/** Readings in a row that make a greater number of parts the right one: a misread sum comes alone. */
const RISE_READINGS = 5;
/** An uptime that went back by less is the rounding of a firmware. */
const UPTIME_SLACK_S = 30;
/** Restarts and pools that are remembered. */
const MAX_RESTARTS = 16;
const MAX_POOLS = 8;

/** The value that is taken for right, and another that was seen instead since some time. */
export type Known = { right: string | null; other: string | null; otherSinceS: number | null };

/** Exponentially weighted mean and variance of a hash rate, TH/s and its square, over so much time. */
export type Usual = { meanThs: number; varianceThs2: number; learnedS: number; learnedAtS: number };

/** How many of a part work when all is well; what was seen instead: more in so many readings in a row, or less since some time. */
export type Parts = { right: number | null; more: number | null; moreTimes: number; less: number | null; lessSinceS: number | null };

/** A pool that the machine is set up for. */
export type KnownPool = { host: string; sinceS: number };

/** Written to `alert_baselines` as it stands: nothing but numbers, texts, lists and null. */
export type Memory = {
  /** The usual hash rate of a machine in order, by mode ('': none is reported). */
  usual: Readonly<Record<string, Usual>>;
  /** What it does instead while something is wrong with its hash rate: the new usual when it has stood for long enough. */
  instead: (Usual & { mode: string; sinceS: number }) | null;
  boards: Parts;
  chips: Parts;
  firmware: Known;
  pool: Known;
  worker: Known;
  pools: readonly KnownPool[];
  uptimeS: number | null;
  /** When the uptime went back, the newest last. */
  restartsS: readonly number[];
  /** Comes up and does not hash, since then. */
  startingSinceS: number | null;
  windowAtS: number | null;
  windowAccepted: number | null;
  windowRejected: number | null;
  windowErrors: number | null;
  /** Counters of the last reading that had them: what goes back was reset by a restart. */
  lastAccepted: number | null;
  lastRejected: number | null;
  lastErrors: number | null;
  /** Of the last whole window; null: none yet, or its counters were not reported. */
  shares: number | null;
  rejectRatio: number | null;
  errorsPerHour: number | null;
};

const NOTHING_KNOWN: Known = { right: null, other: null, otherSinceS: null };
const NO_PARTS: Parts = { right: null, more: null, moreTimes: 0, less: null, lessSinceS: null };

export const newMemory = (): Memory => ({
  usual: {},
  instead: null,
  boards: NO_PARTS,
  chips: NO_PARTS,
  firmware: NOTHING_KNOWN,
  pool: NOTHING_KNOWN,
  worker: NOTHING_KNOWN,
  pools: [],
  uptimeS: null,
  restartsS: [],
  startingSinceS: null,
  windowAtS: null,
  windowAccepted: null,
  windowRejected: null,
  windowErrors: null,
  lastAccepted: null,
  lastRejected: null,
  lastErrors: null,
  shares: null,
  rejectRatio: null,
  errorsPerHour: null,
});

/** What a row holds, written perhaps by a version that remembered less. */
export function readMemory(stored: Partial<Memory>): Memory {
  const memory = newMemory();
  for (const name of Object.keys(memory)) if (name in stored) Object.assign(memory, { [name]: stored[name as keyof Memory] });
  return memory;
}

export const toMode = (mode: string | null): string => mode ?? '';

/**
 * Weighted by time, whatever the cadence: weight of the new w = 1 - 2^(-dt / half-life); mean' = mean + w (x - mean),
 * variance' = (1 - w)(variance + w (x - mean)²). In place: one call for every reading of every machine.
 */
function learn(usual: Usual, hashrateThs: number, atS: number): void {
  const stepS = Math.min(atS - usual.learnedAtS, MAX_STEP_S);
  if (stepS <= 0) return;
  // While little is known the plain mean of what there is; later the half-life.
  const weight = Math.max(1 - 2 ** (-stepS / HALF_LIFE_S), usual.learnedS < HALF_LIFE_S ? stepS / (usual.learnedS + 2 * stepS) : 0);
  const difference = hashrateThs - usual.meanThs;
  usual.meanThs += weight * difference;
  usual.varianceThs2 = (1 - weight) * (usual.varianceThs2 + weight * difference * difference);
  usual.learnedS += stepS;
  usual.learnedAtS = atS;
}

const begin = (meanThs: number, learnedAtS: number): Usual => ({ meanThs, varianceThs2: 0, learnedS: 0, learnedAtS });

/** Of a machine in order. */
export function learnHashrate(memory: Memory, mode: string, hashrateThs: number, atS: number): void {
  memory.instead = null;
  const known = memory.usual[mode];
  if (known !== undefined) learn(known, hashrateThs, atS);
  else setUsual(memory, mode, begin(hashrateThs, atS));
}

/** Of a machine that hashes, and not as it should: when that has stood for `adoptS` it is how the machine is. True: now it has. */
export function learnInstead(memory: Memory, mode: string, hashrateThs: number, atS: number, adoptS: number): boolean {
  const { instead } = memory;
  if (instead === null || instead.mode !== mode) {
    memory.instead = { ...begin(hashrateThs, atS), mode, sinceS: atS };
    return false;
  }
  learn(instead, hashrateThs, atS);
  if (atS - instead.sinceS < adoptS) return false;
  const { meanThs, varianceThs2, learnedS, learnedAtS } = instead;
  // What has stood for so long needs no more learning.
  setUsual(memory, mode, { meanThs, varianceThs2, learnedS: Math.max(learnedS, memory.usual[mode]?.learnedS ?? 0), learnedAtS });
  memory.instead = null;
  return true;
}

function setUsual(memory: Memory, mode: string, usual: Usual): void {
  const others = Object.entries(memory.usual).filter(([name]) => name !== mode);
  others.sort(([, one], [, other]) => other.learnedAtS - one.learnedAtS);
  memory.usual = Object.fromEntries([...others.slice(0, MAX_MODES - 1), [mode, usual]]);
}

/** More is right after some readings in a row, less when it has stood for `adoptS`. Not reported: nothing changes. */
export function learnParts(known: Parts, seen: number | null, atS: number, adoptS: number): Parts {
  if (seen === null || (seen === known.right && known.more === null && known.less === null)) return known;
  const { right } = known;
  if (right === null || seen > right) {
    const moreTimes = known.more === seen ? known.moreTimes + 1 : 1;
    return moreTimes >= RISE_READINGS ? { ...NO_PARTS, right: seen } : { ...NO_PARTS, right, more: seen, moreTimes };
  }
  if (seen === right) return { ...NO_PARTS, right };
  // Of several numbers below the right one the greatest: fewer may be missing again.
  const less = Math.max(seen, known.less ?? 0);
  const lessSinceS = known.lessSinceS ?? atS;
  if (atS - lessSinceS >= adoptS) return { ...NO_PARTS, right: less };
  return less === known.less && known.more === null ? known : { ...NO_PARTS, right, less, lessSinceS };
}

/** The first value seen is right; another becomes right when it has stood for `adoptS`. Not reported: nothing changes. */
export function learnText(known: Known, seen: string | null, atS: number, adoptS: number): Known {
  if (seen === null || (known.right === seen && known.other === null)) return known;
  if (known.right === null || known.right === seen) return { right: seen, other: null, otherSinceS: null };
  if (known.other !== seen || known.otherSinceS === null) return { right: known.right, other: seen, otherSinceS: atS };
  return atS - known.otherSinceS >= adoptS ? { right: seen, other: null, otherSinceS: null } : known;
}

/** The pools that the machine is set up for, and since when; those of its first list were there before. */
export function learnPools(memory: Memory, hosts: readonly string[], atS: number): void {
  const { pools } = memory;
  if (hosts.length === 0 || (hosts.length === pools.length && hosts.every((host) => pools.some((pool) => pool.host === host)))) return;
  const sinceS = pools.length === 0 ? 0 : atS;
  memory.pools = hosts.slice(0, MAX_POOLS).map((host) => pools.find((pool) => pool.host === host) ?? { host, sinceS });
}

/** Restarts, by an uptime that went back, and a start that does not end. True: it restarted since the reading before. */
export function learnStarts(memory: Memory, { observation, hashrateThs, uptimeS, atS }: Facts): boolean {
  if (observation !== 'starting' && (hashrateThs === null || hashrateThs > 0)) memory.startingSinceS = null;
  else if (observation === 'starting') memory.startingSinceS ??= atS;
  if (uptimeS === null) return false;
  const isRestart = memory.uptimeS !== null && uptimeS + UPTIME_SLACK_S < memory.uptimeS;
  memory.uptimeS = uptimeS;
  if (isRestart) memory.restartsS = [...memory.restartsS, atS].slice(-MAX_RESTARTS);
  return isRestart;
}

/** What was announced explains restarts and long starts. */
export function forgetStarts(memory: Memory): void {
  memory.restartsS = [];
  memory.startingSinceS = null;
}

/** Closes a window when it is long enough. Counters that went back were reset by a restart: a window begins there. */
export function learnCounters(memory: Memory, { atS, acceptedShares, rejectedShares, hardwareErrors }: Facts, isRestart: boolean): void {
  const isReset =
    isRestart ||
    hasFallen(memory.lastAccepted, acceptedShares) ||
    hasFallen(memory.lastRejected, rejectedShares) ||
    hasFallen(memory.lastErrors, hardwareErrors);
  memory.lastAccepted = acceptedShares ?? memory.lastAccepted;
  memory.lastRejected = rejectedShares ?? memory.lastRejected;
  memory.lastErrors = hardwareErrors ?? memory.lastErrors;
  if (memory.windowAtS !== null && !isReset) {
    if (atS - memory.windowAtS < COUNTER_WINDOW_S) return;
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

const hasFallen = (before: number | null, now: number | null): boolean => before !== null && now !== null && now < before;
const grown = (before: number | null, now: number | null): number | null =>
  before === null || now === null || now < before ? null : now - before;
