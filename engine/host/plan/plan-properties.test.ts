/** What must hold of every plan whatever its size: bounds, budgets, order, scale, and that a proof proves what it says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { makeInstance } from '../../bench/plan-instances.ts';
import { checkPlanFile, describeVerdict } from '../../checker/index.ts';
import { PLAN_FIELDS, PLAN_MACHINE_FIELDS } from '../../units/plan-fields.ts';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import type { Curtailment, PlanAnswer, PlanMachine, PlanProblem, PlanResult } from '../index.ts';

let curtailment: Curtailment;
let scalar: Curtailment;

beforeAll(async () => {
  curtailment = await loadCurtailment('simd');
  scalar = await loadCurtailment('scalar');
});

function answerOf(result: PlanResult): PlanAnswer {
  if (!('exact' in result)) throw new Error(`no plan: ${JSON.stringify(result).slice(0, 500)}`);
  return result;
}

const SHAPES = [
  { name: 'caps', shape: { machines: 151, intervals: 24, states: 2 } },
  { name: 'modes', shape: { machines: 97, intervals: 96, states: 4 } },
  { name: 'floors and take-or-pay', shape: { machines: 203, intervals: 24, states: 3, clients: 4, takeOrPay: true } },
  { name: 'minimum times', shape: { machines: 120, intervals: 48, states: 2, minUpIntervals: 4, minDownIntervals: 3 } },
  { name: 'a demand charge', shape: { machines: 140, intervals: 24, states: 2, demandChargeUsdPerKw: 4 } },
] as const;

describe.each(SHAPES)('a fleet with $name', { timeout: 60_000 }, ({ shape }) => {
  const make = (seed: number) => makeInstance({ ...shape, seed });

  it('has value, bound, gap and parts that add up', () => {
    for (const seed of [1, 2, 3]) {
      const answer = answerOf(curtailment.planCurtailment(make(seed), { iterations: 150 }));
      expect(BigInt(answer.exact.boundUnits) >= BigInt(answer.exact.valueUnits)).toBe(true);
      expect(answer.gapUsd).toBeCloseTo(answer.boundUsd - answer.valueUsd, 6);
      const parts = Object.values(answer.gapParts);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(answer.gapUsd, 6);
      const { hashingUsd, energyUsd, restartUsd, capPenaltyUsd, takeOrPayUsd, demandChargeUsd } = answer.money;
      expect(hashingUsd - energyUsd - restartUsd - capPenaltyUsd - takeOrPayUsd - demandChargeUsd).toBeCloseTo(answer.valueUsd, 6);
      expect(answer.status).toBe(answer.gapRatio <= 1e-5 ? 'certified' : 'bounded');
    }
  });

  it('gets the same bits from both builds and a second run', () => {
    const options = { iterations: 90 };
    const answer = curtailment.planCurtailment(make(7), options);
    expect(curtailment.planCurtailment(make(7), options)).toEqual(answer);
    expect(scalar.planCurtailment(make(7), options)).toEqual(answer);
  });

  it('has a plan and a bound however few the iterations, and never more of them than allowed', () => {
    for (const iterations of [20, 60, 240]) {
      const answer = answerOf(curtailment.planCurtailment(make(5), { iterations, gapTarget: 0 }));
      expect(answer.iterations).toBeLessThanOrEqual(iterations);
      expect(answer.gapUsd).toBeGreaterThanOrEqual(0);
      expect(answer.valueUsd).toBeLessThanOrEqual(answerOf(curtailment.planCurtailment(make(5))).boundUsd);
    }
  });

  it('is worth the bound of no other plan: the bound of any whole multipliers is above every value', () => {
    const best = answerOf(curtailment.planCurtailment(make(4)));
    const other = answerOf(curtailment.planCurtailment(make(4), { iterations: 45 }));
    expect(BigInt(other.exact.boundUnits) >= BigInt(best.exact.valueUnits)).toBe(true);
    expect(BigInt(best.exact.boundUnits) >= BigInt(other.exact.valueUnits)).toBe(true);
  });

  it('is the same fleet in another order: bound and value within the gap', () => {
    const given = make(6);
    const turned: PlanProblem = { ...given, machines: [...given.machines].reverse() };
    const one = answerOf(curtailment.planCurtailment(given));
    const two = answerOf(curtailment.planCurtailment(turned));
    expect(two.valueUsd).toBeLessThanOrEqual(one.boundUsd);
    expect(one.valueUsd).toBeLessThanOrEqual(two.boundUsd);
    expect(two.machines.map(({ id }) => id)).toEqual(turned.machines.map(({ id }) => id));
  });
});

describe('a plan', { timeout: 60_000 }, () => {
  const small = () => makeInstance({ seed: 11, machines: 60, intervals: 24, states: 2 });

  it('of identical machines given by count is the plan of the machines one by one', () => {
    const given = makeInstance({ seed: 2, machines: 1, intervals: 24, states: 3, cappedIntervals: 0 });
    const machine = given.machines[0]!;
    const capKw = Array.from({ length: 24 }, (_, t) => (t % 6 === 0 ? (machine.modes.at(-1)!.powerW / 1000) * 17.5 : null));
    const counted: PlanProblem = { ...given, sites: [{ id: 'site', capKw }], machines: [{ ...machine, count: 31 }] };
    const listed: PlanProblem = { ...counted, machines: Array.from({ length: 31 }, (_, index) => ({ ...machine, id: `u${index}` })) };
    const one = answerOf(curtailment.planCurtailment(counted));
    expect(one.exact).toEqual(answerOf(curtailment.planCurtailment(listed)).exact);
    expect(one.machines.map(({ unit }) => unit)).toEqual(Array.from({ length: 31 }, (_, index) => index));
  });

  it('of twenty machines is searched to the end: no plan is worth more', () => {
    for (const seed of [1, 2]) {
      const given = makeInstance({ seed, machines: 20, intervals: 24, states: 2 });
      const answer = answerOf(curtailment.planCurtailment(given, { gapTarget: 0 }));
      expect(answer.searchBoundUsd).toBe(answer.valueUsd);
      expect(answer.iterations).toBeLessThan(400);
      expect(answer.boundUsd).toBeGreaterThan(answer.valueUsd);
    }
  });

  it('of a short search is worth no more than a longer one proves, which finds no less', () => {
    const given = makeInstance({ seed: 4, machines: 40, intervals: 24, states: 2 });
    const short = answerOf(curtailment.planCurtailment(given, { gapTarget: 0, iterations: 120 }));
    const long = answerOf(curtailment.planCurtailment(given, { gapTarget: 0, iterations: 1200 }));
    expect(long.valueUsd).toBeGreaterThanOrEqual(short.valueUsd);
    expect(short.valueUsd).toBeLessThanOrEqual(long.searchBoundUsd!);
    expect(long.searchBoundUsd).toBeLessThan(long.boundUsd);
  });

  it('without anything that couples machines is the optimum', () => {
    const answer = answerOf(
      curtailment.planCurtailment(makeInstance({ seed: 3, machines: 333, intervals: 96, states: 4, cappedIntervals: 0 })),
    );
    expect(answer.exact.valueUnits).toBe(answer.exact.boundUnits);
    expect(answer.status).toBe('certified');
  });

  it('is never worth less when a cap is lifted than its bound allows, nor more when one is added', () => {
    const given = small();
    const capped = answerOf(curtailment.planCurtailment(given));
    const free = answerOf(curtailment.planCurtailment({ ...given, sites: [{ id: 'site' }] }));
    expect(free.valueUsd).toBeGreaterThanOrEqual(capped.valueUsd);
    expect(capped.boundUsd).toBeLessThanOrEqual(free.boundUsd);
  });

  it('is worth k times as much when all money is', () => {
    const given = small();
    const times = (k: number): PlanProblem => ({
      ...given,
      priceUsdPerMwh: given.priceUsdPerMwh.map((price) => Math.round(price) * k),
      hashpriceUsdPerThDay: 0.0432 * k,
      machines: given.machines.map((machine) => ({ ...machine, restartUsd: 0.1 * k })),
    });
    const one = answerOf(curtailment.planCurtailment(times(1), { gapTarget: 0 }));
    const two = answerOf(curtailment.planCurtailment(times(2), { gapTarget: 0 }));
    expect(two.valueUsd).toBeLessThanOrEqual(2 * one.boundUsd);
    expect(2 * one.valueUsd).toBeLessThanOrEqual(two.boundUsd);
  });

  it('uses up a floor to the hour where machines are alike and the price is flat', () => {
    const flat = (count: number, floor: number): PlanProblem => ({
      interval: { startAt: '2026-11-22T00:00:00Z', minutes: 60, count: 24, timeZone: 'UTC' },
      priceUsdPerMwh: new Array(24).fill(50),
      hashpriceUsdPerThDay: 0.05,
      machines: [{ id: 'a', count, client: 'k', modes: [{ name: 'normal', powerW: 3000, hashrateThs: 200 }] }],
      clients: [{ id: 'k', minMachineIntervals: floor }],
      // Half of the fleet fits under the cap; each hour above it costs 0.90 USD a machine and earns 0.27.
      sites: [{ id: 's', capKw: new Array(24).fill(1.5 * count), capPenaltyUsdPerKwh: 0.3 }],
    });
    for (const count of [3, 10, 40]) {
      const floor = count * 23;
      const answer = answerOf(curtailment.planCurtailment(flat(count, floor)));
      const isOn = answer.machines.flatMap(({ runs }) => runs).reduce((sum, [from, to, mode]) => sum + (mode === null ? 0 : to - from), 0);
      expect([count, answer.status, isOn]).toEqual([count, 'certified', floor]);
    }
  });

  it('proves its worth where machines must draw beyond a soft cap, and at prices far below zero', () => {
    const problem: PlanProblem = {
      interval: { startAt: '2026-11-22T00:00:00Z', minutes: 60, count: 24, timeZone: 'UTC' },
      priceUsdPerMwh: new Array(24).fill(50),
      hashpriceUsdPerThDay: 0.05,
      machines: [
        { id: 'held', count: 100, modes: [{ name: 'normal', powerW: 3000, hashrateThs: 200 }], locks: [{ kind: 'on', from: 0, to: 24 }] },
        { id: 'free', count: 200, modes: [{ name: 'normal', powerW: 3000, hashrateThs: 200 }] },
      ],
      sites: [{ id: 's', capKw: new Array(24).fill(250), capPenaltyUsdPerKwh: 3 }],
    };
    expect(answerOf(curtailment.planCurtailment(problem)).status).toBe('certified');
    const paid = { ...problem, priceUsdPerMwh: new Array(24).fill(-10_000), sites: [{ id: 's', capKw: new Array(24).fill(450) }] };
    expect(answerOf(curtailment.planCurtailment(paid)).status).toBe('certified');
  });

  it('keeps its status words: cancelled with a plan, cancelled without one, out of iterations', () => {
    const given = makeInstance({ seed: 1, machines: 400, intervals: 24, states: 2 });
    let calls = 0;
    const late = curtailment.planCurtailment(given, { gapTarget: 0 }, { isCancelled: () => ++calls > 60 });
    expect(late.status).toBe('cancelled');
    expect(curtailment.planCurtailment(given, {}, { isCancelled: () => true }).status).not.toBe('certified');
    const short = answerOf(curtailment.planCurtailment(given, { iterations: 40, gapTarget: 0 }));
    expect(short.status).toBe('bounded');
  });

  it('reports progress with a bound that falls and a value that rises', () => {
    const bounds: number[] = [];
    const values: number[] = [];
    curtailment.planCurtailment(
      makeInstance({ seed: 1, machines: 300, intervals: 24, states: 2, clients: 3 }),
      {},
      {
        onProgress: ({ boundUsd, valueUsd }) => {
          if (boundUsd !== null) bounds.push(boundUsd);
          if (valueUsd !== null) values.push(valueUsd);
        },
      },
    );
    expect(bounds.length).toBeGreaterThan(3);
    expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it('starts from the multipliers of an earlier answer and proves as much', () => {
    const given = makeInstance({ seed: 9, machines: 800, intervals: 96, states: 3 });
    const cold = answerOf(curtailment.planCurtailment(given));
    const dearer: PlanProblem = { ...given, priceUsdPerMwh: given.priceUsdPerMwh.map((price, t) => (t === 40 ? price + 60 : price)) };
    const warm = answerOf(curtailment.planCurtailment(dearer, { warm: cold.multipliers }));
    const again = answerOf(curtailment.planCurtailment(dearer));
    expect(warm.gapRatio).toBeLessThanOrEqual(2e-4);
    expect(warm.valueUsd).toBeLessThanOrEqual(again.boundUsd);
    expect(again.valueUsd).toBeLessThanOrEqual(warm.boundUsd);
  });

  it('survives extreme figures: one interval, a week, huge and tiny machines, absurd prices, nothing to earn', () => {
    const random = createRandom(99);
    for (let seed = 0; seed < 40; seed++) {
      const count = [1, 2, 23, 100, 672][seed % 5]!;
      const given: PlanProblem = {
        interval: { startAt: '2025-10-26T00:00:00Z', minutes: [5, 15, 60][seed % 3]!, count, timeZone: 'Europe/Berlin' },
        priceUsdPerMwh: Array.from({ length: count }, () => (random() - 0.4) * [1, 100, 10_000][seed % 3]!),
        hashpriceUsdPerThDay: [0, 1e-9, 0.05, 1][seed % 4]!,
        machines: Array.from({ length: 5 }, (_, index) => ({
          id: `m${index}`,
          modes: [{ name: 'on', powerW: [1, 3000, 12_000][index % 3]!, hashrateThs: [0.01, 100, 500][index % 3]! }],
          restartUsd: random(),
          bootMinutes: 10,
          initialMode: index % 2 === 0 ? null : 0,
        })),
        sites: [{ id: 'site', capKw: Array.from({ length: count }, () => 20 * random()) }],
      };
      const result = curtailment.planCurtailment(given);
      if (result.status === 'invalid') {
        expect(result.errors.every(({ code }) => code === 'beyond_lattice')).toBe(true);
        continue;
      }
      const answer = answerOf(result);
      expect(answer.loadKw.every((load, t) => load <= given.sites![0]!.capKw![t]! + 1e-9)).toBe(true);
    }
  });

  it('names what is wrong with a problem by its path', () => {
    const given = small();
    const paths = (problem: PlanProblem) => {
      const result = curtailment.planCurtailment(problem);
      return result.status === 'invalid' ? result.errors.map(({ path, code }) => `${path} ${code}`) : [];
    };
    expect(paths({ ...given, priceUsdPerMwh: [1] })).toEqual(['priceUsdPerMwh out_of_range']);
    expect(paths({ ...given, machines: [] })).toEqual(['machines missing']);
    expect(paths({ ...given, machines: [{ ...given.machines[0]!, site: 'nowhere' }] })).toEqual(['machines[0].site unknown_id']);
    expect(paths({ ...given, machines: [{ ...given.machines[0]!, modes: [{ name: 'on', powerW: Number.NaN, hashrateThs: 1 }] }] })).toEqual(
      ['machines[0].modes[0].powerW out_of_range'],
    );
    expect(paths({ ...given, machines: [given.machines[0]!, given.machines[0]!] })).toEqual(['machines[1].id duplicate']);
    expect(paths({ ...given, machines: [{ ...given.machines[0]!, count: 1e6 }] })).toContain('machines[0].count out_of_range');
  });

  it('names of an impossible machine the locks that cannot hold together, and no others', () => {
    const locks: PlanMachine['locks'] = [
      { kind: 'on', from: 0, to: 3 },
      { kind: 'off', from: 20, to: 24 },
      { kind: 'off', from: 5, to: 6 },
      { kind: 'on', from: 7, to: 9 },
    ];
    const given = small();
    const withLocks = (machine: Partial<PlanMachine>) => ({
      ...given,
      machines: [{ ...given.machines[0]!, ...machine }, ...given.machines.slice(1)],
    });
    // Off for one interval only between two locks "on", where two are the least.
    const problem = withLocks({ locks: [...locks, { kind: 'on', from: 4, to: 5 }, { kind: 'on', from: 6, to: 7 }], minDownIntervals: 2 });
    const answer = curtailment.planCurtailment(problem);
    expect(answer).toMatchObject({
      status: 'infeasible',
      certificate: {
        kind: 'unit',
        id: 'm0',
        unit: 0,
        locks: [
          { kind: 'off', from: 5, to: 6 },
          { kind: 'on', from: 4, to: 5 },
          { kind: 'on', from: 6, to: 7 },
        ],
      },
    });
    const checked = checkPlanFile({ problem, answer });
    expect(checked.kind === 'checked' && describeVerdict(checked.verdict)).toMatchObject({ isProven: true });
    expect(curtailment.planCurtailment(withLocks({ locks, minDownIntervals: 2 })).status).not.toBe('infeasible');
  });

  it('takes every figure up to the end of its range in the table of fields and no further', () => {
    const one: PlanMachine = { id: 'one', modes: [{ name: 'on', powerW: 3000, hashrateThs: 100 }] };
    const { count, minutes, priceUsdPerMwh, hashpriceUsdPerThDay } = PLAN_FIELDS;
    const make = (changes: Partial<PlanProblem>, machine: Partial<PlanMachine> = {}): PlanProblem => ({
      interval: { startAt: '2026-01-01T00:00:00Z', minutes: 60, count: 2, timeZone: 'UTC' },
      priceUsdPerMwh: [40, 40],
      hashpriceUsdPerThDay: 0.04,
      machines: [{ ...one, ...machine }],
      ...changes,
    });
    const refused = (problem: PlanProblem) => {
      const result = curtailment.planCurtailment(problem, { iterations: 1 });
      return result.status === 'invalid' ? result.errors.filter(({ code }) => code === 'out_of_range').map(({ path }) => path) : [];
    };
    for (const name of ['restartUsd', 'bootMinutes', 'minUpIntervals', 'minDownIntervals', 'maxStarts', 'initialAgeIntervals'] as const) {
      const { max } = PLAN_MACHINE_FIELDS[name];
      expect(refused(make({}, { [name]: max })), name).toEqual([]);
      expect(refused(make({}, { [name]: max + 1 })), name).toEqual([`machines[0].${name}`]);
    }
    expect(refused(make({ priceUsdPerMwh: [priceUsdPerMwh.max, priceUsdPerMwh.min - 1] }))).toEqual(['priceUsdPerMwh[1]']);
    expect(refused(make({ hashpriceUsdPerThDay: hashpriceUsdPerThDay.max + 1 }))).toEqual(['hashpriceUsdPerThDay']);
    const long = (intervals: number) => {
      const interval = { ...make({}).interval, minutes: minutes.min, count: intervals };
      return make({ interval, priceUsdPerMwh: new Array(intervals).fill(40) });
    };
    expect(refused(long(count.max))).toEqual([]);
    expect(refused(long(count.max + 1))).toEqual(['interval.count']);
  });
});
