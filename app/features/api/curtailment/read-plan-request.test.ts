import { describe, expect, it } from 'vitest';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import type { PlanProblem } from '#engine';
import { fromPlanError, readPlanRequest } from './read-plan-request.ts';

const machine = PLAN_EXAMPLE.machines[0]!;

function faultsOf(raw: unknown): [string, string][] {
  const read = readPlanRequest(raw);
  return read.kind === 'ok' ? [] : read.faults.map(({ field, code }) => [field, code]);
}

function withMachine(change: object): object {
  return { ...PLAN_EXAMPLE, machines: [{ ...machine, ...change }] };
}

describe('readPlanRequest', () => {
  it('takes the example of the description, with the defaults it says', () => {
    const read = readPlanRequest(PLAN_EXAMPLE);
    expect(read).toEqual({ kind: 'ok', problem: PLAN_EXAMPLE, options: { gapTarget: 1e-5, timeBudgetMs: 5000, iterations: 400 } });
  });

  it('names every fault with its place', () => {
    const { hashpriceUsdPerThDay: _, ...rest } = PLAN_EXAMPLE;
    expect(faultsOf({ ...rest, interval: { ...rest.interval, count: 4.5 }, pricesUsd: [] })).toEqual([
      ['interval.count', 'not_an_integer'],
      ['hashpriceUsdPerThDay', 'missing'],
      ['pricesUsd', 'unknown_field'],
    ]);
    expect(faultsOf(withMachine({ modes: [{ name: 'n', powerW: -1, hashrateThs: '200' }] }))).toEqual([
      ['machines[0].modes[0].powerW', 'out_of_range'],
      ['machines[0].modes[0].hashrateThs', 'not_a_number'],
    ]);
  });

  it('tells a number where a list may stand from a list with a bad entry', () => {
    expect(faultsOf({ ...PLAN_EXAMPLE, hashpriceUsdPerThDay: 'dear' })).toEqual([['hashpriceUsdPerThDay', 'not_a_number']]);
    expect(faultsOf({ ...PLAN_EXAMPLE, hashpriceUsdPerThDay: [1, -1, 1, 1] })).toEqual([['hashpriceUsdPerThDay[1]', 'out_of_range']]);
    expect(faultsOf({ ...PLAN_EXAMPLE, hashpriceUsdPerThDay: new Array(800).fill(1) })).toEqual([
      ['hashpriceUsdPerThDay', 'too_many_entries'],
    ]);
  });

  it('calls an empty id empty, and a long one too long', () => {
    expect(faultsOf(withMachine({ id: '' }))).toEqual([['machines[0].id', 'empty_text']]);
    expect(faultsOf(withMachine({ id: 'x'.repeat(10_000) }))).toEqual([['machines[0].id', 'not_a_text']]);
  });

  it('requires lists to have an entry an interval', () => {
    expect(faultsOf({ ...PLAN_EXAMPLE, priceUsdPerMwh: [1, 2], hashpriceUsdPerThDay: [1] })).toEqual([
      ['priceUsdPerMwh', 'wrong_length'],
      ['hashpriceUsdPerThDay', 'wrong_length'],
    ]);
    expect(faultsOf({ ...PLAN_EXAMPLE, sites: [{ id: 'hall', capKw: [null] }] })).toEqual([['sites[0].capKw', 'wrong_length']]);
  });

  it('refuses what does not fit together', () => {
    expect(faultsOf(withMachine({ site: 'attic' }))).toEqual([['machines[0].site', 'unknown_id']]);
    expect(faultsOf({ ...withMachine({ client: 'b' }), clients: [{ id: 'a', minMachineIntervals: 1 }] })).toEqual([
      ['machines[0].client', 'unknown_id'],
    ]);
    expect(faultsOf(withMachine({ initialMode: 2 }))).toEqual([['machines[0].initialMode', 'out_of_range']]);
    expect(faultsOf(withMachine({ locks: [{ kind: 'on', from: 3, to: 1 }] }))).toEqual([['machines[0].locks[0].to', 'out_of_range']]);
    expect(faultsOf(withMachine({ locks: [{ kind: 'on', from: 3, to: 5 }] }))).toEqual([['machines[0].locks[0].to', 'out_of_range']]);
    expect(faultsOf(withMachine({ modes: [{ name: 'sleep', powerW: 20, hashrateThs: 0 }] }))).toEqual([['machines[0].modes', 'bad_modes']]);
    expect(faultsOf({ ...PLAN_EXAMPLE, interval: { ...PLAN_EXAMPLE.interval, startAt: '2026-02-31T00:00:00Z' } })).toEqual([
      ['interval.startAt', 'not_an_instant'],
    ]);
    expect(faultsOf({ ...PLAN_EXAMPLE, interval: { ...PLAN_EXAMPLE.interval, startAt: 'today', timeZone: 'Mars/Olympus' } })).toEqual([
      ['interval.startAt', 'not_an_instant'],
      ['interval.timeZone', 'not_a_time_zone'],
    ]);
  });

  it('counts groups of equal machines one by one against the limit', () => {
    expect(faultsOf(withMachine({ count: 20_001 }))).toEqual([['machines[0].count', 'out_of_range']]);
    const two = {
      ...PLAN_EXAMPLE,
      machines: [
        { ...machine, count: 20_000 },
        { ...machine, id: 'rack-2', count: 1 },
      ],
    };
    expect(faultsOf(two)).toEqual([['machines', 'too_many_units']]);
  });

  it('stops after a hundred faults', () => {
    const machines = Array.from({ length: 20_000 }, () => ({}));
    expect(faultsOf({ ...PLAN_EXAMPLE, machines })).toHaveLength(100);
  });

  it.each([null, [], 'x', 3, {}])('refuses %j', (raw) => {
    expect(faultsOf(raw).length).toBeGreaterThan(0);
  });
});

describe('fromPlanError', () => {
  it('shows the value at the path', () => {
    const problem: PlanProblem = { ...PLAN_EXAMPLE, machines: [machine, machine] };
    expect(fromPlanError({ path: 'machines[1].id', code: 'duplicate', allowed: '' }, problem)).toMatchObject({
      field: 'machines[1].id',
      value: 'rack-1',
      code: 'duplicate_id',
    });
    expect(fromPlanError({ path: 'machines', code: 'beyond_lattice', allowed: '' }, problem)).toMatchObject({
      value: 2,
      code: 'beyond_lattice',
    });
  });
});
