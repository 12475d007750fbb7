/** Splits pasted or uploaded text into cells: comma, semicolon or tab between them, quotes around those that hold one. Pure. */

export type TableRow = {
  /** In the text, from 1. */
  line: number;
  cells: string[];
};

const DELIMITERS = ['\t', ';', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A comma that is a decimal sign stands between digits and the whole line is one number: `35,20`. */
const ONE_DECIMAL_COMMA = /^\s*["']?[-+\u2212]?\d+,\d+["']?\s*$/;

/** A tab wins over a semicolon, a semicolon over a comma: where one of the former separates, commas are decimal signs. */
function findDelimiter(lines: readonly string[]): Delimiter | null {
  return DELIMITERS.find((delimiter) => lines.some((line) => line.includes(delimiter))) ?? null;
}

/** Cells of one line; quotes may hold the delimiter, and two quotes in them are one. */
function splitLine(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

/** "0,35.1 / 1,20.7": the first number only counts the lines. */
function isCounted(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line, index) => index === 0 || Number.parseInt(line, 10) === Number.parseInt(lines[index - 1]!, 10) + 1)
  );
}

/**
 * Rows of the text, blank lines left out. Lines that each are one number with a comma in it have one cell, unless the whole numbers before the comma count the
 * lines. O(length of the text).
 */
export function splitTable(text: string): { rows: TableRow[]; delimiter: Delimiter | null } {
  const rows = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== '');
  const found = findDelimiter(rows.map(({ content }) => content));
  // A head may stand above the numbers.
  const numbers = rows.slice(1).map(({ content }) => content);
  const isOneColumn = found === ',' && numbers.length > 0 && numbers.every((line) => ONE_DECIMAL_COMMA.test(line)) && !isCounted(numbers);
  const delimiter = isOneColumn ? null : found;
  return {
    delimiter,
    rows: rows.map(({ line, content }) => ({
      line,
      cells: (delimiter === null ? [content] : splitLine(content, delimiter)).map((cell) => cell.trim()),
    })),
  };
}
