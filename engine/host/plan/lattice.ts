/**
 * The problem in integers. Every figure is rounded here once, so that value and bound are exact sums that are equal in every engine; the rounded
 * problem is what is solved, hashed and proved. Rounding changes no input by more than 1e-6 of a usual figure; caps are rounded down, the take-or-pay volume up.
 */
import type { PlanMachine, PlanProblem, PlanSite } from './problem.ts';
import { UNITS_PER_USD } from './problem.ts';

const MINUTES_PER_DAY = 1440;
const MINUTES_PER_HOUR = 60;
const W_PER_KW = 1000;
const W_PER_MW = 1e6;
const GHS_PER_THS = 1000;

/** One machine of the list; `count` identical units. Modes: index 0 is the off state, 1.. the hashing modes in their given order. */
export type LatticeMachine = {
  id: string;
  count: number;
  /** Index into sites. */
  site: number;
  /** Index into clients, -1 for none. */
  client: number;
  /** Given index of each lattice mode; null for an off state that is no mode. */
  modeIndex: (number | null)[];
  /** W = round(powerW) */
  powerW: number[];
  /** GH/s = round(hashrateThs * 1000) */
  hashrateGhs: number[];
  /** GH/s times intervals lost by a start into the mode = round(hashrateGhs * bootMinutes / minutes) */
  bootGhs: number[];
  /** Money units a start = round(restartUsd * 1e12) */
  restartUnits: number;
  minUp: number;
  minDown: number;
  /** -1: no limit. */
  maxStarts: number;
  initial: 'free' | 'on' | 'off';
  /** Intervals from 0 on in which the initial state must be kept: what is missing of the minimum time, at least 0. */
  heldIntervals: number;
  locks: { kind: 'on' | 'off'; from: number; to: number }[];
};

export type LatticeSite = {
  id: string;
  /** W, null where there is no cap. */
  capW: (number | null)[];
  /** Money units per W and interval; null: hard. */
  penaltyUnits: number | null;
  /** W, null for none. */
  rampW: number | null;
};

export type LatticeProblem = {
  intervalCount: number;
  minutes: number;
  /** Money units per W and interval = round(priceUsdPerMwh / 1e6 * minutes / 60 * 1e12) */
  priceUnits: number[];
  /** Money units per GH/s and interval = round(hashpriceUsdPerThDay / 1000 / 1440 * minutes * 1e12) */
  hashpriceUnits: number[];
  machines: LatticeMachine[];
  sites: LatticeSite[];
  clients: { id: string; minMachineIntervals: number }[];
  /** W times intervals, money units per W and interval missing. */
  takeOrPay: { minWattIntervals: number; unitsPerMissing: number } | null;
  /** Money units per W, W. */
  demandCharge: { unitsPerW: number; peakSoFarW: number } | null;
};

/** Whole watts not above the given kilowatts; a thousandth of a watt of binary rounding is forgiven. */
export function floorW(kw: number): number {
  return Math.floor(Math.round(kw * 1e6) / 1e3);
}

/** The usual lists of given mode indices, shared by all machines that have them: no sleep mode, or sleep as the first one. */
const NO_SLEEP = [1, 2, 3, 4].map((hashing) => [null, ...Array.from({ length: hashing }, (_, index) => index)]);
const SLEEP_FIRST = [1, 2, 3, 4].map((hashing) => Array.from({ length: hashing + 1 }, (_, index) => index));

function modeIndices(sleep: number, hashing: number): (number | null)[] {
  if (sleep < 0) return NO_SLEEP[hashing - 1]!;
  if (sleep === 0) return SLEEP_FIRST[hashing - 1]!;
  return [sleep, ...Array.from({ length: hashing + 1 }, (_, index) => index).filter((index) => index !== sleep)];
}

/** So many zeros. */
const ZEROS = Array.from({ length: 6 }, (_, length) => Array.from({ length }, () => 0));

/** One machine. Written without closures and spreads: fleets have thousands, and this is a good part of a small plan's time. */
function toLatticeMachine(
  machine: PlanMachine,
  minutes: number,
  intervalCount: number,
  siteIndex: Map<string, number>,
  clientIndex: Map<string, number>,
): LatticeMachine {
  const { modes } = machine;
  const bootMinutes = machine.bootMinutes ?? 0;
  let sleep = -1;
  for (let index = 0; index < modes.length; index++) if (Math.round(modes[index]!.hashrateThs * GHS_PER_THS) === 0) sleep = index;
  // Lists of their final length: lists that grow leave most of their memory unused, and copies are quicker than new ones.
  const states = sleep < 0 ? modes.length + 1 : modes.length;
  const powerW = ZEROS[states]!.slice();
  const hashrateGhs = ZEROS[states]!.slice();
  const bootGhs = ZEROS[states]!.slice();
  if (sleep >= 0) powerW[0] = Math.round(modes[sleep]!.powerW);
  let state = 1;
  for (let index = 0; index < modes.length; index++) {
    if (index === sleep) continue;
    const ghs = Math.round(modes[index]!.hashrateThs * GHS_PER_THS);
    powerW[state] = Math.round(modes[index]!.powerW);
    hashrateGhs[state] = ghs;
    bootGhs[state] = Math.round((ghs * bootMinutes) / minutes);
    state++;
  }
  const minUp = machine.minUpIntervals ?? 1;
  const minDown = machine.minDownIntervals ?? 1;
  const initialMode = machine.initialMode;
  const initial = initialMode === undefined ? 'free' : initialMode === null || initialMode === sleep ? 'off' : 'on';
  const needed = initial === 'on' ? minUp : minDown;
  const age = machine.initialAgeIntervals ?? needed;
  return {
    id: machine.id,
    count: machine.count ?? 1,
    site: machine.site === undefined ? 0 : siteIndex.get(machine.site)!,
    client: machine.client === undefined ? -1 : (clientIndex.get(machine.client) ?? -1),
    modeIndex: modeIndices(sleep, powerW.length - 1),
    powerW,
    hashrateGhs,
    bootGhs,
    restartUnits: Math.round((machine.restartUsd ?? 0) * UNITS_PER_USD),
    minUp: Math.min(minUp, intervalCount),
    minDown: Math.min(minDown, intervalCount),
    maxStarts: machine.maxStarts ?? -1,
    initial,
    heldIntervals: initial === 'free' ? 0 : Math.min(intervalCount, Math.max(0, needed - age)),
    locks: machine.locks ?? [],
  };
}

function toLatticeSite(site: PlanSite, intervalCount: number, minutes: number): LatticeSite {
  const caps = site.capKw ?? Array.from({ length: intervalCount }, () => null);
  return {
    id: site.id,
    capW: caps.map((kw) => (kw === null ? null : floorW(kw))),
    penaltyUnits:
      site.capPenaltyUsdPerKwh === undefined
        ? null
        : Math.round((((site.capPenaltyUsdPerKwh / W_PER_KW) * minutes) / MINUTES_PER_HOUR) * UNITS_PER_USD),
    rampW: site.rampKw === undefined ? null : floorW(site.rampKw),
  };
}

/** Rounds a valid problem. O(machines * intervals). */
export function toLattice(problem: PlanProblem): LatticeProblem {
  const { minutes, count: intervalCount } = problem.interval;
  const sites = problem.sites && problem.sites.length > 0 ? problem.sites : [{ id: 'site' }];
  const clients = problem.clients ?? [];
  const siteIndex = new Map(sites.map(({ id }, index) => [id, index]));
  const clientIndex = new Map(clients.map(({ id }, index) => [id, index]));
  const hashprice = problem.hashpriceUsdPerThDay;
  const hashprices = typeof hashprice === 'number' ? Array.from({ length: intervalCount }, () => hashprice) : hashprice;
  return {
    intervalCount,
    minutes,
    priceUnits: problem.priceUsdPerMwh.map((usdPerMwh) =>
      Math.round((((usdPerMwh / W_PER_MW) * minutes) / MINUTES_PER_HOUR) * UNITS_PER_USD),
    ),
    hashpriceUnits: hashprices.map((usdPerThDay) => Math.round((usdPerThDay / GHS_PER_THS / MINUTES_PER_DAY) * minutes * UNITS_PER_USD)),
    machines: problem.machines.map((machine) => toLatticeMachine(machine, minutes, intervalCount, siteIndex, clientIndex)),
    sites: sites.map((site) => toLatticeSite(site, intervalCount, minutes)),
    clients: clients.map(({ id, minMachineIntervals }) => ({ id, minMachineIntervals })),
    takeOrPay: problem.takeOrPay
      ? {
          minWattIntervals: Math.ceil(Math.round(((problem.takeOrPay.minKwh * W_PER_KW * MINUTES_PER_HOUR) / minutes) * 1e3) / 1e3),
          unitsPerMissing: Math.round((((problem.takeOrPay.usdPerMissingKwh / W_PER_KW) * minutes) / MINUTES_PER_HOUR) * UNITS_PER_USD),
        }
      : null,
    demandCharge: problem.demandCharge
      ? {
          unitsPerW: Math.round((problem.demandCharge.usdPerKw / W_PER_KW) * UNITS_PER_USD),
          peakSoFarW: Math.round(problem.demandCharge.peakSoFarKw * W_PER_KW),
        }
      : null,
  };
}
