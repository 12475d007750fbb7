import { expect, it } from 'vitest';
import { parseMiners, pastHoursOf } from './demo-farm.mjs';

it('has three hundred machines unless told otherwise, and none for 0', () => {
  expect(parseMiners(undefined)).toBe(300);
  expect(parseMiners('')).toBe(300);
  expect(parseMiners('0')).toBe(0);
  expect(parseMiners('6000')).toBe(6000);
});

it('says what is possible instead of what is not', () => {
  for (const text of ['many', '-1', '1.5', '60001'])
    expect(() => parseMiners(text), text).toThrow(`DEMO_MINERS is "${text}"; a whole number from 0 to 60000 is possible.`);
});

it('gives a large farm a shorter past', () => {
  expect([1, 300, 600, 1_800, 6_000].map(pastHoursOf)).toEqual([6, 6, 3, 1, 0]);
});
