/** The user's word over the proposal, and what is remembered of it for files of the same shape. */
import { type BatchField, isTextField } from './batch-field.ts';
import { unitsOf } from './field-units.ts';
import { ASK_BELOW, type ColumnMapping, type Inference, type Mapping, type Question } from './mapping.ts';
import type { DecimalMark } from './read-number.ts';
import { needsCnyRate, type Unit } from './units.ts';

/** What the user says about one column; what is absent stays as proposed. `field: null` takes the column out of the computation. */
export type Correction = {
  column: number;
  field?: BatchField | null;
  unit?: Unit;
  decimalMark?: DecimalMark;
};

/** Stored under the shape key; plain JSON. */
export type RememberedMapping = {
  shapeKey: string;
  corrections: readonly Correction[];
  /** Of a shape whose header was guessed wrongly: the row that the user said it is, `null` for none; absent: the guess was taken. */
  headerRow?: number | null;
};

const CERTAIN = 1;

function answers(question: Question, correction: Correction): boolean {
  if (question.kind === 'decimal_mark') return correction.decimalMark !== undefined;
  if (question.kind === 'rate') return false;
  // Another field or another decimal sign says nothing about the unit.
  if (question.kind === 'unit' || question.kind === 'unusual' || question.kind === 'unit_unknown') return correction.unit !== undefined;
  return true;
}

function correctColumn(column: ColumnMapping, correction: Correction, from: Inference, cnyPerUsd: number | null): ColumnMapping {
  const field = correction.field === undefined ? column.field : correction.field;
  // What this file's own texts show is stronger than what an earlier file of its shape showed.
  const remembered = from === 'remembered';
  const decimalMark = (remembered ? column.decimalMark : correction.decimalMark) ?? correction.decimalMark ?? column.decimalMark;
  if (field === null || isTextField(field)) {
    return { ...column, field, unit: null, decimalMark, confidence: field === null ? 0 : CERTAIN, inferredFrom: from, questions: [] };
  }
  const units = unitsOf(field);
  const asked = correction.unit ?? column.unit;
  const isKnown = asked !== null && units.includes(asked);
  const unit = isKnown ? asked : units[0]!;
  // What is asked about the unit is asked of the new field, in its units.
  const questions = column.questions
    .filter((question) => question.kind !== 'rate' && !answers(question, correction))
    .map((question): Question => ('units' in question && field !== column.field ? { ...question, units } : question));
  const isAsked = questions.some((question) => 'units' in question);
  // A new field without a unit: the canonical one is shown and asked about.
  if (!isKnown && units.length > 1 && !isAsked) questions.push({ kind: 'unit', units });
  if (needsCnyRate(unit) && cnyPerUsd === null) questions.push({ kind: 'rate' });
  // Same headers, but figures that are surely in another unit than last time.
  const proposed = column.field === field && column.confidence >= ASK_BELOW ? column.unit : null;
  if (remembered && proposed !== null && proposed !== unit) questions.push({ kind: 'unusual', units: [unit, proposed] });
  return {
    ...column,
    field,
    unit,
    decimalMark,
    confidence: questions.length === 0 ? CERTAIN : column.confidence,
    inferredFrom: from,
    questions,
  };
}

/**
 * The mapping with the corrections in it. A field that is given to a column is taken from the one that had it. Corrections of columns that
 * the table does not have are left out: they come from another version of the file.
 */
export function correctMapping(
  mapping: Mapping,
  corrections: readonly Correction[],
  { cnyPerUsd, from = 'user' }: { cnyPerUsd: number | null; from?: 'user' | 'remembered' },
): Mapping {
  const byColumn = new Map(corrections.map((correction) => [correction.column, correction]));
  const taken = new Map<BatchField, number>();
  const present = new Set(mapping.columns.map(({ column }) => column));
  for (const { column, field } of corrections) if (field !== undefined && field !== null && present.has(column)) taken.set(field, column);
  const columns = mapping.columns.map((column) => {
    const correction = byColumn.get(column.column);
    if (correction !== undefined) return correctColumn(column, correction, from, cnyPerUsd);
    const owner = column.field === null ? undefined : taken.get(column.field);
    return owner === undefined ? column : correctColumn(column, { column: column.column, field: null }, from, cnyPerUsd);
  });
  return { ...mapping, columns };
}

/** Everything the user has now seen and accepted, to be proposed for the next file of this shape. */
export function rememberMapping(mapping: Mapping): RememberedMapping {
  return {
    shapeKey: mapping.shapeKey,
    corrections: mapping.columns.map(({ column, field, unit, decimalMark }) => ({
      column,
      field,
      ...(unit === null ? {} : { unit }),
      ...(decimalMark === null ? {} : { decimalMark }),
    })),
  };
}

/** The proposal with what was remembered, when the shape is the same; else the proposal as it is. */
export function applyRemembered(mapping: Mapping, remembered: RememberedMapping | null, cnyPerUsd: number | null): Mapping {
  if (remembered === null || remembered.shapeKey !== mapping.shapeKey) return mapping;
  return correctMapping(mapping, remembered.corrections, { cnyPerUsd, from: 'remembered' });
}
