// From series to what is drawn: pure, so that the server draws the same picture as the browser.
import type { Pane, Series } from './series.ts';
import { type Placing, toBandPath, toBarPaths, toCandlePaths, toDotsPath, toLinePath, WIDTH } from './shapes.ts';
import { chooseTimeTicks, type TimeTick } from './time-ticks.ts';
import { fitScale } from './value-scale.ts';

export type TimeRange = { fromMs: number; toMs: number };

/** One path with the class of its paint. `isStroke`: a line, else a filled shape. */
export type Mark = { id: string; className: string; d: string };

export type PaneLayout = {
  pane: Pane;
  /** Ticks as shares of the height from the top. */
  ticks: { value: number; ratio: number }[];
  levels: { value: number; ratio: number }[];
  /** From the back to the front; empty when nothing is known in the range. */
  marks: Mark[];
};

export type ChartLayout = {
  range: TimeRange;
  /** Moments seen: `first` to `last`, both included; `last < first` when there are none. */
  first: number;
  last: number;
  timeTicks: (TimeTick & { ratio: number })[];
  panes: PaneLayout[];
};

const TIME_TICKS = 6;

/** First index whose moment is not before `timeMs`. `times` ascending. O(log moments). */
export function findMoment(times: ArrayLike<number>, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the moment nearest to `timeMs` within `first` to `last`. */
export function findNearest(times: ArrayLike<number>, timeMs: number, first: number, last: number): number {
  const after = Math.min(Math.max(findMoment(times, timeMs), first), last);
  const before = Math.max(after - 1, first);
  return timeMs - times[before]! < times[after]! - timeMs ? before : after;
}

/** All moments, with half a step of room on both sides, so that the first and the last bar are whole. `null` without moments. */
export function fullRange(times: ArrayLike<number>): TimeRange | null {
  if (times.length === 0) return null;
  const fromMs = times[0]!;
  const toMs = times[times.length - 1]!;
  const half = times.length > 1 ? (toMs - fromMs) / (times.length - 1) / 2 : 43_200_000;
  return { fromMs: fromMs - half, toMs: toMs + half };
}

/** `times` ascending, milliseconds since 1970. `offsetMs`: what the wall clock of the reader is ahead of UTC. O(moments seen) per series. */
export function layOutChart(times: ArrayLike<number>, panes: readonly Pane[], range: TimeRange, offsetMs: number): ChartLayout {
  const first = findMoment(times, range.fromMs);
  const last = findMoment(times, range.toMs + 1) - 1;
  const span = range.toMs - range.fromMs;
  // A line goes on to the next moment outside of the picture, so that it does not end before the edge.
  const reach = { first: Math.max(0, first - 1), last: Math.min(times.length - 1, last + 1) };
  const xs = (index: number) => ((times[index]! - range.fromMs) / span) * WIDTH;
  return {
    range,
    first,
    last,
    timeTicks: chooseTimeTicks(range.fromMs, range.toMs, TIME_TICKS, offsetMs).map((tick) => ({
      ...tick,
      ratio: (tick.timeMs - range.fromMs) / span,
    })),
    panes: panes.map((pane) => layOutPane(pane, { first, last }, reach, xs)),
  };
}

function layOutPane(
  pane: Pane,
  seen: { first: number; last: number },
  reach: { first: number; last: number },
  xs: Placing['xs'],
): PaneLayout {
  const scale = fitScale(pane, seen.first, seen.last);
  if (scale === null) return { pane, ticks: [], levels: [], marks: [] };
  const y = (value: number) => (1 - scale.toRatio(value)) * pane.heightPx;
  const place = (value: number) => ({ value, ratio: 1 - scale.toRatio(value) });
  const marks = pane.series.flatMap((series) =>
    toMarks(series, { ...(series.kind === 'line' || series.kind === 'band' ? reach : seen), xs, y }),
  );
  return {
    pane,
    ticks: scale.ticks.map(place),
    levels: (pane.levels ?? []).map(place),
    marks: marks.filter(({ d }) => d !== ''),
  };
}

function toMarks(series: Series, placing: Placing): Mark[] {
  const { id } = series;
  if (series.kind === 'band') return [{ id, className: `tc-band ${series.tone}`, d: toBandPath(series, placing) }];
  if (series.kind === 'dots') return [{ id, className: `tc-dots tone${series.tone}`, d: toDotsPath(series, placing) }];
  if (series.kind === 'bars') {
    const { up, down } = toBarPaths(series, placing);
    const [upClass, downClass] = series.tone === 'bySign' ? ['gain', 'loss'] : [`tone${series.tone}`, `tone${series.tone}`];
    return [
      { id: `${id}-up`, className: `tc-fill ${upClass}`, d: up },
      { id: `${id}-down`, className: `tc-fill ${downClass}`, d: down },
    ];
  }
  if (series.kind === 'candles') {
    const { up, down, wicks } = toCandlePaths(series, placing);
    return [
      { id: `${id}-wicks`, className: 'tc-wicks', d: wicks },
      { id: `${id}-up`, className: 'tc-candle gain', d: up },
      { id: `${id}-down`, className: 'tc-candle loss', d: down },
    ];
  }
  return [{ id, className: `tc-line tone${series.tone}${series.isDashed ? ' dashed' : ''}`, d: toLinePath(series, placing) }];
}
