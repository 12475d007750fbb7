/** Problems small enough to be reckoned by hand or tried out in full, for the tests of the checker. */
import type { ExactMachine, ExactProblem, ExactSite } from './exact-problem.ts';
import type { Multipliers } from './multipliers.ts';
import type { Plan, Schedule } from './recount-plan.ts';

/** One unit with modes 10 W / 20 GH/s and 30 W / 40 GH/s at the only site, free to do as it likes. */
export function aMachine(intervalCount: number, changes: Partial<ExactMachine> = {}): ExactMachine {
  return {
    id: 'a',
    count: 1,
    site: 0,
    client: null,
    modes: [
      { powerW: 10n, hashrateGhs: 20n, bootGhs: 0n },
      { powerW: 30n, hashrateGhs: 40n, bootGhs: 0n },
    ],
    sleepMode: null,
    restartPusd: 0n,
    minUpIntervals: 0,
    minDownIntervals: 0,
    maxStarts: null,
    initial: null,
    mustRun: new Array<boolean>(intervalCount).fill(false),
    mustStop: new Array<boolean>(intervalCount).fill(false),
    ...changes,
  };
}

export function aSite(intervalCount: number, changes: Partial<ExactSite> = {}): ExactSite {
  return { id: 'here', capW: new Array<null>(intervalCount).fill(null), penaltyPusdPerW: null, rampW: null, ...changes };
}

export function aProblem(intervalCount: number, changes: Partial<ExactProblem> = {}): ExactProblem {
  return {
    intervalCount,
    energyPusdPerW: new Array<bigint>(intervalCount).fill(1n),
    hashPusdPerGhs: new Array<bigint>(intervalCount).fill(1n),
    machines: [aMachine(intervalCount)],
    sites: [aSite(intervalCount)],
    clients: [],
    takeOrPay: null,
    demandCharge: null,
    ...changes,
  };
}

/** All zero, except for what is given. */
export function multipliersFor(problem: ExactProblem, changes: Partial<Multipliers> = {}): Multipliers {
  const row = () => new Array<bigint>(problem.intervalCount).fill(0n);
  return {
    capPusdPerW: problem.sites.map(row),
    rampUpPusdPerW: problem.sites.map(row),
    rampDownPusdPerW: problem.sites.map(row),
    floorPusd: problem.clients.map(() => 0n),
    takeOrPayPusd: 0n,
    peakPusdPerW: row(),
    ...changes,
  };
}

/** Every schedule of one unit, allowed or not. */
export function listSchedules(machine: ExactMachine, intervalCount: number): Schedule[] {
  const choices: (number | null)[] = [...(machine.sleepMode === null ? [null] : []), ...machine.modes.keys()];
  let schedules: (number | null)[][] = [[]];
  for (let t = 0; t < intervalCount; t++) schedules = schedules.flatMap((start) => choices.map((mode) => [...start, mode]));
  return schedules;
}

/** Every plan made of the given schedules of each unit. */
export function* listPlans(problem: ExactProblem, schedulesOf: readonly (readonly Schedule[])[]): Generator<Plan> {
  const units = problem.machines.flatMap((machine, m) => new Array<number>(machine.count).fill(m));
  const chosen: Schedule[] = [];
  function* extend(): Generator<Plan> {
    const m = units[chosen.length];
    if (m === undefined) {
      yield problem.machines.map((_machine, entry) => chosen.filter((_schedule, unit) => units[unit] === entry));
      return;
    }
    for (const schedule of schedulesOf[m]!) {
      chosen.push(schedule);
      yield* extend();
      chosen.pop();
    }
  }
  yield* extend();
}

/** mulberry32: the same numbers for the same seed. Whole numbers from `least` to `most`. */
export function createDice(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  };
}

/** A random problem with every kind of rule now and then: one or two sites, two or three units, three intervals. */
export function rollProblem(seed: number): ExactProblem {
  const dice = createDice(seed);
  const intervalCount = 3;
  const maybe = <Value>(make: () => Value): Value | null => (dice(0, 2) === 0 ? make() : null);
  const perInterval = <Value>(make: () => Value) => Array.from({ length: intervalCount }, make);
  const sites = Array.from({ length: dice(1, 2) }, (_none, s) =>
    aSite(intervalCount, {
      id: `site ${s}`,
      capW: perInterval(() => (dice(0, 1) === 0 ? null : BigInt(dice(0, 60)))),
      penaltyPusdPerW: maybe(() => BigInt(dice(0, 4))),
      rampW: maybe(() => BigInt(dice(10, 50))),
    }),
  );
  const clients = Array.from({ length: dice(0, 2) }, (_none, c) => ({ id: `client ${c}`, minMachineIntervals: BigInt(dice(0, 3)) }));
  const machines = Array.from({ length: 2 }, (_none, m): ExactMachine => {
    const hasSleep = dice(0, 3) === 0;
    const sleep = hasSleep ? [{ powerW: BigInt(dice(0, 3)), hashrateGhs: 0n, bootGhs: 0n }] : [];
    return aMachine(intervalCount, {
      id: `machine ${m}`,
      count: m === 0 ? dice(1, 2) : 1,
      site: dice(0, sites.length - 1),
      client: clients.length === 0 ? null : maybe(() => dice(0, clients.length - 1)),
      modes: [
        ...sleep,
        { powerW: BigInt(dice(5, 15)), hashrateGhs: BigInt(dice(10, 30)), bootGhs: BigInt(dice(0, 20)) },
        { powerW: BigInt(dice(15, 35)), hashrateGhs: BigInt(dice(20, 50)), bootGhs: BigInt(dice(0, 20)) },
      ],
      sleepMode: hasSleep ? 0 : null,
      restartPusd: BigInt(dice(0, 20)),
      minUpIntervals: dice(0, 3),
      minDownIntervals: dice(0, 3),
      maxStarts: maybe(() => dice(0, 2)),
      initial: maybe(() => ({ isOn: dice(0, 1) === 1, ageIntervals: dice(1, 4) })),
      mustRun: perInterval(() => dice(0, 11) === 0),
      mustStop: perInterval(() => dice(0, 11) === 0),
    });
  });
  return aProblem(intervalCount, {
    energyPusdPerW: perInterval(() => BigInt(dice(-1, 3))),
    hashPusdPerGhs: perInterval(() => BigInt(dice(0, 3))),
    machines,
    sites,
    clients,
    takeOrPay: maybe(() => ({ minWIntervals: BigInt(dice(0, 200)), pusdPerWInterval: BigInt(dice(0, 4)) })),
    demandCharge: maybe(() => ({ pusdPerW: BigInt(dice(0, 6)), peakSoFarW: BigInt(dice(0, 40)) })),
  });
}
