/** A row as it stands in the file, before anything is understood. The same for text files and workbooks. */

/**
 * '' is an empty cell. A number is a number of a workbook; everything in a text file is text. A workbook's percentages are text with
 * their sign ("0.5%"), figures with the currency or unit of their
 * format ("¥17500", "3.25 kW"), its dates ISO dates, its errors their name ("#DIV/0!"), a formula that was never computed the formula ("=B2*2").
 */
export type Cell = string | number;

export type SourceRow = {
  /** What a spreadsheet shows beside the row, from 1: empty rows and rows above the header count. The row's identity in edits. */
  row: number;
  /** Line of the text file on which the row begins; differs from `row` after quoted line breaks. The same as `row` in a workbook. */
  line: number;
  hidden: boolean;
  cells: readonly Cell[];
  /** Columns whose value stands in a merged cell further up; `null`: none. */
  filled: readonly number[] | null;
};

/** As a person would write it into the file. */
export function toCellText(cell: Cell): string {
  return typeof cell === 'number' ? String(cell) : cell;
}

export function isEmptyRow(cells: readonly Cell[]): boolean {
  return cells.every((cell) => typeof cell === 'string' && cell.trim() === '');
}

/** "A", "Z", "AA": the name of a column by its index from 0. */
export function toColumnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
