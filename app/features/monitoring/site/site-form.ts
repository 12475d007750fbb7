/** What the form of a site holds. Pure. */
import type { SITE_FIELDS } from '#app/features/sites/sites/site-fields.ts';

export const SITE_TEXTS = ['name', 'location', 'timeZone', 'status', 'contact'] as const;
export const SITE_NUMBERS = [
  'capacityKw',
  'tariffUsdPerKwh',
  'pue',
  'pollCadenceS',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof typeof SITE_FIELDS)[];
export type SiteFormField = (typeof SITE_TEXTS)[number] | (typeof SITE_NUMBERS)[number];

export type SiteFormView = {
  /** Null: a new one. */
  id: string | null;
  values: Partial<Record<SiteFormField, string>>;
  /** IANA names that are offered; every other one that exists is taken as well. */
  timeZones: string[];
  ranges: Record<(typeof SITE_NUMBERS)[number], { min: number; max: number }>;
};
