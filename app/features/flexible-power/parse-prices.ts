/**
 * Hourly power prices as people have them: a column of a spreadsheet, an exchange's file with times beside the prices, or a line for each day. Says what is wrong with
 * which line instead of guessing. Pure; unit and range belong to the caller.
 */
import { findUnit, type PriceUnit } from './price-unit.ts';
import { type Delimiter, splitTable, type TableRow } from './split-table.ts';

/** Longest text that is read: 8,784 lines of a hundred characters and room for a head. Ours. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** A file of wrong lines is told by its first ones. */
export const MAX_PRICE_FAULTS = 5;
/** Hours of the longest curve: a leap year. */
const MAX_HOURS = 8784;
const HOURS_PER_DAY = 24;
/** Characters of a cell that are shown in a message. */
const SHOWN_LENGTH = 24;

export type PriceFault =
  | { kind: 'too_long'; length: number; max: number }
  | { kind: 'empty' }
  /** `value`: what stands there, shortened. */
  | { kind: 'not_a_number'; line: number; value: string }
  | { kind: 'missing'; line: number }
  | { kind: 'columns'; line: number; columns: number; expected: number }
  | { kind: 'too_many_hours'; hours: number; max: number };

export type ParsedPrices =
  /** In the unit of the text, hour after hour. `unit`: what the head names, `null` when it names none. */
  { kind: 'ok'; prices: number[]; lines: number[]; unit: PriceUnit | null } | { kind: 'invalid'; faults: PriceFault[] };

const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?$/i;
const WITH_THOUSANDS = /^[-+]?\d{1,3}(?:,\d{3})+\.\d+$/;
const DECIMAL_COMMA = /^[-+]?\d+,\d+$/;

/** A price cell; `null` when it is none. Commas are decimal signs where they separate nothing, thousands where a point follows. */
function readPrice(cell: string, delimiter: Delimiter | null): number | null {
  const plain = cell
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/^([-+]?)[$¥￥]/, '$1')
    .replace(/[\s\u00a0\u202f]/g, '');
  if (PLAIN.test(plain)) return Number(plain);
  if (WITH_THOUSANDS.test(plain)) return Number(plain.replaceAll(',', ''));
  return delimiter !== ',' && DECIMAL_COMMA.test(plain) ? Number(plain.replace(',', '.')) : null;
}

function shorten(cell: string): string {
  const letters = [...cell];
  return letters.length > SHOWN_LENGTH ? `${letters.slice(0, SHOWN_LENGTH).join('')}…` : cell;
}

/** Words that name the column of prices when there are several. */
const PRICE_HEAD = /price|lmp|spp|电价|价格|[kmKM][wW]h|\/度/;

/** The column the head calls a price; without such a head the last one. */
function findColumn(head: readonly string[] | null, columns: number): number {
  const named = head === null ? -1 : head.findLastIndex((cell) => PRICE_HEAD.test(cell));
  return named === -1 ? columns - 1 : named;
}

function readLines(rows: readonly TableRow[], columns: readonly number[], width: number, delimiter: Delimiter | null): ParsedPrices {
  const prices: number[] = [];
  const lines: number[] = [];
  const faults: PriceFault[] = [];
  for (const { line, cells } of rows) {
    if (faults.length >= MAX_PRICE_FAULTS) break;
    if (cells.length !== width) {
      faults.push({ kind: 'columns', line, columns: cells.length, expected: width });
      continue;
    }
    for (const column of columns) {
      const cell = cells[column]!;
      const price = readPrice(cell, delimiter);
      if (price === null || !Number.isFinite(price)) {
        faults.push(cell === '' ? { kind: 'missing', line } : { kind: 'not_a_number', line, value: shorten(cell) });
        break;
      }
      prices.push(price);
      lines.push(line);
    }
  }
  if (faults.length > 0) return { kind: 'invalid', faults };
  if (prices.length > MAX_HOURS) return { kind: 'invalid', faults: [{ kind: 'too_many_hours', hours: prices.length, max: MAX_HOURS }] };
  return { kind: 'ok', prices, lines, unit: null };
}

/** Numbers of a row, from its end: as many as a day has hours, with or without a date before them. */
function isDay(row: TableRow | undefined, delimiter: Delimiter | null): boolean {
  if (row === undefined || (row.cells.length !== HOURS_PER_DAY && row.cells.length !== HOURS_PER_DAY + 1)) return false;
  return row.cells.slice(-HOURS_PER_DAY).every((cell) => readPrice(cell, delimiter) !== null);
}

/** Reads the whole text or says what is wrong with its first wrong lines. O(length of the text). */
export function parsePrices(text: string): ParsedPrices {
  if (text.length > MAX_TEXT_LENGTH) return { kind: 'invalid', faults: [{ kind: 'too_long', length: text.length, max: MAX_TEXT_LENGTH }] };
  const { rows, delimiter } = splitTable(text);
  if (rows.length === 0) return { kind: 'invalid', faults: [{ kind: 'empty' }] };
  const head = hasHead(rows, delimiter) ? rows[0]!.cells : null;
  const body = head === null ? rows : rows.slice(1);
  const width = body[0]!.cells.length;
  const columns = isDay(body[0], delimiter)
    ? Array.from({ length: HOURS_PER_DAY }, (_, hour) => width - HOURS_PER_DAY + hour)
    : [findColumn(head?.length === width ? head : null, width)];
  const read = readLines(body, columns, width, delimiter);
  return read.kind === 'ok' && head !== null ? { ...read, unit: findUnit(head[columns.at(-1)!] ?? '') ?? findUnit(head.join(' ')) } : read;
}

/** A first line that holds no price where the others do; above a table of days it may be a row of hours, which are numbers. */
function hasHead(rows: readonly TableRow[], delimiter: Delimiter | null): boolean {
  const [first, second] = rows;
  if (first === undefined || second === undefined) return false;
  if (readPrice(first.cells.at(-1)!, delimiter) === null) return true;
  const hours = first.cells.slice(-HOURS_PER_DAY).map(Number);
  // Prices may rise by one an hour too, but not from 0 or 1.
  return isDay(second, delimiter) && (hours[0] === 0 || hours[0] === 1) && hours.every((hour, index) => hour === hours[0]! + index);
}
