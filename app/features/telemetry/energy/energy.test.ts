import { describe, expect, it } from 'vitest';
import { findPeak, toDemand, toEnergy } from './energy.ts';

describe('toEnergy', () => {
  it('says what part is estimated and what part of the time has no power', () => {
    // 60 kWh reported, 20 kWh rated; 9 of 10 machine hours known.
    expect(toEnergy({ machineKwh: 60, ratedKwh: 20, powerKnownS: 9 * 3600, totalS: 10 * 3600 })).toEqual({
      energyKwh: 80,
      meterRatio: 0,
      estimatedRatio: 0.25,
      unknownRatio: expect.closeTo(0.1, 12),
    });
  });

  it('says what part the meter counted, and knows a metered energy of which no machine tells', () => {
    expect(toEnergy({ meterKwh: 120, machineKwh: 60, ratedKwh: 20, powerKnownS: 10, totalS: 10 })).toMatchObject({
      energyKwh: 200,
      meterRatio: 0.6,
      estimatedRatio: 0.1,
    });
    expect(toEnergy({ meterKwh: 5, machineKwh: 0, ratedKwh: 0, powerKnownS: 0, totalS: 0 })).toMatchObject({ energyKwh: 5, meterRatio: 1 });
  });

  it('does not call unknown energy zero, and measured zero is zero', () => {
    expect(toEnergy({ machineKwh: 0, ratedKwh: 0, powerKnownS: 0, totalS: 3600 }).energyKwh).toBeNull();
    expect(toEnergy({ machineKwh: 0, ratedKwh: 0, powerKnownS: 3600, totalS: 3600 })).toEqual({
      energyKwh: 0,
      meterRatio: null,
      estimatedRatio: null,
      unknownRatio: 0,
    });
  });
});

describe('toDemand', () => {
  const sums = { machineKwh: 500, ratedKwh: 0, powerKnownS: 900, totalS: 900 };

  it('is the energy of the quarter over a quarter of an hour', () => {
    // 500 kWh / 0.25 h
    expect(toDemand(0, sums, null)).toMatchObject({ demandKw: 2000, source: 'machines' });
  });

  it('believes the meter before the machines', () => {
    expect(toDemand(0, sums, 530)).toMatchObject({ demandKw: 2120, source: 'meter' });
    expect(toDemand(0, null, null)).toMatchObject({ demandKw: null });
  });
});

describe('findPeak', () => {
  const at = (atS: number, demandKw: number | null) => ({ atS, demandKw, source: 'machines' as const, estimatedRatio: 0, unknownRatio: 0 });

  it('finds the first of the highest and passes over what is unknown', () => {
    expect(findPeak([at(0, 5), at(900, null), at(1800, 7), at(2700, 7)])?.atS).toBe(1800);
    expect(findPeak([at(0, null)])).toBeNull();
  });
});
