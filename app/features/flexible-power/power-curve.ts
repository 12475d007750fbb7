/**
 * From hourly prices to the curve the engine takes: what a list of so many hours stands for, the adder on top, and which twelfth of the year month 1 is (decision
 * 0064). Pure.
 */
import type { PowerCurve } from '#engine';
import { FLEXIBLE_FIELDS, YEAR_PARTS } from '#engine/units/flexible-fields.ts';

const HOURS_PER_DAY = 24;
const YEAR_HOURS = [8760, 8784] as const;
const WEEK_HOURS = 168;

export type CurveShape =
  /** A year from 1 January. */
  | { kind: 'year'; hours: number }
  /** January to December, a typical week each. */
  | { kind: 'weeks'; hours: number }
  /** January to December, a typical day each. */
  | { kind: 'days'; hours: number }
  /** The same days in every month. */
  | { kind: 'everyMonth'; hours: number; days: number }
  /** Days that are no year: cut into twelve equal parts, one after the other. */
  | { kind: 'twelfths'; hours: number; days: number };

/** What a list of so many hours stands for; `null` when it is not a number of whole days up to a year. */
export function findShape(hours: number): CurveShape | null {
  if (hours === 0 || hours % HOURS_PER_DAY !== 0 || hours > FLEXIBLE_FIELDS.curveHours.max) return null;
  if (YEAR_HOURS.some((year) => year === hours)) return { kind: 'year', hours };
  if (hours === YEAR_PARTS * WEEK_HOURS) return { kind: 'weeks', hours };
  if (hours === YEAR_PARTS * HOURS_PER_DAY) return { kind: 'days', hours };
  const days = hours / HOURS_PER_DAY;
  return { kind: hours * YEAR_PARTS <= FLEXIBLE_FIELDS.curveHours.max ? 'everyMonth' : 'twelfths', hours, days };
}

export type HourRange = { min: number; max: number };

/** Valid prices of an hour in a unit that is `usdPerKwh` USD/kWh, so that the adder still fits on top. */
export function findPriceRange(usdPerKwh: number, adderUsdPerKwh: number): HourRange {
  const { min, max } = FLEXIBLE_FIELDS.hourUsdPerKwh;
  return { min: (min - adderUsdPerKwh) / usdPerKwh, max: (max - adderUsdPerKwh) / usdPerKwh };
}

/** Index of the first price outside of the range once the adder is on top; `null` when all are inside. */
export function findOutside(usdPerKwh: readonly number[], adderUsdPerKwh: number): number | null {
  const { min, max } = FLEXIBLE_FIELDS.hourUsdPerKwh;
  const index = usdPerKwh.findIndex((price) => !(price + adderUsdPerKwh >= min && price + adderUsdPerKwh <= max));
  return index === -1 ? null : index;
}

/** Twelfth of the year in which an instant lies, from 0. Month k of a projection then runs through twelfth (first + k - 1) mod 12. */
export function findFirstPart(startMs: number): number {
  const date = new Date(startMs);
  const yearMs = Date.UTC(date.getUTCFullYear(), 0, 1);
  const share = (startMs - yearMs) / (Date.UTC(date.getUTCFullYear() + 1, 0, 1) - yearMs);
  return Math.min(YEAR_PARTS - 1, Math.floor(share * YEAR_PARTS));
}

/** The engine's curve. `usdPerKwh` is of a shape that `findShape` knows; `adderUsdPerKwh` is paid on every kWh on top. */
export function toPowerCurve(usdPerKwh: readonly number[], adderUsdPerKwh: number, startMs: number): PowerCurve {
  const shape = findShape(usdPerKwh.length);
  const hours = usdPerKwh.map((price) => price + adderUsdPerKwh);
  const whole = shape?.kind === 'everyMonth' ? Array.from({ length: YEAR_PARTS }, () => hours).flat() : hours;
  return { usdPerKwh: whole, firstPart: findFirstPart(startMs) };
}

/** Plain mean of the hours, USD/kWh. */
export function meanOf(usdPerKwh: ArrayLike<number>): number {
  let sum = 0;
  for (let hour = 0; hour < usdPerKwh.length; hour++) sum += usdPerKwh[hour]!;
  return sum / usdPerKwh.length;
}
