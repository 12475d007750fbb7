import { describe, expect, it } from 'vitest';
import { findMoment, findNearest, fullRange, layOutChart } from './layout.ts';
import type { Pane, Series } from './series.ts';
import { WIDTH } from './shapes.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2024-01-01');
const days = (count: number) => Array.from({ length: count }, (_, index) => START_MS + index * DAY_MS);

function aPane(series: Series[], rest: Partial<Pane> = {}): Pane {
  return { id: 'p', title: 'USD', heightPx: 200, scale: 'linear', series, say: String, sayTick: String, ...rest };
}
const line = (values: (number | null)[], kind: 'line' | 'steps' | 'dots' = 'line'): Series => ({
  kind,
  id: 'l',
  name: 'l',
  tone: 1,
  values,
});

function draw(series: Series[], count: number, rest: Partial<Pane> = {}) {
  const times = days(count);
  const layout = layOutChart(times, [aPane(series, rest)], fullRange(times)!, 0);
  return { layout, pane: layout.panes[0]! };
}
const points = (d: string) => [...d.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('a time chart', () => {
  it('draws values where they belong', () => {
    const { pane } = draw([line([0, 50, 100])], 3);
    const drawn = new Map(points(pane.marks[0]!.d));
    const step = WIDTH / 3;
    expect([...drawn.keys()].map((x) => Math.round(x))).toEqual([0.5, 1.5, 2.5].map((k) => Math.round(k * step)));
    expect([...drawn.values()]).toEqual([200, 100, 0]);
  });

  it('breaks a line where nothing is known and never draws it as zero', () => {
    const { pane } = draw([line([10, null, 12, 13])], 4);
    const { d } = pane.marks[0]!;
    expect(d.match(/M/g)).toHaveLength(2);
    expect(pane.ticks[0]!.value).toBeGreaterThan(0);
  });

  it('keeps every peak of a long series, with a bounded number of points', () => {
    const values = Array.from({ length: 200_000 }, (_, index) => Math.sin(index));
    values[123_456] = 40;
    const { pane } = draw([line(values)], values.length);
    const ys = points(pane.marks[0]!.d).map(([, y]) => y);
    expect(ys.length).toBeLessThan(2500);
    const top = (1 - 40 / pane.ticks.at(-1)!.value) * 200;
    expect(Math.min(...ys)).toBeLessThan(top + 20);
  });

  it('holds a value until the next one in steps', () => {
    const { pane } = draw([line([1, 2], 'steps')], 2);
    expect(pane.marks[0]!.d).toMatch(/H750\.0/);
  });

  it('paints candles that closed higher and lower apart, hollow and filled', () => {
    const candles: Series = { kind: 'candles', id: 'c', name: 'c', open: [10, 12], high: [13, 12.5], low: [9, 10], close: [12, 11] };
    const { pane } = draw([candles], 2);
    expect(pane.marks.map(({ id }) => id)).toEqual(['c-wicks', 'c-up', 'c-down']);
    expect(pane.marks.map(({ className }) => className)).toEqual(['tc-wicks', 'tc-candle gain', 'tc-candle loss']);
    expect(pane.marks[1]!.d.match(/M/g)).toHaveLength(1);
  });

  it('gathers more candles than there is room for into candles of their whole time', () => {
    const count = 6000;
    const rising = Array.from({ length: count }, (_, index) => index + 1);
    const candles: Series = {
      kind: 'candles',
      id: 'c',
      name: 'c',
      open: rising,
      high: rising.map((v) => v + 2),
      low: rising,
      close: rising.map((v) => v + 1),
    };
    const { pane } = draw([candles], count);
    expect(pane.marks.find(({ id }) => id === 'c-wicks')!.d.match(/M/g)!.length).toBeLessThanOrEqual(600);
  });

  it('starts bars at zero', () => {
    const { pane } = draw([{ kind: 'bars', id: 'b', name: 'b', tone: 'bySign', values: [5, -5, null] }], 3);
    expect(pane.ticks.map(({ value }) => value)).toContain(0);
    expect(pane.marks.map(({ className }) => className)).toEqual(['tc-fill gain', 'tc-fill loss']);
  });

  it('says so when nothing is known', () => {
    const { pane } = draw([line([null, Number.NaN, null])], 3);
    expect(pane.marks).toEqual([]);
    expect(pane.ticks).toEqual([]);
  });

  it('marks a logarithmic axis with three to eight figures, all inside', () => {
    for (const [low, high] of [
      [1, 100_000],
      [60_000, 90_000],
      [0.5, 0.6],
      [1, 1e14],
    ] as const) {
      const { pane } = draw([line([low, high])], 2, { scale: 'log' });
      expect(pane.ticks.length).toBeGreaterThanOrEqual(3);
      expect(pane.ticks.length).toBeLessThanOrEqual(8);
      for (const { ratio } of pane.ticks) expect(ratio).toBeGreaterThanOrEqual(0);
      for (const { ratio } of pane.ticks) expect(ratio).toBeLessThanOrEqual(1);
    }
  });

  it('fits the axis to the part that is seen', () => {
    const times = days(100);
    const pane = aPane([line(times.map((_, index) => index))]);
    const layout = layOutChart(times, [pane], { fromMs: times[90]!, toMs: times[99]! }, 0);
    expect([layout.first, layout.last]).toEqual([90, 99]);
    expect(layout.panes[0]!.ticks[0]!.value).toBeGreaterThanOrEqual(88);
  });

  it('finds moments', () => {
    const times = [10, 20, 30];
    expect([5, 10, 11, 31].map((t) => findMoment(times, t))).toEqual([0, 0, 1, 3]);
    expect([0, 14, 16, 99].map((t) => findNearest(times, t, 0, 2))).toEqual([0, 0, 1, 2]);
    expect(fullRange([])).toBeNull();
  });
});
