/**
 * Which row is the header: the one of the first thirty that holds the most words of the list. Titles, dates and remarks above it are not
 * rows of the table. A second line of units below it ("TH/s", "元/度") belongs to it.
 */
import { type Cell, type SourceRow, toCellText } from '../reading/source-row.ts';
import { readHeader } from './read-header.ts';
import { readNumber } from './read-number.ts';
import { looksLikeUnit } from './unit-text.ts';

export type Header = {
  /** Row of the header in the file; `null`: the table has none and begins with data. */
  row: number | null;
  /** Rows up to this one are no data. */
  lastRow: number;
  /** Text of each column, the line of units joined to it. */
  texts: string[];
};

const MAX_SEARCHED = 30;
/** Share of the filled cells below a header that must be units for the line to be one of units. */
const UNIT_LINE_SHARE = 0.5;

/** A row of figures may hold one word of ours: "Miner" as the name of a machine. */
const MIN_FIELDS_BESIDE_NUMBERS = 2;

function isNumberCell(cell: Cell): boolean {
  return readNumber(cell, null).kind === 'number' || readNumber(cell, null).kind === 'ambiguous';
}

function scoreHeader(cells: readonly Cell[]): number {
  const found = new Map<string, number>();
  let numbers = 0;
  for (const cell of cells) {
    // Years over columns of a workbook are numbers in a header.
    if (typeof cell === 'number') {
      numbers++;
      continue;
    }
    const { fields, confidence } = readHeader(cell);
    const field = fields[0];
    if (field !== undefined) found.set(field, Math.max(found.get(field) ?? 0, confidence));
  }
  if (numbers > found.size || (numbers > 0 && found.size < MIN_FIELDS_BESIDE_NUMBERS)) return 0;
  return [...found.values()].reduce((sum, confidence) => sum + confidence, 0);
}

function withoutBrackets(text: string): string {
  return text.trim().replace(/^[([{（【](.*)[)\]}）】]$/, '$1');
}

function isUnitLine(cells: readonly Cell[], filled: readonly number[] | null): boolean {
  // A header cell that is merged over both lines says nothing new in the second.
  const own = cells.filter((cell, column) => cell !== '' && filled?.includes(column) !== true);
  if (own.some((cell) => typeof cell === 'number' || isNumberCell(cell))) return false;
  const units = own.filter((cell) => looksLikeUnit(withoutBrackets(toCellText(cell))));
  return units.length > 0 && units.length >= UNIT_LINE_SHARE * own.length;
}

/** `sample`: the first rows of the file that hold anything. */
export function findHeader(sample: readonly SourceRow[]): Header {
  const scores = sample.slice(0, MAX_SEARCHED).map(({ cells }) => scoreHeader(cells));
  const best = scores.indexOf(Math.max(0, ...scores));
  const first = sample[0];
  if (first === undefined) return { row: null, lastRow: 0, texts: [] };
  const isFound = (scores[best] ?? 0) > 0;
  // Nothing is understood: a first row of texts alone is a header in words we do not know, one with figures is data.
  if (!isFound && first.cells.some(isNumberCell)) return { row: null, lastRow: first.row - 1, texts: [] };
  const header = isFound ? sample[best]! : first;
  const texts = header.cells.map((cell) => toCellText(cell).trim());
  const below = sample[isFound ? best + 1 : 1];
  if (below === undefined || !isUnitLine(below.cells, below.filled)) return { row: header.row, lastRow: header.row, texts };
  below.cells.forEach((cell, column) => {
    if (cell === '' || below.filled?.includes(column) === true) return;
    texts[column] = `${texts[column] ?? ''} (${withoutBrackets(toCellText(cell))})`.trim();
  });
  return { row: header.row, lastRow: below.row, texts: Array.from(texts, (text) => text ?? '') };
}
