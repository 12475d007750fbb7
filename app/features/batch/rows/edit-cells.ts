/** Corrections in place: values typed over cells of the file, by row and column. The file itself is never changed. */

import { toStorable } from '#app/platform/storable-text.ts';
import type { Cell, SourceRow } from '../reading/source-row.ts';

export type CellEdit = {
  /** As in `SourceRow.row`. */
  row: number;
  /** From 0. */
  column: number;
  /** Read like a cell of a text file. */
  value: string;
};

/** Later edits of the same cell win. O(1) for a row without edits. */
export function createEditor(edits: readonly CellEdit[]): (source: SourceRow) => SourceRow {
  const byRow = new Map<number, CellEdit[]>();
  for (const edit of edits) byRow.set(edit.row, [...(byRow.get(edit.row) ?? []), edit]);
  return (source) => {
    const own = byRow.get(source.row);
    if (own === undefined) return source;
    const cells: Cell[] = [...source.cells];
    for (const { column, value } of own) {
      while (cells.length <= column) cells.push('');
      cells[column] = toStorable(value);
    }
    const edited = new Set(own.map(({ column }) => column));
    return { ...source, cells, filled: source.filled?.filter((column) => !edited.has(column)) ?? null };
  };
}
