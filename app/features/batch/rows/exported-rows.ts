/** The same file once more, with a column that says what is wrong with each row: what both writers (CSV, XLSX) write. */
import type { Mapping } from '../mapping/mapping.ts';
import type { Table } from '../reading/open-table.ts';
import type { Cell } from '../reading/source-row.ts';
import { type CellEdit, createEditor } from './edit-cells.ts';

export type ExportOptions = {
  mapping: Mapping;
  edits: readonly CellEdit[];
  /** What is wrong with a row, in the reader's language, by row number. */
  problems: ReadonlyMap<number, string>;
  /** Header of the added column. */
  problemHeader: string;
  /** All rows, or the header and the rows that have a problem. */
  only: 'all' | 'problems';
};

export type ExportedRow = { row: number; hidden: boolean; cells: readonly Cell[] };

function withColumn(cells: readonly Cell[], column: number, value: string): Cell[] {
  const wide = Array.from({ length: column }, (_, index) => cells[index] ?? '');
  wide.push(value);
  return wide;
}

/** The rows to write, edits applied, lines above the header included. The added column is the first behind the widest row that was seen. */
export async function* listExportedRows(table: Table, options: ExportOptions): AsyncGenerator<ExportedRow[]> {
  const { mapping, problems, problemHeader, only } = options;
  const edit = createEditor(options.edits);
  const headers = mapping.columns.map(({ header }) => header);
  // A file that went out once gets its column replaced, not a second one.
  const earlier = headers.indexOf(problemHeader);
  const column = earlier >= 0 ? earlier : headers.length;
  for await (const block of table.rows()) {
    const rows: ExportedRow[] = [];
    for (const source of block) {
      const { row, hidden, cells } = edit(source);
      const problem = row === mapping.headerRow ? problemHeader : (problems.get(row) ?? '');
      const isHead = row <= mapping.lastHeaderRow;
      if (only === 'problems' && !isHead && problem === '') continue;
      const rest = cells.slice(column + (earlier >= 0 ? 1 : 0));
      rows.push({ row, hidden, cells: [...withColumn(cells, column, problem), ...rest] });
    }
    if (rows.length > 0) yield rows;
  }
}
