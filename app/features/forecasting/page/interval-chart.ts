/** Geometry of the fan from today to the longest horizon: bands in a 1000 x 240 box that the screen stretches, labels in percent across and pixels down. Pure, so the server draws the same picture. */
import { chooseScale } from '#app/ui/chart-axis.ts';
import type { ForecastHorizon } from '../forecast-answer.ts';

export const FAN_WIDTH = 1000;
export const FAN_HEIGHT = 240;
/** Room above the plot for the topmost label. Pixels. */
export const FAN_TOP = 12;

export type IntervalChart = {
  /** 95 % and 80 % intervals, each as a closed outline. */
  wide: string;
  narrow: string;
  middle: string;
  yTicks: { value: number; y: number }[];
  xTicks: { days: number; xPercent: number }[];
};

/** Days whose labels would stand on one another are left out. Percent. */
const LEAST_LABEL_GAP = 12;

/** `horizons`: ascending, at least one. Between them straight lines. */
export function toIntervalChart(current: number, horizons: readonly ForecastHorizon[]): IntervalChart {
  const start = { days: 0, median: current, lower80: current, upper80: current, lower95: current, upper95: current };
  const points = [start, ...horizons];
  const { bottom, top, ticks } = chooseScale(
    Math.min(...points.map(({ lower95 }) => lower95)),
    Math.max(...points.map(({ upper95 }) => upper95)),
  );
  const longest = points.at(-1)!.days;
  const toX = (days: number) => ((days / longest) * FAN_WIDTH).toFixed(1);
  const toY = (value: number) => ((top - value) / (top - bottom)) * FAN_HEIGHT;
  const line = (name: Exclude<keyof typeof start, 'days'>) => points.map((point) => `${toX(point.days)} ${toY(point[name]).toFixed(1)}`);
  const band = (lower: 'lower80' | 'lower95', upper: 'upper80' | 'upper95') => `M${[...line(upper), ...line(lower).reverse()].join('L')}Z`;
  const xTicks: IntervalChart['xTicks'] = [];
  for (const { days } of points) {
    const xPercent = (days / longest) * 100;
    if (xTicks.length === 0 || xPercent - xTicks.at(-1)!.xPercent >= LEAST_LABEL_GAP) xTicks.push({ days, xPercent });
  }
  return {
    wide: band('lower95', 'upper95'),
    narrow: band('lower80', 'upper80'),
    middle: `M${line('median').join('L')}`,
    yTicks: ticks.map((value) => ({ value, y: FAN_TOP + toY(value) })),
    xTicks,
  };
}
