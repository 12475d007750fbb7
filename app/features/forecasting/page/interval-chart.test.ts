import { describe, expect, it } from 'vitest';
import type { ForecastHorizon } from '../forecast-answer.ts';
import { FAN_HEIGHT, FAN_TOP, toIntervalChart } from './interval-chart.ts';

const at = (days: number, spread: number): ForecastHorizon => ({
  days,
  model: 'naive',
  because: 'naive-not-beaten',
  median: 100,
  lower80: 100 - spread,
  upper80: 100 + spread,
  lower95: 100 - 2 * spread,
  upper95: 100 + 2 * spread,
});

describe('toIntervalChart', () => {
  const chart = toIntervalChart(100, [at(1, 5), at(7, 10), at(30, 20), at(90, 40)]);

  it('begins at today’s figure and ends at the longest horizon', () => {
    // 20 to 180 on a scale of 0 to 200: 100 is in the middle of the box.
    expect(chart.yTicks.map(({ value, y }) => [value, y])).toEqual(
      [0, 50, 100, 150, 200].map((value) => [value, FAN_TOP + FAN_HEIGHT * (1 - value / 200)]),
    );
    expect(chart.middle).toBe('M0.0 120.0L11.1 120.0L77.8 120.0L333.3 120.0L1000.0 120.0');
    expect(chart.narrow.startsWith('M0.0 120.0L11.1 114.0')).toBe(true);
    expect(chart.wide).toContain('1000.0 24.0L1000.0 216.0');
  });

  it('labels the days that have room', () => {
    expect(chart.xTicks.map(({ days }) => days)).toEqual([0, 30, 90]);
  });
});
