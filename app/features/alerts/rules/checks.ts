/** Each rule as a judgement of one reading. Pure, and without an allocation: they run for every rule of every machine every minute. */
import type { Facts } from './facts.ts';
import { type Memory, toMode } from './memory.ts';
import type { PeerSpread } from './peers.ts';
import type { AnyNumbers, RuleId } from './rule-table.ts';

/** `between`: neither past the threshold nor back behind the one that clears it. `unknown`: the reading does not say, and changes nothing. */
export type Verdict = 'bad' | 'between' | 'clear' | 'unknown';

/** What else a judgement rests on. */
export type Surroundings = {
  ratedHashrateThs: number | null;
  /** Name under which the machine should sign its shares; null: nobody said. */
  expectedWorker: string | null;
  poolHosts: readonly string[];
  /** Of machines of the same site, model, firmware and mode; hash rates as ratios of the rated one. Null: none. */
  peerHashrate: PeerSpread | null;
  peerTemperatureC: PeerSpread | null;
};

export type Check = (facts: Facts, numbers: AnyNumbers, memory: Memory, around: Surroundings) => Verdict;

/** Restarts are counted over this time. */
const RESTART_WINDOW_S = 3_600;

/** After a start a machine tunes itself: its hash rate says nothing yet. */
export const WARM_UP_S = 900;

function below(value: number | null, bad: number, clear: number): Verdict {
  if (value === null) return 'unknown';
  if (value < bad) return 'bad';
  return value >= clear ? 'clear' : 'between';
}

function above(value: number | null, bad: number, clear: number): Verdict {
  if (value === null) return 'unknown';
  if (value >= bad) return 'bad';
  return value < clear ? 'clear' : 'between';
}

const isWarm = ({ uptimeS }: Facts) => uptimeS === null || uptimeS >= WARM_UP_S;
/** The hash rate of a machine that hashes and has warmed up; null: it says nothing. Zero is a rule of its own. */
export const steadyThs = (facts: Facts): number | null =>
  facts.observation === 'hashing' && isWarm(facts) && facts.hashrateThs !== null && facts.hashrateThs > 0 ? facts.hashrateThs : null;

/** The peers' figure of a machine: hash rate over the rated one, so that bins of one model compare. Null without a rated figure. */
export function toPeerRatio(facts: Facts, ratedHashrateThs: number | null): number | null {
  const steady = steadyThs(facts);
  return steady === null || ratedHashrateThs === null || ratedHashrateThs <= 0 ? null : steady / ratedHashrateThs;
}

const of = (numbers: AnyNumbers, name: string): number => {
  const value = numbers[name];
  if (value === undefined) throw new Error(`rule has no number ${name}`);
  return value;
};

function checkOffline({ trouble }: Facts): Verdict {
  return trouble === 'unreachable' || trouble === 'silent' ? 'bad' : 'clear';
}

function checkZero(facts: Facts): Verdict {
  const { observation, hashrateThs } = facts;
  if (observation === 'failed' || observation === 'unknown' || observation === 'starting') return 'unknown';
  // Asleep without being asked: whoever was asked is announced as curtailed and is not looked at.
  if (observation === 'sleeping' || observation === 'idle') return isWarm(facts) ? 'bad' : 'unknown';
  if (hashrateThs === null) return 'unknown';
  return hashrateThs > 0 ? 'clear' : isWarm(facts) ? 'bad' : 'unknown';
}

/** Words of firmwares for running below the rating on purpose. */
const LOWERED_MODE = /^(?:low|eco|power ?sav|quiet|silent|efficien)/i;

/**
 * What the machine should do as it is set, TH/s: its rating, or what its firmware aims at where that is less. A lowered mode is a setting and no fault; null when it
 * is lowered and the firmware does not say to what, and when nobody said anything.
 */
export function dueThs({ mode, targetThs }: Facts, ratedHashrateThs: number | null): number | null {
  if (targetThs !== null && targetThs > 0) return ratedHashrateThs === null ? targetThs : Math.min(ratedHashrateThs, targetThs);
  return mode !== null && LOWERED_MODE.test(mode) ? null : ratedHashrateThs;
}

const checkLow: Check = (facts, numbers, _memory, { ratedHashrateThs }) =>
  below(toPeerRatio(facts, dueThs(facts, ratedHashrateThs)), of(numbers, 'floorRatio'), of(numbers, 'clearRatio'));

/** Below a share of its own mean and far outside of its own noise. */
const checkBaseline: Check = (facts, numbers, memory) => {
  const steady = steadyThs(facts);
  const usual = memory.usual[toMode(facts.mode)];
  if (steady === null || usual === undefined || usual.meanThs <= 0 || usual.learnedS < of(numbers, 'learnS')) return 'unknown';
  const verdict = below(steady / usual.meanThs, of(numbers, 'floorRatio'), of(numbers, 'clearRatio'));
  if (verdict !== 'bad') return verdict;
  return usual.meanThs - steady >= of(numbers, 'deviations') * Math.sqrt(usual.varianceThs2) ? 'bad' : 'between';
};

/** `differenceSign` -1: lower than the others is bad; 1: higher. `least` is how far from the median it must be in any case. */
function against(value: number | null, peers: PeerSpread | null, sign: 1 | -1, least: number, numbers: AnyNumbers): Verdict {
  if (value === null || peers === null || peers.count < of(numbers, 'minPeers') || peers.deviation <= 0) return 'unknown';
  const difference = sign * (value - peers.median);
  const score = difference / peers.deviation;
  if (score >= of(numbers, 'deviations') && difference >= least) return 'bad';
  return score < of(numbers, 'clearDeviations') || difference < least / 2 ? 'clear' : 'between';
}

const checkBelowPeers: Check = (facts, numbers, _memory, { ratedHashrateThs, peerHashrate }) =>
  against(
    toPeerRatio(facts, ratedHashrateThs),
    peerHashrate,
    -1,
    of(numbers, 'dropRatio') * (peerHashrate === null ? 0 : peerHashrate.median),
    numbers,
  );

const checkHotterThanPeers: Check = (facts, numbers, _memory, { peerTemperatureC }) =>
  against(facts.observation === 'hashing' ? facts.chipTemperatureC : null, peerTemperatureC, 1, of(numbers, 'riseC'), numbers);

function checkBoards({ boardsDead, boardsAlive, observation }: Facts, _numbers: AnyNumbers, { boards }: Memory): Verdict {
  if (observation !== 'hashing') return 'unknown';
  if (boardsDead !== null && boardsDead > 0) return 'bad';
  if (boardsAlive !== null && boards.right !== null && boardsAlive < boards.right) return 'bad';
  return boardsDead === null && boardsAlive === null ? 'unknown' : 'clear';
}

function checkChips({ chipsMissing, chips, observation }: Facts, numbers: AnyNumbers, memory: Memory): Verdict {
  if (observation !== 'hashing') return 'unknown';
  const missing = chipsMissing ?? (chips === null || memory.chips.right === null ? null : memory.chips.right - chips);
  return above(missing, of(numbers, 'chipsMissing'), of(numbers, 'chipsMissing'));
}

function checkHeat({ chipTemperatureC, boardTemperatureC }: Facts, numbers: AnyNumbers): Verdict {
  const chip = above(chipTemperatureC, of(numbers, 'chipHotC'), of(numbers, 'chipClearC'));
  const board = above(boardTemperatureC, of(numbers, 'boardHotC'), of(numbers, 'boardClearC'));
  if (chip === 'bad' || board === 'bad') return 'bad';
  if (chip === 'between' || board === 'between') return 'between';
  return chip === 'clear' || board === 'clear' ? 'clear' : 'unknown';
}

/** The slowest fan that reports a speed: a slot without a fan reports none and is nothing to warn of. */
function checkFan({ fanRpm, observation }: Facts): Verdict {
  if (fanRpm === null || observation !== 'hashing') return 'unknown';
  return fanRpm === 0 ? 'bad' : 'clear';
}

function checkRejects(_facts: Facts, numbers: AnyNumbers, { rejectRatio, shares }: Memory): Verdict {
  if (shares === null || shares < of(numbers, 'minShares')) return 'unknown';
  return above(rejectRatio, of(numbers, 'rejectRatio'), of(numbers, 'clearRatio'));
}

function checkErrors(_facts: Facts, numbers: AnyNumbers, { errorsPerHour }: Memory): Verdict {
  return above(errorsPerHour, of(numbers, 'errorsPerHour'), of(numbers, 'clearPerHour'));
}

/** Without a list: the pool mined on so far, and those that the machine has been set up for as long as a new one takes to be right. */
const checkPool: Check = ({ poolHost, atS }, numbers, { pool, pools }, { poolHosts }) => {
  if (poolHost === null) return 'unknown';
  if (poolHosts.length > 0) return poolHosts.includes(poolHost) ? 'clear' : 'bad';
  if (pool.other === null) return 'clear';
  const own = pools.find(({ host }) => host === poolHost);
  return own !== undefined && atS - own.sinceS >= of(numbers, 'adoptS') ? 'clear' : 'bad';
};

/** `account.rig7` satisfies `rig7`, and so does `account_RIG7`: pools know both separators and no case. */
export function isWorker(worker: string, expected: string): boolean {
  const [seen, wanted] = [worker.toLowerCase(), expected.toLowerCase()];
  return seen === wanted || seen.endsWith(`.${wanted}`) || seen.endsWith(`_${wanted}`);
}

/** A machine that does not get to hash: it restarts again and again, or has been coming up for too long. */
const checkComingUp: Check = ({ atS, uptimeS, observation }, numbers, { restartsS, startingSinceS }) => {
  if (startingSinceS !== null && atS - startingSinceS >= of(numbers, 'startS')) return 'bad';
  const restarts = restartsS.filter((restartS) => atS - restartS < RESTART_WINDOW_S).length;
  if (restarts >= of(numbers, 'restarts')) return 'bad';
  return uptimeS === null && observation !== 'hashing' ? 'unknown' : startingSinceS === null ? 'clear' : 'between';
};

const checkWorker: Check = ({ worker }, _numbers, memory, { expectedWorker }) => {
  if (worker === null) return 'unknown';
  if (expectedWorker !== null) return isWorker(worker, expectedWorker) ? 'clear' : 'bad';
  return memory.worker.other === null ? 'clear' : 'bad';
};

function checkFirmware({ firmware }: Facts, _numbers: AnyNumbers, memory: Memory): Verdict {
  if (firmware === null) return 'unknown';
  return memory.firmware.other === null ? 'clear' : 'bad';
}

function checkClock({ clockSkewS }: Facts, numbers: AnyNumbers): Verdict {
  return above(clockSkewS === null ? null : Math.abs(clockSkewS), of(numbers, 'skewS'), of(numbers, 'clearSkewS'));
}

/** It answers, and nobody can tell what it does. A machine that does not answer is offline instead. */
function checkUnknown({ trouble, observation }: Facts): Verdict {
  if (trouble === 'unreachable' || trouble === 'silent') return 'unknown';
  return trouble !== 'none' || observation === 'unknown' ? 'bad' : 'clear';
}

export const CHECKS: Readonly<Record<RuleId, Check>> = {
  offline: checkOffline,
  // Whatever a reading says, there is one.
  'not-read': () => 'clear',
  'not-coming-up': checkComingUp,
  'zero-hashrate': checkZero,
  'low-hashrate': checkLow,
  'below-baseline': checkBaseline,
  'below-peers': checkBelowPeers,
  'hotter-than-peers': checkHotterThanPeers,
  'boards-lost': checkBoards,
  'chips-lost': checkChips,
  'hot-warn': checkHeat,
  'hot-critical': checkHeat,
  'fan-stopped': checkFan,
  rejects: checkRejects,
  'hardware-errors': checkErrors,
  'wrong-pool': checkPool,
  'wrong-worker': checkWorker,
  'firmware-changed': checkFirmware,
  'clock-skew': checkClock,
  'unknown-state': checkUnknown,
};

/** What was seen, and what it was held against: the two figures of an alert. Units by rule; the worker is nobody's to read in an alert. */
export type Evidence = { seen: number | string | null; limit: number | string | null };

type Witness = (facts: Facts, numbers: AnyNumbers, memory: Memory, around: Surroundings) => Evidence;
const NONE: Witness = () => ({ seen: null, limit: null });
const ofHeat: Witness = ({ chipTemperatureC, boardTemperatureC }, numbers) =>
  boardTemperatureC !== null && boardTemperatureC >= of(numbers, 'boardHotC')
    ? { seen: boardTemperatureC, limit: of(numbers, 'boardHotC') }
    : { seen: chipTemperatureC, limit: of(numbers, 'chipHotC') };

/** Boards of the whole machine: as it was seen before, or as it tells by its dead ones, the more of both; null: neither is known. */
function toWholeBoards({ boardsAlive, boardsDead }: Facts, seenBefore: number | null): number | null {
  const told = boardsAlive === null || boardsDead === null ? null : boardsAlive + boardsDead;
  return told === null || seenBefore === null ? (told ?? seenBefore) : Math.max(told, seenBefore);
}

const WITNESSES: Readonly<Record<RuleId, Witness>> = {
  offline: NONE,
  'not-read': NONE,
  'zero-hashrate': ({ hashrateThs }, _numbers, _memory, { ratedHashrateThs }) => ({ seen: hashrateThs, limit: ratedHashrateThs }),
  'low-hashrate': (facts, numbers, _memory, { ratedHashrateThs }) => {
    const due = dueThs(facts, ratedHashrateThs);
    return { seen: facts.hashrateThs, limit: due === null ? null : due * of(numbers, 'floorRatio') };
  },
  'below-baseline': ({ hashrateThs, mode }, _numbers, { usual }) => ({
    seen: hashrateThs,
    limit: usual[toMode(mode)]?.meanThs ?? null,
  }),
  'not-coming-up': ({ atS }, _numbers, { restartsS }) => ({
    seen: restartsS.filter((restartS) => atS - restartS < RESTART_WINDOW_S).length,
    limit: null,
  }),
  'below-peers': ({ hashrateThs }, _numbers, _memory, { peerHashrate, ratedHashrateThs }) => ({
    seen: hashrateThs,
    limit: peerHashrate === null || ratedHashrateThs === null ? null : peerHashrate.median * ratedHashrateThs,
  }),
  'hotter-than-peers': ({ chipTemperatureC }, _numbers, _memory, { peerTemperatureC }) => ({
    seen: chipTemperatureC,
    limit: peerTemperatureC?.median ?? null,
  }),
  'boards-lost': (facts, _numbers, { boards }) => ({ seen: facts.boardsAlive, limit: toWholeBoards(facts, boards.right) }),
  'chips-lost': ({ chips, chipsMissing }, _numbers, memory) => ({
    seen: chips,
    limit: chips !== null && chipsMissing !== null ? chips + chipsMissing : memory.chips.right,
  }),
  'hot-warn': ofHeat,
  'hot-critical': ofHeat,
  'fan-stopped': ({ fanRpm }) => ({ seen: fanRpm, limit: null }),
  rejects: (_facts, numbers, { rejectRatio }) => ({ seen: rejectRatio, limit: of(numbers, 'rejectRatio') }),
  'hardware-errors': (_facts, numbers, { errorsPerHour }) => ({ seen: errorsPerHour, limit: of(numbers, 'errorsPerHour') }),
  'wrong-pool': ({ poolHost }, _numbers, { pool }, { poolHosts }) => ({
    seen: poolHost,
    limit: poolHosts.length > 0 ? poolHosts.join(', ').slice(0, 200) : pool.right,
  }),
  'wrong-worker': NONE,
  'firmware-changed': ({ firmware }, _numbers, memory) => ({ seen: firmware, limit: memory.firmware.right }),
  'clock-skew': ({ clockSkewS }, numbers) => ({ seen: clockSkewS, limit: of(numbers, 'skewS') }),
  'unknown-state': ({ trouble }) => ({ seen: trouble === 'none' ? null : trouble, limit: null }),
};

export const findEvidence = (rule: RuleId, ...given: Parameters<Witness>): Evidence => WITNESSES[rule](...given);
