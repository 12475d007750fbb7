/** One cell of a number column, in the engine's unit, or what is wrong with it. */
import { FIELDS, findFieldError } from '#engine/units/fields.ts';
import type { EngineField, NumberField } from '../mapping/batch-field.ts';
import { toCellUnit } from '../mapping/cell-unit.ts';
import { rateUnits } from '../mapping/column-values.ts';
import { FIELD_UNITS } from '../mapping/field-units.ts';
import type { ColumnMapping } from '../mapping/mapping.ts';
import { plainText, readNumber } from '../mapping/read-number.ts';
import { looksLikeUnit } from '../mapping/unit-text.ts';
import { type Conversion, needsCnyRate, toCanonical, type Unit } from '../mapping/units.ts';
import { type Cell, type SourceRow, toCellText } from '../reading/source-row.ts';
import type { RowNote } from './batch-row.ts';
import type { RowError, RowErrorCode, Suggestion } from './row-error.ts';

export type NumberColumn = ColumnMapping & { field: NumberField; unit: Unit };
export type ValueReading =
  | { kind: 'value'; value: number; note: RowNote | null }
  /** `note`: the cell is filled and says that the value is not known. */
  | { kind: 'empty'; note: RowNote | null }
  | { kind: 'error'; error: RowError };

/** W per TH/s of a machine that can exist; beyond it a column is in another unit. Only for `efficiencyJPerTh`, which is no input of the engine. */
const EFFICIENCY_RANGE = { min: 0, max: 10_000, minExclusive: true };

function rangeOf(field: NumberField) {
  return field === 'efficiencyJPerTh' ? EFFICIENCY_RANGE : FIELDS[field as EngineField];
}

type Problem = { code: RowErrorCode; range?: RowError['range']; suggestion?: Suggestion | null };

export function toRowError(source: SourceRow, column: ColumnMapping | null, { code, range = null, suggestion = null }: Problem): RowError {
  return {
    row: source.row,
    line: source.line,
    column: column?.column ?? null,
    header: column?.header ?? '',
    field: column?.field ?? null,
    value: column === null ? '' : toCellText(source.cells[column.column] ?? ''),
    code,
    range,
    suggestion,
  };
}

/** Characters of a cell in which a figure is looked for. */
const MAX_SEARCHED_LENGTH = 64;

/** Letters that are typed for digits: "5o" is fifty, "l20" a hundred and twenty. */
function mendDigits(text: string): string {
  return text
    .replace(/(?<=\d)[oO]+|[oO]+(?=\d)/g, (letters) => '0'.repeat(letters.length))
    .replace(/(?<=\d)[lI]+|[lI]+(?=\d)/g, (letters) => '1'.repeat(letters.length));
}

/** A figure somewhere in the text ("ca. 3250 W", "3 250,-"), to be offered. */
function suggestFigure(text: string): Suggestion | null {
  const plain = plainText(text.slice(0, MAX_SEARCHED_LENGTH));
  const mended = mendDigits(plain);
  if (mended !== plain && readNumber(mended, null).kind === 'number') return { kind: 'value', value: mended };
  const figures = plain.match(/\d[\d.,]*/g) ?? [];
  const figure = figures[0]?.replace(/[.,]+$/, '');
  // "0.9k", "3千": the figure alone is another one.
  if (figures.length !== 1 || figure === undefined || /\d\s*(?:[km](?![a-z])|[十百千万亿毛角])/i.test(plain)) return null;
  return readNumber(figure, null).kind === 'unreadable' ? null : { kind: 'value', value: figure };
}

/** A figure with a unit that is not known: "€2500". */
function hasUnknownUnit(text: string): boolean {
  const [before = '', ...after] = plainText(text.slice(0, MAX_SEARCHED_LENGTH)).split(/[\d.,]+/);
  return /\p{Sc}/u.test(text) || (after.length === 1 && looksLikeUnit(`${before}${after[0]!}`));
}

/** Another decimal sign, or the figure in the text. */
function suggestNumber(cell: Cell, column: NumberColumn): Suggestion | null {
  const other = readNumber(cell, column.decimalMark === ',' ? '.' : ',');
  return other.kind === 'number' ? { kind: 'value', value: String(other.value) } : suggestFigure(toCellText(cell));
}

/** The unit in which a value that is out of range would be usual. */
function suggestUnit(field: NumberField, unit: Unit, value: number): Suggestion | null {
  if (value < 0) return null;
  const other = rateUnits(field, [value]).find((option) => option.share === 1 && option.unit !== unit);
  return other === undefined ? null : { kind: 'unit', unit: other.unit };
}

/** Bounds in the unit of the column, so that the sentence speaks of what the reader wrote. Units that do not convert back: canonical. */
function toShownRange(field: NumberField, unit: Unit, conversion: Conversion): RowError['range'] {
  return toShownBounds(unit, rangeOf(field), conversion);
}

type Bounds = { min: number; max: number; minExclusive: boolean };

function toShownBounds(unit: Unit, { min, max, minExclusive }: Bounds, conversion: Conversion): RowError['range'] {
  const one = toCanonical(unit, 1, conversion);
  const scale = one === null || one <= 0 || unit === '%/year of hash rate' ? 1 : one;
  const round = (bound: number) => Number((bound / scale).toPrecision(12));
  return { min: round(min), max: round(max), minExclusive, unit };
}

function findProblem(field: NumberField, value: number): 'out_of_range' | 'not_an_integer' | null {
  if (field === 'efficiencyJPerTh') return value > EFFICIENCY_RANGE.min && value <= EFFICIENCY_RANGE.max ? null : 'out_of_range';
  const problem = findFieldError(field, value);
  if (problem === null) return null;
  return problem.code === 'not_an_integer' ? 'not_an_integer' : 'out_of_range';
}

/**
 * A value that is unusual in its unit and usual in another of its field: 5.5 dollars for a kilowatt-hour, an uptime of 0.96 %. Valid, and likely
 * in the other unit; rows of a file are not all written by the same hand.
 */
function isUnusual(field: NumberField, unit: Unit, value: number): boolean {
  const usual = FIELD_UNITS[field].find((option) => option.unit === unit)?.usual ?? null;
  const size = Math.abs(value);
  if (usual === null || size === 0 || (size >= usual[0] && size <= usual[1])) return false;
  return suggestUnit(field, unit, value) !== null;
}

/** Nothing, or a word for "not known". Of how many machines a row speaks is never made up. */
function readEmpty(source: SourceRow, column: NumberColumn, cell: Cell): ValueReading {
  const isBlank = plainText(toCellText(cell)) === '';
  if (column.field !== 'count') return { kind: 'empty', note: isBlank ? null : 'default_taken' };
  return isBlank ? { kind: 'empty', note: 'blank_count' } : { kind: 'error', error: toRowError(source, column, { code: 'count_unknown' }) };
}

/**
 * Power that follows from hash rate and efficiency and is out of range; `null`: it is not. The bounds are those of the efficiency at this hash rate, in the unit of its column:
 * what the reader wrote.
 */
export function findDerivedPowerError(
  source: SourceRow,
  column: NumberColumn,
  { hashrateThs, powerW }: { hashrateThs: number; powerW: number },
): RowError | null {
  if (findProblem('powerW', powerW) === null) return null;
  const { min, max, minExclusive } = FIELDS.powerW;
  const range = toShownBounds(
    column.unit,
    { min: min / hashrateThs, max: max / hashrateThs, minExclusive },
    { cnyPerUsd: null, hashrateThs },
  );
  return toRowError(source, column, { code: 'out_of_range', range });
}

export function readValue(source: SourceRow, column: NumberColumn, conversion: Conversion): ValueReading {
  const cell = source.cells[column.column] ?? '';
  const fail = (problem: Problem): ValueReading => ({ kind: 'error', error: toRowError(source, column, problem) });
  const reading = readNumber(cell, column.decimalMark);
  if (reading.kind === 'empty') return readEmpty(source, column, cell);
  if (reading.kind === 'date') return fail({ code: 'date_instead_of_number' });
  if (reading.kind === 'formula_error' || reading.kind === 'formula_without_value') return fail({ code: reading.kind });
  if (reading.kind === 'unreadable') {
    const code = hasUnknownUnit(toCellText(cell)) ? 'unit_mismatch' : 'not_a_number';
    return fail({ code, suggestion: suggestNumber(cell, column) });
  }
  if (reading.kind === 'ambiguous') {
    const values = [String(reading.asPoint), String(reading.asComma)] as const;
    return fail({ code: 'ambiguous_number', suggestion: { kind: 'either', values } });
  }
  // One number over several merged rows is their sum, not the count of each.
  if (column.field === 'count' && source.filled?.includes(column.column) === true) return fail({ code: 'merged_count' });
  // What the cell itself says is stronger than the column.
  const unit = reading.unit === null ? column.unit : toCellUnit(column, reading.unit);
  if (unit === null) return fail({ code: 'unit_mismatch', suggestion: suggestFigure(toCellText(cell)) });
  const value = toCanonical(unit, reading.value, conversion);
  if (value === null)
    return needsCnyRate(unit) && conversion.cnyPerUsd === null ? fail({ code: 'rate_missing' }) : { kind: 'empty', note: null };
  const code = findProblem(column.field, value);
  if (code === null) {
    const isMerged = source.filled?.includes(column.column) === true;
    const note = isUnusual(column.field, unit, reading.value) ? 'unusual_value' : isMerged && reading.value !== 0 ? 'merged_value' : null;
    return { kind: 'value', value, note };
  }
  const suggestion = code === 'out_of_range' ? suggestUnit(column.field, unit, reading.value) : null;
  return fail({ code, range: toShownRange(column.field, unit, conversion), suggestion });
}
