/**
 * Rows of a long sheet as mark-up, past exceljs's cells: 100,000 rows of 24 cells as objects, each with a style of its own to be compared, take half a minute of processor
 * and hundreds of megabytes. exceljs still writes everything around the rows and keeps the styles. What this reaches into is not in its declared interface, so the version is
 * pinned and the tests open what comes out.
 */
import { type EventEmitter, once } from 'node:events';
import type { Style, Worksheet } from 'exceljs';
import { defuseFormula } from '#app/platform/csv/defuse-formula.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { createCellStyles } from './cell-style.ts';
import { type CellValue, columnName, toShown } from './cell-value.ts';
import type { Workbook } from './sheet-writer.ts';

/** The pipes are streams of an old readable-stream, which tells only inside that it is full. */
type SheetInside = { stream: { write(bytes: Buffer): unknown; pipes: (EventEmitter & { _writableState: { needDrain: boolean } })[] } };
type WorkbookInside = { styles: { addStyleModel(style: Partial<Style>): number } };

/** Characters that XML 1.0 cannot hold, escaped or not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeXml(source: string): string {
  return source.replace(UNWRITABLE, '').replace(/[&<>]/g, (character) => ENTITIES[character]!);
}

const FIRST_BUFFER_BYTES = 1 << 19;

/** `firstRow`: number of the first row; the rows above it, one at least, were written by a sheet writer. */
export function createRowStream(workbook: Workbook, sheet: Worksheet, language: Language, firstRow: number) {
  const { stream } = sheet as unknown as SheetInside;
  const { styles } = workbook as unknown as WorkbookInside;
  const styleOf = createCellStyles(language);
  const styleIds = new Map<Partial<Style>, number>();
  let row = firstRow - 1;
  let waiting = '';
  let bytes = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);

  function toStyleId(value: CellValue): number {
    const style = styleOf(value);
    const id = styleIds.get(style) ?? styles.addStyleModel(style);
    styleIds.set(style, id);
    return id;
  }

  function toCell(value: CellValue, index: number): string {
    const shown = value.kind === 'text' ? defuseFormula(value.text) : toShown(value);
    const isText = typeof shown === 'string';
    const source = value.kind === 'formula' ? `<f>${escapeXml(value.formula)}</f>` : '';
    const result = isText ? escapeXml(shown) : String(shown);
    return `<c r="${columnName(index + 1)}${row}" s="${toStyleId(value)}"${isText ? ' t="str"' : ''}>${source}<v>${result}</v></c>`;
  }

  return {
    add(values: readonly CellValue[]): void {
      row += 1;
      let cells = '';
      for (const [index, value] of values.entries()) cells += toCell(value, index);
      waiting += `<row r="${row}">${cells}</row>`;
    },
    /** Hands over what was added. exceljs passes it to the compression without waiting, where all of a long sheet would pile up: resolves when there is room again. */
    async flush(): Promise<void> {
      // exceljs copies what it is given at once, so that one buffer serves all turns.
      const length = Buffer.byteLength(waiting);
      if (length > bytes.length) bytes = Buffer.allocUnsafe(2 * length);
      bytes.write(waiting);
      waiting = '';
      stream.write(bytes.subarray(0, length));
      await new Promise((resolve) => setImmediate(resolve));
      for (const pipe of stream.pipes) if (pipe._writableState.needDrain) await once(pipe, 'drain');
    },
  };
}
