/**
 * Series as paths in a box of WIDTH by a height. However long a series is, a path never has more than a few points per column of the box: within a column the lowest, the
 * highest, the first and the last value are kept, so that no peak is lost and the picture is the same. O(moments seen).
 */
import { type BandSeries, type BarSeries, type CandleSeries, type LineSeries, readValue, type Values } from './series.ts';

/** Width of the box that the screen stretches. */
export const WIDTH = 1000;
/** Columns in which a series is gathered: about two pixels of a wide screen each. */
const COLUMNS = 600;

/** Places of moments and values in the box. */
export type Placing = {
  first: number;
  last: number;
  /** 0 to WIDTH. */
  xs: (index: number) => number;
  /** 0 at the top. */
  y: (value: number) => number;
};

const at = (value: number) => value.toFixed(1);
const columnOf = (x: number) => Math.floor((x / WIDTH) * COLUMNS);

/** Up to so many moments every one is drawn; beyond, columns are gathered. */
const DRAWN_WHOLE = 2 * COLUMNS;

/** A line that breaks where a value is unknown; `steps` holds a value until the next. */
export function toLinePath({ kind, values }: LineSeries, { first, last, xs, y }: Placing): string {
  const stride = last - first < DRAWN_WHOLE ? null : COLUMNS;
  let path = '';
  let isDrawing = false;
  const point = (index: number) => {
    const x = at(xs(index));
    const value = at(y(readValue(values, index)!));
    if (!isDrawing) path += `M${x} ${value}`;
    else path += kind === 'steps' ? `H${x}V${value}` : `L${x} ${value}`;
    isDrawing = true;
  };
  // First, lowest, highest and last index of the column that is being gathered.
  let column = -1;
  const kept = [0, 0, 0, 0];
  const flush = () => {
    if (column < 0) return;
    for (const index of new Set([...kept].sort((a, b) => a - b))) point(index);
    column = -1;
  };
  for (let index = first; index <= last; index++) {
    const value = readValue(values, index);
    if (value === null) {
      flush();
      isDrawing = false;
    } else if (stride === null) {
      point(index);
    } else {
      const own = columnOf(xs(index));
      if (own !== column) {
        flush();
        column = own;
        kept.fill(index);
      }
      if (value < values[kept[1]!]!) kept[1] = index;
      if (value > values[kept[2]!]!) kept[2] = index;
      kept[3] = index;
    }
  }
  flush();
  return path;
}

/** Circles as a path of arcs, one per known value: for few points only. */
export function toDotsPath({ values }: LineSeries, { first, last, xs, y }: Placing): string {
  let path = '';
  for (let index = first; index <= last; index++) {
    const value = readValue(values, index);
    // A line of no length with round ends is a dot whose size the stretching of the box does not change.
    if (value !== null) path += `M${at(xs(index))} ${at(y(value))}h0.01`;
  }
  return path;
}

/** One closed outline per stretch in which both ends are known. */
export function toBandPath({ lower, upper }: BandSeries, { first, last, xs, y }: Placing): string {
  let path = '';
  let tops: string[] = [];
  let bottoms: string[] = [];
  let column = -1;
  const close = () => {
    if (tops.length > 0) path += `M${[...tops, ...bottoms.reverse()].join('L')}Z`;
    tops = [];
    bottoms = [];
    column = -1;
  };
  for (let index = first; index <= last; index++) {
    const [low, high] = [readValue(lower, index), readValue(upper, index)];
    if (low === null || high === null) {
      close();
      continue;
    }
    const x = xs(index);
    // The end of a stretch is drawn even when its column is taken, so that a band is as long as its line.
    if (columnOf(x) === column && index !== last) continue;
    column = columnOf(x);
    tops.push(`${at(x)} ${at(y(high))}`);
    bottoms.push(`${at(x)} ${at(y(low))}`);
  }
  close();
  return path;
}

/** Bars from zero: `up` and `down` apart, so that they can be painted apart. Bars of one column are one bar that reaches as far as the furthest. */
export function toBarPaths({ values }: BarSeries, placing: Placing): { up: string; down: string } {
  const { first, last, xs, y } = placing;
  const width = barWidth(placing);
  let up = '';
  let down = '';
  let column = -1;
  let furthest = 0;
  let x = 0;
  const flush = () => {
    if (column < 0 || furthest === 0) return;
    const bar = `M${at(x - width / 2)} ${at(y(0))}V${at(y(furthest))}h${at(width)}V${at(y(0))}Z`;
    if (furthest > 0) up += bar;
    else down += bar;
  };
  for (let index = first; index <= last; index++) {
    const value = readValue(values, index);
    if (value === null) continue;
    const own = columnOf(xs(index));
    if (own !== column) {
      flush();
      column = own;
      furthest = 0;
    }
    if (Math.abs(value) > Math.abs(furthest)) furthest = value;
    x = xs(index);
  }
  flush();
  return { up, down };
}

/** Bodies and wicks of candles that closed higher (`up`) and lower (`down`); candles of one column become the candle of their whole time. */
export function toCandlePaths(series: CandleSeries, placing: Placing): { up: string; down: string; wicks: string } {
  const { first, last, xs, y } = placing;
  const width = barWidth(placing);
  const shapes = { up: '', down: '', wicks: '' };
  let gathered: { x: number; open: number; high: number; low: number; close: number } | null = null;
  let column = -1;
  const flush = () => {
    if (gathered === null) return;
    const { x, open, high, low, close } = gathered;
    shapes.wicks += `M${at(x)} ${at(y(high))}V${at(y(low))}`;
    const body = `M${at(x - width / 2)} ${at(y(open))}V${at(y(close))}h${at(width)}V${at(y(open))}Z`;
    if (close >= open) shapes.up += body;
    else shapes.down += body;
  };
  const read = (values: Values, index: number) => readValue(values, index);
  for (let index = first; index <= last; index++) {
    const [open, high, low, close] = [
      read(series.open, index),
      read(series.high, index),
      read(series.low, index),
      read(series.close, index),
    ];
    if (open === null || high === null || low === null || close === null) continue;
    const x = xs(index);
    if (gathered !== null && columnOf(x) === column) {
      gathered = { x, open: gathered.open, high: Math.max(gathered.high, high), low: Math.min(gathered.low, low), close };
      continue;
    }
    flush();
    column = columnOf(x);
    gathered = { x, open, high, low, close };
  }
  flush();
  return shapes;
}

/** Seven tenths of the distance of two neighbours, at least one column. */
function barWidth({ first, last, xs }: Placing): number {
  const distance = last > first ? (xs(last) - xs(first)) / (last - first) : WIDTH / 10;
  return Math.max(WIDTH / COLUMNS, distance * 0.7);
}
