import { describe, expect, it } from 'vitest';
import type { Board } from '#collectors/cgminer/snapshot.ts';
import { failedAt, readAt } from '../../../../tests/support/telemetry-site.ts';
import { toSample } from './sample.server.ts';
import { OBSERVATIONS, TROUBLES } from './sample-state.ts';

const board = (figures: Partial<Board>): Board => ({
  position: 0,
  hashrateThs: null,
  ratedHashrateThs: null,
  chips: null,
  ratedChips: null,
  boardTemperatureC: null,
  chipTemperatureC: null,
  hardwareErrors: null,
  isAlive: null,
  ...figures,
});

describe('toSample', () => {
  it('keeps the worst of boards and fans: hottest, slowest, how many live', () => {
    const sample = toSample(
      readAt(1000, {
        chipTemperatureC: 70,
        boards: [
          board({ chipTemperatureC: 81.6, chips: 108, isAlive: true }),
          board({ boardTemperatureC: 60, chips: 107, isAlive: false }),
          board({}),
        ],
        fans: [
          { position: 0, speedRpm: 5900 },
          { position: 1, speedRpm: 0 },
          { position: 2, speedRpm: null },
        ],
      }),
    );
    expect(sample).toMatchObject({ atS: 1000, chipTemperatureC: 82, boardTemperatureC: 60, fanRpm: 0, boardsAlive: 1, chips: 215 });
  });

  it('leaves null what was not reported', () => {
    const sample = toSample(readAt(1000, { powerW: null }));
    expect(sample).toMatchObject({ powerW: null, chipTemperatureC: null, fanRpm: null, boardsAlive: null, chips: null });
  });

  it('stores a failed reading with its trouble and no figure', () => {
    const sample = toSample(failedAt(1000, 'garbled'));
    expect(sample).toMatchObject({
      atS: 1000,
      trouble: TROUBLES.indexOf('garbled'),
      observation: OBSERVATIONS.indexOf('failed'),
      hashrateThs: null,
      powerW: null,
    });
  });

  it('does not take a machine for hashing that tells no hash rate', () => {
    expect(toSample(readAt(1000, { hashrateThs: null })).observation).toBe(OBSERVATIONS.indexOf('unknown'));
    expect(toSample(readAt(1000, { hashrateThs: null, hashrate5mThs: 190 }))).toMatchObject({
      observation: OBSERVATIONS.indexOf('hashing'),
      hashrateThs: 190,
    });
  });

  it('does not believe numbers that no column holds', () => {
    expect(toSample(readAt(1000, { acceptedShares: 1e12, hashrateThs: -1, powerW: Number.NaN }))).toMatchObject({
      acceptedShares: null,
      hashrateThs: null,
      powerW: null,
    });
  });
});
