import { describe, expect, it } from 'vitest';
import { getCurtailment } from '#app/platform/engine.server.ts';
import type { LatticeProblem, PlanProblem } from '#engine';
import { checkPlanFile } from '#engine/checker/index.ts';
import { findBreaches, listRulePlans, RULES, reckon, type Schedule, scheduleRule } from './rule-plans.ts';
import { ownPrices, settingOf } from './sample-problem.fixture.ts';
import { emptyRow } from './what-if-form.ts';

/** Numbers that are the same on every run. Park and Miller 1988. */
function createDice(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = (state * 48_271) % 2_147_483_647;
    return least + (state % (most - least + 1));
  };
}

/** Two to three kinds of machine with a few units each, four to six hours, any sign of price, now and then a limit. */
function rollProblem(seed: number): PlanProblem {
  const dice = createDice(seed);
  const count = dice(4, 6);
  const perHour = <Value>(make: () => Value) => Array.from({ length: count }, make);
  return {
    interval: { startAt: '2026-01-15T00:00:00Z', minutes: 60, count, timeZone: 'UTC' },
    priceUsdPerMwh: perHour(() => dice(-40, 160)),
    hashpriceUsdPerThDay: dice(20, 60) / 1000,
    machines: Array.from({ length: dice(2, 3) }, (_, index) => ({
      id: `m${index}`,
      count: dice(1, 4),
      client: dice(0, 1) === 0 ? 'A' : 'B',
      modes: [{ name: 'normal', powerW: dice(2000, 4000), hashrateThs: dice(90, 270) }],
      restartUsd: dice(0, 30) / 100,
      bootMinutes: dice(0, 10),
      minUpIntervals: dice(1, 3),
      minDownIntervals: dice(1, 2),
    })),
    sites: [
      {
        id: 'site',
        capKw: perHour(() => (dice(0, 1) === 0 ? null : dice(0, 30))),
        ...(dice(0, 2) === 0 ? { capPenaltyUsdPerKwh: dice(0, 100) / 1000 } : {}),
        ...(dice(0, 2) === 0 ? { rampKw: dice(1, 20) } : {}),
      },
    ],
    clients: [
      { id: 'A', minMachineIntervals: dice(0, 20) },
      { id: 'B', minMachineIntervals: dice(0, 20) },
    ],
    ...(dice(0, 2) === 0 ? { takeOrPay: { minKwh: dice(0, 150), usdPerMissingKwh: dice(0, 80) / 1000 } } : {}),
    ...(dice(0, 2) === 0 ? { demandCharge: { usdPerKw: dice(0, 50) / 100, peakSoFarKw: dice(0, 20) } } : {}),
  };
}

/** Units one by one: which are on, [unit of the fleet][interval]. Of a machine's units the first so many. */
function toUnits(problem: LatticeProblem, schedule: Schedule): { machine: number; unit: number; on: boolean[] }[] {
  return problem.machines.flatMap(({ count }, machine) =>
    Array.from({ length: count }, (_, unit) => ({ machine, unit, on: schedule[machine]!.map((units) => unit < units) })),
  );
}

function toRuns(on: readonly boolean[]): [number, number, number | null][] {
  const runs: [number, number, number | null][] = [];
  on.forEach((is, t) => {
    const open = runs.at(-1);
    if (open && (open[2] === 0) === is) open[1] = t + 1;
    else runs.push([t, t + 1, is ? 0 : null]);
  });
  return runs;
}

/** The independent checker's account of a schedule, and which rules of the problem it finds broken. */
function recount(problem: PlanProblem, lattice: LatticeProblem, schedule: Schedule) {
  const zeros = new Array(problem.interval.count).fill(0);
  const noMoney = (names: string[]) => Object.fromEntries(names.map((name) => [`${name}Usd`, 0]));
  const checked = checkPlanFile({
    problem,
    answer: {
      status: 'bounded',
      machines: toUnits(lattice, schedule).map(({ machine, unit, on }) => ({ id: problem.machines[machine]!.id, unit, runs: toRuns(on) })),
      multipliers: { cap: [zeros], rampUp: [zeros], rampDown: [zeros], client: [0, 0], takeOrPay: 0, peak: zeros },
      exact: { valueUnits: '0', boundUnits: '0' },
      ...noMoney(['value', 'bound', 'gap']),
      gapRatio: 0,
      gapParts: noMoney(['regret', 'unusedCap', 'unusedRamp', 'client', 'takeOrPay', 'demandCharge']),
      money: noMoney(['hashing', 'energy', 'restart', 'capPenalty', 'takeOrPay', 'demandCharge']),
      loadKw: zeros,
    },
  });
  if (checked.kind !== 'checked' || checked.verdict.kind !== 'plan') throw new Error(JSON.stringify(checked));
  const { recount: account, findings } = checked.verdict;
  const usd = (pusd: bigint) => Number(pusd) / 1e12;
  const kinds = new Set(findings.map(({ kind }) => kind).filter((kind) => kind !== 'claim'));
  return { valueUsd: usd(account.valuePusd), hashingUsd: usd(account.money.hashingPusd), startsUsd: usd(account.money.startsPusd), kinds };
}

/** The threshold rule and efficiency first said once more, unit by unit: in each hour the least efficient unit goes until the load fits. */
function scheduleByUnits(problem: LatticeProblem, rule: 'threshold' | 'efficiency-first'): Schedule {
  const schedule: Schedule = problem.machines.map(() => []);
  for (let t = 0; t < problem.intervalCount; t++) {
    const running = problem.machines.flatMap((machine, index) => {
      const earns = machine.hashrateGhs[1]! * problem.hashpriceUnits[t]! > machine.powerW[1]! * problem.priceUnits[t]!;
      return rule === 'efficiency-first' || earns ? Array.from({ length: machine.count }, () => index) : [];
    });
    const efficiency = (index: number) => problem.machines[index]!.powerW[1]! / problem.machines[index]!.hashrateGhs[1]!;
    running.sort((a, b) => efficiency(a) - efficiency(b) || a - b);
    const load = () => running.reduce((sum, index) => sum + problem.machines[index]!.powerW[1]!, 0);
    while (load() > (problem.sites[0]!.capW[t] ?? Number.POSITIVE_INFINITY)) running.pop();
    for (const [index, units] of schedule.entries()) units.push(running.filter((one) => one === index).length);
  }
  return schedule;
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);

describe('the rules on tiny fleets', () => {
  it('are what they say, unit by unit', async () => {
    const curtailment = await getCurtailment();
    for (const seed of SEEDS) {
      const lattice = curtailment.roundPlanProblem(rollProblem(seed));
      const normal = lattice.machines.map(() => 1);
      for (const rule of ['threshold', 'efficiency-first'] as const) {
        expect(scheduleRule(lattice, normal, rule), `${rule} ${seed}`).toEqual(scheduleByUnits(lattice, rule));
      }
      expect(scheduleRule(lattice, normal, 'always-on')).toEqual(
        lattice.machines.map(({ count }) => new Array(lattice.intervalCount).fill(count)),
      );
    }
  });

  it('are reckoned as the independent checker does, and break what it finds broken', async () => {
    const curtailment = await getCurtailment();
    const broken = new Set<string>();
    for (const seed of SEEDS) {
      const problem = rollProblem(seed);
      const lattice = curtailment.roundPlanProblem(problem);
      const normal = lattice.machines.map(() => 1);
      for (const rule of RULES) {
        const schedule = scheduleRule(lattice, normal, rule);
        const own = reckon(lattice, normal, schedule);
        const other = recount(problem, lattice, schedule);
        expect(own.valueUsd, `${rule} ${seed}`).toBeCloseTo(other.valueUsd, 9);
        expect(own.money.hashingUsd).toBeCloseTo(other.hashingUsd, 9);
        expect(own.money.restartUsd).toBeCloseTo(other.startsUsd, 9);
        const breaches = findBreaches(lattice, normal, schedule);
        for (const { kind } of breaches) broken.add(kind);
        expect(breaches.length === 0, `${rule} ${seed}: ${JSON.stringify(breaches)} against ${[...other.kinds]}`).toBe(
          other.kinds.size === 0,
        );
      }
    }
    // Otherwise the comparison would prove nothing.
    expect([...broken].sort()).toEqual(['cap', 'floor', 'minimum-times', 'ramp']);
  });

  it('never earn more than a plan is proven to be able to, when they keep the limits', async () => {
    const curtailment = await getCurtailment();
    for (const seed of SEEDS) {
      const problem = rollProblem(seed);
      const result = curtailment.planCurtailment(problem, { iterations: 60 });
      if (!('machines' in result)) continue;
      const lattice = curtailment.roundPlanProblem(problem);
      for (const { rule, valueUsd, breaches } of listRulePlans(
        lattice,
        lattice.machines.map(() => 1),
      )) {
        if (breaches.length === 0) expect(valueUsd, `${rule} ${seed}`).toBeLessThanOrEqual(result.boundUsd + 1e-9);
      }
    }
  });
});

describe('a breach', () => {
  it('says how far a rule goes over the cap, in how many intervals', async () => {
    const form = ownPrices([10, 10, 10, 10], {
      rows: [{ ...emptyRow(), model: 'Antminer S21', count: '10' }],
      caps: [{ from: '01:00', to: '03:00', kw: '20' }],
      floors: {},
    });
    const lattice = (await getCurtailment()).roundPlanProblem(settingOf(form).problem);
    const [alwaysOn, threshold] = listRulePlans(lattice, [1]);
    expect(alwaysOn?.breaches).toEqual([{ kind: 'cap', intervals: 2, mostOverKw: 15 }]);
    // Five machines of 3.5 kW fit under 20 kW; five start again afterwards.
    expect(threshold).toMatchObject({ breaches: [], starts: 5, loadKw: [35, 17.5, 17.5, 35] });
  });
});
