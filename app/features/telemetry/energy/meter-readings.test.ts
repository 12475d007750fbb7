import { expect, it } from 'vitest';
import { findBadQuarters, MeterReadingsSchema } from './meter-readings.ts';

const NOW_S = Date.parse('2026-11-22T12:10:00Z') / 1000;
const at = (text: string) => Date.parse(text) / 1000;

it('takes quarters of an hour that are over, and names the others by their place', () => {
  const times = ['2026-11-22T11:45:00Z', '2026-11-22T12:00:00Z', '2026-11-22T11:46:00Z', '2008-12-31T23:45:00Z', '2009-01-01T00:00:00Z'];
  expect(findBadQuarters({ quarters: times.map((text) => ({ atS: at(text), energyKwh: 1 })) }, NOW_S)).toEqual([1, 2, 3]);
});

it('refuses energies that no meter of a site counts, and more than a month at once', () => {
  const isTaken = (quarters: object[]) => MeterReadingsSchema.safeParse({ quarters }).success;
  const one = { atS: at('2026-11-22T11:45:00Z'), energyKwh: 250 };
  expect(isTaken([one])).toBe(true);
  for (const energyKwh of [-0.1, 2_500_001, Number.NaN, '250', null])
    expect(isTaken([{ ...one, energyKwh }]), String(energyKwh)).toBe(false);
  expect(isTaken([])).toBe(false);
  expect(isTaken(Array.from({ length: 4_001 }, () => one))).toBe(false);
});
