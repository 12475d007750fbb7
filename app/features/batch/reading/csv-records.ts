/**
 * Text to records (RFC 4180, read leniently): quotes with line breaks and doubled quotes inside, LF, CR LF or CR, any one-character
 * delimiter. One stray quote never swallows the rest of a file: a quote that is not closed as a quote must be is a plain character.
 */
import { MAX_RECORD_LENGTH } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type Newline = '\n' | '\r';

export type CsvRecord = {
  cells: string[];
  /** Line of the text file on which the record begins, from 1. */
  line: number;
};

type Parsed = { cells: string[]; end: number; lines: number };

const QUOTE = '"';

function unescapeQuoted(text: string): string {
  const plain = text.includes('""') ? text.replaceAll('""', QUOTE) : text;
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain;
}

/** Where the quote opened at `start` closes, -1 when the text ends before. */
function findClosingQuote(text: string, start: number): number {
  for (let at = text.indexOf(QUOTE, start + 1); at >= 0; at = text.indexOf(QUOTE, at + 2)) {
    if (text[at + 1] !== QUOTE) return at;
  }
  return -1;
}

function countLineBreaks(text: string, newline: Newline): number {
  let count = 0;
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) count++;
  return count;
}

/**
 * Feeds on text in pieces and gives back the records that are complete, each as it is asked for: a piece of text has thousands, and held together they would outlive the
 * young generation of the heap. All are to be taken before the next piece is pushed.
 */
export function createCsvReader(delimiter: string, newline: Newline) {
  let rest = '';
  let line = 1;

  /** A record without quotes, by far the most: `end` is its line break or the end of the text. */
  const splitLine = (start: number, end: number): string[] => {
    const stop = newline === '\n' && rest[end - 1] === '\r' && end > start ? end - 1 : end;
    return rest.slice(start, stop).split(delimiter);
  };

  /** A record that holds quotes; `null`: more text is needed to tell where it ends. */
  const parseQuoted = (start: number, isLast: boolean): Parsed | null => {
    const cells: string[] = [];
    let lines = 1;
    let at = start;
    for (;;) {
      let cell = '';
      if (rest[at] === QUOTE) {
        const closing = findClosingQuote(rest, at);
        // A quote as the last character known may be the first half of a doubled one.
        const isOpen = closing < 0 || (closing === rest.length - 1 && !isLast);
        if (isOpen && !isLast && rest.length - start <= MAX_RECORD_LENGTH) return null;
        const next = rest[closing + 1];
        const closesWell = next === undefined || next === delimiter || next === '\n' || next === '\r';
        const inner = closing < 0 ? '' : rest.slice(at + 1, closing);
        if (closing >= 0 && (closesWell || !inner.includes(newline))) {
          cell = unescapeQuoted(inner);
          lines += countLineBreaks(inner, newline);
          at = closing + 1;
        }
      }
      // What follows a closing quote without a delimiter, or a cell that begins without a quote (or with a stray one).
      const atNewline = rest.indexOf(newline, at);
      if (atNewline < 0 && !isLast) return null;
      // Looked for in the line only: in a file without delimiters every search would run to the end of the chunk.
      const remaining = rest.slice(at, atNewline < 0 ? rest.length : atNewline);
      const length = remaining.indexOf(delimiter);
      const isLastCell = length < 0;
      const tail = isLastCell ? remaining : remaining.slice(0, length);
      cells.push(cell + (isLastCell && newline === '\n' && tail.endsWith('\r') ? tail.slice(0, -1) : tail));
      at += tail.length + 1;
      if (isLastCell) return { cells, end: at, lines };
    }
  };

  function* drain(isLast: boolean): Generator<CsvRecord, void, undefined> {
    let start = 0;
    let nextQuote = rest.indexOf(QUOTE);
    while (start < rest.length) {
      const found = rest.indexOf(newline, start);
      if (nextQuote >= 0 && nextQuote < start) nextQuote = rest.indexOf(QUOTE, start);
      const end = found < 0 ? rest.length : found;
      if (nextQuote < 0 || nextQuote > end) {
        if (found < 0 && !isLast) break;
        yield { cells: splitLine(start, end), line };
        line++;
        start = end + 1;
        continue;
      }
      const parsed = parseQuoted(start, isLast);
      if (parsed === null) break;
      yield { cells: parsed.cells, line };
      line += parsed.lines;
      start = parsed.end;
    }
    rest = rest.slice(Math.min(start, rest.length));
    // Twice: an open quote is given up at the first bound, and its line must then end.
    if (rest.length > 2 * MAX_RECORD_LENGTH) throw new UnreadableFile('cell_too_long', { line });
  }

  return {
    push(text: string): Iterable<CsvRecord> {
      rest += text;
      return drain(false);
    },
    /** The last records, once all text was pushed. */
    end(): Iterable<CsvRecord> {
      return drain(true);
    },
  };
}
