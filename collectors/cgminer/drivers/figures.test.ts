import { describe, expect, it } from 'vitest';
import { createFigures } from './figures.ts';

describe('figures of a reply', () => {
  it.each([[undefined], [null], [''], ['-'], [' N/A ']])('%j is not reported, and nothing to note', (raw) => {
    const figures = createFigures();
    expect(figures.powerW('powerW', raw)).toBeNull();
    expect(figures.notes).toEqual([]);
  });

  it.each<[unknown, string]>([
    [4_294_967_295, 'sentinel'],
    ['4294967295', 'sentinel'],
    [2_147_483_647, 'sentinel'],
    [-273, 'sentinel'],
    [-1, 'out-of-range'],
    [50_001, 'out-of-range'],
    ['nan', 'unreadable'],
    ['12,5', 'unreadable'],
    ['0x10', 'unreadable'],
    [Number.POSITIVE_INFINITY, 'unreadable'],
    [true, 'unreadable'],
    [[3200], 'unreadable'],
    ['9'.repeat(1000), 'unreadable'],
  ])('%j is no power: null and noted as %2$s', (raw, reason) => {
    const figures = createFigures();
    expect(figures.powerW('powerW', raw)).toBeNull();
    expect(figures.notes).toMatchObject([{ field: 'powerW', reason }]);
    expect(figures.notes[0]!.value.length).toBeLessThanOrEqual(80);
  });

  it.each<[unknown, number]>([
    [0, 0],
    ['3250.5', 3250.5],
    [' +3e3 ', 3000],
    [50_000, 50_000],
  ])('%j is a power', (raw, powerW) => {
    expect(createFigures().powerW('powerW', raw)).toBe(powerW);
  });

  it('converts hash rates by their unit', () => {
    const { hashrateThs } = createFigures();
    // 95,250.5 GH/s = 95.2505 TH/s
    expect(hashrateThs('hashrateThs', '95250.5', 'GH')).toBe(95.2505);
    expect(hashrateThs('hashrateThs', 68_500_000, 'MH')).toBe(68.5);
    expect(hashrateThs('hashrateThs', 101.5, 'TH')).toBe(101.5);
    expect(hashrateThs('hashrateThs', 14_000_000_000_000, 'H')).toBe(14);
    // A MH/s figure taken for GH/s is more than any machine has.
    expect(hashrateThs('hashrateThs', 68_500_000, 'GH')).toBeNull();
  });

  it('takes zero for a limit or a rated rate as not set, without a note', () => {
    const figures = createFigures();
    expect([figures.powerLimitW('powerLimitW', 0), figures.ratedHashrateThs('ratedHashrateThs', '0.00', 'GH')]).toEqual([null, null]);
    expect(figures.notes).toEqual([]);
  });

  it('finds the hottest sensor, cold ones included, and takes all zeros for no sensor', () => {
    const figures = createFigures();
    expect(figures.hottestC('boardTemperatureC', [2, -1, 20, 22])).toBe(22);
    expect(figures.hottestC('boardTemperatureC', [-5, 0, -2])).toBe(0);
    expect(figures.hottestC('boardTemperatureC', [-5, -2])).toBe(-2);
    expect(figures.hottestC('boardTemperatureC', [])).toBeNull();
    expect(figures.notes).toEqual([]);
    expect(figures.hottestC('boardTemperatureC', [0, 0])).toBeNull();
    expect(figures.notes).toEqual([{ field: 'boardTemperatureC', value: '[0,0]', reason: 'sentinel' }]);
  });

  it('leaves a sensor out that cannot be true and names it', () => {
    const figures = createFigures();
    expect(figures.hottestC('chipTemperatureC', [62, -83, 400])).toBe(62);
    expect(figures.notes.map(({ value, reason }) => [value, reason])).toEqual([
      ['-83', 'out-of-range'],
      ['400', 'out-of-range'],
    ]);
  });

  it('notes nothing of a figure that another took the place of', () => {
    const figures = createFigures();
    const powerW = figures.firstOf([() => figures.powerW('powerW', 4_294_967_295), () => figures.powerW('powerW', 3400)]);
    expect([powerW, figures.notes]).toEqual([3400, []]);
    expect(figures.firstOf([() => figures.powerW('powerW', -1), () => figures.powerW('powerW', undefined)])).toBeNull();
    expect(figures.notes).toHaveLength(1);
  });

  it('writes MAC addresses in one way and knows those that are none', () => {
    const figures = createFigures();
    expect(figures.macAddress('macAddress', 'C4:11:04:01:3C:75')).toBe('c4:11:04:01:3c:75');
    expect(figures.macAddress('macAddress', 'c41104013c75')).toBe('c4:11:04:01:3c:75');
    expect(figures.macAddress('macAddress', undefined)).toBeNull();
    expect(figures.macAddress('macAddress', '00:00:00:00:00:00')).toBeNull();
    expect(figures.macAddress('macAddress', '02:55:97:22:3M:72')).toBeNull();
    expect(figures.notes.map(({ reason }) => reason)).toEqual(['sentinel', 'unreadable']);
  });

  it('keeps a bounded number of notes', () => {
    const figures = createFigures();
    for (let index = 0; index < 1000; index++) figures.powerW('powerW', -1);
    expect(figures.notes).toHaveLength(64);
  });
});
