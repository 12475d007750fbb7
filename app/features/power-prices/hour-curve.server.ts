/** The part of a series of prices that can stand for the hours of a year: a whole year of its clock, else its newest whole days. Pure; on the server, like the clocks of the collectors. */
import { createWallClock } from '#collectors/market/power/wall-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;
/** Four weeks: as many days of every kind. */
export const MAX_CURVE_DAYS = 28;

export type HourCurve = {
  /** First and last local day, YYYY-MM-DD. */
  fromDate: string;
  toDate: string;
  /** Mean price of each hour, hour after hour from local midnight, in the currency and per MWh. */
  pricesPerMwh: number[];
};

export type PricedInterval = { startMs: number; pricePerMwh: number };
type LocalDay = { wallMs: number; prices: number[] };

/**
 * `intervals` ascending. A year is one from 1 January to 31 December in the series' zone without a gap, the newest such; days are whole ones of 24 hours that follow each other up to the newest,
 * at most `MAX_CURVE_DAYS`, so that hour k of each is hour k of the clock. An hour counts when all of its intervals are known. `null`: not one whole day is known. O(intervals).
 */
export function toHourCurve(intervals: readonly PricedInterval[], resolutionMinutes: number, timeZone: string): HourCurve | null {
  const days = toLocalDays(intervals, resolutionMinutes, timeZone);
  return findYear(days, timeZone) ?? findNewestDays(days);
}

/** Known hours by local day, ascending; hours of a day in their order. */
function toLocalDays(intervals: readonly PricedInterval[], resolutionMinutes: number, timeZone: string): LocalDay[] {
  const clock = createWallClock(timeZone);
  const perHour = MINUTES_PER_HOUR / resolutionMinutes;
  const hours = new Map<number, { wallMs: number; sum: number; count: number }>();
  for (const { startMs, pricePerMwh } of intervals) {
    const wallMs = clock.wallOf(startMs);
    // By the instant at which the clock's hour began: an hour that comes twice is two.
    const beganMs = startMs - (wallMs % HOUR_MS);
    const hour = hours.get(beganMs) ?? { wallMs: wallMs - (wallMs % HOUR_MS), sum: 0, count: 0 };
    hours.set(beganMs, { ...hour, sum: hour.sum + pricePerMwh, count: hour.count + 1 });
  }
  const days = new Map<number, LocalDay>();
  for (const { wallMs, sum, count } of hours.values()) {
    if (count !== perHour) continue;
    const dayMs = Math.floor(wallMs / DAY_MS) * DAY_MS;
    const day = days.get(dayMs) ?? { wallMs: dayMs, prices: [] };
    day.prices.push(sum / count);
    days.set(dayMs, day);
  }
  return [...days.values()];
}

const toDate = (wallMs: number) => new Date(wallMs).toISOString().slice(0, 10);

function toCurve(days: readonly LocalDay[]): HourCurve {
  return { fromDate: toDate(days[0]!.wallMs), toDate: toDate(days.at(-1)!.wallMs), pricesPerMwh: days.flatMap(({ prices }) => prices) };
}

function findYear(days: readonly LocalDay[], timeZone: string): HourCurve | null {
  const clock = createWallClock(timeZone);
  const newest = new Date(days.at(-1)?.wallMs ?? 0).getUTCFullYear();
  const oldest = new Date(days[0]?.wallMs ?? 0).getUTCFullYear();
  for (let year = newest; year >= oldest; year -= 1) {
    const [fromMs, untilMs] = [Date.UTC(year), Date.UTC(year + 1)];
    const inYear = days.filter(({ wallMs }) => wallMs >= fromMs && wallMs < untilMs);
    const known = inYear.reduce((sum, { prices }) => sum + prices.length, 0);
    const [beganMs, endedMs] = [clock.instantsOf(fromMs)[0], clock.instantsOf(untilMs)[0]];
    if (beganMs !== undefined && endedMs !== undefined && known === (endedMs - beganMs) / HOUR_MS && known % HOURS_PER_DAY === 0)
      return toCurve(inYear);
  }
  return null;
}

function findNewestDays(days: readonly LocalDay[]): HourCurve | null {
  const last = days.findLastIndex(({ prices }) => prices.length === HOURS_PER_DAY);
  if (last === -1) return null;
  let first = last;
  while (last - first + 1 < MAX_CURVE_DAYS) {
    const before = days[first - 1];
    if (before === undefined || before.prices.length !== HOURS_PER_DAY || before.wallMs !== days[first]!.wallMs - DAY_MS) break;
    first -= 1;
  }
  return toCurve(days.slice(first, last + 1));
}
