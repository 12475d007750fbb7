import { describe, expect, it } from 'vitest';
import { type PricedInterval, toHourCurve } from './hour-curve.server.ts';

const HOUR_MS = 3_600_000;

/** Steps of so many minutes from one instant up to another, the price being the number of the step. */
function steps(from: string, until: string, minutes = 60): PricedInterval[] {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
  const count = (untilMs - fromMs) / (minutes * 60_000);
  return Array.from({ length: count }, (_, step) => ({ startMs: fromMs + step * minutes * 60_000, pricePerMwh: step }));
}

describe('the hours that stand for a year', () => {
  it('are a whole year of the series’ clock, with the hour that is skipped and the one that comes twice', () => {
    // 2024 in Chicago: from six hours behind UTC to six hours behind UTC, a leap year.
    const curve = toHourCurve(steps('2023-12-20T00:00Z', '2025-01-05T00:00Z'), 60, 'America/Chicago');
    expect(curve).toMatchObject({ fromDate: '2024-01-01', toDate: '2024-12-31' });
    expect(curve?.pricesPerMwh).toHaveLength(8784);
    expect(curve?.pricesPerMwh[0]).toBe((Date.parse('2024-01-01T06:00Z') - Date.parse('2023-12-20T00:00Z')) / HOUR_MS);
  });

  it('are the newest four weeks where a year has a hole, and begin anew after one', () => {
    const all = steps('2024-01-01T00:00Z', '2025-01-01T00:00Z').filter((_, hour) => hour !== 100);
    expect(toHourCurve(all, 60, 'UTC')).toMatchObject({ fromDate: '2024-12-04', toDate: '2024-12-31' });
    const holed = all.filter(({ startMs }) => startMs !== Date.parse('2024-12-20T05:00Z'));
    const curve = toHourCurve(holed, 60, 'UTC');
    expect(curve).toMatchObject({ fromDate: '2024-12-21', toDate: '2024-12-31' });
    expect(curve?.pricesPerMwh).toHaveLength(11 * 24);
  });

  it('leave out the newest day while it is not over, and days on which the clock changes', () => {
    // 10 March 2024 has 23 hours in Chicago.
    const curve = toHourCurve(steps('2024-03-09T06:00Z', '2024-03-13T09:00Z'), 60, 'America/Chicago');
    expect(curve).toMatchObject({ fromDate: '2024-03-11', toDate: '2024-03-12' });
  });

  it('are means of shorter intervals, and none where an interval of them is missing', () => {
    const quarters = steps('2024-06-01T00:00Z', '2024-06-02T00:00Z', 15);
    expect(toHourCurve(quarters, 15, 'UTC')?.pricesPerMwh.slice(0, 2)).toEqual([1.5, 5.5]);
    expect(toHourCurve(quarters.slice(1), 15, 'UTC')).toBeNull();
    expect(toHourCurve([], 60, 'UTC')).toBeNull();
  });
});
