/**
 * The month table as CSV (RFC 4180): one header line with units, full digits, a byte order mark so that spreadsheets read Chinese.
 * Text cells that a spreadsheet would take for a formula are defused; numbers are left alone, a minus included.
 */
import { toCsvText } from '#app/platform/csv/csv-text.ts';
import type { MonthRow } from './month-rows.ts';

/** Column titles with their units, in the reader's language. */
export type MonthsCsvTitles = {
  machine: string;
  month: string;
  until: string;
  mined: string;
  revenue: string;
  power: string;
  fixed: string;
  net: string;
  cumulative: string;
  events: string;
};

/** Decimal digits without an exponent, enough to give the double back within 1e-12 of the amount. */
function toCsvNumber(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? '0' : text;
}

const MONEY_DIGITS = 6;
const BTC_DIGITS = 12;
const DAY_LENGTH = 10;

export function toMonthsCsv(
  machineName: string,
  rows: readonly MonthRow[],
  titles: MonthsCsvTitles,
  sayEvent: (event: MonthRow['events'][number]) => string,
): string {
  const header = [
    titles.machine,
    titles.month,
    titles.until,
    titles.mined,
    titles.revenue,
    titles.power,
    titles.fixed,
    titles.net,
    titles.cumulative,
    titles.events,
  ].map((text) => toCsvText(text));
  const lines = rows.map((row) => [
    toCsvText(machineName),
    String(row.month),
    new Date(row.untilMs).toISOString().slice(0, DAY_LENGTH),
    toCsvNumber(row.minedBtc, BTC_DIGITS),
    ...[row.revenue, row.power, row.fixed, row.net, row.cumulative].map((amount) => toCsvNumber(amount, MONEY_DIGITS)),
    toCsvText(row.events.map(sayEvent).join('; ')),
  ]);
  return `\ufeff${[header, ...lines].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}
