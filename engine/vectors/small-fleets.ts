/**
 * Fleets of a few machines on which everything couples at once: floors, hard and soft caps, ramps, take-or-pay, a demand charge, minimum times, locks and limits of starts by
 * chance, over a day. The opposite of a large fleet: what multipliers prove lies far above what can be done. Made by a seed.
 */
import type { PlanMachine, PlanMode, PlanProblem, PlanSite } from '../host/plan/problem.ts';
import { createRandom } from './random-inputs.ts';

type Draw = {
  chance: (ratio: number) => boolean;
  whole: (low: number, high: number) => number;
  between: (low: number, high: number) => number;
};

function drawModes({ chance, whole, between }: Draw): PlanMode[] {
  const powerW = whole(28, 40) * 100;
  const hashrateThs = Math.round(powerW / between(15, 27));
  const modes: PlanMode[] = [{ name: 'normal', powerW, hashrateThs }];
  if (chance(0.4)) modes.push({ name: 'low', powerW: Math.round(powerW * 0.65), hashrateThs: Math.round(hashrateThs * 0.72) });
  if (chance(0.3)) modes.unshift({ name: 'sleep', powerW: whole(5, 30), hashrateThs: 0 });
  return modes;
}

function drawMachine(draw: Draw, index: number, intervals: number): PlanMachine {
  const { chance, whole } = draw;
  const modes = drawModes(draw);
  const machine: PlanMachine = { id: `machine ${index}`, count: whole(1, 3), client: `client ${index % 2}`, modes };
  if (chance(0.7)) Object.assign(machine, { restartUsd: whole(0, 30) / 100, bootMinutes: whole(0, 10) });
  if (chance(0.3)) Object.assign(machine, { minUpIntervals: whole(2, 5), minDownIntervals: whole(2, 5) });
  if (chance(0.15)) machine.maxStarts = whole(0, 2);
  if (chance(0.3)) {
    const from = whole(0, intervals - 4);
    machine.locks = [{ kind: chance(0.6) ? 'on' : 'off', from, to: from + whole(1, 4) }];
  }
  if (chance(0.3)) Object.assign(machine, { initialMode: chance(0.5) ? null : modes.length - 1, initialAgeIntervals: whole(0, 4) });
  return machine;
}

function drawSite({ chance, whole, between }: Draw, fleetKw: number, intervals: number): PlanSite[] | undefined {
  const kind = between(0, 1);
  if (kind > 0.8) return undefined;
  const capKw = Array.from({ length: intervals }, () =>
    kind > 0.5 || chance(0.4) ? Math.round(fleetKw * between(0.3, 0.9) * 10) / 10 : null,
  );
  const site: PlanSite = { id: 'site', capKw };
  if (kind > 0.5) Object.assign(site, { capKw: capKw.map(() => capKw[0]!), capPenaltyUsdPerKwh: whole(1, 100) / 100 });
  if (chance(0.2)) site.rampKw = Math.round(fleetKw * 3) / 10;
  return [site];
}

/** One problem of `intervals` intervals. The same seed gives the same problem up to the last bit of a sine, which rounding takes away. */
export function makeSmallFleet(seed: number, intervals: number): PlanProblem {
  const random = createRandom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const draw: Draw = { between, whole: (low, high) => Math.floor(between(low, high + 1)), chance: (ratio) => random() < ratio };
  const { chance, whole } = draw;
  const machines = Array.from({ length: whole(1, 3) }, (_, index) => drawMachine(draw, index, intervals));
  const units = (of: readonly PlanMachine[]) => of.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const fleetKw = machines.reduce(
    (sum, { count, modes }) => sum + ((count ?? 1) * Math.max(...modes.map(({ powerW }) => powerW))) / 1000,
    0,
  );
  const minutes = 1440 / intervals;
  const isFlat = chance(0.4);
  const problem: PlanProblem = {
    interval: { startAt: '2026-01-15T00:00:00Z', minutes, count: intervals, timeZone: 'UTC' },
    priceUsdPerMwh: Array.from({ length: intervals }, (_, t) =>
      isFlat ? 60 : Math.round(60 + 50 * Math.sin((t / intervals) * 12) + between(-20, 20)),
    ),
    hashpriceUsdPerThDay: 0.04,
    machines,
  };
  const sites = drawSite(draw, fleetKw, intervals);
  if (sites) problem.sites = sites;
  if (chance(0.5)) {
    problem.clients = ['client 0', 'client 1'].map((id) => ({
      id,
      minMachineIntervals: Math.floor(units(machines.filter(({ client }) => client === id)) * intervals * between(0, 0.9)),
    }));
  }
  if (chance(0.3)) problem.takeOrPay = { minKwh: Math.round(fleetKw * 24 * between(0.4, 1)), usdPerMissingKwh: whole(1, 10) / 100 };
  if (chance(0.3)) problem.demandCharge = { usdPerKw: whole(1, 60) / 100, peakSoFarKw: Math.round(fleetKw * between(0, 0.5)) };
  return problem;
}
