/**
 * Reads a price curve as people paste or drop it: one price a line or all in one, or a table with dates, separated by comma, semicolon, tab or spaces, with or
 * without a header, decimal point or decimal comma. Never guesses in silence: what cannot be read is named by its line.
 */

export type ParsedPrices =
  | { kind: 'ok'; prices: number[] }
  | { kind: 'empty' }
  | { kind: 'too_many'; lines: number }
  | { kind: 'unreadable'; line: number; text: string };

/** More lines than any day has; a year dropped by mistake is refused before it is taken apart. */
const MAX_LINES = 2000;
const PRICE_TITLE = /price|usd|eur|cny|rmb|\$|¥|€|lmp|spp|电价|价格|元/i;
/** Full-width forms lie this far above their ASCII twins. */
const FULL_WIDTH_OFFSET = 0xfee0;

/** Cells of a line, quotes respected (RFC 4180). */
function splitCells(line: string, separator: RegExp): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"\s*/.exec(rest);
    const end = quoted ? quoted[0].length : rest.search(separator);
    cells.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : rest.slice(0, end < 0 ? rest.length : end).trim());
    const after = end < 0 ? '' : rest.slice(end);
    const gap = separator.exec(after);
    rest = gap && gap.index === 0 ? after.slice(gap[0].length) : after;
  }
  return cells;
}

/**
 * One price. A comma is a decimal comma unless a point follows it ("1,234.5"); a point before a comma groups thousands ("1.234,5"). `null`: no number.
 */
function readNumber(cell: string): number | null {
  const plain = cell
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[$¥€元"'\s\u00a0\u202f]/g, '');
  const lastComma = plain.lastIndexOf(',');
  const digits =
    lastComma < 0 ? plain : lastComma > plain.lastIndexOf('.') ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(digits) ? Number(digits) : null;
}

/** Hours from 0 or 1 on, the first line perhaps taken for a header: hours beside their prices, not the whole part of a decimal. */
const LAST_FIRST_HOUR = 2;
function isCounting(cells: readonly string[]): boolean {
  return (
    cells.length > 1 &&
    cells.every((cell, index) => /^\d+$/.test(cell) && Number(cell) === Number(cells[0]) + index) &&
    Number(cells[0]) <= LAST_FIRST_HOUR
  );
}

/** What stands between the cells of a line; `null`: each line is one cell. */
function findSeparator(lines: readonly string[]): RegExp | null {
  if (lines.some((line) => line.includes('\t'))) return /\t/;
  if (lines.some((line) => line.includes(';'))) return /;/;
  const body = lines.slice(lines.length > 1 ? 1 : 0);
  if (body.some((line) => line.includes(','))) {
    const hasQuotes = lines.some((line) => line.includes('"'));
    const parts = body.map((line) => line.split(','));
    const isTable =
      hasQuotes ||
      parts.every((cells) => cells.length > 2) ||
      parts.every((cells) => cells.length === 2 && /[^\d\s+-]/.test(cells[0] ?? '')) ||
      (parts.every((cells) => cells.length === 2) && isCounting(parts.map(([first]) => (first ?? '').trim()))) ||
      parts.every((cells) => cells.length === 2 && (cells[1] ?? '').includes('.'));
    if (isTable) return /,/;
  }
  return body.some((line) => /\S\s+\S/.test(line.trim())) ? /\s+/ : null;
}

/** The parts of a single line: "50.1, 48.2", "50,1; 48,2", "50,1 48,2" or "50.1,48.2". */
function splitSingleLine(line: string): string[] {
  const separator = line.includes('\t') ? /\t+/ : line.includes(';') ? /;/ : /,\s/.test(line) ? /,\s+/ : /\s/.test(line) ? /\s+/ : /,/;
  return line
    .split(separator)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}

/** The column of prices: the one so titled, else the last one that holds numbers in most lines. A hole in it is an error to be named, not a reason to take another. */
function findColumn(rows: readonly string[][], titles: readonly string[] | null): number {
  const width = Math.max(...rows.map((cells) => cells.length));
  const isMostlyNumbers = (column: number) => rows.filter((cells) => readNumber(cells[column] ?? '') !== null).length * 2 > rows.length;
  const numeric = Array.from({ length: width }, (_, column) => column).filter(isMostlyNumbers);
  const titled = titles?.findIndex((title, column) => PRICE_TITLE.test(title) && numeric.includes(column)) ?? -1;
  return titled >= 0 ? titled : (numeric.at(-1) ?? width - 1);
}

export function parsePrices(text: string): ParsedPrices {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
  if (lines.length === 0) return { kind: 'empty' };
  if (lines.length > MAX_LINES) return { kind: 'too_many', lines: lines.length };
  if (lines.length === 1) {
    return readColumn(splitSingleLine(lines[0]!.line).map((cell) => ({ cell, number: 1 })));
  }
  const separator = findSeparator(lines.map(({ line }) => line));
  const rows = lines.map(({ line }) => (separator ? splitCells(line, separator) : [line]));
  const hasHeader =
    rows[0]!.every((cell) => readNumber(cell) === null) && rows.slice(1).some((cells) => cells.some((cell) => readNumber(cell) !== null));
  const body = hasHeader ? rows.slice(1) : rows;
  const column = findColumn(body, hasHeader ? rows[0]! : null);
  return readColumn(body.map((cells, index) => ({ cell: cells[column] ?? '', number: lines[index + (hasHeader ? 1 : 0)]!.number })));
}

function readColumn(cells: readonly { cell: string; number: number }[]): ParsedPrices {
  const prices: number[] = [];
  for (const { cell, number } of cells) {
    const price = readNumber(cell);
    if (price === null) return { kind: 'unreadable', line: number, text: cell };
    prices.push(price);
  }
  return prices.length === 0 ? { kind: 'empty' } : { kind: 'ok', prices };
}
