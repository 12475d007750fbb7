/** The month table's cells as text: the same strings for the screen and for the clipboard. Pure. */

import type { Say } from '#app/features/calculator/answer/say-finding.ts';
import type { MonthRow } from './month-rows.ts';

/** Larger amounts are shown without cents, so that the columns stay readable. */
const WHOLE_FROM = 10_000;
const WHOLE_CUMULATIVE_FROM = 1000;

export type MonthText = {
  month: string;
  title: string;
  until: string;
  events: string;
  mined: string;
  revenue: string;
  power: string;
  fixed: string;
  net: string;
  cumulative: string;
};

/** One width of digits for all rows of a column, so that the points stand under each other. */
export type MonthDigits = { money: number; cumulative: number; coins: number };

export function chooseMonthDigits(rows: readonly MonthRow[]): MonthDigits {
  let largest = 0;
  let furthest = 0;
  let mostCoins = 0;
  for (const row of rows) {
    largest = Math.max(largest, Math.abs(row.revenue), Math.abs(row.power), Math.abs(row.net));
    furthest = Math.max(furthest, Math.abs(row.cumulative));
    mostCoins = Math.max(mostCoins, row.minedBtc);
  }
  return {
    money: largest >= WHOLE_FROM ? 0 : 2,
    cumulative: furthest >= WHOLE_CUMULATIVE_FROM ? 0 : 2,
    coins: mostCoins >= 1 ? 4 : 6,
  };
}

export function toMonthText({ t, format, amounts }: Say, row: MonthRow, digits: MonthDigits): MonthText {
  const month = format.integer(row.month);
  const events = row.events.map((event) => t(`months.event.${event}`)).join(' · ');
  const title = t('months.monthNumber', { month });
  return {
    month,
    title: events === '' ? title : `${title} · ${events}`,
    until: format.monthYear(new Date(row.untilMs)),
    events,
    mined: row.minedBtc === 0 ? '0' : format.btc(row.minedBtc, digits.coins),
    revenue: format.money(row.revenue, amounts.code, digits.money),
    power: format.money(row.power, amounts.code, digits.money),
    fixed: format.money(row.fixed, amounts.code, digits.money),
    net: format.signedMoney(row.net, amounts.code, digits.money),
    cumulative: format.signedMoney(row.cumulative, amounts.code, digits.cumulative),
  };
}

export function toMonthRowClass(row: MonthRow): string {
  return `${row.events.length === 0 ? '' : 'ev'}${row.isOff ? ' off' : ''}`.trim();
}
