/**
 * A person's own prices: text and unit to hours in USD/kWh, or what is wrong with which line. Kept in the browser's tab, because it is too long for a link and nobody
 * else's business. Pure but for the two functions that take a storage.
 */

import { MAX_TEXT_LENGTH, type PriceFault, parsePrices } from './parse-prices.ts';
import { findOutside, findPriceRange, findShape } from './power-curve.ts';
import { PRICE_UNITS, type PriceUnit, usdPerKwhOf } from './price-unit.ts';

export type OwnCurve = {
  text: string;
  /** Chosen by hand; a unit in the head of the text outranks it. */
  unit: PriceUnit;
  /** Of the file it was read from; empty when it was pasted. */
  fileName: string;
};

export const NO_CURVE: OwnCurve = { text: '', unit: 'usdPerMwh', fileName: '' };

export type OwnFault =
  | PriceFault
  | { kind: 'out_of_range'; line: number; value: number; min: number; max: number; unit: PriceUnit }
  | { kind: 'not_whole_days'; hours: number }
  | { kind: 'no_rate' };

export type ReadOwnCurve =
  | { kind: 'none' }
  | { kind: 'ok'; usdPerKwh: number[]; unit: PriceUnit /** The unit stands in the text. */; isUnitNamed: boolean }
  | { kind: 'invalid'; faults: OwnFault[] };

/** `cnyPerUsd`: `null` when not known. Prices are checked with the adder on top, and said without it. */
export function readOwnCurve({ text, unit: chosen }: OwnCurve, cnyPerUsd: number | null, adderUsdPerKwh: number): ReadOwnCurve {
  if (text.trim() === '') return { kind: 'none' };
  const parsed = parsePrices(text);
  if (parsed.kind === 'invalid') return parsed;
  const unit = parsed.unit ?? chosen;
  const factor = usdPerKwhOf(unit, cnyPerUsd);
  if (factor === null) return { kind: 'invalid', faults: [{ kind: 'no_rate' }] };
  const usdPerKwh = parsed.prices.map((price) => price * factor);
  const outside = findOutside(usdPerKwh, adderUsdPerKwh);
  if (outside !== null) {
    const range = findPriceRange(factor, adderUsdPerKwh);
    return {
      kind: 'invalid',
      faults: [{ kind: 'out_of_range', line: parsed.lines[outside]!, value: parsed.prices[outside]!, ...range, unit }],
    };
  }
  if (findShape(usdPerKwh.length) === null) return { kind: 'invalid', faults: [{ kind: 'not_whole_days', hours: usdPerKwh.length }] };
  return { kind: 'ok', usdPerKwh, unit, isUnitNamed: parsed.unit !== null };
}

const STORAGE_KEY = 'hashinsight.power-prices';

/** What an earlier view of the page kept; `NO_CURVE` when nothing readable is there. */
export function restoreOwnCurve(storage: Pick<Storage, 'getItem'>): OwnCurve {
  try {
    const kept: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return NO_CURVE;
    const { text, unit, fileName } = kept as Record<string, unknown>;
    const known = PRICE_UNITS.find((candidate) => candidate === unit);
    if (typeof text !== 'string' || text.length > MAX_TEXT_LENGTH || typeof fileName !== 'string' || known === undefined) return NO_CURVE;
    return { text, unit: known, fileName };
  } catch {
    // A storage that is switched off, or text that is not ours: as if nothing had been kept.
    return NO_CURVE;
  }
}

/** False when the browser keeps nothing: the curve is then gone with the page, which the page says. */
export function keepOwnCurve(storage: Pick<Storage, 'setItem'>, curve: OwnCurve): boolean {
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify(curve));
    return true;
  } catch {
    return false;
  }
}
