/**
 * Geometry of a pane of lines over time: paths in a 1000 x height box that the screen stretches, labels in percent across and pixels down. Pure, so that the server draws the picture.
 */
import { chooseScale } from '#app/ui/chart-axis.ts';

export const PANE_WIDTH = 1000;
/** Room above the plot for the topmost label. Pixels. */
export const PANE_TOP = 12;

export type PaneLine = { name: string; values: readonly (number | null)[] };

export type Pane = {
  height: number;
  lines: { name: string; path: string }[];
  yTicks: { value: number; y: number }[];
};

/** Decades of a logarithmic axis that are all marked; of more only every second, third and so on. */
const MOST_DECADES = 6;

/** On a logarithmic axis: powers of ten, with 2 and 5 between them when there are few. */
function chooseLogTicks(lowest: number, highest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(lowest)), Math.ceil(Math.log10(highest))];
  const factors = to - from > 3 ? [1] : [1, 2, 5];
  const step = Math.ceil((to - from) / MOST_DECADES);
  const ticks: number[] = [];
  // Down from the top, where the newest values mostly are.
  for (let decade = to; decade >= from; decade -= step) {
    for (const factor of factors) ticks.push(factor * 10 ** decade);
  }
  ticks.sort((a, b) => a - b);
  return ticks.filter((tick) => tick >= lowest && tick <= highest);
}

type Axis = { toShare: (value: number) => number; ticks: number[] };

function toAxis(values: readonly number[], isLog: boolean): Axis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  if (isLog && lowest > 0 && highest > lowest) {
    const span = Math.log(highest / lowest);
    return { toShare: (value) => Math.log(value / lowest) / span, ticks: chooseLogTicks(lowest, highest) };
  }
  const { bottom, top, ticks } = chooseScale(lowest, highest);
  return { toShare: (value) => (value - bottom) / (top - bottom), ticks };
}

/** A pane of lines as long as each other; unknown values interrupt a line. `null` when nothing is known. `isLog` holds where all values are above 0. */
export function toPane(lines: readonly PaneLine[], height: number, isLog: boolean): Pane | null {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  if (known.length === 0) return null;
  const { toShare, ticks } = toAxis(known, isLog);
  const toY = (value: number) => (1 - toShare(value)) * height;
  return {
    height,
    lines: lines.map(({ name, values }) => ({ name, path: toPath(values, toY) })),
    yTicks: ticks.map((value) => ({ value, y: PANE_TOP + toY(value) })),
  };
}

function toPath(values: readonly (number | null)[], toY: (value: number) => number): string {
  const last = Math.max(values.length - 1, 1);
  let path = '';
  let isDrawing = false;
  for (const [i, value] of values.entries()) {
    if (value !== null) path += `${isDrawing ? 'L' : 'M'}${((i / last) * PANE_WIDTH).toFixed(1)} ${toY(value).toFixed(1)}`;
    isDrawing = value !== null;
  }
  return path;
}

/** Where a year, or with less than three years a quarter, begins: at most some nine of them. */
export function chooseTimeTicks(instantsMs: readonly number[]): { atMs: number; xPercent: number; isYear: boolean }[] {
  const [first, last] = [instantsMs[0], instantsMs.at(-1)];
  if (first === undefined || last === undefined || last === first) return [];
  const years = new Date(last).getUTCFullYear() - new Date(first).getUTCFullYear();
  const stepMonths = years < 2 ? 3 : years < 9 ? 12 : 24;
  const ticks: { atMs: number; xPercent: number; isYear: boolean }[] = [];
  for (let year = new Date(first).getUTCFullYear(), month = 0; ; month += stepMonths) {
    const atMs = Date.UTC(year, month, 1);
    if (atMs > last) return ticks;
    if (atMs >= first) ticks.push({ atMs, xPercent: ((atMs - first) / (last - first)) * 100, isYear: month % 12 === 0 });
  }
}
