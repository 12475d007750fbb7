/** Units that power prices are quoted in, and what the head of a column says of them. Pure. */

import type { PowerCurrency, PowerPriceUnit } from '#engine/units/power-price.ts';

/** What one of the unit is per MWh: 1 MWh is 1,000 kWh, and 1 is 100 cents. */
export const PER_MWH: Readonly<Record<PowerPriceUnit, number>> = { perMwh: 1, perKwh: 1000, centsPerKwh: 10 };

/** Currencies that what the head says may mean; none: one that no series has. `text`: as it is told back. */
type StatedCurrency = { text: string; mayBe: readonly PowerCurrency[] };
/** `null`: the head does not say. */
export type StatedUnit = { currency: StatedCurrency | null; unit: PowerPriceUnit | null };

const CURRENCY_WORDS: readonly (readonly [PowerCurrency, RegExp])[] = [
  ['CAD', /\bcad\b|(?<![a-z])ca?\$|\$ca?(?![a-z])|加元/i],
  ['AUD', /\baud\b|(?<![a-z])au?\$|\$au?(?![a-z])|澳元/i],
  ['EUR', /€|\beur(?:o|os)?\b|欧元/i],
  ['GBP', /£|\bgbp\b|英镑/i],
  ['CNY', /¥|￥|\bcny\b|\brmb\b|人民币|(?<![美欧加澳])元/i],
  ['USD', /\busd\b|(?<![a-z])us\$|\$us(?![a-z])|美元/i],
];
/** Three countries write no more than the sign, Alberta's and Australia's exchanges among them. */
const DOLLARS: readonly PowerCurrency[] = ['USD', 'CAD', 'AUD'];

function readStatedCurrency(words: string): StatedCurrency | null {
  const named = CURRENCY_WORDS.find(([, pattern]) => pattern.test(words))?.[0];
  if (named !== undefined) return { text: named, mayBe: [named] };
  const sign = /[a-z]{0,3}\$/i.exec(words)?.[0];
  if (sign === undefined) return null;
  // R$ and NZ$ are dollars or reals of other countries.
  return { text: sign, mayBe: sign === '$' ? DOLLARS : [] };
}

/** The unit that the head of a column names. Underscores separate words as spaces do: `dam_spp_usd_mwh`. */
export function readStatedUnit(head: string): StatedUnit {
  const words = head.replaceAll('_', ' ');
  const currency = readStatedCurrency(words);
  if (/mwh|兆瓦时/i.test(words)) return { currency, unit: 'perMwh' };
  if (!/kwh|千瓦时|度/i.test(words)) return { currency, unit: null };
  return { currency, unit: /¢|\b(?:c|ct|cts|cent|cents)\s*\/?\s*(?:per\s*)?kwh|分/i.test(words) ? 'centsPerKwh' : 'perKwh' };
}

/** Does what is stated leave room for what was said of the series? */
export function isSameUnit(stated: StatedUnit, currency: PowerCurrency, unit: PowerPriceUnit): boolean {
  return (stated.currency === null || stated.currency.mayBe.includes(currency)) && (stated.unit === null || stated.unit === unit);
}
