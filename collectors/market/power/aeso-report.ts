/**
 * Alberta's pool price report, as AESO's trading system exports it: titles above the head, and day and ending hour in one cell, "08/10/2009 15", the month first and the second of two hours starred.
 * Rewritten as a table by day and hour. Pure.
 */
import { toName } from './price-columns.ts';
import type { TableRow } from './split-rows.ts';

const HEAD = 'date(he)';
/** Titles and empty lines that may stand above the head. */
const MAX_TITLE_ROWS = 10;
const DAY_AND_HOUR = /^(\d{2})\/(\d{2})\/(\d{4})\s+(\d{1,2})(\*)?$/;
const DAY_HEADS = ['Date', 'HE', 'RepeatedHourFlag'];

/** The rows as they are when they are no such report. A cell that is no day with an hour is kept, so that its row is refused by what stands there. */
export function untangleAesoReport(rows: readonly TableRow[]): readonly TableRow[] {
  const head = rows.slice(0, MAX_TITLE_ROWS).findIndex(({ cells }) => toName(cells[0] ?? '') === HEAD);
  if (head < 0) return rows;
  return rows.slice(head).map(({ line, cells: [first = '', ...rest] }, index) => {
    if (index === 0) return { line, cells: [...DAY_HEADS, ...rest] };
    const match = DAY_AND_HOUR.exec(first.trim());
    if (match === null) return { line, cells: [first, '', '', ...rest] };
    const [, month, day, year, hour, star] = match;
    return { line, cells: [`${year}-${month}-${day}`, hour ?? '', star === undefined ? 'N' : 'Y', ...rest] };
  });
}
