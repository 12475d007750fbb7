/**
 * Seeded fleets for the plan's benchmarks, alone and beside other solvers, and for its tests: twenty models of 15 to 30 J/TH with a spread per unit, a day of spot prices with two spikes and a negative dip, caps
 * of 40 to 75 % of the site's power in eight intervals. Synthetic, and the same on every machine.
 */
import type { PlanMachine, PlanMode, PlanProblem } from '../host/plan/problem.ts';
import { createRandom } from '../vectors/random-inputs.ts';

const MINUTES_PER_DAY = 1440;

/** Sum of four uniforms, centred: bell-shaped, spread about 1. */
function bell(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

export type InstanceShape = {
  seed: number;
  machines: number;
  intervals: number;
  /** States a machine has, off included: 2, 3 or 4. */
  states: 2 | 3 | 4;
  cappedIntervals?: number;
  /** Clients with a floor. */
  clients?: number;
  takeOrPay?: boolean;
  minUpIntervals?: number;
  minDownIntervals?: number;
  demandChargeUsdPerKw?: number;
  restartUsd?: number;
  /** Spread between units of a model; 1 as described, 0 identical machines. */
  spread?: number;
};

function makeModes(states: number, hashrateThs: number, powerW: number): PlanMode[] {
  const low = { name: 'low', powerW: Math.round(powerW * 0.62), hashrateThs: hashrateThs * 0.7 };
  const normal = { name: 'normal', powerW: Math.round(powerW), hashrateThs };
  const high = { name: 'high', powerW: Math.round(powerW * 1.25), hashrateThs: hashrateThs * 1.15 };
  return states === 2 ? [normal] : states === 3 ? [low, normal] : [low, normal, high];
}

function makePrices(random: () => number, intervals: number): number[] {
  const spikes = [
    { at: 17.5 / 24, width: 0.03, height: 120 + 250 * random() },
    { at: 7.5 / 24, width: 0.025, height: 90 + 50 * random() },
  ];
  return Array.from({ length: intervals }, (_, t) => {
    const day = (t + 0.5) / intervals;
    let price = 38 + 12 * Math.sin(2 * Math.PI * (day - 0.35)) + 4 * bell(random);
    for (const { at, width, height } of spikes) price += height * Math.exp(-(((day - at) / width) ** 2));
    if (day > 0.52 && day < 0.58) price -= 45 + 10 * random();
    return Math.round(price * 100) / 100;
  });
}

/** One problem. The same shape gives the same problem on every engine up to the last bit of sin and exp, which the lattice rounds away. */
export function makeInstance(shape: InstanceShape): PlanProblem {
  const random = createRandom(shape.seed);
  const { intervals, states } = shape;
  const minutes = MINUTES_PER_DAY / intervals;
  const spread = shape.spread ?? 1;
  const models = Array.from({ length: 20 }, (_, index) => {
    const joulesPerTh = 15 + (15 * index) / 19;
    const hashrateThs = 90 + 170 * random();
    return { hashrateThs, powerW: hashrateThs * joulesPerTh };
  });
  const machines: PlanMachine[] = Array.from({ length: shape.machines }, (_, index) => {
    const model = models[Math.floor(random() * models.length)]!;
    const hashrateThs = Math.round(model.hashrateThs * (1 + 0.04 * spread * bell(random)) * 1000) / 1000;
    const powerW = model.powerW * (hashrateThs / model.hashrateThs) * (1 + 0.02 * spread * bell(random));
    return {
      id: `m${index}`,
      modes: makeModes(states, hashrateThs, powerW),
      restartUsd: shape.restartUsd ?? 0.1,
      bootMinutes: 6,
      ...(shape.clients ? { client: `c${Math.floor(random() * shape.clients)}` } : {}),
      ...(shape.minUpIntervals ? { minUpIntervals: shape.minUpIntervals } : {}),
      ...(shape.minDownIntervals ? { minDownIntervals: shape.minDownIntervals } : {}),
    };
  });
  const normalW = machines.reduce((sum, { modes }) => sum + modes.find(({ name }) => name === 'normal')!.powerW, 0);
  const priceUsdPerMwh = makePrices(random, intervals);
  const cappedCount = shape.cappedIntervals ?? 8;
  const capKw: (number | null)[] = Array.from({ length: intervals }, () => null);
  while (capKw.filter((cap) => cap !== null).length < cappedCount) {
    const t = Math.floor(random() * intervals);
    if (capKw[t] === null) capKw[t] = Math.round((normalW / 1000) * (0.4 + 0.35 * random()));
  }
  const problem: PlanProblem = {
    interval: { startAt: '2025-06-01T00:00:00Z', minutes, count: intervals, timeZone: 'UTC' },
    priceUsdPerMwh,
    hashpriceUsdPerThDay: 0.04,
    machines,
    sites: [{ id: 'site', capKw }],
  };
  if (shape.clients) {
    const members = new Map<string, number>();
    for (const { client } of machines) members.set(client!, (members.get(client!) ?? 0) + 1);
    problem.clients = Array.from({ length: shape.clients }, (_, index) => {
      const id = `c${index}`;
      return { id, minMachineIntervals: Math.floor((members.get(id) ?? 0) * intervals * (0.72 + 0.2 * random())) };
    });
  }
  if (shape.takeOrPay) problem.takeOrPay = { minKwh: Math.round((normalW / 1000) * 24 * 0.86), usdPerMissingKwh: 0.012 };
  if (shape.demandChargeUsdPerKw !== undefined) {
    problem.demandCharge = { usdPerKw: shape.demandChargeUsdPerKw, peakSoFarKw: Math.round((normalW / 1000) * 0.6) };
  }
  return problem;
}
