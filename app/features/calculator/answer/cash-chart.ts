/**
 * Geometry of the cumulative cash chart: the line in a 1000 x 300 box that the screen stretches, marks in percent across and pixels
 * down, and round ticks. Amounts in the currency shown. Pure, so the server draws the same picture.
 */
import { chooseMonthTicks, chooseScale } from '#app/ui/chart-axis.ts';
import type { Answer } from './compute-answer.ts';
import { findSwitchOff } from './findings.ts';

export const PLOT_HEIGHT = 300;
export const PLOT_WIDTH = 1000;
/** Room above the plot for the topmost label. Pixels. */
export const PLOT_TOP = 12;

export type ChartMark = { kind: 'paidBack' | 'off'; months: number; xPercent: number; y: number };
export type CashChart = {
  path: string;
  zeroY: number;
  yTicks: { value: number; y: number }[];
  xTicks: { month: number; xPercent: number }[];
  marks: ChartMark[];
  halving: { months: number; xPercent: number } | null;
  end: { value: number; y: number };
};

export function toCashChart(answer: Answer): CashChart {
  const { moneyPerUsd, projection, halvingMonths } = answer;
  const { months, paybackMonths, profitUsd } = projection;
  const first = months[0];
  const start = first === undefined ? 0 : first.cumulativeUsd - first.netUsd;
  const values = [start, ...months.map((month) => month.cumulativeUsd)].map((usd) => usd * moneyPerUsd);
  const { bottom, top, ticks } = chooseScale(Math.min(0, ...values), Math.max(0, ...values));
  const toY = (value: number) => PLOT_TOP + ((top - value) / (top - bottom)) * PLOT_HEIGHT;
  const horizon = months.length;
  const toPercent = (month: number) => (month / horizon) * 100;

  const path = values
    .map((value, month) => {
      const x = (month / horizon) * PLOT_WIDTH;
      return `${month === 0 ? 'M' : 'L'}${x.toFixed(1)} ${(toY(value) - PLOT_TOP).toFixed(1)}`;
    })
    .join('');

  const marks: ChartMark[] = [];
  if (paybackMonths !== null && paybackMonths > 0) {
    marks.push({ kind: 'paidBack', months: paybackMonths, xPercent: toPercent(paybackMonths), y: toY(0) });
  }
  const off = findSwitchOff(answer);
  if (off.kind === 'from' && off.month > 1) {
    marks.push({ kind: 'off', months: off.month, xPercent: toPercent(off.month - 1), y: toY(values[off.month - 1]!) });
  }

  return {
    path,
    zeroY: toY(0),
    yTicks: ticks.map((value) => ({ value, y: toY(value) })),
    xTicks: chooseMonthTicks(horizon).map((month) => ({ month, xPercent: toPercent(month) })),
    marks,
    halving: halvingMonths === null ? null : { months: halvingMonths, xPercent: Math.min(100, toPercent(halvingMonths)) },
    end: { value: profitUsd * moneyPerUsd, y: toY(values.at(-1) ?? 0) },
  };
}
