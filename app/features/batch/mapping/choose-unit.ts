/**
 * The unit of a column: as the header names it, as the cells name it, or as the values make it likely. What rests on values alone and
 * could be another unit is asked, because a wrong unit changes every figure by a factor.
 */
import type { NumberField } from './batch-field.ts';
import { type ColumnValues, cellUnitOf, rateUnits } from './column-values.ts';
import { unitsOf } from './field-units.ts';
import type { Inference, Question } from './mapping.ts';
import type { HeaderReading } from './read-header.ts';
import { toFieldUnit } from './read-unit.ts';
import { needsCnyRate, needsHashrate, type Unit } from './units.ts';

export type UnitChoice = { unit: Unit; confidence: number; inferredFrom: Inference; question: Question | null };

/** Currency that the file's other headers and cells name; `other`: one that is not known here; `null`: none does. */
export type FileCurrency = 'USD' | 'CNY' | 'other' | null;

const BY_HEADER = 1;
const BY_CELLS = 0.95;
const BY_VALUES = 0.85;
const ONE_OF_SEVERAL = 0.5;
const UNUSUAL = 0.4;
/** Share of the values that must be usual in a unit for it to be considered. */
const USUAL_SHARE = 0.7;
/** Below this share of usual values a unit that the header names is doubted. */
const DOUBTED_SHARE = 0.3;

function isCurrency(unit: Unit): boolean {
  return unit.includes('USD') || unit.includes('USc') || needsCnyRate(unit);
}

function fits(unit: Unit, currency: FileCurrency): boolean {
  return currency === null || currency === 'other' || !isCurrency(unit) || needsCnyRate(unit) === (currency === 'CNY');
}

/** Units in which the values are usual, the file's currency first. */
function listUsual(field: NumberField, values: ColumnValues, currency: FileCurrency): Unit[] {
  const usual = rateUnits(field, values.plain).filter(({ share }) => share >= USUAL_SHARE);
  return usual
    .map(({ unit, share }) => ({ unit, share, fits: fits(unit, currency) }))
    .sort((a, b) => Number(b.fits) - Number(a.fits) || b.share - a.share)
    .map(({ unit }) => unit);
}

function doubt(field: NumberField, unit: Unit, values: ColumnValues, currency: FileCurrency): Question | null {
  const rated = rateUnits(field, values.plain);
  const own = rated.find((option) => option.unit === unit);
  if (own === undefined || own.share >= DOUBTED_SHARE) return null;
  const others = listUsual(field, values, currency).filter((other) => other !== unit);
  return { kind: 'unusual', units: [unit, ...others] };
}

const PER_THS_OF: Partial<Record<Unit, Unit>> = { USD: 'USD/TH', CNY: 'CNY/TH' };

/** All units of the field, those first in which the values are usual; of a price for one TH/s only such units. */
function listOffered(field: NumberField, { perThs }: HeaderReading, values: ColumnValues, currency: FileCurrency): Unit[] {
  const all = [...new Set([...listUsual(field, values, currency), ...unitsOf(field)])];
  const forOne = perThs ? all.filter(needsHashrate) : [];
  return forOne.length > 0 ? forOne : all;
}

/** A price for one TH/s whose currency the header does not name: the file's; else it is asked. */
function choosePerThs(field: NumberField, values: ColumnValues, context: { currency: FileCurrency; isChinese: boolean }): UnitChoice {
  const units = unitsOf(field).filter(needsHashrate);
  const currency = context.currency ?? (context.isChinese ? null : 'USD');
  const [unit, ...others] = currency === 'other' ? units : units.filter((one) => fits(one, currency));
  if (unit === undefined)
    return { unit: unitsOf(field)[0]!, confidence: UNUSUAL, inferredFrom: 'values', question: { kind: 'unit', units: unitsOf(field) } };
  const question: Question | null =
    others.length > 0 ? { kind: 'unit', units: [unit, ...others] } : doubt(field, unit, values, context.currency);
  return { unit, confidence: question === null ? BY_VALUES : ONE_OF_SEVERAL, inferredFrom: 'header', question };
}

/** The unit that the header names, as one of the field. A price "for one TH/s" in dollars is not one in dollars. */
export function nameUnit(field: NumberField, { unit, perThs }: HeaderReading): Unit | null {
  if (unit === null) return null;
  const forOne = perThs ? PER_THS_OF[unit] : undefined;
  return toFieldUnit(field, forOne ?? unit);
}

/** The header names a unit, and it is not known here or none of the field: it is never replaced by a guess. */
export function refusesUnit(field: NumberField, reading: HeaderReading): boolean {
  return reading.unitText !== null && nameUnit(field, reading) === null;
}

/** `isChinese`: the header is, so yuan are as likely as dollars. */
export function chooseUnit(
  field: NumberField,
  reading: HeaderReading,
  values: ColumnValues,
  context: { currency: FileCurrency; isChinese: boolean },
): UnitChoice {
  const named = nameUnit(field, reading);
  if (refusesUnit(field, reading)) {
    const units = listOffered(field, reading, values, context.currency);
    return {
      unit: units[0]!,
      confidence: UNUSUAL,
      inferredFrom: 'values',
      question: { kind: 'unit_unknown', text: reading.unitText!, units },
    };
  }
  const inCells = cellUnitOf(field, values);
  const written = inCells !== null && reading.perThs ? (PER_THS_OF[inCells] ?? inCells) : inCells;
  if (named !== null || written !== null) {
    const unit = named ?? written!;
    const question = doubt(field, unit, values, context.currency);
    const sure = named !== null ? BY_HEADER : BY_CELLS;
    return { unit, confidence: question === null ? sure : UNUSUAL, inferredFrom: named !== null ? 'header' : 'cells', question };
  }
  if (reading.perThs) return choosePerThs(field, values, context);
  // What some of the cells say is nearer than what other columns say; cells that contradict each other are asked about.
  const [spoken, ...contradicting] = values.currencies;
  const fileCurrency = spoken ?? context.currency;
  const usual = listUsual(field, values, fileCurrency);
  const all = unitsOf(field);
  const [best] = usual;
  if (best === undefined) {
    // Nothing but zeros and blanks is the same in every unit.
    if (!values.plain.some((value) => value !== 0)) return { unit: all[0]!, confidence: BY_VALUES, inferredFrom: 'values', question: null };
    return { unit: all[0]!, confidence: UNUSUAL, inferredFrom: 'values', question: { kind: 'unit', units: all } };
  }
  // In an English list an amount without a sign is in dollars, as everywhere in the trade; in a Chinese one it may be either.
  const currency = fileCurrency ?? (context.isChinese ? null : 'USD');
  const rivals = usual.filter((unit) => fits(unit, currency));
  const chosen = rivals[0] ?? best;
  const isForeign = (currency === 'other' || contradicting.length > 0) && isCurrency(chosen);
  if (rivals.length === 1 && !isForeign) return { unit: chosen, confidence: BY_VALUES, inferredFrom: 'values', question: null };
  return {
    unit: chosen,
    confidence: ONE_OF_SEVERAL,
    inferredFrom: 'values',
    question: { kind: 'unit', units: usual.length > 1 ? [...new Set([chosen, ...usual])] : [...new Set([chosen, ...all])] },
  };
}
