import { describe, expect, it } from 'vitest';
import { findDay, findHour, findMonth, floorToQuarterS, toLocalDate } from './site-time.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const iso = (atS: number) => new Date(atS * 1000).toISOString();

describe('findDay', () => {
  it.each([
    // Clocks go from 2:00 to 3:00: the day has 23 hours.
    ['America/Chicago', '2026-03-08T18:00:00Z', '2026-03-08T06:00:00.000Z', 23],
    // And from 2:00 back to 1:00: 25 hours.
    ['America/Chicago', '2026-11-01T18:00:00Z', '2026-11-01T05:00:00.000Z', 25],
    ['Asia/Shanghai', '2026-11-22T15:59:59Z', '2026-11-21T16:00:00.000Z', 24],
    // A quarter off the hour.
    ['Asia/Kathmandu', '2026-11-22T00:00:00Z', '2026-11-21T18:15:00.000Z', 24],
    // Half an hour of daylight saving time.
    ['Australia/Lord_Howe', '2026-10-04T00:00:00Z', '2026-10-03T13:30:00.000Z', 23.5],
    // Midnight is skipped: the day begins at 1:00.
    ['Asia/Beirut', '2026-03-29T12:00:00Z', '2026-03-28T22:00:00.000Z', 23],
    ['UTC', '2026-11-22T00:00:00Z', '2026-11-22T00:00:00.000Z', 24],
  ])('of %s holding %s begins at %s and lasts %d h', (zone, instant, start, hours) => {
    const day = findDay(zone, at(instant));
    expect(iso(day.fromS)).toBe(start);
    expect((day.toS - day.fromS) / 3600).toBe(hours);
  });

  it('joins a year of days without a hole', () => {
    let day = findDay('America/Chicago', at('2026-01-01T12:00:00Z'));
    for (let count = 0; count < 365; count += 1) {
      const next = findDay('America/Chicago', day.toS);
      expect(next.fromS).toBe(day.toS);
      day = next;
    }
    expect(toLocalDate('America/Chicago', day.fromS)).toBe('2027-01-01');
  });
});

describe('findHour', () => {
  it('counts from the midnight of the site, also half an hour off UTC', () => {
    const hour = findHour('Asia/Kolkata', at('2026-11-22T10:40:00Z'));
    expect([iso(hour.fromS), iso(hour.toS)]).toEqual(['2026-11-22T10:30:00.000Z', '2026-11-22T11:30:00.000Z']);
  });

  it('ends with the day', () => {
    // 23.5 h: the last hour is half a one.
    const hour = findHour('Australia/Lord_Howe', at('2026-10-04T12:45:00Z'));
    expect(hour.toS - hour.fromS).toBe(1800);
  });
});

describe('floorToQuarterS', () => {
  it('floors by the clock of the site', () => {
    expect(iso(floorToQuarterS('Asia/Kathmandu', at('2026-11-22T10:14:59Z')))).toBe('2026-11-22T10:00:00.000Z');
    expect(iso(floorToQuarterS('America/Chicago', at('2026-11-01T07:15:00Z')))).toBe('2026-11-01T07:15:00.000Z');
  });
});

describe('findMonth', () => {
  it('runs from the first midnight of the site to the next month’s, over changes of clocks', () => {
    const month = findMonth('America/Chicago', at('2026-11-15T00:00:00Z'));
    // 30 days and the hour that comes twice.
    expect((month.toS - month.fromS) / 3600).toBe(30 * 24 + 1);
    expect(iso(month.fromS)).toBe('2026-11-01T05:00:00.000Z');
  });
});
