/** Geometry of the break-even curve: the load that still earns its power bill, against the power price. A falling staircase in a box that the screen stretches. Pure. */
import { chooseScale } from '#app/ui/chart-axis.ts';
import type { BreakEvenStep } from '../computing/break-even-curve.ts';

export const CURVE_HEIGHT = 240;
export const CURVE_WIDTH = 1000;
export const CURVE_TOP = 16;

const W_PER_MW = 1e6;

export type CurveChart = {
  /** Outline of the area under the staircase, and the staircase alone. */
  area: string;
  line: string;
  xTicks: { price: number; xPercent: number }[];
  yTicks: { mw: number; y: number }[];
  /** Where the list pays today; `null`: outside of the picture. */
  nowXPercent: number | null;
};

/** `moneyPerUsd`: of the currency shown. `null` without a step. */
export function toCurveChart(curve: readonly BreakEvenStep[], meanUsdPerKwh: number | null, moneyPerUsd: number): CurveChart | null {
  const [first] = curve;
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return null;
  // All run at price 0; the picture reaches a little beyond the last that stops and the price of today.
  const highest = Math.max(last.powerUsdPerKwh, meanUsdPerKwh ?? 0) * 1.08 * moneyPerUsd;
  const x = chooseScale(0, highest);
  const y = chooseScale(0, first.profitableW / W_PER_MW);
  const toX = (price: number) => (Math.min(price * moneyPerUsd, x.top) / x.top) * CURVE_WIDTH;
  const toY = (powerW: number) => CURVE_HEIGHT - (powerW / W_PER_MW / y.top) * CURVE_HEIGHT;
  let line = `M0 ${toY(first.profitableW).toFixed(1)}`;
  curve.forEach((step, index) => {
    const next = curve[index + 1]?.profitableW ?? 0;
    line += `H${toX(step.powerUsdPerKwh).toFixed(1)}V${toY(next).toFixed(1)}`;
  });
  line += `H${CURVE_WIDTH}`;
  return {
    line,
    area: `${line}V${CURVE_HEIGHT}H0Z`,
    xTicks: x.ticks.map((price) => ({ price: price / moneyPerUsd, xPercent: (price / x.top) * 100 })),
    yTicks: y.ticks.map((mw) => ({ mw, y: CURVE_TOP + CURVE_HEIGHT - (mw / y.top) * CURVE_HEIGHT })),
    nowXPercent: meanUsdPerKwh === null || meanUsdPerKwh < 0 ? null : (toX(meanUsdPerKwh) / CURVE_WIDTH) * 100,
  };
}
