/** Text files, from bytes to rows. Memory is one chunk of text and one block of rows. */

import { toStorable } from '#app/platform/storable-text.ts';
import { type CsvDialect, type Delimiter, detectDialect } from './csv-dialect.ts';
import { type CsvRecord, createCsvReader } from './csv-records.ts';
import type { FileSource } from './file-source.ts';
import { BLOCK_ROWS, MAX_CELL_LENGTH, MAX_COLUMNS, SAMPLE_BYTES } from './limits.ts';
import { isEmptyRow, type SourceRow } from './source-row.ts';
import { decodeText, detectEncoding, type TextEncoding } from './text-encoding.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type CsvFormat = CsvDialect & { encoding: TextEncoding };

/** What the user says instead of what is found. */
export type CsvChoice = { encoding?: TextEncoding; delimiter?: Delimiter };

/** Text at the beginning of the file, about `SAMPLE_BYTES` long. */
async function readSample(source: FileSource, encoding: TextEncoding): Promise<string> {
  const bytes = await source.read(0, SAMPLE_BYTES);
  return new TextDecoder(encoding).decode(bytes, { stream: true });
}

export async function detectCsvFormat(source: FileSource, choice: CsvChoice): Promise<CsvFormat> {
  const encoding = choice.encoding ?? (await detectEncoding(source));
  const sample = await readSample(source, encoding);
  if (sample.trim() === '' && source.sizeBytes <= SAMPLE_BYTES) throw new UnreadableFile('empty');
  const dialect = detectDialect(sample);
  return { ...dialect, delimiter: choice.delimiter ?? dialect.delimiter, encoding };
}

function checkRecord({ cells, line }: CsvRecord): void {
  if (cells.length > MAX_COLUMNS) {
    // Trailing delimiters are no columns.
    let width = cells.length;
    while (width > 0 && cells[width - 1] === '') width--;
    if (width > MAX_COLUMNS) throw new UnreadableFile('too_many_columns', { max: MAX_COLUMNS, line });
    cells.length = width;
  }
  for (const cell of cells) if (cell.length > MAX_CELL_LENGTH) throw new UnreadableFile('cell_too_long', { line });
}

/** Lone carriage returns among other line breaks, as old Mac programs leave them, become line breaks too. One at the end of a piece waits for what follows. */
function createLineMender(): (text: string, isLast: boolean) => string {
  let held = '';
  return (text, isLast) => {
    const whole = held + text;
    held = !isLast && whole.endsWith('\r') ? '\r' : '';
    const body = held === '' ? whole : whole.slice(0, -1);
    return body.includes('\r') ? body.replace(/\r(?!\n)/g, '\n') : body;
  };
}

/** Rows that hold anything, in blocks of at most `BLOCK_ROWS`, each made when it is asked for. Throws `UnreadableFile`. */
export async function* readCsvRows(source: FileSource, format: CsvFormat): AsyncGenerator<SourceRow[]> {
  const reader = createCsvReader(format.delimiter, format.newline);
  let row = 0;
  function* toBlocks(records: Iterable<CsvRecord>): Generator<SourceRow[]> {
    let rows: SourceRow[] = [];
    for (const record of records) {
      row++;
      if (format.hasSeparatorLine && row === 1) continue;
      checkRecord(record);
      if (isEmptyRow(record.cells)) continue;
      rows.push({ row, line: record.line, hidden: false, cells: record.cells, filled: null });
      if (rows.length < BLOCK_ROWS) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }
  const mend = format.newline === '\n' ? createLineMender() : (text: string) => text;
  for await (const text of decodeText(source, format.encoding)) yield* toBlocks(reader.push(mend(toStorable(text), false)));
  yield* toBlocks(reader.push(mend('', true)));
  yield* toBlocks(reader.end());
}
