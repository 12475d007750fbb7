/** What is understood of a table's columns: a plain value that is shown, corrected, stored, and sent to a worker or the API. */
import type { BatchField, NumberField } from './batch-field.ts';
import { isTextField } from './batch-field.ts';
import type { DecimalMark } from './read-number.ts';
import { needsCnyRate, type Unit } from './units.ts';

/** Where a unit or a field comes from, weakest last. */
export type Inference = 'user' | 'remembered' | 'header' | 'cells' | 'values' | 'none';

/** What the user is asked, because a wrong guess would change every figure. */
export type Question =
  /** Several columns may be this field; the one with the better words was taken. */
  | { kind: 'field'; others: readonly number[] }
  /** The header was understood only in part. */
  | { kind: 'meaning'; fields: readonly BatchField[] }
  /** Nothing but small whole numbers says that these may be quantities, and no other column says how many machines a row is. */
  | { kind: 'quantity' }
  /** Neither the header nor the values say which unit it is; `units`, likeliest first. */
  | { kind: 'unit'; units: readonly Unit[] }
  /** The header names a unit in which the values are unusual; `units` in which they are usual. */
  | { kind: 'unusual'; units: readonly Unit[] }
  /** The header names a unit, `text` as written, that is not known here or none of the field; `units` of the field. */
  | { kind: 'unit_unknown'; text: string; units: readonly Unit[] }
  /** "1,234" may be 1234 or 1.234, and the column does not show which. */
  | { kind: 'decimal_mark'; example: string }
  /** The unit is in yuan and no exchange rate is known. */
  | { kind: 'rate' };

export type ColumnMapping = {
  /** From 0. */
  column: number;
  /** As written in the file; '' without a header. */
  header: string;
  /** `null`: not used for computing; kept for grouping and for the file that is given back. */
  field: BatchField | null;
  /** `null` for texts and for columns without a field. */
  unit: Unit | null;
  /** Sign before the decimals in this column's texts; `null`: no text of it tells, and "1,234" would be ambiguous. */
  decimalMark: DecimalMark | null;
  /** 0..1, for the field and the unit together. Below `ASK_BELOW` there is a question. */
  confidence: number;
  inferredFrom: Inference;
  questions: readonly Question[];
  /** First values below the header, as written, for the mapping step. */
  examples: readonly string[];
};

export type Mapping = {
  /** `null`: the table has no header. */
  headerRow: number | null;
  /** Data begin after this row. */
  lastHeaderRow: number;
  /** The same for files of the same shape: see `shape-key.ts`. */
  shapeKey: string;
  columns: readonly ColumnMapping[];
};

/** Confidence below which the user is asked. */
export const ASK_BELOW = 0.7;

export function findColumn(mapping: Mapping, field: BatchField): ColumnMapping | null {
  return mapping.columns.find((column) => column.field === field) ?? null;
}

/**
 * What must still be said before a row can be computed, given what the scenario gives for all rows: the engine needs hash rate and power
 * (or a model to look them up) and a power price. Empty: the mapping can be used.
 */
export function listMissing(mapping: Mapping, given: { powerUsdPerKwh: number | null }): NumberField[] {
  const has = (field: BatchField) => findColumn(mapping, field) !== null;
  const missing: NumberField[] = [];
  if (!has('model')) {
    if (!has('hashrateThs')) missing.push('hashrateThs');
    if (!has('powerW') && !has('efficiencyJPerTh')) missing.push('powerW');
  }
  if (!has('powerUsdPerKwh') && given.powerUsdPerKwh === null) missing.push('powerUsdPerKwh');
  return missing;
}

/** The number columns in reading order; the hash rate first, because prices per TH/s rest on it. */
export function listNumberColumns(mapping: Mapping): (ColumnMapping & { field: NumberField; unit: Unit })[] {
  const columns = mapping.columns.filter(
    (column): column is ColumnMapping & { field: NumberField; unit: Unit } =>
      column.field !== null && !isTextField(column.field) && column.unit !== null,
  );
  return columns.sort((a, b) => Number(b.field === 'hashrateThs') - Number(a.field === 'hashrateThs') || a.column - b.column);
}

export function usesCny(mapping: Mapping): boolean {
  return mapping.columns.some(({ unit }) => unit !== null && needsCnyRate(unit));
}
