/**
 * Loads and money of a plan, added up from nothing but the schedule of each unit. Whether the plan is allowed is the business of `find-violations.ts`.
 */
import { type ExactMachine, type ExactProblem, isRunning, offPowerW, startCostPusd } from './exact-problem.ts';

/** Mode of a unit in each interval; `null`: implicit off. */
export type Schedule = readonly (number | null)[];

/** Schedules by entry of the problem's machines and unit (0 to count - 1). */
export type Plan = readonly (readonly Schedule[])[];

export type Recount = {
  /** [site][interval] */
  siteLoadW: readonly (readonly bigint[])[];
  /** Of all sites. [interval] */
  loadW: readonly bigint[];
  /** Intervals in which units of the client run, all units together. [client] */
  runningIntervals: readonly bigint[];
  /** What each part adds to or takes from the value, in pico-dollars; costs are positive. */
  money: {
    hashingPusd: bigint;
    energyPusd: bigint;
    startsPusd: bigint;
    capPenaltyPusd: bigint;
    takeOrPayPusd: bigint;
    demandChargePusd: bigint;
  };
  valuePusd: bigint;
};

export function recountPlan(problem: ExactProblem, plan: Plan): Recount {
  const siteLoadW = problem.sites.map(() => new Array<bigint>(problem.intervalCount).fill(0n));
  const runningIntervals = problem.clients.map(() => 0n);
  let hashingPusd = 0n;
  let startsPusd = 0n;
  for (const [m, machine] of problem.machines.entries()) {
    for (const schedule of plan[m]!) {
      for (const [t, mode] of schedule.entries()) {
        siteLoadW[machine.site]![t]! += powerOf(machine, mode);
        if (!isRunning(machine, mode)) continue;
        const running = machine.modes[mode!]!;
        hashingPusd += running.hashrateGhs * problem.hashPusdPerGhs[t]!;
        if (isStart(machine, schedule, t)) startsPusd += startCostPusd(machine, running, problem.hashPusdPerGhs[t]!);
        if (machine.client !== null) runningIntervals[machine.client]! += 1n;
      }
    }
  }
  const loadW = problem.energyPusdPerW.map((_price, t) => sum(siteLoadW.map((loads) => loads[t]!)));
  const energyPusd = sum(loadW.map((watts, t) => watts * problem.energyPusdPerW[t]!));
  const shared = priceShared(problem, siteLoadW, loadW);
  const valuePusd = hashingPusd - energyPusd - startsPusd - shared.capPenaltyPusd - shared.takeOrPayPusd - shared.demandChargePusd;
  return { siteLoadW, loadW, runningIntervals, money: { hashingPusd, energyPusd, startsPusd, ...shared }, valuePusd };
}

/** Whether the unit goes from off to running in interval t. A free first interval starts nothing. */
export function isStart(machine: ExactMachine, schedule: Schedule, t: number): boolean {
  if (!isRunning(machine, schedule[t]!)) return false;
  if (t === 0) return machine.initial !== null && !machine.initial.isOn;
  return !isRunning(machine, schedule[t - 1]!);
}

function powerOf(machine: ExactMachine, mode: number | null): bigint {
  return mode === null ? offPowerW(machine) : machine.modes[mode]!.powerW;
}

function priceShared(problem: ExactProblem, siteLoadW: readonly (readonly bigint[])[], loadW: readonly bigint[]) {
  const { takeOrPay, demandCharge } = problem;
  const penalties = problem.sites.flatMap((site, s) =>
    site.capW.map((capW, t) => (capW === null ? 0n : above(siteLoadW[s]![t]!, capW) * (site.penaltyPusdPerW ?? 0n))),
  );
  const takenWIntervals = sum(loadW);
  const peakW = loadW.reduce((highest, watts) => (watts > highest ? watts : highest), 0n);
  return {
    capPenaltyPusd: sum(penalties),
    takeOrPayPusd: takeOrPay === null ? 0n : above(takeOrPay.minWIntervals, takenWIntervals) * takeOrPay.pusdPerWInterval,
    demandChargePusd:
      demandCharge === null ? 0n : (demandCharge.peakSoFarW + above(peakW, demandCharge.peakSoFarW)) * demandCharge.pusdPerW,
  };
}

function above(value: bigint, limit: bigint): bigint {
  return value > limit ? value - limit : 0n;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
