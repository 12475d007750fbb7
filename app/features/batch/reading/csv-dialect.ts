/**
 * Which delimiter and line break a text file uses. The delimiter is the one that cuts the earliest line, and then most lines, into the
 * same number of cells: in a file of decimal commas the header has none, in a file of lists with semicolons neither.
 */
import { createCsvReader, type Newline } from './csv-records.ts';

export const DELIMITERS = [',', ';', '\t', '|', '，'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export type CsvDialect = {
  delimiter: Delimiter;
  newline: Newline;
  /** Excel's "sep=;" in the first line: it is an instruction and no row. */
  hasSeparatorLine: boolean;
};

/** Records that are compared. */
const MAX_COMPARED = 200;
/** Share of the lines that must agree; lists have ragged lines, titles and sums. */
const MIN_SHARE = 0.3;

function detectNewline(sample: string): Newline {
  // A line break in the first quoted cell may be another than the file's, so the first one alone does not tell.
  return sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';
}

type Fit = { delimiter: Delimiter; firstIndex: number; score: number };

/** How well a delimiter fits; `null` when it cuts nothing. */
function measureFit(sample: string, delimiter: Delimiter, newline: Newline): Fit | null {
  const reader = createCsvReader(delimiter, newline);
  const records = [...reader.push(sample)];
  // The sample's last line is cut anywhere, so it only counts when there is no other.
  const counted = (records.length > 1 ? records : [...records, ...reader.end()])
    .slice(0, MAX_COMPARED)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells }) => cells.length);
  const linesByWidth = new Map<number, number>();
  for (const width of counted) if (width > 1) linesByWidth.set(width, (linesByWidth.get(width) ?? 0) + 1);
  let best: { width: number; lines: number } | null = null;
  for (const [width, lines] of linesByWidth) {
    if (best === null || lines > best.lines || (lines === best.lines && width > best.width)) best = { width, lines };
  }
  if (best === null) return null;
  const share = best.lines / counted.length;
  if (share < MIN_SHARE) return null;
  return { delimiter, firstIndex: counted.indexOf(best.width), score: share * (1 - 1 / best.width) };
}

/** The dialect of a text by its first part. A file of one column has a comma, which it does not use. */
export function detectDialect(sample: string): CsvDialect {
  const newline = detectNewline(sample);
  const declared = /^sep=([,;|\t])\r?(?:\n|\r|$)/i.exec(sample);
  if (declared !== null) return { delimiter: declared[1] as Delimiter, newline, hasSeparatorLine: true };
  const fits = DELIMITERS.map((delimiter) => measureFit(sample, delimiter, newline)).filter((fit) => fit !== null);
  fits.sort((a, b) => a.firstIndex - b.firstIndex || b.score - a.score);
  return { delimiter: fits[0]?.delimiter ?? ',', newline, hasSeparatorLine: false };
}
