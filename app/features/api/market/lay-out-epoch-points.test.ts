import { describe, expect, it } from 'vitest';
import { readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { layOutEpochPoints } from './lay-out-epoch-points.ts';

const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
const year = (first: number, last = first) => ({ fromMs: Date.UTC(first), toMs: Date.UTC(last + 1) - 1 });
const shippedIn = (range: { fromMs: number; toMs: number }) =>
  layOutEpochPoints(readDifficultyByEpoch().values, { shipped: readShippedEpochs(), fetched: new Map() }, range);

describe('difficulties of epochs in a range of time', () => {
  it('are all of them without a range, the last one dated to its day', () => {
    const points = shippedIn(ALWAYS);
    expect(points).toHaveLength(461);
    expect(points[0]).toEqual({ time: null, epoch: 0, value: 1 });
    expect(points.at(-1)).toMatchObject({ time: '2025-12-11T00:00:00.000Z', epoch: 460 });
  });

  it('are those that began in it, shipped ones too', () => {
    // A year has 26 epochs of two weeks, a few more while the network grows.
    const points = shippedIn(year(2015));
    expect(points.length).toBeGreaterThanOrEqual(26);
    expect(points.length).toBeLessThan(30);
    for (const { time } of points) expect(time).toMatch(/^2015-/);
    const until2012 = shippedIn({ fromMs: 0, toMs: Date.UTC(2012) });
    expect(until2012[0]?.epoch).toBe(0);
    // Block 160,000 was found in January 2012.
    expect(until2012.at(-1)?.epoch).toBe(79);
    expect(shippedIn({ fromMs: Date.UTC(2026), toMs: Date.UTC(2027) })).toEqual([]);
  });

  it('have the times that were fetched before those that were laid out', () => {
    const times = {
      shipped: [{ index: 1, startMs: 1_000, endMs: 2_000 }],
      fetched: new Map([
        [2, 2_100],
        [3, 3_000],
      ]),
    };
    expect(layOutEpochPoints([1, 2, 3, 4], times, ALWAYS).map(({ time }) => time && Date.parse(time))).toEqual([null, 1_000, 2_100, 3_000]);
    expect(layOutEpochPoints([1, 2, 3, 4], times, { fromMs: 0, toMs: 999 })).toEqual([]);
    expect(layOutEpochPoints([1, 2, 3, 4], times, { fromMs: 1, toMs: 2_100 }).map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});
