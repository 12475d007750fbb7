import { describe, expect, it } from 'vitest';
import { Place } from '../checker/json-place.ts';
import { readProblem } from '../checker/read-problem.ts';
import { type InstanceShape, makeInstance } from './plan-instances.ts';

const shape: InstanceShape = {
  seed: 1,
  machines: 50,
  intervals: 24,
  states: 3,
  clients: 10,
  takeOrPay: true,
  minUpIntervals: 4,
  minDownIntervals: 4,
  demandChargeUsdPerKw: 12,
};

describe('instances for measuring', () => {
  it('are the same for the same seed, on every machine', () => {
    const { priceUsdPerMwh, machines, sites } = makeInstance(shape);
    expect(makeInstance(shape)).toEqual(makeInstance(shape));
    expect(makeInstance({ ...shape, seed: 2 })).not.toEqual(makeInstance(shape));
    const caps = sites?.[0]?.capKw?.flatMap((cap, t) => (cap === null ? [] : [`${t}: ${cap}`]));
    expect({ prices: priceUsdPerMwh.slice(0, 3), powerW: machines[0]?.modes.map(({ powerW }) => powerW), caps }).toMatchInlineSnapshot(`
      {
        "caps": [
          "2: 91",
          "4: 101",
          "8: 100",
          "13: 104",
          "15: 110",
          "17: 127",
          "21: 114",
          "22: 76",
        ],
        "powerW": [
          1532,
          2472,
        ],
        "prices": [
          24.31,
          27.87,
          29.84,
        ],
      }
    `);
  });

  it('have eight capped intervals, a spike, a dip below 0, and floors that leave room', () => {
    const { sites, priceUsdPerMwh, machines, clients } = makeInstance(shape);
    expect(sites?.[0]?.capKw?.filter((cap) => cap !== null)).toHaveLength(8);
    expect(Math.max(...priceUsdPerMwh)).toBeGreaterThan(100);
    expect(Math.min(...priceUsdPerMwh)).toBeLessThan(0);
    expect(clients).toHaveLength(10);
    for (const { id, minMachineIntervals } of clients ?? []) {
      const units = machines.filter(({ client }) => client === id).length;
      expect(minMachineIntervals).toBeLessThanOrEqual(units * 24);
    }
  });

  it('can be read by the checker', () => {
    expect(readProblem(new Place(makeInstance(shape), 'instance')).machines).toHaveLength(50);
  });
});
