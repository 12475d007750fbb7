/** Tables that are no list with a row for each group of machines: fields down the first column and machines across, or everything in one cell a line. */
import { type SourceRow, toCellText } from '../reading/source-row.ts';
import { countHeaderFields, MAX_SEARCHED } from './find-header.ts';
import { readHeader } from './read-header.ts';

/** Fields that must stand below each other. A column of kinds of goods holds one or two words of ours. */
const MIN_FIELDS_DOWN = 3;
/** As sure as a word with its unit, or with a typing error. */
const SURE = 0.75;
/** The first column may be empty, or hold the names of parts of the sheet. */
const FIRST_COLUMNS = 2;

function listWordsDown(rows: readonly SourceRow[], column: number): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { cells } of rows) {
    const text = toCellText(cells[column] ?? '').trim();
    const { fields, confidence } = readHeader(text);
    if (fields[0] !== undefined && confidence >= SURE && !words.has(fields[0])) words.set(fields[0], text);
  }
  return words;
}

/** Names of fields as they stand below each other, more than any row holds beside each other; `null`: the table is not turned. */
export function findTransposedWords(sample: readonly SourceRow[]): string[] | null {
  const rows = sample.slice(0, MAX_SEARCHED);
  const across = Math.max(0, ...rows.map(countHeaderFields));
  for (let column = 0; column < FIRST_COLUMNS; column++) {
    const words = listWordsDown(rows, column);
    if (words.size >= MIN_FIELDS_DOWN && words.size > across) return [...words.values()];
  }
  return null;
}

const SEPARATORS = /[,;，；、|\t]+|\s{2,}/;
/** Figures that begin a word of their own: "95", "3250W", "0.05", but not the 19 of an "S19". */
const FIGURES = /(?<![\p{L}\d.,+-])\d[\d.,]*/gu;
/** A model and its hash rate are two words, and one figure of its own. */
const MIN_FIGURES = 2;
const MAX_SHOWN_LENGTH = 60;
const MAX_READ_LENGTH = 400;

function isHeaderInOneCell(text: string): boolean {
  const fields = text.split(SEPARATORS).map((part) => {
    const { fields: meant, confidence } = readHeader(part);
    return confidence >= SURE ? meant[0] : undefined;
  });
  return new Set(fields.filter((field) => field !== undefined)).size >= 2;
}

/**
 * A line, cut to a length, of a table that has one column and a whole row in each cell; `null`: it has several, or its one column holds
 * the names of models.
 */
export function findOneColumnText(sample: readonly SourceRow[], isModel: (text: string) => boolean): string | null {
  const texts = sample.map(({ cells }) => cells.filter((cell) => cell !== '').map((cell) => toCellText(cell).trim()));
  if (texts.some((cells) => cells.length > 1)) return null;
  const lines = texts.flatMap((cells) => cells.map((text) => text.slice(0, MAX_READ_LENGTH)));
  const header = lines.slice(0, MAX_SEARCHED).find(isHeaderInOneCell);
  const rows = lines.filter((text) => !isModel(text) && (text.match(FIGURES) ?? []).length >= MIN_FIGURES);
  const seen = header ?? (rows.length * 2 > lines.length ? rows[0] : undefined);
  if (seen === undefined) return null;
  return seen.length > MAX_SHOWN_LENGTH ? `${seen.slice(0, MAX_SHOWN_LENGTH)}…` : seen;
}
