import { describe, expect, it } from 'vitest';
import { NO_WORK, toUptime, withUncovered } from './uptime.ts';

/** One machine of 200 TH/s over a day: 18 h hashing at 190, 2 h curtailed, 1 h planned, 1 h faulty, 2 h unknown. */
const day = {
  hashingS: 18 * 3600,
  curtailedS: 2 * 3600,
  plannedS: 3600,
  faultyS: 3600,
  unknownS: 2 * 3600,
  // 18 h x 190 TH/s
  deliveredTh: 18 * 3600 * 190,
  // (18 + 1 + 1) h x 200 TH/s
  owedTh: 20 * 3600 * 200,
  // 2 h x 200 TH/s
  unknownTh: 2 * 3600 * 200,
};

describe('toUptime', () => {
  it('weighs by hash rate and leaves agreed curtailment out of both sides', () => {
    // 18 x 190 / (20 x 200) = 3420 / 4000
    expect(toUptime(day).availability.ratio).toBeCloseTo(0.855, 12);
  });

  it('counts the unknown neither as up nor as down, and says how far that may matter', () => {
    const { availability } = toUptime(day);
    // 3420 / 4400 and (3420 + 400) / 4400
    expect(availability.leastRatio).toBeCloseTo(3420 / 4400, 12);
    expect(availability.mostRatio).toBeCloseTo(3820 / 4400, 12);
  });

  it('splits all of the time, unknown apart', () => {
    const { split, totalS } = toUptime(day);
    expect(totalS).toBe(86_400);
    expect(split).toEqual({ hashingRatio: 0.75, curtailedRatio: 2 / 24, plannedRatio: 1 / 24, faultyRatio: 1 / 24, unknownRatio: 2 / 24 });
  });

  it('knows no availability of a day of which nothing is known, only its bounds', () => {
    const { availability } = toUptime({ ...NO_WORK, unknownS: 86_400, unknownTh: 86_400 * 200 });
    expect(availability).toEqual({ ratio: null, leastRatio: 0, mostRatio: 1 });
  });

  it('knows nothing of no time, and nothing of the work of machines without a rating', () => {
    expect(toUptime(NO_WORK)).toEqual({ totalS: 0, split: null, availability: { ratio: null, leastRatio: null, mostRatio: null } });
    expect(toUptime({ ...NO_WORK, hashingS: 3600 }).availability.ratio).toBeNull();
  });
});

describe('withUncovered', () => {
  it('takes time that nobody asked about as unknown, for as many machines as there were', () => {
    // 10 machines for 6 h, 200 TH/s each, and 18 h of which there is nothing.
    const sums = { ...NO_WORK, hashingS: 10 * 6 * 3600, deliveredTh: 10 * 6 * 3600 * 200, owedTh: 10 * 6 * 3600 * 200 };
    const whole = withUncovered(sums, { coveredS: 6 * 3600, lengthS: 24 * 3600 });
    expect(whole.unknownS).toBe(10 * 18 * 3600);
    expect(toUptime(whole).availability).toEqual({ ratio: 1, leastRatio: 0.25, mostRatio: 1 });
  });

  it('adds nothing where everything is covered or nothing is', () => {
    expect(withUncovered(day, { coveredS: 86_400, lengthS: 86_400 })).toBe(day);
    expect(withUncovered(NO_WORK, { coveredS: 0, lengthS: 86_400 })).toBe(NO_WORK);
  });
});
