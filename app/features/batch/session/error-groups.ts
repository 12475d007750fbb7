/** Row errors that are the same mistake: one kind, one column, one value as written. A list of forty rows with "S19Pr0" is one thing to correct. Pure. */
import type { CellEdit } from '../rows/edit-cells.ts';
import type { RowError } from '../rows/row-error.ts';

export type ErrorGroup = {
  /** The same for the same mistake in a later reading. */
  id: string;
  /** One of them, for its words; `row` and `line` are of the first. */
  example: RowError;
  rows: number[];
};

/** Groups that are listed; the marked file has all errors. */
export const MAX_ERROR_GROUPS = 300;

/** In order of first appearance; `groupCount`: how many there are in all. O(errors). */
export function groupErrors(errors: readonly RowError[], most = MAX_ERROR_GROUPS): { groups: ErrorGroup[]; groupCount: number } {
  const byId = new Map<string, ErrorGroup>();
  for (const error of errors) {
    const id = `${error.code}|${error.column ?? ''}|${error.field ?? ''}|${error.value}`;
    const group = byId.get(id);
    if (group === undefined) byId.set(id, { id, example: error, rows: [error.row] });
    else group.rows.push(error.row);
  }
  return { groups: [...byId.values()].slice(0, most), groupCount: byId.size };
}

/** One value typed for all rows of a group. An error of the whole line has no cell to correct. */
export function toEdits({ example, rows }: ErrorGroup, value: string): CellEdit[] {
  const { column } = example;
  return column === null ? [] : rows.map((row) => ({ row, column, value }));
}
