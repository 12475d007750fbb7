// Moments on axes and in read-outs, by language and time zone.
import type { Language } from '../../platform/i18n/languages.ts';
import { FORMAT_LOCALES } from '../format.ts';

/** What a step of an axis counts, and so what is worth writing at its ticks. */
export type TimeUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const TICK_OPTIONS: Record<TimeUnit, Intl.DateTimeFormatOptions> = {
  minute: CLOCK,
  hour: CLOCK,
  day: { month: 'short', day: 'numeric' },
  month: { year: 'numeric', month: 'short' },
  year: { year: 'numeric' },
};
const DAY: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };

export type TimeWords = {
  tick(timeMs: number, unit: TimeUnit): string;
  /** `daily`: the day is the whole moment, as for candles of a day. */
  moment(timeMs: number, daily: boolean): string;
  /** What the clock on the wall is ahead of UTC at `timeMs`. Milliseconds. */
  offsetMs(timeMs: number): number;
};

const cache = new Map<string, TimeWords>();

/** Built once per language and zone. `timeZone`: an IANA name; throws a RangeError for one that does not exist. */
export function createTimeWords(language: Language, timeZone: string): TimeWords {
  const key = `${language}|${timeZone}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const formatter = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(FORMAT_LOCALES[language], { timeZone, ...options });
  const ticks = Object.fromEntries(Object.entries(TICK_OPTIONS).map(([unit, options]) => [unit, formatter(options)])) as Record<
    TimeUnit,
    Intl.DateTimeFormat
  >;
  const day = formatter(DAY);
  const minute = formatter({ ...DAY, ...CLOCK, timeZoneName: 'short' });
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const words: TimeWords = {
    tick: (timeMs, unit) => ticks[unit].format(timeMs),
    moment: (timeMs, daily) => (daily ? day : minute).format(timeMs),
    offsetMs: (timeMs) => parseOffsetMs(zone.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'),
  };
  cache.set(key, words);
  return words;
}

/** `GMT`, `GMT-06:00`, `GMT+05:30` as milliseconds. */
function parseOffsetMs(text: string): number {
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(text);
  if (match === null) throw new TypeError(`not an offset: ${text}`);
  const [, sign, hours, minutes] = match;
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
