import { expect, it } from 'vitest';
import { type MarketFigure, unknownFigure } from '#app/features/market/snapshot.ts';
import { findYearChange } from './year-change.ts';

const START_MS = Date.parse('2024-01-01T00:00:00Z');
/** 1 on the first day, 2 on the second and so on, for two years. */
const close = Array.from({ length: 731 }, (_, day) => day + 1);
const figure = (at: string | null, value = 1000, origin: MarketFigure['origin'] = 'live'): MarketFigure => ({
  value,
  at,
  origin,
  source: 'test',
  sourceUrl: null,
});

it('holds a live price to the close of 365 days before', () => {
  const nowMs = Date.parse('2025-12-31T12:00:30Z');
  expect(findYearChange(figure('2025-12-31T12:00:00Z'), close, START_MS, nowMs)).toEqual({
    priceUsdPerBtc: 1000,
    changeRatio: 1000 / 366 - 1,
    atMs: nowMs - 30_000,
    isOld: false,
  });
});

it('holds an old price to the year before its own day, and says that it is old', () => {
  const change = findYearChange(figure('2025-12-31T00:00:00Z', 1000, 'shipped'), close, START_MS, Date.parse('2026-11-22T00:00:00Z'));
  expect(change).toMatchObject({ changeRatio: 1000 / 366 - 1, isOld: true });
});

it('is unknown where the price, its time or the close before is', () => {
  const nowMs = Date.parse('2026-11-22T00:00:00Z');
  expect(findYearChange(unknownFigure('live'), close, START_MS, nowMs)).toBeNull();
  expect(findYearChange(figure(null), close, START_MS, nowMs)).toBeNull();
  expect(findYearChange(figure('2024-06-01T00:00:00Z'), close, START_MS, nowMs)).toBeNull();
  expect(findYearChange(figure('2028-06-01T00:00:00Z'), close, START_MS, nowMs)).toBeNull();
});
