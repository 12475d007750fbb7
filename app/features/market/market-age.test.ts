import { describe, expect, it } from 'vitest';
import { ageOf, findOldest } from './market-age.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:30.500Z');
const live = (at: string | null) => ({ at, origin: 'live' as const });

describe('ageOf', () => {
  it.each([
    ['2026-03-01T12:00:20.000Z', { kind: 'just-now' }],
    ['2026-03-01T12:00:45.000Z', { kind: 'just-now' }],
    ['2026-03-01T11:59:30.500Z', { kind: 'minutes', count: 1 }],
    ['2026-03-01T11:00:31.000Z', { kind: 'minutes', count: 59 }],
    ['2026-03-01T11:00:30.500Z', { kind: 'hours', count: 1 }],
    ['2026-02-27T12:00:31.000Z', { kind: 'hours', count: 47 }],
    ['2026-02-27T12:00:30.000Z', { kind: 'days', count: 2 }],
    ['2025-03-01T12:00:30.000Z', { kind: 'days', count: 365 }],
  ])('of %s', (at, age) => {
    expect(ageOf(live(at), NOW_MS)).toEqual(age);
  });

  it('is a date for what is known to the day, live or shipped', () => {
    expect(ageOf(live('2026-02-27T00:00:00.000Z'), NOW_MS)).toEqual({ kind: 'dated', at: '2026-02-27T00:00:00.000Z' });
    expect(ageOf({ at: '2026-02-27T10:00:00.000Z', origin: 'shipped' }, NOW_MS)).toEqual({ kind: 'dated', at: '2026-02-27T10:00:00.000Z' });
  });

  it('is unknown without a time', () => {
    expect(ageOf(live(null), NOW_MS)).toEqual({ kind: 'unknown' });
  });
});

describe('findOldest', () => {
  const [older, younger, undated] = [{ at: '2025-12-11T00:00:00.000Z' }, { at: '2026-01-12T00:00:00.000Z' }, { at: null }];

  it('is the figure that was true longest ago', () => {
    expect(findOldest([younger, older, younger])).toBe(older);
    expect(findOldest([])).toBeNull();
  });

  it('takes no comfort from a figure of unknown time', () => {
    expect(findOldest([older, undated, younger])).toBe(undated);
  });
});
