/**
 * Which row is the header: the one of the first thirty that holds the most words of the list. Titles, dates and remarks above it are not
 * rows of the table. A second line of units below it ("TH/s", "元/度") belongs to it.
 */
import { type Cell, type SourceRow, toCellText } from '../reading/source-row.ts';
import { UnreadableFile } from '../reading/unreadable-file.ts';
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

/** Rows among which the header is looked for. */
export const MAX_SEARCHED = 30;
/** Share of the filled cells below a header that must be units for the line to be one of units. */
const UNIT_LINE_SHARE = 0.5;

/** A row of figures may hold one word of ours: "Miner" as the name of a machine. */
const MIN_FIELDS_BESIDE_NUMBERS = 2;

function isNumberCell(cell: Cell): boolean {
  return readNumber(cell, null).kind === 'number' || readNumber(cell, null).kind === 'ambiguous';
}

/** Fields that words of the row may mean, with how sure each is; empty for a row of figures. */
function findWords(cells: readonly Cell[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let numbers = 0;
  for (const cell of cells) {
    // Years over columns are numbers in a header; "10 pcs" is a figure and no word of ours.
    if (isNumberCell(cell)) {
      numbers++;
      continue;
    }
    const { fields, confidence } = readHeader(toCellText(cell));
    const field = fields[0];
    if (field !== undefined) found.set(field, Math.max(found.get(field) ?? 0, confidence));
  }
  if (numbers > found.size || (numbers > 0 && found.size < MIN_FIELDS_BESIDE_NUMBERS)) return new Map();
  return found;
}

function scoreHeader(cells: readonly Cell[]): number {
  return [...findWords(cells).values()].reduce((sum, confidence) => sum + confidence, 0);
}

/** Two words of ours in one row: one may stand in a remark. */
const MIN_FIELDS_OF_LIST = 2;

/** Fields that the words of the row may mean; 0 for a row of figures. */
export function countHeaderFields({ cells }: SourceRow): number {
  return findWords(cells).size;
}

/** Whether one of the rows is a header of a list, as far as words go. */
export function hasListHeader(sample: readonly SourceRow[]): boolean {
  return sample.slice(0, MAX_SEARCHED).some((row) => countHeaderFields(row) >= MIN_FIELDS_OF_LIST);
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

/** Place of the header in the sample, -1: there is none. */
function guessHeader(sample: readonly SourceRow[], isModel: (text: string) => boolean): number {
  const scores = sample.slice(0, MAX_SEARCHED).map(({ cells }) => scoreHeader(cells));
  const best = scores.indexOf(Math.max(0, ...scores));
  if ((scores[best] ?? 0) > 0) return best;
  // Nothing is understood: a first row of texts alone is a header in words we do not know, one with figures or a machine is data.
  return sample[0]!.cells.some((cell) => isNumberCell(cell) || (typeof cell === 'string' && isModel(cell))) ? -1 : 0;
}

/**
 * `sample`: the first rows of the file that hold anything. `chosenRow`: the row that the user says is the header, `null` when he says there is none; absent: it is guessed. Throws
 * `UnreadableFile` (`header_row_missing`) when the sample has no such row.
 */
export function findHeader(
  sample: readonly SourceRow[],
  { isModel, chosenRow }: { isModel: (text: string) => boolean; chosenRow?: number | null | undefined },
): Header {
  const first = sample[0];
  const place =
    chosenRow === undefined ? (first === undefined ? -1 : guessHeader(sample, isModel)) : sample.findIndex(({ row }) => row === chosenRow);
  const header = sample[place];
  if (header === undefined) {
    if (typeof chosenRow === 'number') throw new UnreadableFile('header_row_missing', { row: chosenRow });
    return { row: null, lastRow: first === undefined ? 0 : first.row - 1, texts: [] };
  }
  const texts = header.cells.map((cell) => toCellText(cell).trim());
  const below = sample[place + 1];
  if (below === undefined || !isUnitLine(below.cells, below.filled)) return { row: header.row, lastRow: header.row, texts };
  below.cells.forEach((cell, column) => {
    if (cell === '' || below.filled?.includes(column) === true) return;
    texts[column] = `${texts[column] ?? ''} (${withoutBrackets(toCellText(cell))})`.trim();
  });
  return { row: header.row, lastRow: below.row, texts: Array.from(texts, (text) => text ?? '') };
}
