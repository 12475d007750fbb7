import { describe, expect, it } from 'vitest';
import { chooseTimeTicks } from './time-ticks.ts';

const at = (text: string) => Date.parse(text);
const iso = (ticks: { timeMs: number }[]) => ticks.map(({ timeMs }) => new Date(timeMs).toISOString().slice(0, 16));

describe('the ticks of a time axis', () => {
  it('fall on the first days of years, months and on midnights', () => {
    expect(iso(chooseTimeTicks(at('2020-06-01'), at('2024-06-01'), 6))).toEqual([
      '2021-01-01T00:00',
      '2022-01-01T00:00',
      '2023-01-01T00:00',
      '2024-01-01T00:00',
    ]);
    expect(iso(chooseTimeTicks(at('2024-01-15'), at('2024-05-15'), 6))).toEqual([
      '2024-02-01T00:00',
      '2024-03-01T00:00',
      '2024-04-01T00:00',
      '2024-05-01T00:00',
    ]);
    expect(iso(chooseTimeTicks(at('2024-02-27T12:00Z'), at('2024-03-02T12:00Z'), 6))).toEqual([
      '2024-02-28T00:00',
      '2024-02-29T00:00',
      '2024-03-01T00:00',
      '2024-03-02T00:00',
    ]);
  });

  it('leave no stub at the end of a month', () => {
    const ticks = iso(chooseTimeTicks(at('2024-01-01'), at('2024-02-10'), 6));
    expect(ticks).toEqual([
      '2024-01-01T00:00',
      '2024-01-08T00:00',
      '2024-01-15T00:00',
      '2024-01-22T00:00',
      '2024-02-01T00:00',
      '2024-02-08T00:00',
    ]);
  });

  it('follow the clock on the wall', () => {
    const ticks = chooseTimeTicks(at('2024-01-15T00:00Z'), at('2024-01-16T00:00Z'), 6, -6 * 3_600_000);
    expect(iso(ticks)).toEqual(['2024-01-15T00:00', '2024-01-15T06:00', '2024-01-15T12:00', '2024-01-15T18:00', '2024-01-16T00:00']);
    const india = chooseTimeTicks(at('2024-01-15T00:00Z'), at('2024-01-15T12:00Z'), 6, 5.5 * 3_600_000);
    expect(iso(india)[0]).toBe('2024-01-15T00:30');
  });

  it.each([
    60_000,
    3_600_000,
    86_400_000,
    30 * 86_400_000,
    365 * 86_400_000,
    40 * 365 * 86_400_000,
  ])('are between two and a dozen over %s ms, in order and inside', (span) => {
    for (let k = 0; k < 50; k++) {
      const from = at('2015-03-07T05:13Z') + k * 12_345_678_901;
      const ticks = chooseTimeTicks(from, from + span, 6).map(({ timeMs }) => timeMs);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(12);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
      expect(Math.min(...ticks)).toBeGreaterThanOrEqual(from);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(from + span);
    }
  });

  it('are none for an empty range', () => {
    expect(chooseTimeTicks(5, 5, 6)).toEqual([]);
    expect(chooseTimeTicks(Number.NaN, 5, 6)).toEqual([]);
  });
});
