/** Units that power prices are quoted in, and what the head of a column says of them. Pure. */

import type { PowerCurrency, PowerPriceUnit } from '#engine/units/power-price.ts';

/** What one of the unit is per MWh: 1 MWh is 1,000 kWh, and 1 is 100 cents. */
export const PER_MWH: Readonly<Record<PowerPriceUnit, number>> = { perMwh: 1, perKwh: 1000, centsPerKwh: 10 };

/** `null`: the head does not say. */
export type StatedUnit = { currency: PowerCurrency | null; unit: PowerPriceUnit | null };

const CURRENCY_WORDS: readonly (readonly [PowerCurrency, RegExp])[] = [
  ['CAD', /\bcad\b|c\$|加元/i],
  ['AUD', /\baud\b|a\$|澳元/i],
  ['EUR', /€|\beur(?:o|os)?\b|欧元/i],
  ['GBP', /£|\bgbp\b|英镑/i],
  ['CNY', /¥|￥|\bcny\b|\brmb\b|人民币|(?<![美欧加澳])元/i],
  ['USD', /\$|\busd\b|美元/i],
];

/** The unit that the head of a column names. Underscores separate words as spaces do: `dam_spp_usd_mwh`. */
export function readStatedUnit(head: string): StatedUnit {
  const words = head.replaceAll('_', ' ');
  const currency = CURRENCY_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
  if (/mwh|兆瓦时/i.test(words)) return { currency, unit: 'perMwh' };
  if (!/kwh|千瓦时|度/i.test(words)) return { currency, unit: null };
  return { currency, unit: /¢|\b(?:c|ct|cts|cent|cents)\s*\/?\s*(?:per\s*)?kwh|分/i.test(words) ? 'centsPerKwh' : 'perKwh' };
}

/** Does what is stated leave room for what was said of the series? */
export function isSameUnit(stated: StatedUnit, currency: PowerCurrency, unit: PowerPriceUnit): boolean {
  return (stated.currency === null || stated.currency === currency) && (stated.unit === null || stated.unit === unit);
}
