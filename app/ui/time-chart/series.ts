// What a time chart shows: series over one list of moments, stacked in panes that share the axis of time.

/** Place of a colour in the order of use of the design tokens (`--c1` to `--c6`). */
export type Tone = 1 | 2 | 3 | 4 | 5 | 6;

/** One value per moment; `null` is unknown and breaks the line. */
export type Values = readonly (number | null)[] | Float64Array;

/** `standsInFor`: id of another series of the pane, which says more where it is known. */
type Named = { id: string; name: string; standsInFor?: string };
export type LineSeries = Named & { kind: 'line' | 'steps' | 'dots'; tone: Tone; isDashed?: boolean; values: Values };
/** From zero up or down; `bySign` paints gains and losses apart. */
export type BarSeries = Named & { kind: 'bars'; tone: Tone | 'bySign'; values: Values };
/** The room between two lines. `tone` `wide` is the quieter one. */
export type BandSeries = Named & { kind: 'band'; tone: 'wide' | 'narrow'; lower: Values; upper: Values };
/** Hollow where the close is not below the open, filled where it is. */
export type CandleSeries = Named & { kind: 'candles'; open: Values; high: Values; low: Values; close: Values };
export type Series = LineSeries | BarSeries | BandSeries | CandleSeries;

export type Pane = {
  id: string;
  /** With the unit: the title of the value axis. */
  title: string;
  heightPx: number;
  scale: 'linear' | 'log';
  /** Does the axis have to reach zero? Bars always do. */
  includesZero?: boolean;
  series: readonly Series[];
  /** Levels with a meaning (30 and 70 of an RSI). Part of the picture whatever the values are. */
  levels?: readonly number[];
  /** A value with its unit, for the read-out and the table. */
  say(value: number | null): string;
  /** A value on the axis. */
  sayTick(value: number): string;
};

/** A moment worth a line through every pane. */
export type Moment = { timeMs: number; label: string };

/** `null` for what is not a number as well: columns of floats write NaN where nothing is known. */
export function readValue(values: Values, index: number): number | null {
  const value = values[index];
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** The last moment from `first` to `last` of which any series knows anything; `last` where there is none. A bucket that goes on has nothing to say yet. */
export function findNewestKnown(panes: readonly Pane[], { first, last }: { first: number; last: number }): number {
  const columns = panes.flatMap(({ series }) => series.flatMap(extremeColumns));
  for (let index = last; index >= first; index -= 1) {
    if (columns.some((values) => readValue(values, index) !== null)) return index;
  }
  return last;
}

/** The columns of a series that reach furthest up and down. */
export function extremeColumns(series: Series): readonly Values[] {
  if (series.kind === 'band') return [series.lower, series.upper];
  return series.kind === 'candles' ? [series.low, series.high] : [series.values];
}

/** What a table has a column of its own for. */
export type Part = { id: string; name: string; values: Values };

/** The columns of a series: both ends of a band, the four prices of a candle. `names`: how those are called. */
export function listParts(series: Series, names: Record<'lower' | 'upper' | 'open' | 'high' | 'low' | 'close', string>): Part[] {
  const of = (keys: readonly (keyof typeof names)[], columns: Partial<Record<keyof typeof names, Values>>) =>
    keys.map((key) => ({ id: `${series.id}-${key}`, name: names[key], values: columns[key] ?? [] }));
  if (series.kind === 'candles') return of(['open', 'high', 'low', 'close'], series);
  if (series.kind !== 'band') return [{ id: series.id, name: series.name, values: series.values }];
  return of(['lower', 'upper'], series).map((part) => ({ ...part, name: `${series.name}, ${part.name}` }));
}
