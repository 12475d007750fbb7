/** A machine that follows hourly prices, against always on: the engine's answer with what the page says about the curve. Pure; the engine is an argument. */
import type { Engine, Flexible, FlexibleMonth, RestartCost, RoiInputs } from '#engine';
import { type CurveShape, findFirstPart, findShape, meanOf, toPowerCurve } from './power-curve.ts';

export type FlexibleRequest = {
  inputs: RoiInputs;
  /** First day of the projection, ms since 1970. */
  startMs: number;
  /** Hour after hour, before the adder. Of a shape that `findShape` knows. */
  usdPerKwh: readonly number[];
  adderUsdPerKwh: number;
  restart: RestartCost;
};

/** Plain data: sent with the HTML. */
export type FlexibleAnswer = Flexible & {
  months: FlexibleMonth[];
  shape: CurveShape;
  /** Of the curve's year in which month 1 falls, from 0. */
  firstPart: number;
  /** Of all hours, adder included. */
  meanUsdPerKwh: number;
  horizonMonths: number;
};

/** `null` where the engine refuses: a figure leaves the range of numbers, or the curve is none. Some milliseconds for a year of hours. */
export function computeFlexible(
  engine: Engine,
  { inputs, startMs, usdPerKwh, adderUsdPerKwh, restart }: FlexibleRequest,
): FlexibleAnswer | null {
  const shape = findShape(usdPerKwh.length);
  if (shape === null) return null;
  const result = engine.flexible(inputs, toPowerCurve(usdPerKwh, adderUsdPerKwh, startMs), restart);
  if (result.kind === 'invalid') return null;
  const { flexible, alwaysOn, valueUsd, hoursOff, starts, months } = result;
  return {
    flexible,
    alwaysOn,
    valueUsd,
    hoursOff,
    starts,
    months,
    shape,
    firstPart: findFirstPart(startMs),
    meanUsdPerKwh: meanOf(usdPerKwh) + adderUsdPerKwh,
    horizonMonths: inputs.horizonMonths,
  };
}
