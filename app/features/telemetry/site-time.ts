/** Days, hours and quarters by the clock on a site's wall. Pure: the zone is an argument, nothing reads the machine's own. */
import { DAY_S, HOUR_S, QUARTER_S } from './layers.ts';

/** Half-open: `fromS` belongs to it, `toS` does not. Seconds since 1970 UTC. */
export type Span = { fromS: number; toS: number };

/** The longest day has 25 hours, so this is past the beginning of the day before and within the day after. */
const MORE_THAN_A_DAY_S = DAY_S + 2 * HOUR_S;

const formats = new Map<string, Intl.DateTimeFormat>();

function getFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  // Throws RangeError for a zone that does not exist.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format;
}

/** Date at the site, `2026-11-22`: text that sorts as time does. */
export function toLocalDate(timeZone: string, atS: number): string {
  return getFormat(timeZone).format(atS * 1000);
}

/**
 * First second of the day, at the site, that holds `atS`. Every zone in use is off UTC by whole quarters of an hour, so it is looked for among those: where midnight is
 * skipped by a change of clocks the day begins at 1:00.
 */
function findDayStartS(timeZone: string, atS: number): number {
  const date = toLocalDate(timeZone, atS);
  let inside = Math.floor(atS / QUARTER_S);
  let before = inside - MORE_THAN_A_DAY_S / QUARTER_S;
  while (inside - before > 1) {
    const middle = Math.floor((inside + before) / 2);
    if (toLocalDate(timeZone, middle * QUARTER_S) === date) inside = middle;
    else before = middle;
  }
  return inside * QUARTER_S;
}

/** The day at the site, from midnight to midnight: 23, 24 or 25 hours. */
export function findDay(timeZone: string, atS: number): Span {
  const fromS = findDayStartS(timeZone, atS);
  return { fromS, toS: findDayStartS(timeZone, fromS + MORE_THAN_A_DAY_S) };
}

/** The hour at the site, counted from its midnight; the last one of a day ends with it. */
export function findHour(timeZone: string, atS: number): Span {
  const day = findDay(timeZone, atS);
  const fromS = day.fromS + Math.floor((atS - day.fromS) / HOUR_S) * HOUR_S;
  return { fromS, toS: Math.min(fromS + HOUR_S, day.toS) };
}

/** First second of the quarter of an hour at the site that holds `atS`. */
export function floorToQuarterS(timeZone: string, atS: number): number {
  const { fromS } = findDay(timeZone, atS);
  return fromS + Math.floor((atS - fromS) / QUARTER_S) * QUARTER_S;
}

/** Month at the site, `2026-11`. */
export const toLocalMonth = (timeZone: string, atS: number): string => toLocalDate(timeZone, atS).slice(0, 7);

/** The month at the site that holds `atS`, from the midnight it begins with to the one it ends with. */
export function findMonth(timeZone: string, atS: number): Span {
  const month = toLocalMonth(timeZone, atS);
  let first = findDay(timeZone, atS);
  while (toLocalMonth(timeZone, first.fromS - 1) === month) first = findDay(timeZone, first.fromS - 1);
  let last = findDay(timeZone, atS);
  while (toLocalMonth(timeZone, last.toS) === month) last = findDay(timeZone, last.toS);
  return { fromS: first.fromS, toS: last.toS };
}
