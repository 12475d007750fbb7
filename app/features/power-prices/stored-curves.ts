/** What the calculator is told of a workspace's series: which there are, and the hours of one. Types only. */
import type { UsdRate } from '#app/features/market/usd-rates.ts';
import type { PowerCurrency } from '#engine/units/power-price.ts';

export type CurveSeries = { id: string; name: string; currency: PowerCurrency };

export type StoredCurve = {
  name: string;
  currency: PowerCurrency;
  /** Local days, YYYY-MM-DD. */
  fromDate: string;
  toDate: string;
  usdPerMwh: number[];
  /** `null`: the prices are dollars. */
  rate: UsdRate | null;
};

/** `no-days`: not one whole day of it is known. `no-rate`: its currency cannot be turned into dollars. */
export type CurveAnswer =
  | { kind: 'series'; series: CurveSeries[] }
  | { kind: 'curve'; curve: StoredCurve }
  | { kind: 'no-days' | 'no-rate' | 'not-found' };
