/** Days of a stored series of power prices, as the form names them and as the problem takes them. Pure. */

import type { UsdRate } from '#app/features/market/usd-rates.ts';
import type { PowerCurrency } from '#engine/units/power-price.ts';

/** A series that cannot be planned with, because no rate of its currency is known. */
export type SeriesWithoutRate = { id: string; name: string; currency: PowerCurrency };

export type StoredDays = {
  /** What stands in the form's field `day`. */
  key: string;
  /** Of the series. */
  name: string;
  /** First and last local day, YYYY-MM-DD. */
  fromDate: string;
  toDate: string;
  zone: string;
  minutes: number;
  startMs: number;
  /** Of these days by the clock, and how many of them have no price. */
  intervals: number;
  missing: number;
  source: string;
  fetchedAt: string | null;
  /** What the prices were turned into dollars with; `null`: they are dollars. */
  rate: (UsdRate & { currency: PowerCurrency }) | null;
  /** Empty where some are missing or there are too many: nothing is filled in. */
  priceUsdPerMwh: number[];
};

type Key = { seriesId: string; fromDate: string; toDate: string };

const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})$/;

export const toStoredKey = ({ seriesId, fromDate, toDate }: Key): string => `${seriesId}:${fromDate}:${toDate}`;

export function readStoredKey(day: string): Key | null {
  const match = KEY.exec(day);
  return match === null ? null : { seriesId: match[1]!, fromDate: match[2]!, toDate: match[3]! };
}
