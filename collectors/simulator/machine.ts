/**
 * One machine as it changes: what was done to it (restarts, sleep, pools, limits) is kept, everything else follows from its unit and the time.
 * Times are seconds since 1970 of the farm's clock.
 */

import type { Dialect } from '#collectors/cgminer/snapshot.ts';
import { draw } from './draw.ts';
import { DAY_S, lostShare, troubleOfDay } from './troubles.ts';
import { drawUnit, type SimulatedUnit } from './unit.ts';
import { heatFactor, heatSeconds } from './weather.ts';

/** After a restart nothing answers for so long. */
export const SILENT_BOOT_S = 20;
/** From the start of mining until the first hash. */
export const WARM_UP_S = 40;
/** From the first hash until full hash rate. */
export const RAMP_S = 120;

const LONGEST_UPTIME_DAYS = 20;
export const MOST_POOLS = 8;

/** A stretch of time in which nothing was done to the machine. */
type Stretch = {
  fromS: number;
  /** Work of this boot when the stretch began, TH. */
  workTh: number;
  /** Hash rate just before the stretch, TH/s: for averages that reach back into the one before. */
  rateBeforeThs: number;
  /** When mining last began. */
  miningFromS: number;
};

export type SimulatedPool = {
  url: string;
  worker: string;
  /** Shares of this pool before it was last chosen. */
  accepted: number;
  rejected: number;
  stale: number;
};

/** Parts that were broken on request; they stay so until they are mended on request. */
export type BrokenParts = { board: number | null; fan: number | null };

export type SimulatedMachine = {
  unit: SimulatedUnit;
  /** How often its troubles come, per day. */
  troublesPerDay: number;
  boots: number;
  bootedAtS: number;
  /** Days before this one were searched for restarts of its own. */
  restartsKnownUntilS: number;
  isSleeping: boolean;
  /** Power limit over rated power; 1 is none. */
  limitRatio: number;
  broken: BrokenParts;
  stretch: Stretch;
  pools: SimulatedPool[];
  activePool: number;
  /** Shares of this boot when the active pool was chosen. */
  sharesAtChoice: { accepted: number; rejected: number; stale: number };
};

export type MachinePlan = { farmSeed: number; index: number; dialects: readonly Dialect[]; troublesPerDay: number; startS: number };

/** A machine that has been running for up to three weeks when the farm starts. */
export function createMachine({ farmSeed, index, dialects, troublesPerDay, startS }: MachinePlan): SimulatedMachine {
  const unit = drawUnit(farmSeed, index, dialects);
  const bootedAtS = startS - (0.01 + draw(unit.seed, 40) * LONGEST_UPTIME_DAYS) * DAY_S;
  return {
    unit,
    troublesPerDay,
    boots: 0,
    bootedAtS,
    restartsKnownUntilS: bootedAtS,
    isSleeping: false,
    limitRatio: 1,
    broken: { board: null, fan: null },
    stretch: { fromS: bootedAtS, workTh: 0, rateBeforeThs: 0, miningFromS: bootedAtS + SILENT_BOOT_S },
    pools: ['pool-a', 'pool-b', 'pool-c'].map((name) => createPool(`stratum+tcp://${name}.example:3333`, unit.worker)),
    activePool: 0,
    sharesAtChoice: { accepted: 0, rejected: 0, stale: 0 },
  };
}

export function createPool(url: string, worker: string): SimulatedPool {
  return { url, worker, accepted: 0, rejected: 0, stale: 0 };
}

/** Full hash rate at mean temperature with nothing wrong, TH/s. Halving the power costs less than half of the hash rate. */
function fullRateThs({ unit, limitRatio, isSleeping }: SimulatedMachine): number {
  return isSleeping ? 0 : unit.model.ratedThs * unit.speedRatio * limitRatio ** 0.75;
}

function brokenShare({ unit, broken }: SimulatedMachine): number {
  return (broken.board === null ? 0 : lostShare(unit, { kind: 'board' })) + (broken.fan === null ? 0 : lostShare(unit, { kind: 'fan' }));
}

/** True hash rate at a moment of the present stretch, TH/s, without the noise of short averages. */
export function rateThs(machine: SimulatedMachine, timeS: number): number {
  const warmS = timeS - machine.stretch.miningFromS - WARM_UP_S;
  if (warmS <= 0) return 0;
  const full = fullRateThs(machine) * (1 - brokenShare(machine));
  if (warmS < RAMP_S) return full * (warmS / RAMP_S);
  const trouble = troubleOfDay(machine.unit, Math.floor(timeS / DAY_S), machine.troublesPerDay);
  const lost = trouble && trouble.fromS <= timeS ? lostShare(machine.unit, trouble) : 0;
  return full * heatFactor(timeS) * (1 - lost);
}

/** Work since the boot, TH: the integral of the hash rate, in closed form but for one draw a day. Before the present stretch it is extended by the rate before it. */
export function workTh(machine: SimulatedMachine, timeS: number): number {
  const { stretch } = machine;
  if (timeS <= stretch.fromS) return Math.max(0, stretch.workTh - stretch.rateBeforeThs * (stretch.fromS - timeS));
  const full = fullRateThs(machine) * (1 - brokenShare(machine));
  if (full === 0) return stretch.workTh;
  const rampFromS = stretch.miningFromS + WARM_UP_S;
  const from = clampRamp(stretch.fromS - rampFromS);
  const to = clampRamp(timeS - rampFromS);
  const rampedS = (to * to - from * from) / (2 * RAMP_S);
  return stretch.workTh + full * (rampedS + steadySeconds(machine, Math.max(stretch.fromS, rampFromS + RAMP_S), timeS));
}

function clampRamp(seconds: number): number {
  return Math.min(RAMP_S, Math.max(0, seconds));
}

/** Seconds at full hash rate, warmth and troubles taken off. */
function steadySeconds(machine: SimulatedMachine, fromS: number, toS: number): number {
  let seconds = heatSeconds(fromS, toS);
  for (let day = Math.floor(fromS / DAY_S); day * DAY_S < toS; day++) {
    const trouble = troubleOfDay(machine.unit, day, machine.troublesPerDay);
    if (trouble) seconds -= lostShare(machine.unit, trouble) * heatSeconds(Math.max(fromS, trouble.fromS), Math.min(toS, trouble.toS));
  }
  return seconds;
}

/** Closes the present stretch and begins another, before something is changed at `timeS`. */
export function beginStretch(machine: SimulatedMachine, timeS: number): void {
  machine.stretch = {
    fromS: timeS,
    workTh: workTh(machine, timeS),
    rateBeforeThs: rateThs(machine, timeS),
    miningFromS: machine.stretch.miningFromS,
  };
}

/** Is the machine so early in its boot that nothing answers? */
export function isSilent(machine: SimulatedMachine, timeS: number): boolean {
  catchUp(machine, timeS);
  return timeS - machine.bootedAtS < SILENT_BOOT_S;
}

/** The mining process begins anew: counters start at zero. */
export function boot(machine: SimulatedMachine, timeS: number): void {
  machine.boots += 1;
  machine.bootedAtS = timeS;
  machine.restartsKnownUntilS = Math.max(machine.restartsKnownUntilS, timeS);
  machine.stretch = { fromS: timeS, workTh: 0, rateBeforeThs: 0, miningFromS: timeS + SILENT_BOOT_S };
  machine.sharesAtChoice = { accepted: 0, rejected: 0, stale: 0 };
  machine.pools = machine.pools.map(({ url, worker }) => createPool(url, worker));
}

/** Restarts of the machine's own that lie between the last look and `timeS`. */
export function catchUp(machine: SimulatedMachine, timeS: number): void {
  const fromS = machine.restartsKnownUntilS;
  if (timeS <= fromS) return;
  for (let day = Math.floor(fromS / DAY_S); day * DAY_S < timeS; day++) {
    const trouble = troubleOfDay(machine.unit, day, machine.troublesPerDay);
    if (trouble?.kind === 'restart' && trouble.fromS > fromS && trouble.fromS <= timeS) boot(machine, trouble.fromS);
  }
  machine.restartsKnownUntilS = timeS;
}
