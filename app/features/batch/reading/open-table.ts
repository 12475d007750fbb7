/**
 * The front door of reading: a file in, a table out whose rows can be read as often as needed, or the reason why not. Runs unchanged in a
 * web worker and in Node.
 */

import { tellFileKind } from './file-kind.ts';
import type { FileSource } from './file-source.ts';
import { MAX_CSV_ROWS, MAX_XLSX_ROWS } from './limits.ts';
import { type CsvChoice, type CsvFormat, detectCsvFormat, readCsvRows } from './read-csv.ts';
import { openXlsx } from './read-xlsx.ts';
import type { SourceRow } from './source-row.ts';
import { type Refusal, toRefusal } from './unreadable-file.ts';

export type TableFormat =
  | ({ kind: 'csv' } & CsvFormat)
  | { kind: 'xlsx'; sheet: string; sheets: readonly { name: string; isHidden: boolean }[] };

export type Table = {
  name: string;
  format: TableFormat;
  /** Most data rows that are read. */
  maxRows: number;
  /**
   * Rows that hold anything, in blocks as the file is read, from the beginning at each call. Throws `UnreadableFile` when the file turns out
   * to be damaged, a bomb or beyond a bound on the way.
   */
  rows(): AsyncGenerator<readonly SourceRow[]>;
};

export type TableChoice = CsvChoice & {
  /** Sheet of a workbook; absent: the first that is visible. */
  sheet?: string;
};

export type OpenedTable = { kind: 'table'; table: Table } | Refusal;

export async function openTable(source: FileSource, choice: TableChoice = {}): Promise<OpenedTable> {
  try {
    return { kind: 'table', table: await open(source, choice) };
  } catch (error) {
    return toRefusal(error);
  }
}

async function open(source: FileSource, choice: TableChoice): Promise<Table> {
  if ((await tellFileKind(source)) === 'zip') {
    const { sheet, sheets, rows } = await openXlsx(source, choice.sheet ?? null);
    return { name: source.name, format: { kind: 'xlsx', sheet, sheets }, maxRows: MAX_XLSX_ROWS, rows };
  }
  const format = await detectCsvFormat(source, choice);
  return { name: source.name, format: { kind: 'csv', ...format }, maxRows: MAX_CSV_ROWS, rows: () => readCsvRows(source, format) };
}
