/**
 * Tiny plan problems and their optimum by trying every plan, in exact integers (doubles far below 2^53). Nothing here is shared with the solver but the rounded problem: sequences are
 * enumerated and checked against the words of `host/plan/problem.ts`.
 */
import type { LatticeMachine, LatticeProblem } from '../host/plan/lattice.ts';
import type { PlanMachine, PlanProblem } from '../host/plan/problem.ts';

export type UnitSequence = { modes: number[]; moneyUnits: number; powerW: number[]; on: number };

function keepsMinimumTimes(machine: LatticeMachine, isOn: readonly boolean[]): boolean {
  const count = isOn.length;
  let from = 0;
  for (let t = 1; t <= count; t++) {
    if (t < count && isOn[t] === isOn[from]) continue;
    const known = machine.initial !== 'free';
    const begins = from > 0 || (known && isOn[0] !== (machine.initial === 'on'));
    const least = isOn[from] ? machine.minUp : machine.minDown;
    if (begins && t < count && t - from < least) return false;
    from = t;
  }
  return true;
}

function keepsLocks(machine: LatticeMachine, isOn: readonly boolean[]): boolean {
  const locked = machine.locks.every(({ kind, from, to }) => isOn.slice(from, to).every((on) => on === (kind === 'on')));
  return locked && isOn.slice(0, machine.heldIntervals).every((on) => on === (machine.initial === 'on'));
}

/** What one unit's sequence is worth by itself; null when its own rules forbid it. */
export function judgeSequence(problem: LatticeProblem, machine: LatticeMachine, modes: readonly number[]): UnitSequence | null {
  const isOn = modes.map((mode) => mode > 0);
  if (!keepsMinimumTimes(machine, isOn) || !keepsLocks(machine, isOn)) return null;
  let moneyUnits = 0;
  let starts = 0;
  modes.forEach((mode, t) => {
    const hashprice = problem.hashpriceUnits[t]!;
    moneyUnits += machine.hashrateGhs[mode]! * hashprice - machine.powerW[mode]! * problem.priceUnits[t]!;
    const wasOn = t > 0 ? isOn[t - 1]! : machine.initial !== 'off';
    if (!isOn[t] || wasOn) return;
    starts++;
    moneyUnits -= machine.restartUnits + machine.bootGhs[mode]! * hashprice;
  });
  if (machine.maxStarts >= 0 && starts > machine.maxStarts) return null;
  return { modes: [...modes], moneyUnits, powerW: modes.map((mode) => machine.powerW[mode]!), on: isOn.filter(Boolean).length };
}

/** All allowed sequences of one unit. */
export function listSequences(problem: LatticeProblem, machine: LatticeMachine): UnitSequence[] {
  const modeCount = machine.powerW.length;
  const total = modeCount ** problem.intervalCount;
  const sequences: UnitSequence[] = [];
  for (let code = 0; code < total; code++) {
    const modes = Array.from({ length: problem.intervalCount }, (_, t) => Math.floor(code / modeCount ** t) % modeCount);
    const sequence = judgeSequence(problem, machine, modes);
    if (sequence) sequences.push(sequence);
  }
  return sequences;
}

/** Value of a choice of sequences, one a unit; null when a row that couples units is broken. */
export function judgePlan(problem: LatticeProblem, units: readonly LatticeMachine[], plan: readonly UnitSequence[]): number | null {
  let value = 0;
  for (const { moneyUnits } of plan) value += moneyUnits;
  const totals = new Array<number>(problem.intervalCount).fill(0);
  for (let site = 0; site < problem.sites.length; site++) {
    const { capW, penaltyUnits, rampW } = problem.sites[site]!;
    let before = Number.NaN;
    for (let t = 0; t < problem.intervalCount; t++) {
      let load = 0;
      for (let index = 0; index < units.length; index++) if (units[index]!.site === site) load += plan[index]!.powerW[t]!;
      totals[t]! += load;
      const cap = capW[t] ?? null;
      if (cap !== null && load > cap) {
        if (penaltyUnits === null) return null;
        value -= penaltyUnits * (load - cap);
      }
      if (rampW !== null && Math.abs(load - before) > rampW) return null;
      before = load;
    }
  }
  for (let client = 0; client < problem.clients.length; client++) {
    let on = 0;
    for (let index = 0; index < units.length; index++) if (units[index]!.client === client) on += plan[index]!.on;
    if (on < problem.clients[client]!.minMachineIntervals) return null;
  }
  const { takeOrPay, demandCharge } = problem;
  if (takeOrPay) {
    const energy = totals.reduce((sum, load) => sum + load, 0);
    value -= takeOrPay.unitsPerMissing * Math.max(0, takeOrPay.minWattIntervals - energy);
  }
  if (demandCharge) value -= demandCharge.unitsPerW * Math.max(demandCharge.peakSoFarW, ...totals);
  return value;
}

export function listUnits(problem: LatticeProblem): LatticeMachine[] {
  return problem.machines.flatMap((machine) => Array.from({ length: machine.count }, () => machine));
}

/** The best plan of all; null when none is allowed. */
export function solveByTryingAll(problem: LatticeProblem): number | null {
  const units = listUnits(problem);
  const choices = units.map((unit) => listSequences(problem, unit));
  let best: number | null = null;
  const plan: UnitSequence[] = [];
  const descend = (index: number) => {
    if (index === units.length) {
      const value = judgePlan(problem, units, plan);
      if (value !== null && (best === null || value > best)) best = value;
      return;
    }
    for (const sequence of choices[index]!) {
      plan[index] = sequence;
      descend(index + 1);
    }
  };
  descend(0);
  return best;
}

export type TinyFeatures = {
  minimumTimes?: boolean;
  maxStarts?: boolean;
  locks?: boolean;
  initial?: boolean;
  sleep?: boolean;
  clients?: boolean;
  takeOrPay?: boolean;
  demandCharge?: boolean;
  softCaps?: boolean;
  ramps?: boolean;
  twoSites?: boolean;
  uncapped?: boolean;
};

const pick = <T>(random: () => number, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

/** A random problem small enough to try every plan: three units, four or five intervals, prices that tie and turn negative. */
export function makeTinyProblem(random: () => number, features: TinyFeatures): PlanProblem {
  const modes = random() < 0.3 ? 2 : 1;
  const count = modes === 2 ? 4 : pick(random, [4, 5]);
  const units = modes === 2 ? pick(random, [2, 3]) : 3;
  const sites = features.twoSites ? ['north', 'south'] : ['north'];
  const machines: PlanMachine[] = Array.from({ length: units }, (_, index) => {
    const powerW = pick(random, [1000, 3000, 3250, 2000 + Math.floor(random() * 2000)]);
    const hashrateThs = powerW / pick(random, [15, 20, 25, 30]);
    const normal = { name: 'normal', powerW, hashrateThs };
    const low = { name: 'low', powerW: powerW * 0.6, hashrateThs: hashrateThs * 0.7 };
    const sleep = { name: 'sleep', powerW: pick(random, [10, 200]), hashrateThs: 0 };
    const machine: PlanMachine = {
      id: `m${index}`,
      modes: [...(features.sleep && random() < 0.6 ? [sleep] : []), ...(modes === 2 ? [low] : []), normal],
      restartUsd: pick(random, [0, 0.1, 0.3 * random()]),
      bootMinutes: pick(random, [0, 6, 60]),
    };
    if (features.twoSites) machine.site = pick(random, sites);
    if (features.clients && random() < 0.8) machine.client = 'client';
    if (features.minimumTimes) {
      machine.minUpIntervals = pick(random, [1, 2, 3]);
      machine.minDownIntervals = pick(random, [1, 2, 3]);
    }
    if (features.maxStarts) machine.maxStarts = pick(random, [0, 1, 2]);
    if (features.initial && random() < 0.8) {
      machine.initialMode = pick(random, [null, machine.modes.length - 1]);
      if (random() < 0.7) machine.initialAgeIntervals = pick(random, [0, 1, 2]);
    }
    if (features.locks && random() < 0.6) {
      const from = Math.floor(random() * count);
      machine.locks = [{ kind: pick(random, ['on', 'off']), from, to: Math.min(count, from + pick(random, [1, 2])) }];
    }
    return machine;
  });
  if (random() < 0.2) machines[1] = { ...machines[0]!, id: 'm1' };
  const mostKw = machines.reduce((sum, machine) => sum + machine.modes.at(-1)!.powerW, 0) / 1000;
  const price = pick(random, [40, 60, 80]);
  const problem: PlanProblem = {
    interval: { startAt: '2025-01-01T00:00:00Z', minutes: pick(random, [60, 15]), count, timeZone: 'UTC' },
    priceUsdPerMwh: Array.from({ length: count }, () => pick(random, [price, price, -30, 0, 150 * random(), 20])),
    hashpriceUsdPerThDay: random() < 0.5 ? 0.05 : Array.from({ length: count }, () => 0.03 + 0.04 * random()),
    machines,
  };
  if (!features.uncapped) {
    problem.sites = sites.map((id) => ({
      id,
      capKw: Array.from({ length: count }, () => (random() < 0.3 ? null : pick(random, [0, mostKw, mostKw * random(), mostKw * random()]))),
      ...(features.softCaps && random() < 0.7 ? { capPenaltyUsdPerKwh: pick(random, [0.02, 0.1, 1]) } : {}),
      ...(features.ramps ? { rampKw: mostKw * (0.2 + 0.6 * random()) } : {}),
    }));
  }
  if (features.clients) problem.clients = [{ id: 'client', minMachineIntervals: Math.floor(random() * units * count * 0.8) }];
  if (features.takeOrPay) problem.takeOrPay = { minKwh: mostKw * count * random(), usdPerMissingKwh: pick(random, [0.01, 0.05, 0.2]) };
  if (features.demandCharge) problem.demandCharge = { usdPerKw: pick(random, [0.01, 0.1, 1]), peakSoFarKw: mostKw * random() * 0.8 };
  return problem;
}
