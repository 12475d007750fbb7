import { describe, expect, it } from 'vitest';
import type { ChosenFigure } from '../snapshot.ts';
import { chooseAll } from './choose-all.ts';
import type { LastChoice, SourceReading } from './choose-figure.ts';

const NOW_MS = Date.parse('2026-05-01T12:00:00Z');
const MINUTE_MS = 60_000;
const CHAIN = ['A', 'B', 'C'];

type Figures<T> = Partial<Record<ChosenFigure, T>>;

const said = (source: string, value: number, ageMs = 0): SourceReading => ({
  source,
  sourceUrl: `https://${source}.example`,
  value,
  observedAtMs: NOW_MS - ageMs,
});
const was = (value: number, ageMs: number): LastChoice => ({ value, source: 'A', sourceUrl: null, observedAtMs: NOW_MS - ageMs });

const choose = (readings: Figures<SourceReading[]>, last: Figures<LastChoice> = {}) =>
  chooseAll({ chain: () => CHAIN, readings: (figure) => readings[figure] ?? [], last: (figure) => last[figure] ?? null }, NOW_MS);

describe('figures chosen together', () => {
  it('take no difficulty that was read before the epoch of the height began', () => {
    // The epoch began ten minutes ago.
    const readings = {
      height: [said('A', 950_545)],
      epochElapsedS: [said('A', 600)],
      difficulty: [said('A', 1e14, 12 * MINUTE_MS), said('B', 1.1e14, 9 * MINUTE_MS)],
    };
    const { height, difficulty } = choose(readings);
    expect(height?.value).toBe(950_545);
    expect(difficulty).toMatchObject({ value: 1.1e14, source: 'B', basis: { kind: 'chain', step: 2 } });
    expect(difficulty?.basis.passedOver).toEqual([{ source: 'A', reason: 'other-epoch', value: 1e14 }]);
  });

  it('keep height and difficulty of one epoch until both of the next are known', () => {
    const readings = {
      height: [said('A', 950_545)],
      epochElapsedS: [said('A', 600)],
      difficulty: [said('A', 1e14, 12 * MINUTE_MS)],
    };
    const chosen = choose(readings, { difficulty: was(1e14, 12 * MINUTE_MS), height: was(950_543, 12 * MINUTE_MS) });
    expect([chosen.height, chosen.epochElapsedS, chosen.difficulty]).toEqual([undefined, undefined, undefined]);
    // A day into the epoch the same reading is of its own epoch.
    const later = { ...readings, epochElapsedS: [said('A', 86_400)] };
    expect(choose(later, { difficulty: was(1e14, 12 * MINUTE_MS) }).height?.value).toBe(950_545);
    // With no difficulty at all there is no pair to keep.
    expect(choose({ ...readings, difficulty: [] }).height?.value).toBe(950_545);
  });

  it('take the difficulty and the height of the same moment though the first block of the epoch is stamped later', () => {
    const readings = { height: [said('A', 950_545)], epochElapsedS: [said('A', 0)], difficulty: [said('A', 1e14, 200)] };
    expect(choose(readings)).toMatchObject({ height: { value: 950_545 }, difficulty: { value: 1e14 } });
  });

  it('take no difficulty that no retarget leads to from the last one', () => {
    const last = { difficulty: was(1.5e14, 15 * MINUTE_MS) };
    const chosen = choose({ difficulty: [said('A', 1.5e13), said('B', 1.51e14)] }, last);
    expect(chosen.difficulty).toMatchObject({
      value: 1.51e14,
      basis: { passedOver: [{ source: 'A', reason: 'implausible', value: 1.5e13 }] },
    });
    expect(choose({ difficulty: [said('A', 1.5e13)] }, last).difficulty).toBeUndefined();
    expect(choose({ difficulty: [said('A', 1.5e13)] }, { difficulty: was(1.5e14, 30 * 86_400_000) }).difficulty?.value).toBe(1.5e13);
  });

  it('take no hash rate that the difficulty contradicts', () => {
    const networkHashrateThs = [said('A', 1.06e8), said('B', 1.06e9)];
    const hashrate = choose({ difficulty: [said('A', 1.5e14)], networkHashrateThs }).networkHashrateThs;
    expect(hashrate).toMatchObject({ value: 1.06e9, basis: { passedOver: [{ source: 'A', reason: 'implausible', value: 1.06e8 }] } });
    // Beside the last difficulty too, and beside the shipped one.
    expect(choose({ networkHashrateThs }, { difficulty: was(1.5e14, 86_400_000) }).networkHashrateThs?.source).toBe('B');
    expect(choose({ networkHashrateThs }).networkHashrateThs?.source).toBe('B');
  });
});
