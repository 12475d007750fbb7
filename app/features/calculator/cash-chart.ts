/**
 * Geometry of the cumulative cash chart: the line in a 1000 x 300 box that the screen stretches, marks in percent across and pixels
 * down, and round ticks. Amounts in the currency shown. Pure, so the server draws the same picture.
 */
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

/** A step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts. */
function findTickStep(span: number, most: number): number {
  const rough = span / most;
  const decade = 10 ** Math.floor(Math.log10(rough));
  return decade * ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10);
}

const MOST_Y_TICKS = 5;
const MOST_X_PARTS = 4;
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 36] as const;

export function toCashChart(answer: Answer): CashChart {
  const { moneyPerUsd, projection, halvingMonths } = answer;
  const { months, paybackMonths, profitUsd } = projection;
  const first = months[0];
  const start = first === undefined ? 0 : first.cumulativeUsd - first.netUsd;
  const values = [start, ...months.map((month) => month.cumulativeUsd)].map((usd) => usd * moneyPerUsd);
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  const step = findTickStep(highest - lowest > 0 ? highest - lowest : 1, MOST_Y_TICKS - 1);
  const bottom = Math.floor(lowest / step) * step;
  const top = Math.max(Math.ceil(highest / step) * step, bottom + step);
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

  const monthStep = MONTH_STEPS.find((candidate) => horizon / candidate <= MOST_X_PARTS) ?? horizon;
  const xTicks: CashChart['xTicks'] = [];
  for (let month = 0; month <= horizon; month += monthStep) xTicks.push({ month, xPercent: toPercent(month) });
  const yTicks: CashChart['yTicks'] = [];
  for (let k = 0; bottom + k * step <= top + step / 2; k++) yTicks.push({ value: bottom + k * step, y: toY(bottom + k * step) });

  return {
    path,
    zeroY: toY(0),
    yTicks,
    xTicks,
    marks,
    halving: halvingMonths === null ? null : { months: halvingMonths, xPercent: Math.min(100, toPercent(halvingMonths)) },
    end: { value: profitUsd * moneyPerUsd, y: toY(values.at(-1) ?? 0) },
  };
}
