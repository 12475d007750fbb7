/** Days of the shipped price history that the page offers: one read of the series, sent to the browser as 24 (or 23, or 25) prices each. */
import { readHourlyPowerUsdPerMwh } from '#app/features/market/history/read-history.server.ts';
import { startOfDay } from './local-time.ts';
import type { SampleDay } from './to-plan-problem.ts';
import { DEFAULT_DAY, SAMPLE_ZONE } from './what-if-form.ts';

/** An evening peak, a hot afternoon, a mild day, and both days on which the clock changes (23 and 25 hours). */
const DATES = [DEFAULT_DAY, '2022-05-28', '2022-04-20', '2022-03-13', '2022-11-06'] as const;
const MS_PER_DAY = 86_400_000;

/** The first instant of the next local day: a day and a half later it is that day in every zone, whatever the clock does. */
function endOfDay(date: string): number {
  return startOfDay(SAMPLE_ZONE, new Date(Date.parse(`${date}T00:00:00Z`) + MS_PER_DAY).toISOString().slice(0, 10));
}

let days: SampleDay[] | undefined;

/** Shared: do not write to it. */
export function listSampleDays(): SampleDay[] {
  const series = readHourlyPowerUsdPerMwh();
  days ??= DATES.map((date) => {
    const startMs = startOfDay(SAMPLE_ZONE, date);
    const stepMs = series.stepS * 1000;
    const [from, to] = [startMs, endOfDay(date)].map((instant) => Math.round((instant - series.startAtMs) / stepMs));
    return { date, zone: SAMPLE_ZONE, source: series.source, startMs, priceUsdPerMwh: [...series.values.slice(from, to)] };
  });
  return days;
}
