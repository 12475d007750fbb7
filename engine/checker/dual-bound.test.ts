import { describe, expect, it } from 'vitest';
import { computeDualBound } from './dual-bound.ts';
import type { ExactProblem } from './exact-problem.ts';
import { findViolations } from './find-violations.ts';
import { findMultiplierFaults, type Multipliers } from './multipliers.ts';
import { recountPlan } from './recount-plan.ts';
import { splitGap } from './split-gap.ts';
import { aMachine, aProblem, aSite, createDice, listPlans, listSchedules, multipliersFor, rollProblem } from './tiny-problem.fixture.ts';

function boundOf(problem: ExactProblem, multipliers: Multipliers): bigint {
  const bound = computeDualBound(problem, multipliers, false);
  if (bound.kind !== 'bound') throw new Error(`machine ${bound.machineId} has no schedule`);
  return bound.boundPusd;
}

describe('the bound, row by row', () => {
  // One machine of 10 W / 20 GH/s or 30 W / 40 GH/s; energy and hashing cost and earn 1: margins 10 and 10 an interval.
  it('without multipliers is the sum of what every machine earns alone', () => {
    expect(boundOf(aProblem(2), multipliersFor(aProblem(2)))).toBe(20n);
  });

  it('a cap price makes power dearer and pays for the whole cap', () => {
    // Price 2 on a cap of 10 W: 20 - 3 * 10 < 0 -> off, 0; cap 2 * 10 = 20. Price 1: 20 - 20 = 0; 10.
    const problem = aProblem(1, { sites: [aSite(1, { capW: [10n] })] });
    expect(boundOf(problem, multipliersFor(problem, { capPusdPerW: [[2n]] }))).toBe(20n);
    expect(boundOf(problem, multipliersFor(problem, { capPusdPerW: [[1n]] }))).toBe(10n);
  });

  it('a floor price pays for running and takes it back for the floor', () => {
    // Energy 3: 20 - 30 = -10 an interval; two intervals, floor 1 at price 4: 2 * max(0, -6) - 4 = -4; at price 12: 2 * 2 - 12 = -8; at 10: -10, the optimum.
    const problem = aProblem(2, {
      energyPusdPerW: [3n, 3n],
      machines: [aMachine(2, { client: 0 })],
      clients: [{ id: 'c', minMachineIntervals: 1n }],
    });
    expect(boundOf(problem, multipliersFor(problem, { floorPusd: [4n] }))).toBe(-4n);
    expect(boundOf(problem, multipliersFor(problem, { floorPusd: [12n] }))).toBe(-8n);
    expect(boundOf(problem, multipliersFor(problem, { floorPusd: [10n] }))).toBe(-10n);
  });

  it('a take-or-pay price makes power cheaper and costs the volume', () => {
    // Energy 3 less 1: 20 - 20 = 0; volume 25 at 1: -25. Less 2: 20 - 10 = 10 or 40 - 30 = 10; -50 -> -40.
    const problem = aProblem(1, { energyPusdPerW: [3n], takeOrPay: { minWIntervals: 25n, pusdPerWInterval: 5n } });
    expect(boundOf(problem, multipliersFor(problem, { takeOrPayPusd: 1n }))).toBe(-25n);
    expect(boundOf(problem, multipliersFor(problem, { takeOrPayPusd: 2n }))).toBe(-40n);
  });

  it('peak prices make power dearer and pay for the peak so far, of which the charge is due anyway', () => {
    // Charge 2 a W, 15 W so far: -30. Price 1 in the only interval: 20 - 2 * 10 = 0, + 15.
    const problem = aProblem(1, { demandCharge: { pusdPerW: 2n, peakSoFarW: 15n } });
    expect(boundOf(problem, multipliersFor(problem))).toBe(10n - 30n);
    expect(boundOf(problem, multipliersFor(problem, { peakPusdPerW: [1n] }))).toBe(0n + 15n - 30n);
  });

  it('ramp prices shift the price of power from one interval to its neighbour', () => {
    // "Up into 1" at 1: power costs 1 more in interval 1, 1 less in interval 0; ramp 5. Interval 0: 20 - 0, 40 - 0 -> 40; interval 1: 20 - 20 = 0; + 5.
    const problem = aProblem(2, { sites: [aSite(2, { rampW: 5n })] });
    expect(boundOf(problem, multipliersFor(problem, { rampUpPusdPerW: [[0n, 1n]] }))).toBe(40n + 0n + 5n);
    // "Down into 1": the other way round.
    expect(boundOf(problem, multipliersFor(problem, { rampDownPusdPerW: [[0n, 1n]] }))).toBe(0n + 40n + 5n);
  });

  it('counts every unit of an entry', () => {
    const problem = aProblem(1, { machines: [aMachine(1, { count: 7 })] });
    expect(boundOf(problem, multipliersFor(problem))).toBe(70n);
  });
});

describe('multipliers that prove nothing', () => {
  const problem = aProblem(2, {
    sites: [aSite(2, { capW: [10n, null], penaltyPusdPerW: 3n })],
    demandCharge: { pusdPerW: 5n, peakSoFarW: 0n },
    takeOrPay: { minWIntervals: 1n, pusdPerWInterval: 4n },
  });
  const faultsOf = (changes: Partial<Multipliers>, isMoneyFree = false) =>
    findMultiplierFaults(problem, multipliersFor(problem, changes), isMoneyFree).map(({ reason }) => reason);

  it('are those above a price at which the row may be broken', () => {
    expect(faultsOf({ capPusdPerW: [[3n, 0n]], takeOrPayPusd: 4n, peakPusdPerW: [2n, 3n] })).toEqual([]);
    expect(faultsOf({ capPusdPerW: [[4n, 0n]] })).toEqual(['above-penalty']);
    expect(faultsOf({ takeOrPayPusd: 5n })).toEqual(['above-penalty']);
    expect(faultsOf({ peakPusdPerW: [3n, 3n] })).toEqual(['sum-above-demand-charge']);
  });

  it('are those on rows that do not exist', () => {
    expect(faultsOf({ capPusdPerW: [[0n, 1n]] })).toEqual(['no-such-row']);
    expect(faultsOf({ rampUpPusdPerW: [[0n, 1n]] })).toEqual(['no-such-row']);
    const ramped = aProblem(2, { sites: [aSite(2, { rampW: 1n })] });
    expect(findMultiplierFaults(ramped, multipliersFor(ramped, { rampDownPusdPerW: [[1n, 0n]] }), false)).toHaveLength(1);
    expect(findMultiplierFaults(ramped, multipliersFor(ramped, { rampDownPusdPerW: [[0n, 1n]] }), false)).toEqual([]);
  });

  it('are, in a certificate of infeasibility, those on rows that may be broken at a price', () => {
    expect(faultsOf({ capPusdPerW: [[1n, 0n]] }, true)).toEqual(['above-penalty']);
    expect(faultsOf({ takeOrPayPusd: 1n }, true)).toEqual(['above-penalty']);
    expect(faultsOf({ peakPusdPerW: [1n, 0n] }, true)).toEqual(['sum-above-demand-charge']);
  });
});

describe('all plans of tiny random problems', () => {
  it('are worth at most the bound for any multipliers, and the gap splits into parts of at least 0', { timeout: 60_000 }, () => {
    let plans = 0;
    let infeasible = 0;
    let tight = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const problem = rollProblem(seed);
      const dice = createDice(-seed);
      const attempts = Array.from({ length: 4 }, (_none, attempt) => rollMultipliers(problem, dice, attempt === 0 ? 0 : 3));
      const allowed = listAllowed(problem);
      if (allowed.length === 0) {
        infeasible++;
        continue;
      }
      plans += allowed.length;
      const bestPusd = allowed.reduce((most, { valuePusd }) => (valuePusd > most ? valuePusd : most), allowed[0]!.valuePusd);
      for (const multipliers of attempts) {
        const boundPusd = boundOf(problem, multipliers);
        expect(boundPusd >= bestPusd, `seed ${seed}: bound ${boundPusd}, best ${bestPusd}`).toBe(true);
        if (boundPusd === bestPusd) tight++;
        for (const recount of allowed.slice(0, 50)) {
          const parts = splitGap(problem, multipliers, recount, boundPusd - recount.valuePusd);
          for (const [part, pusd] of Object.entries(parts)) expect(pusd >= 0n, `seed ${seed}: ${part} ${pusd}`).toBe(true);
        }
      }
    }
    expect(plans).toBeGreaterThan(5000);
    expect(infeasible).toBeGreaterThan(3);
    expect(tight).toBeGreaterThan(5);
  });
});

function listAllowed(problem: ExactProblem) {
  const sites = problem.sites.map(({ id }) => aSite(problem.intervalCount, { id }));
  const schedules = problem.machines.map((machine) => {
    const alone = { ...problem, sites, clients: [], machines: [{ ...machine, count: 1, client: null }] };
    return listSchedules(machine, problem.intervalCount).filter(
      (schedule) => findViolations(alone, [[schedule]], recountPlan(alone, [[schedule]])).length === 0,
    );
  });
  return [...listPlans(problem, schedules)].flatMap((plan) => {
    const recount = recountPlan(problem, plan);
    return findViolations(problem, plan, recount).length === 0 ? [recount] : [];
  });
}

/** Without fault, each at most `most`. */
function rollMultipliers(problem: ExactProblem, dice: (least: number, most: number) => number, most: number): Multipliers {
  const atMost = (limit: bigint | null) => {
    const pusd = BigInt(dice(0, most));
    return limit !== null && pusd > limit ? limit : pusd;
  };
  let peakLeftPusd = problem.demandCharge?.pusdPerW ?? 0n;
  const takePeak = () => {
    const pusd = atMost(peakLeftPusd);
    peakLeftPusd -= pusd;
    return pusd;
  };
  const ramps = () => problem.sites.map(({ rampW, capW }) => capW.map((_cap, t) => (rampW === null || t === 0 ? 0n : atMost(null))));
  return {
    capPusdPerW: problem.sites.map(({ capW, penaltyPusdPerW }) => capW.map((cap) => (cap === null ? 0n : atMost(penaltyPusdPerW)))),
    rampUpPusdPerW: ramps(),
    rampDownPusdPerW: ramps(),
    floorPusd: problem.clients.map(() => atMost(null) * 5n),
    takeOrPayPusd: problem.takeOrPay === null ? 0n : atMost(problem.takeOrPay.pusdPerWInterval),
    peakPusdPerW: problem.energyPusdPerW.map(takePeak),
  };
}
