/** Intervals as people name them: by the clock at their beginning, with the day where the horizon is longer than one. Pure. */
import { MINUTES_PER_DAY, writeClock } from './local-time.ts';
import type { Setting } from './to-plan-problem.ts';
import type { Texts } from './use-what-if.ts';

export type SayTime = {
  /** Beginning of interval t. */
  at: (t: number) => string;
  /** End of the stretch whose last interval is t - 1: 24:00 at the day's end. */
  until: (t: number) => string;
  range: (from: number, to: number) => string;
  /** Neighbouring intervals joined: "17:00–19:00, 21:00–22:00". */
  ranges: (intervals: readonly number[]) => string;
};

/** Neighbours joined into [from, to). The list is sorted. */
export function joinIntervals(intervals: readonly number[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const t of [...intervals].sort((a, b) => a - b)) {
    const open = joined.at(-1);
    if (open && open[1] === t) open[1] = t + 1;
    else joined.push([t, t + 1]);
  }
  return joined;
}

export function createSayTime(t: Texts, { times, problem }: Pick<Setting, 'times' | 'problem'>): SayTime {
  const { count, minutes } = problem.interval;
  const isLong = (times.day[count - 1] ?? 0) > 0;
  const withDay = (day: number, time: string) => (isLong ? t('time.onDay', { day: day + 1, time }) : time);
  const at = (interval: number) => {
    const clock = writeClock(times.startMinutes[interval] ?? 0);
    return withDay(times.day[interval] ?? 0, times.isRepeated[interval] ? t('time.again', { time: clock }) : clock);
  };
  const until = (interval: number) => {
    const isMidnight = times.startMinutes[interval] === 0;
    if (interval < count && !isMidnight) return at(interval);
    const last = interval - 1;
    const end = (times.startMinutes[last] ?? 0) + minutes;
    return withDay(times.day[last] ?? 0, writeClock(Math.min(MINUTES_PER_DAY, end)));
  };
  const range = (from: number, to: number) => t('time.range', { from: at(from), to: until(to) });
  return {
    at,
    until,
    range,
    ranges: (intervals) =>
      joinIntervals(intervals)
        .map(([from, to]) => range(from, to))
        .join(t('list.comma')),
  };
}
