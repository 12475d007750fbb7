import { describe, expect, it } from 'vitest';
import type { FlexibleMonth } from '#engine';
import { BARS_HEIGHT, BARS_TOP, HOURS_PER_MONTH, toHoursOffChart } from './hours-off-chart.ts';

const chartOf = (hours: readonly number[]) =>
  toHoursOffChart(hours.map((hoursOff, index) => ({ month: index + 1, hoursOff }) as FlexibleMonth));

describe('the chart of hours off', () => {
  it('has round figures on its axis, up to the hours of a month and never above', () => {
    const ticksOf = (hours: readonly number[]) => chartOf(hours).yTicks.map((tick) => tick.hours);
    expect(ticksOf([0, 0])).toEqual([0, 10, 20, 30]);
    expect(ticksOf([12, 93])).toEqual([0, 50, 100]);
    expect(ticksOf([HOURS_PER_MONTH, 3])).toEqual([0, 200, 400, 600]);
  });

  it('draws a month off throughout as high as the plot, and one on throughout as nothing', () => {
    const { bars } = chartOf([HOURS_PER_MONTH, 0]);
    expect(bars.map(({ y, height }) => [y, height])).toEqual([
      [0, BARS_HEIGHT],
      [BARS_HEIGHT, 0],
    ]);
    expect(chartOf([HOURS_PER_MONTH]).yTicks[0]?.y).toBe(BARS_TOP + BARS_HEIGHT);
  });
});
