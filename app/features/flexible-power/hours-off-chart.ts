/** Geometry of the chart of hours off: one bar a month in a 1000 x 140 box that the screen stretches. Pure, so the server draws the same picture. */
import { chooseMonthTicks, chooseScale } from '#app/ui/chart-axis.ts';
import type { FlexibleMonth } from '#engine';

export const BARS_HEIGHT = 140;
export const BARS_WIDTH = 1000;
/** Room above the plot for the topmost label. Pixels. */
export const BARS_TOP = 12;
/** Hours of a month: 30.4375 days. */
export const HOURS_PER_MONTH = 730.5;

/** The axis reaches at least a day. */
const LEAST_TOP_HOURS = 24;
/** Share of a month's place that its bar leaves free. */
const GAP_RATIO = 0.25;

export type HoursOffChart = {
  bars: { month: number; x: number; width: number; y: number; height: number }[];
  yTicks: { hours: number; y: number }[];
  xTicks: { month: number; xPercent: number }[];
};

export function toHoursOffChart(months: readonly FlexibleMonth[]): HoursOffChart {
  const highest = Math.max(0, ...months.map(({ hoursOff }) => hoursOff));
  const scale = chooseScale(0, Math.max(LEAST_TOP_HOURS, highest));
  // Round figures, but no month is longer than it is.
  const top = Math.min(scale.top, HOURS_PER_MONTH);
  const place = BARS_WIDTH / months.length;
  const toY = (hours: number) => ((top - hours) / top) * BARS_HEIGHT;
  return {
    bars: months.map(({ month, hoursOff }) => ({
      month,
      x: (month - 1) * place + (place * GAP_RATIO) / 2,
      width: place * (1 - GAP_RATIO),
      y: toY(hoursOff),
      height: BARS_HEIGHT - toY(hoursOff),
    })),
    yTicks: scale.ticks.filter((hours) => hours <= top).map((hours) => ({ hours, y: BARS_TOP + toY(hours) })),
    // A bar stands for the whole month; its number is below its middle, or ends where the chart does.
    xTicks: chooseMonthTicks(months.length)
      .filter((month) => month > 0)
      .map((month) => ({ month, xPercent: month === months.length ? 100 : ((month - 0.5) / months.length) * 100 })),
  };
}
