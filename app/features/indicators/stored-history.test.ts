import { describe, expect, it } from 'vitest';
import { layOutHistory } from '#app/features/market/history/candle-history.ts';
import { readShippedDays } from './stored-history.server.ts';
import { layOutStored, listSources } from './stored-history.ts';

const DAY_MS = 86_400_000;

describe('layOutStored', () => {
  const daysOf = (count: number) =>
    layOutHistory(
      DAY_MS,
      Array.from({ length: count }, (_, day) => {
        const price = day + 1;
        return { timeMs: day * DAY_MS, open: price, high: price, low: price, close: price, volumeBtc: Number.NaN, source: 'a table' };
      }),
      null,
    );
  const anEpoch = (index: number, startDay: number, endDay: number, difficulty: number) => ({
    index,
    startMs: startDay * DAY_MS,
    endMs: endDay * DAY_MS,
    difficulty,
    hashrateThs: 1,
  });

  it('gives a day the difficulty that is in force when it ends', () => {
    const epochs = [anEpoch(0, 1.5, 2.5, 10), anEpoch(1, 2.5, 4, 20)];
    const history = layOutStored(daysOf(5), epochs, { sources: ['b', 'b', 'c'], values: Float64Array.from([10, 20, 30]) });
    const { columns } = history;
    // Day 0 ends before the first epoch, day 1 within it, days 2 and 3 within the second one; from day 4 on the last difficulty.
    expect([...columns.difficulty]).toEqual([Number.NaN, 10, 20, 20, 30]);
    expect([...columns.subsidyBtc]).toEqual([Number.NaN, 50, 50, 50, 50]);
    expect([...history.difficultySource]).toEqual([-1, 0, 0, 0, 1]);
    expect(listSources(history, ['close', 'difficulty'], 0, 4)).toEqual(['a table', 'b']);
    expect(listSources(history, ['difficulty'], 3, 5)).toEqual(['b', 'c']);
    expect(listSources(history, ['close', 'volume'], 0, 5)).toEqual(['a table']);
  });

  it('does not carry the last difficulty on for longer than an epoch may last', () => {
    const { columns } = layOutStored(daysOf(40), [anEpoch(0, 0, 10, 10)], { sources: ['b', 'b'], values: Float64Array.from([10, 20]) });
    // In force from day 10; an epoch of 21 days at the most ends with day 30.
    expect([9, 10, 30, 31].map((day) => columns.difficulty[day])).toEqual([10, 20, 20, Number.NaN]);
    expect(columns.subsidyBtc[39]).toBeNaN();
  });

  it('knows no difficulty where there are no epochs', () => {
    const { columns } = layOutStored(daysOf(5), [], { sources: ['b'], values: Float64Array.from([10]) });
    expect([...columns.difficulty]).toEqual(new Array(5).fill(Number.NaN));
  });

  it('leaves out a column that holds nothing, so that what needs it is refused with a reason', () => {
    expect(Object.keys(layOutStored(daysOf(2), [], { sources: [], values: new Float64Array(0) }).columns)).not.toContain('volume');
  });
});

describe('the stored history', () => {
  const { columns, startAtMs, length } = readShippedDays();
  const dayOf = (day: string) => (Date.parse(day) - startAtMs) / DAY_MS;

  it('halves the subsidy on the days on which it was halved, give or take one', () => {
    const halvings = Array.from(columns.subsidyBtc, (subsidy, i) => (subsidy < columns.subsidyBtc[i - 1]! ? i : -1)).filter((i) => i >= 0);
    expect(halvings).toHaveLength(4);
    // Published days of blocks 210,000, 420,000, 630,000 and 840,000.
    for (const [i, day] of ['2012-11-28', '2016-07-09', '2020-05-11', '2024-04-20'].entries()) {
      expect(Math.abs(halvings[i]! - dayOf(day)), day).toBeLessThanOrEqual(1);
    }
  });

  it('has no gap once it has begun', () => {
    const first = columns.difficulty.findIndex((value) => !Number.isNaN(value));
    expect(first).toBeLessThan(dayOf('2011-01-01'));
    expect(columns.difficulty.subarray(first).every((value) => value > 0)).toBe(true);
    expect(columns.close).toHaveLength(length);
  });
});
