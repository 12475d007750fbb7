/**
 * From the unit that is typed to the engine's canonical unit and back: the one place where the page multiplies by 100 or by a rate.
 */
import { TH_PER_EH } from '#engine/units/constants.ts';
import { FIELDS } from '#engine/units/fields.ts';
import { FLEXIBLE_FIELDS } from '#engine/units/flexible-fields.ts';
import { RISK_FIELDS } from '#engine/units/risk-fields.ts';
import { type Currency, type HumanUnit, NUMBER_FIELDS, type NumberFieldName } from './calculator-form.ts';

const PERCENT = 100;
const PERCENT_UNITS: readonly HumanUnit[] = ['percent', 'percentPerMonth', 'percentPerYear', 'percentPerRootYear'];
const RANGES = { ...FIELDS, ...RISK_FIELDS, ...FLEXIBLE_FIELDS };
/** Difficulty is typed in T (1e12), as explorers and miners write it. */
const DIFFICULTY_PER_T = 1e12;
/** Yuan for a dollar, [0.01, 1000]: wide enough for any day of the last century, narrow enough to catch a slip. Ours. */
export const CNY_PER_USD_RANGE = { min: 0.01, max: 1000 } as const;

/** True when a value of the unit is an amount in the form's currency. */
export function isMoneyUnit(unit: HumanUnit): boolean {
  return unit === 'money' || unit === 'moneyPerKwh' || unit === 'moneyPerMonth';
}

/** Money of the form's currency for one USD; `null` when the rate is not known and the currency needs it. */
export function moneyPerUsd(currency: Currency, cnyPerUsd: number | null): number | null {
  return currency === 'usd' ? 1 : cnyPerUsd;
}

/** Units as typed for one canonical unit: 100 for percent, the rate for money in CNY. */
export function humanPerCanonical(unit: HumanUnit, moneyRate: number): number {
  if (isMoneyUnit(unit)) return moneyRate;
  if (PERCENT_UNITS.includes(unit)) return PERCENT;
  if (unit === 'trillions') return 1 / DIFFICULTY_PER_T;
  if (unit === 'exahash') return 1 / TH_PER_EH;
  return 1;
}

/**
 * Canonical value of a typed one. Divides by whole numbers where there are some, so that 2 percent is the double 0.02 and not a
 * neighbour of it.
 */
export function toCanonical(unit: HumanUnit, typed: number, moneyRate: number): number {
  if (unit === 'trillions') return typed * DIFFICULTY_PER_T;
  if (unit === 'exahash') return typed * TH_PER_EH;
  return typed / humanPerCanonical(unit, moneyRate);
}

export function toHuman(unit: HumanUnit, canonical: number, moneyRate: number): number {
  if (unit === 'trillions') return canonical / DIFFICULTY_PER_T;
  if (unit === 'exahash') return canonical / TH_PER_EH;
  return canonical * humanPerCanonical(unit, moneyRate);
}

export type HumanRange = { min: number; max: number; minExclusive: boolean; integer: boolean };

/** Valid range of a field in the unit that is typed. `moneyRate`: money of the form's currency for one USD. */
export function findHumanRange(name: NumberFieldName, moneyRate: number): HumanRange {
  const { engine, unit } = NUMBER_FIELDS[name];
  if (engine === 'cnyPerUsd') return { ...CNY_PER_USD_RANGE, minExclusive: false, integer: false };
  const { min, max, minExclusive, integer } = RANGES[engine];
  return { min: toHuman(unit, min, moneyRate), max: toHuman(unit, max, moneyRate), minExclusive, integer };
}
