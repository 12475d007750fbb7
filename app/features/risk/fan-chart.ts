/**
 * Geometry of the fan chart: bands in a 1000 x 260 box that the screen stretches, labels in percent across and pixels down. Amounts in the currency shown. Pure, so the
 * server draws the same picture.
 */
import { chooseMonthTicks, chooseScale } from '#app/ui/chart-axis.ts';
import type { FanMonth } from '#engine';

export const FAN_HEIGHT = 260;
export const FAN_WIDTH = 1000;
/** Room above the plot for the topmost label. Pixels. */
export const FAN_TOP = 12;

const ENDS = ['p95', 'p50', 'p5'] as const;
type EndName = (typeof ENDS)[number];

export type FanChart = {
  /** P5 to P95, and P25 to P75, each as a closed outline. */
  wide: string;
  narrow: string;
  middle: string;
  yTicks: { value: number; y: number }[];
  xTicks: { month: number; xPercent: number }[];
  /** Values of the last month with room for their labels; P95 first. */
  ends: { name: EndName; value: number; y: number }[];
};

/** Least distance of two labels' baselines. Pixels. */
const LABEL_GAP = 16;

/** From a line's end up to the baseline of its label. Pixels. */
const LABEL_LIFT = 6;

/** Pushes labels apart, from the top down and then back from the bottom up. `ys` from top to bottom. */
function spread(ys: readonly number[], bottom: number): number[] {
  const placed = [...ys];
  for (let k = 1; k < placed.length; k++) placed[k] = Math.max(placed[k]!, placed[k - 1]! + LABEL_GAP);
  let limit = bottom;
  for (let k = placed.length - 1; k >= 0; k--) {
    placed[k] = Math.min(placed[k]!, limit);
    limit = placed[k]! - LABEL_GAP;
  }
  return placed;
}

/** `startUsd`: the running total before the first month, minus the price of the machines. `moneyPerUsd` > 0. */
export function toFanChart(fan: readonly FanMonth[], startUsd: number, moneyPerUsd: number): FanChart {
  const start = { month: 0, p5: startUsd, p25: startUsd, p50: startUsd, p75: startUsd, p95: startUsd };
  const months = [start, ...fan].map(({ month, ...usd }) => ({
    month,
    p5: usd.p5 * moneyPerUsd,
    p25: usd.p25 * moneyPerUsd,
    p50: usd.p50 * moneyPerUsd,
    p75: usd.p75 * moneyPerUsd,
    p95: usd.p95 * moneyPerUsd,
  }));
  const { bottom, top, ticks } = chooseScale(Math.min(0, ...months.map(({ p5 }) => p5)), Math.max(0, ...months.map(({ p95 }) => p95)));
  const horizon = fan.length;
  const toX = (month: number) => ((month / horizon) * FAN_WIDTH).toFixed(1);
  const toY = (value: number) => FAN_TOP + ((top - value) / (top - bottom)) * FAN_HEIGHT;
  const toPoints = (name: Exclude<keyof FanMonth, 'month'>) =>
    months.map((month) => `${toX(month.month)} ${(toY(month[name]) - FAN_TOP).toFixed(1)}`);
  const band = (lower: 'p5' | 'p25', upper: 'p75' | 'p95') => `M${[...toPoints(upper), ...toPoints(lower).reverse()].join('L')}Z`;
  const last = months.at(-1)!;
  const labelYs = spread(
    ENDS.map((name) => toY(last[name]) - LABEL_LIFT),
    FAN_TOP + FAN_HEIGHT,
  );
  return {
    wide: band('p5', 'p95'),
    narrow: band('p25', 'p75'),
    middle: `M${toPoints('p50').join('L')}`,
    yTicks: ticks.map((value) => ({ value, y: toY(value) })),
    xTicks: chooseMonthTicks(horizon).map((month) => ({ month, xPercent: (month / horizon) * 100 })),
    ends: ENDS.map((name, index) => ({ name, value: last[name], y: labelYs[index]! })),
  };
}
