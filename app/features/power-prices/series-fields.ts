/** What a series of power prices is made of. Pure. */
import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { range } from '#engine/units/fields.ts';
import { POWER_CURRENCIES, POWER_PRICE_UNITS, RESOLUTIONS_MINUTES, type ResolutionMinutes } from '#engine/units/power-price.ts';

/** `file`: what people upload. `url`: a file fetched from an address. The others: ERCOT's public API, day-ahead and real-time. */
export const ORIGINS = ['file', 'url', 'ercot-dam', 'ercot-rtm'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Of one workspace. */
export const MAX_SERIES = 50;
/** Of one series: more than forty years of hours, or four of five minutes. */
export const MAX_PRICES = 420_000;
/** A year of five minutes at a hundred characters a row. */
export const MAX_FILE_BYTES = 12_000_000;
const MAX_NAME_LENGTH = 100;
const MAX_NODE_LENGTH = 60;
const MAX_URL_LENGTH = 1_000;

/** Nobody publishes prices more often than every five minutes. */
export const SERIES_RANGES = { everyMinutes: range('min', 5, 1_440, { integer: true, default: 60 }) };
export const DEFAULT_EVERY_MINUTES = 60;

const shared = {
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
  node: z.string().trim().min(1).max(MAX_NODE_LENGTH).nullable().optional(),
  everyMinutes: toNumberSchema(SERIES_RANGES.everyMinutes).nullable().optional(),
};

const RESOLUTION_TEXTS = RESOLUTIONS_MINUTES.map(String) as [string, ...string[]];

/** Zone, length of the intervals, currency and unit are asked, never guessed; ERCOT's are known. */
export const NewSeriesSchema = z.strictObject({
  ...shared,
  origin: z.enum(ORIGINS),
  timeZone: z.string().trim().min(1).max(MAX_NAME_LENGTH).nullable().optional(),
  resolutionMinutes: z
    .union([z.enum(RESOLUTION_TEXTS), z.literal([...RESOLUTIONS_MINUTES])])
    .nullable()
    .optional(),
  currency: z.enum(POWER_CURRENCIES).nullable().optional(),
  unit: z.enum(POWER_PRICE_UNITS).nullable().optional(),
  /** Head of the column of prices, where the file has several. */
  priceColumn: z.string().trim().min(1).max(MAX_NAME_LENGTH).nullable().optional(),
  url: z.string().trim().min(1).max(MAX_URL_LENGTH).nullable().optional(),
});
export type NewSeries = z.infer<typeof NewSeriesSchema>;

/** Which addresses a feed may reach is judged at every call. */
export function isFeedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const toResolution = (value: string | number): ResolutionMinutes => Number(value) as ResolutionMinutes;
