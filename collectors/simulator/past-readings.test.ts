import { describe, expect, it } from 'vitest';
import { DIALECTS } from '#collectors/cgminer/snapshot.ts';
import { createPastReadings } from './past-readings.ts';
import type { PopulationPlan } from './population.ts';

const SINCE_S = 1_790_000_000;
const plan = (more: Partial<PopulationPlan> = {}): PopulationPlan => ({
  miners: 28,
  seed: 5,
  dialects: DIALECTS,
  faults: {},
  troublesPerDay: 0,
  runningSinceS: SINCE_S,
  ...more,
});

describe('createPastReadings', () => {
  it('reads every dialect as the drivers do, at the moment that is asked for', () => {
    const read = createPastReadings(plan());
    const seen = new Set<string>();
    for (let index = 0; index < 28; index += 1) {
      const reading = read(index, SINCE_S + 600);
      if (reading.kind !== 'read') throw new Error(`${index}: ${reading.detail}`);
      const { dialect, observedAtMs, state, hashrateThs, ratedHashrateThs } = reading.snapshot;
      seen.add(dialect);
      expect(observedAtMs).toBe((SINCE_S + 600) * 1000);
      expect(state).toBe('hashing');
      expect(hashrateThs).toBeGreaterThan(10);
      if (ratedHashrateThs !== null) expect(hashrateThs! / ratedHashrateThs).toBeGreaterThan(0.8);
    }
    expect([...seen].sort()).toEqual([...DIALECTS].sort());
  });

  it('gives the same machines at another time of asking, whose counters only grow', () => {
    const counters = (read: ReturnType<typeof createPastReadings>, timeS: number) =>
      Array.from({ length: 28 }, (_, index) => {
        const reading = read(index, timeS);
        return reading.kind === 'read' ? (reading.snapshot.acceptedShares ?? 0) : Number.NaN;
      });
    const read = createPastReadings(plan());
    const early = counters(read, SINCE_S + 60);
    const late = counters(read, SINCE_S + 3_600);
    expect(late).toEqual(counters(createPastReadings(plan()), SINCE_S + 3_600));
    expect(late.every((count, index) => count >= early[index]!)).toBe(true);
    expect(late.some((count, index) => count > early[index]!)).toBe(true);
  });

  it('meets faults as a reader does', () => {
    const kinds = (faults: PopulationPlan['faults']) => {
      const reading = createPastReadings(plan({ miners: 1, faults }))(0, SINCE_S + 60);
      return reading.kind === 'read' ? reading.snapshot.state : reading.trouble;
    };
    expect(kinds({ dead: 1 })).toBe('unreachable');
    expect(kinds({ hang: 1 })).toBe('silent');
    expect(kinds({ garbled: 1 })).toBe('garbled');
    expect(kinds({ fan: 1 })).toBe('hashing');
    const whole = createPastReadings(plan({ miners: 1 }))(0, SINCE_S + 60);
    const broken = createPastReadings(plan({ miners: 1, faults: { board: 1 } }))(0, SINCE_S + 60);
    if (whole.kind !== 'read' || broken.kind !== 'read') throw new Error('not read');
    expect(broken.snapshot.hashrateThs).toBeLessThan(0.8 * whole.snapshot.hashrateThs!);
  });

  it('has no machine beyond the farm', () => {
    expect(() => createPastReadings(plan())(28, SINCE_S)).toThrow('machine 28 is outside 0 to 27');
  });
});
