/**
 * An indicator over candles that may have gaps. A candle without one of the figures the indicator reads is a gap: it has no value, and everything after it is computed as if the candles began there.
 * Nothing is filled in. What is not a finite number in the end (0/0, or a quotient beyond the range of a double) is unknown. Pure.
 */
import type { Column, Columns, Indicator, ParamValues } from './indicator.ts';

export type IndicatorResult = {
  /** One column per output, as long as the candles; NaN: unknown. */
  outputs: Readonly<Record<string, Float64Array>>;
  /** Values that belong to candles still to come, the next one first; `null`: the indicator has none. */
  ahead: Readonly<Record<string, Float64Array>> | null;
};

type Run = { from: number; to: number };

/** Stretches of candles in which every column is known, `to` excluded. */
function listRuns(columns: readonly Float64Array[], length: number): Run[] {
  const isGap = new Uint8Array(length + 1);
  for (const column of columns) for (let i = 0; i < length; i++) if (Number.isNaN(column[i])) isGap[i] = 1;
  isGap[length] = 1;
  const runs: Run[] = [];
  let from = 0;
  for (let i = 0; i <= length; i++) {
    if (isGap[i] === 0) continue;
    if (i > from) runs.push({ from, to: i });
    from = i + 1;
  }
  return runs;
}

const EMPTY = new Float64Array(0);

function toOutputs(names: readonly string[], length: number): Record<string, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(length).fill(Number.NaN)]));
}

function forgetInfinities(outputs: Readonly<Record<string, Float64Array>>): void {
  for (const column of Object.values(outputs)) {
    for (let i = 0; i < column.length; i++) if (!Number.isFinite(column[i])) column[i] = Number.NaN;
  }
}

/** `columns` holds at least what the indicator reads, NaN where unknown, all of `length` values. */
export function computeIndicator(
  indicator: Indicator,
  columns: Readonly<Partial<Record<Column, Float64Array>>>,
  length: number,
  params: ParamValues,
): IndicatorResult {
  const read = indicator.inputs.map((name) => {
    const column = columns[name];
    if (column === undefined || column.length !== length) throw new Error(`${indicator.name} needs ${length} values of ${name}`);
    return column;
  });
  const columnsOf = ({ from, to }: Run): Columns => {
    const all: Partial<Record<Column, Float64Array>> = {};
    for (const [i, name] of indicator.inputs.entries()) all[name] = read[i]!.subarray(from, to);
    return { open: EMPTY, high: EMPTY, low: EMPTY, close: EMPTY, volume: EMPTY, difficulty: EMPTY, subsidyBtc: EMPTY, ...all };
  };
  const outputs = toOutputs(Object.keys(indicator.outputs), length);
  const runs = listRuns(read, length);
  for (const run of runs) {
    const part = Object.fromEntries(Object.entries(outputs).map(([name, column]) => [name, column.subarray(run.from, run.to)]));
    indicator.compute(columnsOf(run), params, part);
  }
  forgetInfinities(outputs);
  if (indicator.ahead === undefined) return { outputs, ahead: null };
  const ahead = toOutputs(indicator.ahead.outputs, indicator.ahead.count(params));
  const last = runs.at(-1);
  if (last?.to === length) indicator.ahead.compute(columnsOf(last), params, ahead);
  forgetInfinities(ahead);
  return { outputs, ahead };
}

/** A candle's value: the number itself where the indicator has one output, else its numbers by name; `null` where nothing is known. */
export type IndicatorValue = number | Record<string, number | null> | null;

/** Columns as values candle by candle, from `from` to `to` (excluded). */
export function toValues(outputs: Readonly<Record<string, Float64Array>>, from: number, to: number): IndicatorValue[] {
  const entries = Object.entries(outputs);
  const numberAt = (column: Float64Array, i: number) => (Number.isNaN(column[i]) ? null : column[i]!);
  return Array.from({ length: to - from }, (_, offset) => {
    const i = from + offset;
    if (entries.length === 1) return numberAt(entries[0]![1], i);
    const value: Record<string, number | null> = {};
    let isKnown = false;
    for (const [name, column] of entries) {
      value[name] = numberAt(column, i);
      isKnown ||= value[name] !== null;
    }
    return isKnown ? value : null;
  });
}
