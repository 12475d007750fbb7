/** Candles as a program sends them: which numbers they may carry, and how their time is read. Pure. */
import { type FieldRange, range } from '#engine/units/fields.ts';
import type { Column } from './indicator.ts';

/** Candles of one request: more than 50 years of days, two weeks of minutes. */
export const MAX_CANDLES = 20_000;

/** Prices may be negative: power prices are. Whatever fits here stays within the range of a double through every indicator. */
const price = range('1', -1e15, 1e15);

export const CANDLE_FIELDS: Readonly<Record<Column, FieldRange>> = {
  open: price,
  high: price,
  low: price,
  close: price,
  volume: range('1', 0, 1e18),
  difficulty: range('1', 0, 1e20, { minExclusive: true }),
  subsidyBtc: range('BTC', 0, 50, { minExclusive: true }),
};

/** `2026-11-22`, or with a time after `T` or a blank, its seconds and zone left out or not. */
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
/** Farthest instant a Date can hold, both ways. */
const MAX_TIME_MS = 8.64e15;

/** Milliseconds since 1970 of a time in ISO 8601 (without a zone: UTC) or in whole milliseconds; `null` when it is neither, or a day that no calendar has. */
export function readTimeMs(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= MAX_TIME_MS ? value : null;
  const match = typeof value === 'string' ? ISO_TIME.exec(value) : null;
  if (match === null) return null;
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = match;
  // JavaScript would roll 31 February over into March.
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnightMs) || !new Date(midnightMs).toISOString().startsWith(day!)) return null;
  const instantMs = Date.parse(`${day}T${time}${seconds}${zone}`);
  return Number.isNaN(instantMs) ? null : instantMs;
}
