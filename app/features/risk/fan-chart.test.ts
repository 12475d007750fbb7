import { describe, expect, it } from 'vitest';
import type { FanMonth } from '#engine';
import { FAN_HEIGHT, FAN_TOP, FAN_WIDTH, toFanChart } from './fan-chart.ts';

/** A fan that opens evenly from -1,000 USD. */
function aFan(months: number, spreadUsd: number): FanMonth[] {
  return Array.from({ length: months }, (_, index) => {
    const middle = -1000 + 100 * (index + 1);
    const spread = spreadUsd * (index + 1);
    return { month: index + 1, p5: middle - 2 * spread, p25: middle - spread, p50: middle, p75: middle + spread, p95: middle + 2 * spread };
  });
}

describe('the fan chart', () => {
  it('has a month’s worth of points on either side of both bands, and starts where the money was paid', () => {
    const chart = toFanChart(aFan(12, 20), -1000, 1);
    expect(chart.wide.split('L')).toHaveLength(2 * 13);
    expect(chart.narrow.split('L')).toHaveLength(2 * 13);
    expect(chart.middle.split('L')).toHaveLength(13);
    const [startX, startY] = chart.middle.slice(1).split('L')[0]!.split(' ').map(Number);
    expect(startX).toBe(0);
    expect(chart.wide.startsWith(`M0.0 ${startY!.toFixed(1)}L`)).toBe(true);
    expect(chart.middle.split('L').at(-1)!.split(' ')[0]).toBe(FAN_WIDTH.toFixed(1));
  });

  it('draws everything inside of its box, in the currency shown', () => {
    for (const rate of [1, 7.1]) {
      const chart = toFanChart(aFan(48, 200), -1000, rate);
      const ys = [...chart.wide.matchAll(/ ([\d.-]+)/g)].map(([, y]) => Number(y));
      expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...ys)).toBeLessThanOrEqual(FAN_HEIGHT);
      expect(chart.ends[0]!.value).toBeCloseTo((-1000 + 4800 + 2 * 200 * 48) * rate, 6);
    }
  });

  it('keeps its labels apart where the fan has not opened', () => {
    const ys = toFanChart(aFan(6, 0), -1000, 1).ends.map(({ y }) => y);
    expect(ys[1]! - ys[0]!).toBeGreaterThanOrEqual(16);
    expect(ys[2]! - ys[1]!).toBeGreaterThanOrEqual(16);
    expect(ys[2]!).toBeLessThanOrEqual(FAN_TOP + FAN_HEIGHT);
  });
});
