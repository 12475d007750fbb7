// Ticks of a time axis at moments that people name: full hours, midnights, first days of months and years. Pure, so that the server draws the
// same axis as the browser.
import type { TimeUnit } from './time-words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Mean lengths of the Gregorian calendar: only to choose a step, never to place a tick. */
const MONTH_MS = 30.436875 * DAY_MS;
const YEAR_MS = 365.2425 * DAY_MS;

type Step = { unit: TimeUnit; count: number; lengthMs: number };

const step =
  (unit: TimeUnit, unitMs: number) =>
  (count: number): Step => ({ unit, count, lengthMs: count * unitMs });
const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map(step('minute', MINUTE_MS)),
  ...[1, 3, 6, 12].map(step('hour', HOUR_MS)),
  ...[1, 2, 7, 14].map(step('day', DAY_MS)),
  ...[1, 3, 6].map(step('month', MONTH_MS)),
  ...[1, 2, 5, 10].map(step('year', YEAR_MS)),
];

export type TimeTick = { timeMs: number; unit: TimeUnit };

/**
 * Moments in `[fromMs, toMs]` for a label each, in order, about `most` of them and never more than twice that. `offsetMs` is what the clock on the wall is ahead of UTC.
 * Every `unit` says how much of the moment is worth writing.
 */
export function chooseTimeTicks(fromMs: number, toMs: number, most: number, offsetMs = 0): TimeTick[] {
  if (!(toMs > fromMs)) return [];
  const chosen = STEPS.find(({ lengthMs }) => (toMs - fromMs) / lengthMs <= most) ?? STEPS.at(-1)!;
  const ticks: TimeTick[] = [];
  for (let wallMs = floorTo(chosen, fromMs + offsetMs); wallMs - offsetMs <= toMs; wallMs = next(chosen, wallMs)) {
    if (wallMs - offsetMs >= fromMs) ticks.push({ timeMs: wallMs - offsetMs, unit: chosen.unit });
  }
  return ticks;
}

/** Weeks begin on the first tick's own day of the month, so that steps of days start anew with every month. */
function floorTo({ unit, count, lengthMs }: Step, wallMs: number): number {
  const date = new Date(wallMs);
  if (unit === 'year') return Date.UTC(Math.floor(date.getUTCFullYear() / count) * count, 0);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count);
  if (unit === 'day') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1 + Math.floor((date.getUTCDate() - 1) / count) * count);
  return Math.floor(wallMs / lengthMs) * lengthMs;
}

function next({ unit, count, lengthMs }: Step, wallMs: number): number {
  const date = new Date(wallMs);
  if (unit === 'year') return Date.UTC(date.getUTCFullYear() + count, 0);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count);
  if (unit !== 'day') return wallMs + lengthMs;
  const stepped = new Date(wallMs + lengthMs);
  const firstOfNext = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  // The last step of a month would leave a stub before the first of the next one: it is left out.
  return stepped.getTime() + lengthMs / 2 > firstOfNext ? firstOfNext : stepped.getTime();
}
