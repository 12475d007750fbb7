/** How the numbers of rules are typed and shown: shares in percent, long times in minutes or hours; everything else as it is. Pure. */
import type { FieldRange } from '#engine/units/fields.ts';
import { findRule, type RuleId, type RuleNumberName, TIMING_FIELDS } from '../rules/rule-table.ts';

/** Units in words (`samples`, `openings`, `deviations`) have a text in each language, the others are symbols; null: a plain number. */
export type ShownUnit = '%' | 'min' | 'h' | 's' | '°C' | 'samples' | 'openings' | 'deviations' | null;

export type ShownNumber = {
  name: RuleNumberName;
  range: FieldRange;
  unit: ShownUnit;
  /** Shown value over kept value. */
  factor: number;
};

const MINUTES = 1 / 60;
const HOURS = 1 / 3_600;
/** Times that nobody counts in seconds: in hours where the shortest is one. */
const TIMES: Readonly<Record<string, { unit: ShownUnit; factor: number }>> = {
  holdS: { unit: 'min', factor: MINUTES },
  coolDownS: { unit: 'min', factor: MINUTES },
  recurrenceWindowS: { unit: 'min', factor: MINUTES },
  learnS: { unit: 'h', factor: HOURS },
  adoptS: { unit: 'h', factor: HOURS },
  startS: { unit: 'min', factor: MINUTES },
};
const UNITS: Readonly<Record<string, ShownUnit>> = {
  s: 's',
  '°C': '°C',
  samples: 'samples',
  openings: 'openings',
  deviations: 'deviations',
};

function toShownNumber(name: RuleNumberName, range: FieldRange): ShownNumber {
  if (range.unit === 'ratio') return { name, range, unit: '%', factor: 100 };
  const { unit, factor } = TIMES[name] ?? { unit: UNITS[range.unit] ?? null, factor: 1 };
  return { name, range, unit, factor };
}

/** What the rule looks at, in the order of its table. */
export const listThresholds = (rule: RuleId): ShownNumber[] =>
  Object.entries(findRule(rule).fields).map(([name, range]) => toShownNumber(name as RuleNumberName, range));

/** How the rule waits, for every rule alike. */
export const listTimings = (): ShownNumber[] =>
  Object.entries(TIMING_FIELDS).map(([name, range]) => toShownNumber(name as RuleNumberName, range));

/** 0.07 × 100 is not 7 in floating point: what is shown has six decimals at most. */
export const toShown = ({ factor }: ShownNumber, value: number): number => Number((value * factor).toFixed(6));

/** Seconds stay whole, though a third of a minute cannot be typed exactly. */
export function fromShown({ factor, range }: ShownNumber, shown: number): number {
  if (factor === 1) return shown;
  const value = shown / factor;
  return range.integer ? Math.round(value) : Number(value.toFixed(8));
}
