// What a site says of itself: its fields, their ranges and the request schemas made from them. Pure; the database checks the same ranges.

import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { isStorable } from '#app/platform/storable-text.ts';
import { type FieldRange, range } from '#engine/units/fields.ts';

export const SITE_STATUSES = ['planned', 'active', 'paused', 'closed'] as const;
export type SiteStatus = (typeof SITE_STATUSES)[number];

export const PLACE_KINDS = ['building', 'container', 'rack'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const MAX_NAME_LENGTH = 200;
export const MAX_PLACE_NAME_LENGTH = 100;
const MAX_TEXT_LENGTH = 500;
const MAX_TIME_ZONE_LENGTH = 64;

/** Degrees, kilowatts, dollars and seconds by the names of the request. Tariffs may be negative, as market prices are. */
export const SITE_FIELDS = {
  latitude: range('°', -90, 90),
  longitude: range('°', -180, 180),
  capacityKw: range('kW', 0, 10_000_000, { minExclusive: true }),
  tariffUsdPerKwh: range('USD/kWh', -1, 10),
  pue: range('ratio', 1, 3),
  pollCadenceS: range('s', 10, 600, { integer: true, default: 60 }),
} as const satisfies Record<string, FieldRange>;

/** Positions of a rack, from 1. */
export const PLACE_FIELDS = {
  rows: range('1', 1, 100, { integer: true }),
  columns: range('1', 1, 100, { integer: true }),
} as const satisfies Record<string, FieldRange>;

const figure = (name: keyof typeof SITE_FIELDS) => toNumberSchema(SITE_FIELDS[name]).nullable().optional();
const text = z.string().max(MAX_TEXT_LENGTH).refine(isStorable).nullable().optional();

const changeable = {
  location: text,
  latitude: figure('latitude'),
  longitude: figure('longitude'),
  capacityKw: figure('capacityKw'),
  tariffUsdPerKwh: figure('tariffUsdPerKwh'),
  pue: figure('pue'),
  contact: text,
  status: z.enum(SITE_STATUSES).optional(),
  pollCadenceS: toNumberSchema(SITE_FIELDS.pollCadenceS).optional(),
};
const name = z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isStorable);
const timeZone = z.string().min(1).max(MAX_TIME_ZONE_LENGTH).refine(isStorable);

export const NewSiteSchema = z.strictObject({ name, timeZone, ...changeable });
export const SiteChangeSchema = z.strictObject({ name: name.optional(), timeZone: timeZone.optional(), ...changeable });
export type NewSite = z.infer<typeof NewSiteSchema>;
export type SiteChange = z.infer<typeof SiteChangeSchema>;

const placeName = z.string().trim().min(1).max(MAX_PLACE_NAME_LENGTH).refine(isStorable);
const side = (field: keyof typeof PLACE_FIELDS) => toNumberSchema(PLACE_FIELDS[field]).optional();

export const NewPlaceSchema = z.strictObject({
  kind: z.enum(PLACE_KINDS),
  name: placeName,
  parentId: z.uuid().nullable().optional(),
  rows: side('rows'),
  columns: side('columns'),
});
export const PlaceChangeSchema = z.strictObject({ name: placeName.optional(), rows: side('rows'), columns: side('columns') });
export type NewPlace = z.infer<typeof NewPlaceSchema>;
export type PlaceChange = z.infer<typeof PlaceChangeSchema>;

/** Whether the runtime knows the IANA name. Offsets such as "+08:00" are none: they know no summer time. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
