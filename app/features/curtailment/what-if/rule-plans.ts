/**
 * What other ways of running the fleet would earn: always on, the threshold rule, efficiency first. Plain rules, each machine off or in normal mode, with the same
 * account as the plan (value = hashing - energy - restarts - penalties - demand charge), on the engine's own rounded figures. A rule knows no constraints but those
 * it is made of; the others it may break, and that is said.
 */
import type { LatticeProblem } from '#engine';

export const RULES = ['always-on', 'threshold', 'efficiency-first'] as const;
export type Rule = (typeof RULES)[number];

export type Money = {
  hashingUsd: number;
  energyUsd: number;
  restartUsd: number;
  capPenaltyUsd: number;
  takeOrPayUsd: number;
  demandChargeUsd: number;
};

/** A constraint of the problem that the rule's schedule does not keep. */
export type Breach =
  | { kind: 'cap'; intervals: number; mostOverKw: number }
  | { kind: 'ramp'; intervals: number; mostOverKw: number }
  | { kind: 'floor'; client: string; missingMachineIntervals: number }
  | { kind: 'minimum-times'; machines: number };

export type RulePlan = {
  rule: Rule;
  valueUsd: number;
  money: Money;
  starts: number;
  energyKwh: number;
  loadKw: number[];
  breaches: Breach[];
};

/** Units on, [machine][interval]. Of a machine's units the first so many are on: no other assignment has fewer starts. */
export type Schedule = number[][];

/** USD in the engine's units of money. */
const UNITS_PER_USD = 1e12;
const W_PER_KW = 1000;

/** Lattice index of each machine's normal mode. */
export type NormalModes = readonly number[];

/** Money of one unit in an interval, in the engine's units: hashing less energy. */
function marginUnits(problem: LatticeProblem, machine: number, mode: number, t: number): number {
  const { hashrateGhs, powerW } = problem.machines[machine]!;
  return hashrateGhs[mode]! * problem.hashpriceUnits[t]! - powerW[mode]! * problem.priceUnits[t]!;
}

/**
 * The schedule of a rule.
 * - always-on: every unit in every interval.
 * - threshold: a unit runs when its margin is above 0; under a cap the least efficient go off first.
 * - efficiency-first: prices are not looked at; under a cap the least efficient go off first.
 */
export function scheduleRule(problem: LatticeProblem, normal: NormalModes, rule: Rule): Schedule {
  const { machines, intervalCount } = problem;
  const schedule = machines.map(({ count }) => new Array<number>(intervalCount).fill(count));
  if (rule === 'always-on') return schedule;
  const capW = problem.sites[0]!.capW;
  const joulesPerGh = (index: number) => machines[index]!.powerW[normal[index]!]! / machines[index]!.hashrateGhs[normal[index]!]!;
  const leastEfficientFirst = machines.map((_, index) => index).sort((a, b) => joulesPerGh(b) - joulesPerGh(a) || b - a);
  for (let t = 0; t < intervalCount; t++) {
    let loadW = 0;
    machines.forEach(({ count, powerW }, index) => {
      if (rule === 'threshold' && marginUnits(problem, index, normal[index]!, t) <= 0) schedule[index]![t] = 0;
      else loadW += count * powerW[normal[index]!]!;
    });
    const cap = capW[t] ?? Number.POSITIVE_INFINITY;
    for (const index of leastEfficientFirst) {
      if (loadW <= cap) break;
      const unitW = machines[index]!.powerW[normal[index]!]!;
      const stopped = unitW === 0 ? 0 : Math.min(schedule[index]![t]!, Math.ceil((loadW - cap) / unitW));
      schedule[index]![t]! -= stopped;
      loadW -= stopped * unitW;
    }
  }
  return schedule;
}

/** Load in W by interval. */
function loadOf(problem: LatticeProblem, normal: NormalModes, schedule: Schedule): number[] {
  return Array.from({ length: problem.intervalCount }, (_, t) =>
    problem.machines.reduce((sum, { powerW }, index) => sum + schedule[index]![t]! * powerW[normal[index]!]!, 0),
  );
}

/** The account of a schedule. The state before the horizon is free, so nothing in interval 0 is a start. */
export function reckon(problem: LatticeProblem, normal: NormalModes, schedule: Schedule): Omit<RulePlan, 'rule' | 'breaches'> {
  const { machines, intervalCount, minutes, sites, takeOrPay, demandCharge } = problem;
  const loadW = loadOf(problem, normal, schedule);
  let [hashing, restart, starts] = [0, 0, 0];
  machines.forEach(({ hashrateGhs, bootGhs, restartUnits }, index) => {
    const mode = normal[index]!;
    for (let t = 0; t < intervalCount; t++) {
      hashing += schedule[index]![t]! * hashrateGhs[mode]! * problem.hashpriceUnits[t]!;
      const started = t === 0 ? 0 : Math.max(0, schedule[index]![t]! - schedule[index]![t - 1]!);
      starts += started;
      restart += started * (restartUnits + bootGhs[mode]! * problem.hashpriceUnits[t]!);
    }
  });
  const energy = loadW.reduce((sum, load, t) => sum + load * problem.priceUnits[t]!, 0);
  const wattIntervals = loadW.reduce((sum, load) => sum + load, 0);
  const { capW, penaltyUnits } = sites[0]!;
  const penalty =
    penaltyUnits === null
      ? 0
      : loadW.reduce((sum, load, t) => sum + penaltyUnits * Math.max(0, load - (capW[t] ?? Number.POSITIVE_INFINITY)), 0);
  const missing = takeOrPay ? takeOrPay.unitsPerMissing * Math.max(0, takeOrPay.minWattIntervals - wattIntervals) : 0;
  const demand = demandCharge ? demandCharge.unitsPerW * Math.max(demandCharge.peakSoFarW, ...loadW) : 0;
  const usd = (units: number) => units / UNITS_PER_USD;
  return {
    valueUsd: usd(hashing - energy - restart - penalty - missing - demand),
    money: {
      hashingUsd: usd(hashing),
      energyUsd: usd(energy),
      restartUsd: usd(restart),
      capPenaltyUsd: usd(penalty),
      takeOrPayUsd: usd(missing),
      demandChargeUsd: usd(demand),
    },
    starts,
    energyKwh: (wattIntervals * minutes) / 60 / W_PER_KW,
    loadKw: loadW.map((load) => load / W_PER_KW),
  };
}

/** Whether the runs of one unit keep the minimum times; the run that begins in interval 0 is free to end, the last one may be cut by the horizon. */
function keepsMinimumTimes(isOn: (t: number) => boolean, intervalCount: number, minUp: number, minDown: number): boolean {
  let from = 0;
  for (let t = 1; t < intervalCount; t++) {
    if (isOn(t) === isOn(t - 1)) continue;
    if (from > 0 && t - from < (isOn(t - 1) ? minUp : minDown)) return false;
    from = t;
  }
  return true;
}

function countBrokenTimes(problem: LatticeProblem, schedule: Schedule): number {
  return problem.machines.reduce((sum, { count, minUp, minDown }, index) => {
    if (minUp <= 1 && minDown <= 1) return sum;
    const on = schedule[index]!;
    // Units between two counts that occur do the same; one of each group is looked at.
    const levels = [...new Set([0, ...on])].filter((level) => level < count).sort((a, b) => a - b);
    return levels.reduce((broken, level, place) => {
      const size = (levels[place + 1] ?? count) - level;
      return keepsMinimumTimes((t) => on[t]! > level, problem.intervalCount, minUp, minDown) ? broken : broken + size;
    }, sum);
  }, 0);
}

export function findBreaches(problem: LatticeProblem, normal: NormalModes, schedule: Schedule): Breach[] {
  const loadW = loadOf(problem, normal, schedule);
  const { capW, penaltyUnits, rampW } = problem.sites[0]!;
  const breaches: Breach[] = [];
  const note = (kind: 'cap' | 'ramp', overW: readonly number[]) => {
    const over = overW.filter((watts) => watts > 0);
    if (over.length > 0) breaches.push({ kind, intervals: over.length, mostOverKw: Math.max(...over) / W_PER_KW });
  };
  if (penaltyUnits === null)
    note(
      'cap',
      loadW.map((load, t) => load - (capW[t] ?? Number.POSITIVE_INFINITY)),
    );
  if (rampW !== null)
    note(
      'ramp',
      loadW.map((load, t) => (t === 0 ? 0 : Math.abs(load - loadW[t - 1]!) - rampW)),
    );
  problem.clients.forEach(({ id, minMachineIntervals }, client) => {
    const on = problem.machines.reduce((sum, machine, index) => (machine.client === client ? sum + sumOf(schedule[index]!) : sum), 0);
    if (on < minMachineIntervals) breaches.push({ kind: 'floor', client: id, missingMachineIntervals: minMachineIntervals - on });
  });
  const machines = countBrokenTimes(problem, schedule);
  if (machines > 0) breaches.push({ kind: 'minimum-times', machines });
  return breaches;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** All rules, each with its account and its breaches. O(machines of the list x intervals). */
export function listRulePlans(problem: LatticeProblem, normal: NormalModes): RulePlan[] {
  return RULES.map((rule) => {
    const schedule = scheduleRule(problem, normal, rule);
    return { rule, ...reckon(problem, normal, schedule), breaches: findBreaches(problem, normal, schedule) };
  });
}
