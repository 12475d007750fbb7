/**
 * Rows that may be the same machines twice: the same serial number, or, where there is none, every cell the same. Two equal groups are
 * often right (two racks of the same machines), so they are shown, and what becomes of them is the user's choice.
 */
import type { Mapping } from '../mapping/mapping.ts';
import { compactHeader } from '../mapping/read-header.ts';
import { toCellText } from '../reading/source-row.ts';
import type { BatchRow } from './batch-row.ts';

export type DuplicateKind = 'serial' | 'identical';
export type Duplicate = {
  kind: DuplicateKind;
  /** First row with this serial or these cells. */
  firstRow: number;
  /** All else is the same as well. Another machine or another price under one serial number cannot be added to it. */
  isEqual: boolean;
};

/** Columns that number the lines: two equal groups differ in them. */
const RUNNING_NUMBER = new Set(['', '序号', '行号', 'no', 'index', 'nr', 'row', 'rowno', 'line', 'id']);

/** Unit separator: in no cell that a person wrote. */
const SEPARATOR = '\u001f';

function keyOfCells({ cells }: BatchRow, ignored: ReadonlySet<number>): string {
  const texts = cells.map((cell, column) => (ignored.has(column) ? '' : toCellText(cell).trim().toLowerCase()));
  // Short rows and rows with empty cells at the end are the same.
  return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1).join(SEPARATOR);
}

/** Looks at computable rows in order and tells which was there before. Holds one key for each row. */
export function createDuplicateFinder(mapping: Mapping): (row: BatchRow) => Duplicate | null {
  const ignored = new Set(
    mapping.columns
      .filter(({ field, header }) => field === null && header !== '' && RUNNING_NUMBER.has(compactHeader(header)))
      .map(({ column }) => column),
  );
  const firstRows = new Map<string, { row: number; cells: string }>();
  return (row) => {
    // What told the machines apart is lost: equal rows may be any number of machines.
    if (row.notes.includes('rounded_serial')) return null;
    const kind: DuplicateKind = row.serial === null ? 'identical' : 'serial';
    const cells = keyOfCells(row, ignored);
    const key = row.serial === null ? cells : `serial${SEPARATOR}${row.serial.toLowerCase()}`;
    const first = firstRows.get(key);
    if (first !== undefined) return { kind, firstRow: first.row, isEqual: first.cells === cells };
    firstRows.set(key, { row: row.row, cells });
    return null;
  };
}
