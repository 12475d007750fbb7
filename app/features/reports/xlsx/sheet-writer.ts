/** Rows of a short sheet, cell by cell through exceljs: text that no spreadsheet runs, numbers with a format, formulas with their known results. Long sheets: row-stream.ts. */
import type { stream, Worksheet } from 'exceljs';
import { defuseFormula } from '#app/platform/csv/defuse-formula.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { createCellStyles } from './cell-style.ts';
import { type CellValue, toShown } from './cell-value.ts';

export type Workbook = stream.xlsx.WorkbookWriter;

export function createSheetWriter(sheet: Worksheet, language: Language) {
  const styleOf = createCellStyles(language);
  let row = 0;
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
        if (value === null) return;
        const cell = line.getCell(index + 1);
        const shown = toShown(value);
        if (value.kind === 'formula') cell.value = { formula: value.formula, result: shown };
        else cell.value = value.kind === 'text' ? defuseFormula(value.text) : shown;
        cell.style = styleOf(value);
      });
      line.commit();
      return row;
    },
    skip(): void {
      row += 1;
    },
  };
}
