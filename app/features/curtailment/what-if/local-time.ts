/** Days and clock times of a time zone, with `Intl` alone: when a local day begins, how long it is, what the clock shows at an instant. */

const MS_PER_MINUTE = 60_000;
export const MINUTES_PER_DAY = 1440;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError for a zone that the platform does not know; `isKnownZone` asks first. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

export function isKnownZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows, as if it were UTC. ms */
function wallMsAt(zone: string, instantMs: number): number {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Minutes since local midnight by the clock, [0, 1440). */
export function minutesOfDay(zone: string, instantMs: number): number {
  return Math.floor(wallMsAt(zone, instantMs) / MS_PER_MINUTE) % MINUTES_PER_DAY;
}

/** The local date of an instant, YYYY-MM-DD. */
export function localDate(zone: string, instantMs: number): string {
  return new Date(wallMsAt(zone, instantMs)).toISOString().slice(0, 10);
}

/** Instant in which the local day (YYYY-MM-DD) begins; where midnight is skipped by the clock, the first instant after it. */
export function startOfDay(zone: string, date: string): number {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let instant = wanted;
  // The offset at the guess is the offset at the day's beginning, except across a change of the clock: then the second round is right.
  for (let round = 0; round < 2; round++) instant -= wallMsAt(zone, instant) - wanted;
  return instant;
}

/** Minutes from the beginning of the local day to that of the next: 1440, or 1380 and 1500 where the clock changes by an hour. */
export function minutesOfLocalDay(zone: string, date: string): number {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + MINUTES_PER_DAY * MS_PER_MINUTE).toISOString().slice(0, 10);
  return (startOfDay(zone, next) - startOfDay(zone, date)) / MS_PER_MINUTE;
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** "17:30" -> 1050; "24:00" is the day's end. `null`: no time of the clock. */
export function readClock(text: string): number | null {
  const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && minutes <= MINUTES_PER_DAY ? minutes : null;
}

export function writeClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export type IntervalTimes = {
  /** Clock at the beginning of each interval, minutes since midnight. */
  startMinutes: number[];
  /** The clock shows this time for the second time today: it was set back. */
  isRepeated: boolean[];
  /** Local days since that of the first interval. */
  day: number[];
};

/** What the clock shows through a horizon of `count` intervals of `minutes`. */
export function listIntervalTimes(zone: string, startMs: number, minutes: number, count: number): IntervalTimes {
  const startMinutes: number[] = [];
  const isRepeated: boolean[] = [];
  const day: number[] = [];
  const seen = new Set<number>();
  const dayNumber = (wallMs: number) => Math.floor(wallMs / MS_PER_MINUTE / MINUTES_PER_DAY);
  const firstDay = dayNumber(wallMsAt(zone, startMs));
  for (let t = 0; t < count; t++) {
    const wallMs = wallMsAt(zone, startMs + t * minutes * MS_PER_MINUTE);
    startMinutes.push(Math.floor(wallMs / MS_PER_MINUTE) % MINUTES_PER_DAY);
    isRepeated.push(seen.has(wallMs));
    day.push(dayNumber(wallMs) - firstDay);
    seen.add(wallMs);
  }
  return { startMinutes, isRepeated, day };
}
