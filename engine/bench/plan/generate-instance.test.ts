import { describe, expect, it } from 'vitest';
import { Place } from '../../checker/json-place.ts';
import { readProblem } from '../../checker/read-problem.ts';
import { generateInstance } from './generate-instance.ts';

const size = {
  seed: 1,
  machines: 50,
  intervals: 24,
  modes: 3,
  hasFloorsAndTakeOrPay: true,
  hasMinimumTimes: true,
  hasDemandCharge: true,
} as const;

describe('instances for measuring', () => {
  it('are the same for the same seed, on every machine', () => {
    const { priceUsdPerMwh, machines, sites } = generateInstance(size);
    expect(generateInstance(size)).toEqual(generateInstance(size));
    expect(generateInstance({ ...size, seed: 2 })).not.toEqual(generateInstance(size));
    expect({ prices: priceUsdPerMwh.slice(0, 3), machine: machines[0]?.modes, caps: sites[0]?.capKw.slice(13, 16) }).toMatchInlineSnapshot(`
      {
        "caps": [
          null,
          null,
          72,
        ],
        "machine": [
          {
            "hashrateThs": 84.47,
            "name": "low",
            "powerW": 1428,
          },
          {
            "hashrateThs": 120.672,
            "name": "normal",
            "powerW": 2303,
          },
        ],
        "prices": [
          31.51,
          30.84,
          26.58,
        ],
      }
    `);
  });

  it('have eight capped intervals, two spikes, a dip below 0, and floors that leave room', () => {
    const instance = generateInstance(size);
    expect(instance.sites[0]!.capKw.filter((cap) => cap !== null)).toHaveLength(8);
    expect(instance.priceUsdPerMwh.filter((price) => price >= 90).length).toBe(3);
    expect(instance.priceUsdPerMwh.filter((price) => price < 0).length).toBe(1);
    for (const { id, minMachineIntervals } of instance.clients ?? []) {
      const units = instance.machines.filter(({ client }) => client === id).length;
      expect(minMachineIntervals).toBeLessThanOrEqual(units * 24);
    }
  });

  it('can be read by the checker', () => {
    expect(readProblem(new Place(generateInstance(size), 'instance')).machines).toHaveLength(50);
  });
});
