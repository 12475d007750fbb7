import { describe, expect, it } from 'vitest';
import { isDate, isKnownZone, listIntervalTimes, localDate, minutesOfDay, readClock, startOfDay, writeClock } from './local-time.ts';

const CHICAGO = 'America/Chicago';
const iso = (instantMs: number) => new Date(instantMs).toISOString();

describe('startOfDay', () => {
  it('is local midnight, on days on which the clock changes too', () => {
    expect(iso(startOfDay(CHICAGO, '2022-10-20'))).toBe('2022-10-20T05:00:00.000Z');
    expect(iso(startOfDay(CHICAGO, '2022-03-13'))).toBe('2022-03-13T06:00:00.000Z');
    expect(iso(startOfDay(CHICAGO, '2022-03-14'))).toBe('2022-03-14T05:00:00.000Z');
    expect(iso(startOfDay(CHICAGO, '2022-11-06'))).toBe('2022-11-06T05:00:00.000Z');
    expect(iso(startOfDay('Asia/Shanghai', '2022-10-20'))).toBe('2022-10-19T16:00:00.000Z');
    expect(iso(startOfDay('UTC', '2022-10-20'))).toBe('2022-10-20T00:00:00.000Z');
  });

  it('agrees with the date the clock shows at it', () => {
    for (const zone of [CHICAGO, 'Asia/Shanghai', 'Australia/Sydney', 'America/Sao_Paulo', 'UTC']) {
      for (const date of ['2022-01-01', '2022-04-03', '2022-10-02', '2022-12-31']) {
        const start = startOfDay(zone, date);
        expect([localDate(zone, start), minutesOfDay(zone, start)], `${zone} ${date}`).toEqual([date, 0]);
      }
    }
  });
});

describe('listIntervalTimes', () => {
  it('skips the hour that the clock skips in spring', () => {
    const { startMinutes, isRepeated } = listIntervalTimes(CHICAGO, startOfDay(CHICAGO, '2022-03-13'), 60, 23);
    expect(startMinutes.map(writeClock).slice(0, 4)).toEqual(['00:00', '01:00', '03:00', '04:00']);
    expect(startMinutes.at(-1)).toBe(23 * 60);
    expect(isRepeated.some(Boolean)).toBe(false);
  });

  it('marks the hour that comes twice in autumn, quarter by quarter', () => {
    const { startMinutes, isRepeated, day } = listIntervalTimes(CHICAGO, startOfDay(CHICAGO, '2022-11-06'), 15, 100);
    expect(isRepeated.flatMap((is, t) => (is ? [writeClock(startMinutes[t]!)] : []))).toEqual(['01:00', '01:15', '01:30', '01:45']);
    expect(day.every((one) => one === 0)).toBe(true);
  });

  it('counts days where the horizon is longer than one', () => {
    expect(listIntervalTimes('UTC', Date.parse('2022-10-20T12:00:00Z'), 60, 24).day).toEqual([...Array(12).fill(0), ...Array(12).fill(1)]);
  });
});

describe('what is typed', () => {
  it('is a time of the clock, the day’s end included, or none', () => {
    expect(['17:30', '7', '0:05', '24:00', '24:01', '17:60', '5pm', ''].map(readClock)).toEqual([
      1050,
      420,
      5,
      1440,
      null,
      null,
      null,
      null,
    ]);
  });

  it('is a date that exists, or none', () => {
    expect(['2024-02-29', '2023-02-29', '2022-1-1', '20.10.2022', ''].map(isDate)).toEqual([true, false, false, false, false]);
  });

  it('is a zone that the platform knows, or none', () => {
    expect([isKnownZone(CHICAGO), isKnownZone('Mars/Olympus'), isKnownZone('')]).toEqual([true, false, false]);
  });
});
