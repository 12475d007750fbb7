import { describe, expect, it } from 'vitest';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch, readHourlyPowerUsdPerMwh } from './read-history.server.ts';
import { decodeSeries, difficultyOfNBits, type SeriesFile, SeriesFormatError, valueAt } from './series-format.ts';

const aSeries = (changes: Partial<SeriesFile> = {}): SeriesFile => ({
  format: 'hashinsight-series/1',
  name: 'x',
  unit: 'USD',
  meaning: 'of the day',
  source: 'a test',
  unitsPerWhole: 100,
  startAt: '2025-01-01T00:00:00.000Z',
  stepS: 86_400,
  count: 4,
  deltas: ['2s -a', '0 1'],
  ...changes,
});

describe('decodeSeries', () => {
  it('adds up differences in base 36', () => {
    // 2s = 100 -> 1.00; -a = -10 -> 0.90; 0 -> 0.90; 1 -> 0.91
    expect([...decodeSeries(aSeries()).values]).toEqual([1, 0.9, 0.9, 0.91]);
  });

  it.each([
    ['another format', { format: 'hashinsight-series/2' }],
    ['fewer values than announced', { count: 5 }],
    ['something that is no number', { deltas: ['2s -a', '0 !'] }],
    ['no start', { startAt: 'yesterday' }],
  ])('refuses %s', (_, changes) => {
    expect(() => decodeSeries(aSeries(changes))).toThrow(SeriesFormatError);
  });

  it('finds the value of an instant, and none outside the series', () => {
    const series = decodeSeries(aSeries());
    expect(valueAt(series, Date.parse('2025-01-02T23:59:59Z'))).toBe(0.9);
    expect(valueAt(series, Date.parse('2024-12-31T23:59:59Z'))).toBeNull();
    expect(valueAt(series, Date.parse('2025-01-05T00:00:00Z'))).toBeNull();
  });
});

describe('difficultyOfNBits', () => {
  it('agrees with known blocks', () => {
    expect(difficultyOfNBits('1d00ffff')).toBe(1);
    // The genesis era's first rise, epoch 16 (block 32,256).
    expect(difficultyOfNBits('1d00d86a')).toBeCloseTo(1.182899534312841, 12);
    // The worked example of Bitcoin's developer reference.
    expect(difficultyOfNBits('1b0404cb')).toBeCloseTo(16307.420938523983, 9);
  });

  it('refuses what is no compact target', () => {
    expect(() => difficultyOfNBits('1d000000')).toThrow(SeriesFormatError);
    expect(() => difficultyOfNBits('xyz')).toThrow(SeriesFormatError);
  });
});

describe('the shipped history', () => {
  const closeOn = (day: string) => valueAt(readDailyClosesUsdPerBtc(), Date.parse(`${day}T12:00:00Z`));

  it('knows well-known closes of BTC', () => {
    expect(closeOn('2010-07-18')).toBe(0.0726);
    expect(closeOn('2013-11-30')).toBe(1052);
    // Top of 2017, the crash of March 2020, top of 2021, end of 2022.
    expect(closeOn('2017-12-17')).toBe(19_140.8);
    expect(closeOn('2020-03-12')).toBe(4_970.79);
    expect(closeOn('2021-11-08')).toBe(67_566.83);
    expect(closeOn('2022-12-31')).toBe(16_547.5);
    expect(closeOn('2025-12-31')).toBe(87_508.83);
  });

  it('covers every day from 2010-07-17 to 2025-12-31 and nothing else', () => {
    const { values } = readDailyClosesUsdPerBtc();
    // 2010-07-17 .. 2025-12-31, both ends: 5,647 days
    expect(values.length).toBe((Date.parse('2025-12-31') - Date.parse('2010-07-17')) / 86_400_000 + 1);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(closeOn('2010-07-16')).toBeNull();
    expect(closeOn('2026-01-01')).toBeNull();
  });

  it('knows the difficulty of 461 epochs, the last one that of the shipped snapshot', () => {
    const { values } = readDifficultyByEpoch();
    expect(values.length).toBe(461);
    expect(values[0]).toBe(1);
    expect(values[400]).toBeCloseTo(54_150_142_369_480, 0);
    expect(values[460]).toBeCloseTo(148_195_306_640_204.72, 1);
  });

  it('knows every hour of power in 2022, also across the two clock changes', () => {
    const series = readHourlyPowerUsdPerMwh();
    expect(series.values.length).toBe(365 * 24);
    expect(series.startAtMs).toBe(Date.parse('2022-01-01T00:00:00-06:00'));
    // The cold of 24 December 2022 and the heat of 11 July 2022.
    expect(valueAt(series, Date.parse('2022-12-24T07:00:00-06:00'))).toBe(2539.16);
    expect(valueAt(series, Date.parse('2022-07-11T15:00:00-05:00'))).toBe(2083.5);
    expect(valueAt(series, Date.parse('2022-12-31T23:00:00-06:00'))).toBe(7.24);
  });
});
