/** In what power prices are quoted: currencies, units and lengths of an interval. */

export const POWER_CURRENCIES = ['USD', 'EUR', 'CNY', 'CAD', 'GBP', 'AUD'] as const;
export type PowerCurrency = (typeof POWER_CURRENCIES)[number];

/** Of the currency; `centsPerKwh`: hundredths of it. */
export const POWER_PRICE_UNITS = ['perMwh', 'perKwh', 'centsPerKwh'] as const;
export type PowerPriceUnit = (typeof POWER_PRICE_UNITS)[number];

/** Minutes. */
export const RESOLUTIONS_MINUTES = [5, 15, 30, 60] as const;
export type ResolutionMinutes = (typeof RESOLUTIONS_MINUTES)[number];
