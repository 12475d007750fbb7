import { describe, expect, it } from 'vitest';
import { levelOf, listTicks, loadScale, priceScale, toBars, toStepArea, toStepPath } from './day-sheet.ts';
import { aForm, settingOf } from './sample-problem.fixture.ts';

describe('toBars', () => {
  it('joins neighbours of the same share and covers the whole width', () => {
    const bars = toBars([10, 10, 0, 4, 4, 10], 10);
    expect(bars.map(({ from, to, level }) => `${from}-${to} ${level}`)).toEqual(['0-2 q4', '2-3 q0', '3-5 q2', '5-6 q4']);
    expect(bars.reduce((sum, { widthPercent }) => sum + widthPercent, 0)).toBeCloseTo(100, 9);
  });

  it('keeps off and full apart from almost off and almost full', () => {
    expect([0, 0.001, 0.999, 1].map(levelOf)).toEqual(['q0', 'q1', 'q3', 'q4']);
  });
});

describe('the steps', () => {
  it('run from interval to interval, with gaps where nothing is known', () => {
    expect(toStepPath([0, 10, null, 5], { low: 0, high: 10 })).toBe('M0 100.00H1V0.00H2M3 50.00H4');
  });

  it('stand on zero, prices below it too', () => {
    expect(priceScale([-5, 15])).toEqual({ low: -5, high: 15 });
    expect(toStepArea([-5, 15], priceScale([-5, 15]))).toBe('M0 75.00V100.00H1V0.00H2V75.00Z');
  });

  it('leave room for a cap a little above the fleet, not for one far away', () => {
    expect(loadScale(100, [null, 110])).toEqual({ low: 0, high: 110 });
    expect(loadScale(100, [null, 5000])).toEqual({ low: 0, high: 100 });
  });
});

describe('listTicks', () => {
  it('follows the clock on the day that has 25 hours', () => {
    const ticks = listTicks(settingOf(aForm({ day: '2022-11-06' })));
    expect(ticks.map(({ label }) => label)).toEqual(['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '24:00']);
    expect(ticks[1]?.xPercent).toBeCloseTo((4 / 25) * 100, 9);
  });
});
