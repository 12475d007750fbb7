/** What the page of indicators shows: one indicator over a span of the stored days, with the price, and every signal. Pure. */
import { computeIndicator } from '../compute-indicator.ts';
import type { Indicator, IndicatorGroup, OutputUnit, ParamValues } from '../indicator.ts';
import { defaultParams, INDICATORS } from '../registry.ts';
import type { SignalHistory } from '../signals/describe-signals.ts';
import { HISTORY_COLUMNS, type StoredHistory } from '../stored-history.ts';
import { SPANS, type Span } from './spans.ts';

/** Points of a line; more are not told apart on a screen. */
const MOST_POINTS = 500;
/** Rows of the table behind the chart. */
const TABLE_ROWS = 30;

/** Indicators that the stored days are enough for. */
export const SHOWN_INDICATORS = INDICATORS.filter(({ inputs }) =>
  inputs.every((name) => (HISTORY_COLUMNS as readonly string[]).includes(name)),
);

export type ShownLine = { name: string; unit: OutputUnit; values: (number | null)[]; last: number | null };

export type IndicatorPage = {
  name: string;
  span: Span;
  params: ParamValues;
  /** Instants of the points, and how many days there are from one to the next. */
  timesMs: number[];
  everyDays: number;
  close: (number | null)[];
  lines: ShownLine[];
  /** The last days, the newest first. */
  rows: { atMs: number; close: number | null; values: (number | null)[] }[];
  sources: readonly string[];
  signals: readonly SignalHistory[];
  different: Different;
  /** What may be chosen instead. */
  choices: { name: string; group: IndicatorGroup }[];
};

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);

export function toIndicatorPage(
  indicator: Indicator,
  span: Span,
  history: StoredHistory,
  signals: readonly SignalHistory[],
): IndicatorPage {
  const { columns, length, startAtMs, stepMs, sources } = history;
  const params = defaultParams(indicator);
  const { outputs } = computeIndicator(indicator, columns, length, params);
  const days = Math.min(SPANS[span] ?? length, length);
  const every = Math.ceil(days / MOST_POINTS);
  // Counted back from the last day, so that the newest value is always drawn.
  const points = Array.from({ length: Math.ceil(days / every) }, (_, k) => length - 1 - k * every).reverse();
  const newest = Array.from({ length: Math.min(TABLE_ROWS, length) }, (_, k) => length - 1 - k);
  const names = Object.keys(outputs);
  return {
    name: indicator.name,
    span,
    params,
    timesMs: points.map((day) => startAtMs + day * stepMs),
    everyDays: every,
    close: points.map((day) => orNull(columns.close[day])),
    lines: names.map((name) => ({
      name,
      unit: indicator.outputs[name]!,
      values: points.map((day) => orNull(outputs[name]![day])),
      last: orNull(outputs[name]!.at(-1)),
    })),
    rows: newest.map((day) => ({
      atMs: startAtMs + day * stepMs,
      close: orNull(columns.close[day]),
      values: names.map((name) => orNull(outputs[name]![day])),
    })),
    sources,
    signals,
    different: countDifferent(signals),
    choices: SHOWN_INDICATORS.map(({ name, group }) => ({ name, group })),
  };
}

/** Outcomes that are not what happens anyway, and how many there are. */
export type Different = { better: number; worse: number; all: number };

/** Outcomes whose base rate lies outside of the interval of the hit ratio, above or below it. */
export function countDifferent(signals: readonly SignalHistory[]): Different {
  const counts = { better: 0, worse: 0, all: 0 };
  for (const signal of signals) {
    for (const { interval, baseRatio } of signal.kind === 'measured' ? signal.outcomes : []) {
      if (interval === null || baseRatio === null) continue;
      counts.all += 1;
      counts.better += Number(interval.low > baseRatio);
      counts.worse += Number(interval.high < baseRatio);
    }
  }
  return counts;
}
