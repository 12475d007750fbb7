/** The month-by-month table as rows: amounts in the currency shown, the calendar month each ends in, and what happens in it. Pure. */

import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import { findSwitchOff, isOffMonth, toMonth } from '#app/features/calculator/answer/findings.ts';
import { S_PER_MONTH } from '#engine/units/constants.ts';

/** What a month is marked with, in the order of a cell. */
export type MonthEvent = 'paidBack' | 'halving' | 'off' | 'offMonth' | 'residual' | 'heldSold';

export type MonthRow = {
  month: number;
  /** Instant at which the month ends, ms since 1970 UTC. */
  untilMs: number;
  minedBtc: number;
  /** Amounts in the currency shown. */
  revenue: number;
  power: number;
  fixed: number;
  net: number;
  cumulative: number;
  events: MonthEvent[];
  isOff: boolean;
};

const MS_PER_S = 1000;

/** Rows 1..N, counted from the answer's start. */
export function toMonthRows(answer: Answer): MonthRow[] {
  const { moneyPerUsd, inputs, halvingMonths, projection, startMs } = answer;
  const { months, paybackMonths } = projection;
  const switchOff = findSwitchOff(answer);
  const paidBack = paybackMonths === null || paybackMonths === 0 ? null : toMonth(paybackMonths);
  const halving = halvingMonths === null ? null : toMonth(halvingMonths);
  return months.map((month, index) => {
    const isOff = isOffMonth(answer, index);
    const isLast = month.month === months.length;
    const events: MonthEvent[] = [];
    if (month.month === paidBack) events.push('paidBack');
    if (month.month === halving) events.push('halving');
    if (switchOff.kind === 'from' && month.month === switchOff.month) events.push('off');
    if (switchOff.kind === 'sometimes' && isOff) events.push('offMonth');
    if (isLast && answer.view !== 'host' && inputs.residualUsd > 0) events.push('residual');
    if (isLast && answer.view !== 'host' && inputs.heldRatio > 0) events.push('heldSold');
    return {
      month: month.month,
      untilMs: startMs + month.month * S_PER_MONTH * MS_PER_S,
      minedBtc: month.minedBtc,
      revenue: month.revenueUsd * moneyPerUsd,
      power: month.powerUsd * moneyPerUsd,
      fixed: month.fixedUsd * moneyPerUsd,
      net: month.netUsd * moneyPerUsd,
      cumulative: month.cumulativeUsd * moneyPerUsd,
      events,
      isOff,
    };
  });
}
