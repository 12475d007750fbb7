/** From difficulties to dates, hash rates and estimates: known dates, made-up walks whose answer is known, and nothing from the future. */
import { describe, expect, it } from 'vitest';
import type { Series } from '#app/features/market/history/series-format.ts';
import { S_PER_MONTH } from '#engine/units/constants.ts';
import { estimateMotion } from './estimate-motion.ts';
import { type Epoch, layOutEpochs, logHashrateAt } from './network-history.ts';
import { MOTION_WINDOW_MONTHS, readShippedEpochs, readShippedMotion } from './shipped-motion.server.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = S_PER_MONTH * 1000;
const EPOCH_MS = 14 * DAY_MS;

describe('layOutEpochs', () => {
  it('dates the halvings of the shipped history to within a day', () => {
    const dated = [
      [420_000, '2016-07-09T16:46:13Z'],
      [630_000, '2020-05-11T19:23:43Z'],
      [840_000, '2024-04-20T00:09:27Z'],
    ] as const;
    for (const [height, at] of dated) {
      const epoch = readShippedEpochs().find(({ index }) => index === Math.floor(height / 2016))!;
      const reachedMs = epoch.startMs + ((height % 2016) / 2016) * (epoch.endMs - epoch.startMs);
      expect(Math.abs(reachedMs - Date.parse(at)) / DAY_MS, String(height)).toBeLessThan(1);
    }
  });

  it('reads durations off the retargets: 2,015 of 2,016 intervals', () => {
    // Difficulty doubles: the measured span was a week, the epoch 2016/2015 of it.
    const [first, second] = layOutEpochs([100, 200, 200], 1e12);
    expect(second!.endMs).toBe(1e12);
    expect(first!.endMs - first!.startMs).toBeCloseTo((7 * DAY_MS * 2016) / 2015, 3);
    // 2016 blocks of difficulty 100 in that time.
    expect(first!.hashrateThs).toBeCloseTo((2016 * 100 * 2 ** 32) / (7 * 86_400 * (2016 / 2015)) / 1e12, 12);
  });

  it('stops where a clamped retarget hides how long the epoch took', () => {
    expect(layOutEpochs([1, 1, 4, 8, 8], 1e12).map(({ index }) => index)).toEqual([2, 3]);
    expect(layOutEpochs([400, 100, 90], 1e12).map(({ index }) => index)).toEqual([1]);
  });
});

/** A price that rises by the given step each month, and epochs of two weeks whose hash rate does the same. */
function aHistory(priceStep: (month: number) => number, networkStepPerMonth: number): { closes: Series; epochs: Epoch[] } {
  const months = 40;
  const logPrices = Array.from({ length: months + 1 }, () => 0);
  for (let k = 1; k <= months; k++) logPrices[k] = logPrices[k - 1]! + priceStep(k);
  const values = Float64Array.from(
    { length: Math.floor((months * MONTH_MS) / DAY_MS) },
    (_, day) => 100 * Math.exp(logPrices[Math.floor((day * DAY_MS) / MONTH_MS)]!),
  );
  const epochs = Array.from({ length: Math.floor((months * MONTH_MS) / EPOCH_MS) }, (_, index) => ({
    index,
    startMs: index * EPOCH_MS,
    endMs: (index + 1) * EPOCH_MS,
    difficulty: 1,
    hashrateThs: Math.exp((((index + 0.5) * EPOCH_MS) / MONTH_MS) * networkStepPerMonth),
  }));
  return { closes: { name: 'x', unit: '', meaning: '', source: '', startAtMs: 0, stepS: 86_400, values }, epochs };
}

describe('estimateMotion', () => {
  it('finds the drift of a steady rise, and no volatility', () => {
    const { closes, epochs } = aHistory(() => 0.02, 0.03);
    const motion = estimateMotion(closes, epochs, 38 * MONTH_MS, 24)!;
    expect(Math.log1p(motion.priceGrowthRatioPerMonth)).toBeCloseTo(0.02, 3);
    expect(Math.log1p(motion.networkGrowthRatioPerMonth)).toBeCloseTo(0.03, 10);
    expect(motion.networkVolatilityPerYear).toBeLessThan(1e-7);
    expect(motion.window.months).toBe(24);
  });

  it('finds the volatility of steps up and down', () => {
    const { closes, epochs } = aHistory((month) => (month % 2 === 0 ? 0.1 : -0.1), 0.01);
    const motion = estimateMotion(closes, epochs, 38 * MONTH_MS, 24)!;
    // 24 changes of +-0.1: sample deviation 0.1 * sqrt(24 / 23).
    expect(motion.priceVolatilityPerYear).toBeCloseTo(0.1 * Math.sqrt(24 / 23) * Math.sqrt(12), 6);
    expect(Math.abs(motion.correlation)).toBeLessThanOrEqual(1);
  });

  it('looks at nothing that was not known yet', () => {
    const { closes, epochs } = aHistory((month) => (month % 3 === 0 ? 0.2 : -0.05), 0.02);
    const before = estimateMotion(closes, epochs, 30 * MONTH_MS, 20);
    const spoilt = { ...closes, values: closes.values.map((value, day) => ((day + 1) * DAY_MS > 30 * MONTH_MS ? Number.NaN : value)) };
    const spoiltEpochs = epochs.map((epoch) => (epoch.endMs > 30 * MONTH_MS ? { ...epoch, hashrateThs: Number.NaN } : epoch));
    expect(estimateMotion(spoilt, spoiltEpochs, 30 * MONTH_MS, 20)).toEqual(before);
    expect(before).not.toBeNull();
  });

  it('says nothing when the history is too short', () => {
    const { closes, epochs } = aHistory(() => 0, 0);
    expect(estimateMotion(closes, epochs, 30 * MONTH_MS, 48)).toBeNull();
    expect(estimateMotion(closes, epochs, -1, 2)).toBeNull();
    expect(logHashrateAt(epochs, -1)).toBeNull();
    expect(logHashrateAt([], 0)).toBeNull();
  });

  it('estimates plausible figures from the shipped history and says what they rest on', () => {
    const motion = readShippedMotion();
    expect(motion.priceVolatilityPerYear).toBeGreaterThan(0.3);
    expect(motion.priceVolatilityPerYear).toBeLessThan(1);
    expect(motion.networkVolatilityPerYear).toBeGreaterThan(0.05);
    expect(motion.networkVolatilityPerYear).toBeLessThan(0.5);
    expect(motion.window.months).toBe(MOTION_WINDOW_MONTHS);
    expect(motion.window.toAt.slice(0, 7)).toBe('2025-12');
    expect(Object.values(motion.sources).every((source) => source.length > 0)).toBe(true);
  });
});
