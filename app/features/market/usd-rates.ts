/** Rates of the currencies that power is paid in, against the US dollar. Pure. */
import type { PowerCurrency } from '#engine/units/power-price.ts';

/** `currencyPerUsd`: units of the currency for one US dollar. `at`: the day or moment it is of; ISO 8601 UTC. */
export type UsdRate = { currencyPerUsd: number; source: string; at: string | null };

/** `null`: no source has given it. The dollar itself needs none. */
export type UsdRates = Readonly<Record<Exclude<PowerCurrency, 'USD'>, UsdRate | null>>;

export const NO_RATES: UsdRates = { CNY: null, EUR: null, GBP: null, CAD: null, AUD: null };

/** US dollars for one unit of the currency, > 0; `null`: no rate is known. */
export function usdPerUnit(currency: PowerCurrency, rates: UsdRates): number | null {
  if (currency === 'USD') return 1;
  const rate = rates[currency];
  return rate === null ? null : 1 / rate.currencyPerUsd;
}
