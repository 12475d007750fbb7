import { expect, it } from 'vitest';
import type { MachineSample } from '#app/features/telemetry/read/read-machine.server.ts';
import { fromHistory, fromSamples } from './machine-points.ts';

const sample = (atS: number): MachineSample => ({
  atS,
  state: 'hashing',
  trouble: 'none',
  hashrateThs: 200,
  powerW: 3_500,
  acceptedShares: null,
  rejectedShares: null,
  hardwareErrors: null,
  uptimeS: null,
  chipTemperatureC: 70,
  boardTemperatureC: null,
  inletTemperatureC: null,
  fanRpm: null,
  boardsAlive: null,
  chips: null,
});

it('breaks the line where samples are further apart than two and a half cadences', () => {
  const { atS, hashrateThs, efficiencyJPerTh } = fromSamples([sample(0), sample(60), sample(300)], 150);
  expect(atS).toEqual([0, 60, 61, 300]);
  expect(hashrateThs).toEqual([200, 200, null, 200]);
  expect(efficiencyJPerTh).toEqual([17.5, 17.5, null, 17.5]);
});

it('breaks the line where a roll-up is missing', () => {
  const points = [0, 300, 900].map((atS) => ({ atS, hashrateThs: 200, powerW: null }));
  expect(fromHistory({ layer: 'slots', stepS: 300, points })).toMatchObject({
    atS: [0, 300, 600, 900],
    hashrateThs: [200, 200, null, 200],
  });
  expect(fromHistory(null).atS).toEqual([]);
});
