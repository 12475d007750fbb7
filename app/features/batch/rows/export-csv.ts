/**
 * The marked file as CSV (RFC 4180) in UTF-8 with a byte order mark, whatever encoding came in: every spreadsheet of today reads it, and
 * browsers cannot write GB18030. The delimiter stays the file's own.
 */

import { toCsvText } from '#app/platform/csv/csv-text.ts';
import type { Table } from '../reading/open-table.ts';
import { type Cell, toCellText } from '../reading/source-row.ts';
import { type ExportOptions, listExportedRows } from './exported-rows.ts';

const BYTE_ORDER_MARK = '\ufeff';
const LINE_BREAK = '\r\n';
/** Empty lines that are kept so that rows keep their numbers; a file with more of them is written without. */
const MAX_EMPTY_LINES = 10_000;

export function toCsvCell(cell: Cell, delimiter: string): string {
  if (typeof cell === 'number') {
    const text = String(cell);
    return text.includes(delimiter) ? `"${text}"` : text;
  }
  return toCsvText(toCellText(cell), delimiter);
}

/** The file's bytes in pieces. */
export async function* exportCsv(table: Table, options: ExportOptions): AsyncGenerator<Uint8Array> {
  // No spreadsheet parts cells at a Chinese comma.
  const delimiter = table.format.kind === 'csv' && table.format.delimiter !== '，' ? table.format.delimiter : ',';
  const encoder = new TextEncoder();
  let nextRow = 1;
  let emptyLines = 0;
  yield encoder.encode(BYTE_ORDER_MARK);
  for await (const rows of listExportedRows(table, options)) {
    let text = '';
    for (const { row, cells } of rows) {
      for (; options.only === 'all' && nextRow < row && emptyLines < MAX_EMPTY_LINES; nextRow++, emptyLines++) text += LINE_BREAK;
      nextRow = row + 1;
      text += cells.map((cell) => toCsvCell(cell, delimiter)).join(delimiter) + LINE_BREAK;
    }
    yield encoder.encode(text);
  }
}
