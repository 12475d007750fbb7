/** Cells of a streamed sheet: text that no spreadsheet runs, numbers with a format, formulas with the engine's figure as their known result. */
import type { Cell, Font, stream, Worksheet } from 'exceljs';
import { defuseFormula } from '#app/features/batch/rows/defuse-formula.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { fontOf, HEADER_FILL, INK_QUIET, INPUT_FILL, NUMBER_FORMATS, type NumberFormat } from './sheet-style.ts';

export type Workbook = stream.xlsx.WorkbookWriter;

export type CellValue =
  | { kind: 'text'; text: string; look?: 'plain' | 'head' | 'title' | 'quiet' | 'strong' }
  | { kind: 'number'; value: number | null; format: NumberFormat; isInput?: boolean; isStrong?: boolean }
  /** `result`: what the engine computed; null: the formula gives a dash. */
  | { kind: 'formula'; formula: string; result: number | string | null; format: NumberFormat; isStrong?: boolean };

export const text = (value: string, look: Extract<CellValue, { kind: 'text' }>['look'] = 'plain'): CellValue => ({
  kind: 'text',
  text: value,
  look,
});
export const num = (value: number | null, format: NumberFormat): CellValue => ({ kind: 'number', value, format });
export const formula = (source: string, result: number | string | null, format: NumberFormat): CellValue => ({
  kind: 'formula',
  formula: source,
  result,
  format,
});

/** What stands where a figure does not exist; formulas give the same. */
export const DASH = '—';

const LOOKS: Record<NonNullable<Extract<CellValue, { kind: 'text' }>['look']>, Partial<Font>> = {
  plain: {},
  head: { bold: true },
  title: { bold: true, size: 16 },
  quiet: { color: { argb: INK_QUIET } },
  strong: { bold: true },
};

export function createSheetWriter(sheet: Worksheet, language: Language) {
  // One object a look: the writer keeps one style for all cells that share it.
  const fonts = Object.fromEntries(Object.entries(LOOKS).map(([look, extra]) => [look, fontOf(language, extra)])) as Record<
    keyof typeof LOOKS,
    Partial<Font>
  >;
  let row = 0;

  function write(cell: Cell, value: CellValue): void {
    if (value.kind === 'text') {
      cell.value = defuseFormula(value.text);
      cell.font = fonts[value.look ?? 'plain'];
      if (value.look === 'head') {
        cell.fill = HEADER_FILL;
        cell.alignment = { wrapText: true, vertical: 'middle' };
      }
      return;
    }
    cell.font = value.isStrong === true ? fonts.strong : fonts.plain;
    cell.numFmt = NUMBER_FORMATS[value.format];
    if (value.kind === 'formula') cell.value = { formula: value.formula, result: value.result ?? DASH };
    else {
      cell.value = value.value ?? DASH;
      if (value.isInput === true) cell.fill = INPUT_FILL;
    }
    if (typeof cell.value === 'string' || (value.kind === 'formula' && value.result === null)) cell.alignment = { horizontal: 'right' };
  }

  return {
    /** Number of the row that was written last, from 1. */
    get row() {
      return row;
    },
    /** Writes one row and lets go of it; `null`: an empty cell. Gives the row's number. */
    add(values: readonly (CellValue | null)[]): number {
      row += 1;
      const line = sheet.getRow(row);
      values.forEach((value, index) => {
        if (value !== null) write(line.getCell(index + 1), value);
      });
      line.commit();
      return row;
    },
    skip(): void {
      row += 1;
    },
  };
}

const LETTERS = 26;

/** 1 -> A, 27 -> AA. */
export function columnName(index: number): string {
  const rest = Math.floor((index - 1) / LETTERS);
  const letter = String.fromCharCode(65 + ((index - 1) % LETTERS));
  return rest === 0 ? letter : `${columnName(rest)}${letter}`;
}
