// The value axis of a pane: where a value lies between its bottom and its top.
import { chooseScale } from '../chart-axis.ts';
import { extremeColumns, type Pane, readValue } from './series.ts';

export type ValueScale = {
  /** 0 at the bottom, 1 at the top. A value that a logarithm cannot show lies at the bottom. */
  toRatio(value: number): number;
  ticks: number[];
};

/** Of a logarithmic axis: more would touch each other. */
const MOST_LOG_TICKS = 6;
/** A range that holds fewer round figures is marked evenly instead. */
const FEWEST_LOG_TICKS = 3;
const LOG_FACTORS = [1, 2, 5] as const;

/**
 * Fits what is seen: moments `first` to `last` of every series of the pane, and its levels. `null` when nothing of it is known. O(moments seen).
 */
export function fitScale(pane: Pane, first: number, last: number): ValueScale | null {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  const isLog = pane.scale === 'log';
  const include = (value: number | null) => {
    if (value === null || (isLog && value <= 0)) return;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  };
  for (const series of pane.series) {
    for (const values of extremeColumns(series)) for (let index = first; index <= last; index++) include(readValue(values, index));
    if (series.kind === 'bars') include(0);
  }
  if (lowest > highest) return null;
  for (const level of pane.levels ?? []) include(level);
  if (pane.includesZero) include(0);
  return isLog ? fitLog(lowest, highest) : fitLinear(lowest, highest);
}

function fitLinear(lowest: number, highest: number): ValueScale {
  const { bottom, top, ticks } = chooseScale(lowest, highest);
  return { toRatio: (value) => (value - bottom) / (top - bottom), ticks };
}

function fitLog(lowest: number, highest: number): ValueScale {
  // A hair of room, and never an empty range.
  const bottom = Math.log(lowest) - 0.02;
  const top = Math.log(highest) + 0.02;
  const isInside = (value: number) => value > 0 && Math.log(value) >= bottom && Math.log(value) <= top;
  const round: number[] = [];
  for (let decade = Math.floor(Math.log10(lowest)); decade <= Math.ceil(Math.log10(highest)); decade++)
    for (const factor of LOG_FACTORS) round.push(factor * 10 ** decade);
  const inside = round.filter(isInside);
  const ones = inside.filter((value) => Number.isInteger(Math.log10(value)));
  const candidates = inside.length <= MOST_LOG_TICKS || ones.length < FEWEST_LOG_TICKS ? inside : ones;
  const every = Math.ceil(candidates.length / MOST_LOG_TICKS);
  const chosen = candidates.filter((_, index) => (candidates.length - 1 - index) % every === 0);
  return {
    toRatio: (value) => (value > 0 ? (Math.log(value) - bottom) / (top - bottom) : 0),
    ticks: chosen.length >= FEWEST_LOG_TICKS ? chosen : chooseScale(lowest, highest).ticks.filter(isInside),
  };
}
