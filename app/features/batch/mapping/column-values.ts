/** What the sampled values of a column say: how many are numbers, in which units they are usual, which decimal mark they use. */
import type { Cell, SourceRow } from '../reading/source-row.ts';
import { toCellText } from '../reading/source-row.ts';
import type { NumberField } from './batch-field.ts';
import { FIELD_UNITS } from './field-units.ts';
import { type DecimalMark, readNumber, tellDecimalMark } from './read-number.ts';
import { toFieldUnit } from './read-unit.ts';
import { needsCnyRate, type Unit } from './units.ts';

export type ColumnValues = {
  cells: readonly Cell[];
  decimalMark: DecimalMark | null;
  /** A text that may be two numbers while `decimalMark` is not known. */
  ambiguousExample: string | null;
  numbers: readonly number[];
  /** The numbers without a unit of their own or in the column's: what tells the unit of the column. */
  plain: readonly number[];
  /** Currencies that cells name. */
  currencies: readonly ('USD' | 'CNY')[];
  /** Cells that are neither empty nor "unknown". */
  filled: number;
  /** Unit written in most of the cells, or most often where every cell names one. */
  cellUnit: Unit | null;
  /** All are 1, 2, 3 ...: a running number of the list. */
  isRunningNumber: boolean;
};

const MAX_EXAMPLES = 3;

type Marks = { point: number; comma: number; either: string | null };

function countMarks(cells: readonly Cell[]): Marks {
  const marks: Marks = { point: 0, comma: 0, either: null };
  for (const cell of cells) {
    if (typeof cell === 'number') continue;
    const mark = tellDecimalMark(cell);
    if (mark === '.') marks.point++;
    else if (mark === ',') marks.comma++;
    else if (mark === 'either') marks.either ??= cell;
  }
  return marks;
}

/** The mark of most texts that can tell; `null` when none can. */
export function decideMark(cells: readonly Cell[]): { mark: DecimalMark | null; example: string | null } {
  const { point, comma, either } = countMarks(cells);
  if (point === 0 && comma === 0) return { mark: null, example: either };
  return { mark: comma > point ? ',' : '.', example: null };
}

type Figure = { value: number; unit: Unit | null };

function findCellUnit(figures: readonly Figure[]): Unit | null {
  const counts = new Map<Unit, number>();
  for (const { unit } of figures) if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) return null;
  // Zero is the same in every unit.
  const isAlwaysSaid = figures.every(({ value, unit }) => unit !== null || value === 0);
  return isAlwaysSaid || most[1] * 2 > figures.length ? most[0] : null;
}

function listCurrencies(figures: readonly Figure[]): ('USD' | 'CNY')[] {
  const units = figures.flatMap(({ unit }) => (unit === null ? [] : [unit]));
  const isUsd = units.some((unit) => unit.includes('USD') || unit.includes('USc'));
  return [...(isUsd ? (['USD'] as const) : []), ...(units.some(needsCnyRate) ? (['CNY'] as const) : [])];
}

/** `fileMark`: what other columns of the file use; it decides where this column's own texts do not. */
export function surveyColumn(rows: readonly SourceRow[], column: number, fileMark: DecimalMark | null): ColumnValues {
  const cells = rows.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
  const own = decideMark(cells);
  const decimalMark = own.mark ?? fileMark;
  const readings = cells.map((cell) => readNumber(cell, decimalMark ?? '.'));
  const figures = readings.flatMap((reading): Figure[] => (reading.kind === 'number' ? [reading] : []));
  const numbers = figures.map(({ value }) => value);
  const cellUnit = findCellUnit(figures);
  const filled = readings.filter(({ kind }) => kind !== 'empty').length;
  return {
    cells,
    decimalMark,
    ambiguousExample: decimalMark === null ? own.example : null,
    numbers,
    plain: figures.filter(({ unit }) => unit === null || unit === cellUnit).map(({ value }) => value),
    currencies: listCurrencies(figures),
    filled,
    cellUnit,
    isRunningNumber: numbers.length > 2 && numbers.every((value, index) => value === numbers[0]! + index) && numbers[0]! <= 1,
  };
}

/** Units of the field with the share of the values (zeros left out) that are usual in them, best first. Empty: no value to judge by. */
export function rateUnits(field: NumberField, numbers: readonly number[]): { unit: Unit; share: number }[] {
  const telling = numbers.filter((value) => value !== 0).map(Math.abs);
  if (telling.length === 0) return [];
  return FIELD_UNITS[field]
    .flatMap(({ unit, usual }) => (usual === null ? [] : [{ unit, usual }]))
    .map(({ unit, usual: [least, most] }) => ({
      unit,
      share: telling.filter((value) => value >= least && value <= most).length / telling.length,
    }))
    .sort((a, b) => b.share - a.share);
}

/** The unit written in the cells, as a unit of the field. */
export function cellUnitOf(field: NumberField, values: ColumnValues): Unit | null {
  return values.cellUnit === null ? null : toFieldUnit(field, values.cellUnit);
}

export function listExamples(values: ColumnValues): string[] {
  return values.cells.slice(0, MAX_EXAMPLES).map(toCellText);
}
