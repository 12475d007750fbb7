/** Cells of a table of text: comma, semicolon or tab between them, quotes around those that hold one (RFC 4180, one row a line). Pure. */

export type TableRow = {
  /** Of the file, from 1. */
  line: number;
  cells: readonly string[];
};

const DELIMITERS = ['\t', ';', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

function splitLine(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}

/** The head decides what separates: a tab before a semicolon before a comma. Blank lines are left out. O(length of the text). */
export function splitRows(text: string): { rows: TableRow[]; delimiter: Delimiter } {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== '');
  const head = lines[0]?.content ?? '';
  const delimiter = DELIMITERS.find((sign) => head.includes(sign)) ?? ',';
  return { delimiter, rows: lines.map(({ line, content }) => ({ line, cells: splitLine(content, delimiter) })) };
}
