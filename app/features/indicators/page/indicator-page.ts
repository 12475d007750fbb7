/** What the page of indicators shows: one indicator over a stretch of the stored candles, with what they are and who said them, and every signal. Pure. */
import { type HistoryPart, listParts } from '#app/features/market/history/candle-history.ts';
import { computeIndicator } from '../compute-indicator.ts';
import type { Column, IndicatorGroup, OutputUnit, Param } from '../indicator.ts';
import { INDICATORS } from '../registry.ts';
import type { SignalHistory } from '../signals/describe-signals.ts';
import { listDifficultySources, type StoredHistory } from '../stored-history.ts';
import type { PageQuery } from './page-query.ts';
import { countCandles, type Interval, type Span } from './spans.ts';
import type { ParamFault } from './typed-params.ts';

/** Digits of what is drawn: more than a screen can tell apart, fewer than make a page heavy. */
const DIGITS = 6;

type Values = (number | null)[];

export type ShownOutput = { name: string; unit: OutputUnit; values: Values; last: number | null };

export type ChartData = {
  /** Opening of the first candle; the others follow every `stepMs`. */
  startMs: number;
  stepMs: number;
  /** Candles there are; columns hold `ahead` values more, for candles still to come. */
  count: number;
  ahead: number;
  close: Values;
  /** `null`: only closes are known in the whole stretch. */
  candles: { open: Values; high: Values; low: Values } | null;
  volumeBtc: Values | null;
  outputs: ShownOutput[];
  parts: HistoryPart[];
  /** Who said the difficulty; `null` where the indicator does not read it. */
  difficultySource: string | null;
};

/** Why nothing is drawn. */
export type Undrawn =
  | { kind: 'faults' }
  /** No hour is stored. */
  | { kind: 'no-hours' }
  /** Its windows are days. */
  | { kind: 'daily-only' }
  | { kind: 'not-stored'; columns: Column[] };

export type ShownField = Omit<Param, 'aliases'> & { name: string; text: string };

export type IndicatorPage = {
  name: string;
  interval: Interval;
  span: Span;
  isDailyOnly: boolean;
  fields: ShownField[];
  faults: ParamFault[];
  chart: ({ kind: 'drawn' } & ChartData) | Undrawn;
  nowMs: number;
  signals: readonly SignalHistory[];
  different: Different;
  /** What may be chosen instead. */
  choices: { name: string; group: IndicatorGroup }[];
};

export type PageFacts = { history: StoredHistory | null; signals: readonly SignalHistory[]; nowMs: number };

/** `history`: that of the query's candles. */
export function toIndicatorPage(query: PageQuery, { history, signals, nowMs }: PageFacts): IndicatorPage {
  const { indicator, interval, span, typed } = query;
  return {
    name: indicator.name,
    interval,
    span,
    isDailyOnly: indicator.group === 'mining',
    fields: Object.entries(indicator.params).map(([name, { aliases: _, ...param }]) => ({ name, ...param, text: typed.texts[name]! })),
    faults: typed.faults,
    chart: toChart(query, history),
    nowMs,
    signals,
    different: countDifferent(signals),
    choices: INDICATORS.map(({ name, group }) => ({ name, group })),
  };
}

function toChart({ indicator, interval, span, typed }: PageQuery, history: StoredHistory | null): IndicatorPage['chart'] {
  if (typed.faults.length > 0) return { kind: 'faults' };
  if (indicator.group === 'mining' && interval !== '1d') return { kind: 'daily-only' };
  if (history === null) return { kind: 'no-hours' };
  const lacking = indicator.inputs.filter((name) => history.columns[name] === undefined);
  if (lacking.length > 0) return { kind: 'not-stored', columns: lacking };
  const { columns, length, startAtMs, stepMs, candles } = history;
  const from = Math.max(0, length - (countCandles(interval, span) ?? length));
  // From the first stored candle on, so that a value does not depend on what is looked at.
  const { outputs, ahead } = computeIndicator(indicator, columns, length, typed.params);
  const future = ahead === null ? 0 : (Object.values(ahead)[0]?.length ?? 0);
  const cut = (column: Float64Array | undefined) =>
    Array.from((column ?? new Float64Array(length).fill(Number.NaN)).subarray(from), rounded);
  const isKnown = (column: Float64Array | undefined) => column?.subarray(from).some((value) => Number.isFinite(value)) ?? false;
  return {
    kind: 'drawn',
    startMs: startAtMs + from * stepMs,
    stepMs,
    count: length - from,
    ahead: future,
    close: cut(columns.close),
    candles: isKnown(columns.open) ? { open: cut(columns.open), high: cut(columns.high), low: cut(columns.low) } : null,
    volumeBtc: isKnown(columns.volume) ? cut(columns.volume) : null,
    outputs: Object.entries(outputs).map(([name, column]) => ({
      name,
      unit: indicator.outputs[name]!,
      values: [...cut(column), ...(future > 0 ? Array.from(ahead?.[name] ?? new Float64Array(future).fill(Number.NaN), rounded) : [])],
      last: rounded(column[length - 1]!),
    })),
    parts: listParts(candles, from, length),
    difficultySource: indicator.inputs.includes('difficulty') ? listDifficultySources(history, from, length).join('; ') : null,
  };
}

const rounded = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null);

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
