/** A series as pages and the API show it. */
import type { PowerCurrency, PowerPriceUnit, ResolutionMinutes } from '#engine/units/power-price.ts';
import type { Origin } from './series-fields.ts';

/**
 * - `file`: people bring it. `off`: the configuration lacks the key. `waiting`: never asked yet.
 * - `answers`: the last time it did. `failing`: the last time it did not. `resting`: it is left alone for a while.
 */
export type SeriesStatus = 'file' | 'off' | 'waiting' | 'answers' | 'failing' | 'resting';

/** `prices` of `intervals` from the first that is known to the last: what is missing between them is unknown. */
export type Coverage = {
  prices: number;
  intervals: number;
  missing: number;
  fromAt: string | null;
  /** When the last known interval ends. */
  toAt: string | null;
  fetchedAt: string | null;
  source: string | null;
};

export type SeriesView = {
  id: string;
  name: string;
  origin: Origin;
  timeZone: string;
  resolutionMinutes: ResolutionMinutes;
  currency: PowerCurrency;
  unit: PowerPriceUnit;
  node: string | null;
  priceColumn: string | null;
  url: string | null;
  everyMinutes: number | null;
  createdAt: string;
  status: SeriesStatus;
  askedAt: string | null;
  answeredAt: string | null;
  failure: { kind: string; reason: string } | null;
  restsUntil: string | null;
  rowsRefused: number;
  coverage: Coverage;
};
