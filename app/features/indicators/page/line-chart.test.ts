import { describe, expect, it } from 'vitest';
import { chooseTimeTicks, PANE_TOP, toPane } from './line-chart.ts';

describe('toPane', () => {
  it('draws a line from the lower left to the upper right', () => {
    const pane = toPane([{ name: 'a', values: [0, 100] }], 200, false)!;
    expect(pane.lines[0]!.path).toBe('M0.0 200.0L1000.0 0.0');
    expect(pane.yTicks[0]).toEqual({ value: 0, y: PANE_TOP + 200 });
    expect(pane.yTicks.at(-1)).toEqual({ value: 100, y: PANE_TOP });
  });

  it('interrupts a line where it is unknown', () => {
    expect(toPane([{ name: 'a', values: [0, null, 50, 100] }], 100, false)!.lines[0]!.path).toBe('M0.0 100.0M666.7 50.0L1000.0 0.0');
  });

  it('gives every factor of ten the same height on a logarithmic axis', () => {
    const pane = toPane([{ name: 'a', values: [1, 10, 100] }], 100, true)!;
    expect(pane.lines[0]!.path).toBe('M0.0 100.0L500.0 50.0L1000.0 0.0');
    expect(pane.yTicks.map(({ value }) => value)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  });

  it('marks at most some seven powers of ten', () => {
    const pane = toPane([{ name: 'a', values: [1e-9, 1e5] }], 100, true)!;
    expect(pane.yTicks.map(({ value }) => Math.round(Math.log10(value)))).toEqual([-7, -4, -1, 2, 5]);
  });

  it('falls back to even steps where a value is not above 0, and is nothing without a value', () => {
    expect(toPane([{ name: 'a', values: [-1, 1] }], 100, true)!.lines[0]!.path).toBe('M0.0 100.0L1000.0 0.0');
    expect(toPane([{ name: 'a', values: [null, null] }], 100, true)).toBeNull();
  });
});

describe('chooseTimeTicks', () => {
  const ticksOf = (from: string, to: string) =>
    chooseTimeTicks([Date.parse(from), Date.parse(to)]).map(({ atMs }) => new Date(atMs).toISOString().slice(0, 7));

  it('marks quarters of a year, years of a few, every other year of many', () => {
    expect(ticksOf('2025-01-01', '2025-12-31')).toEqual(['2025-01', '2025-04', '2025-07', '2025-10']);
    expect(ticksOf('2022-02-01', '2025-12-31')).toEqual(['2023-01', '2024-01', '2025-01']);
    expect(ticksOf('2010-07-17', '2025-12-31')).toEqual(['2012-01', '2014-01', '2016-01', '2018-01', '2020-01', '2022-01', '2024-01']);
  });
});
