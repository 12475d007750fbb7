/** What a signal is: a named event in the columns of an indicator, and what people say it announces. Whether it does is measured (evaluate-signal.ts). */
import { computeIndicator } from '../compute-indicator.ts';
import type { Column, ParamValues } from '../indicator.ts';
import { defaultParams, findIndicator } from '../registry.ts';

/** What the price is said to do after it. */
export type SignalDirection = 'rise' | 'fall';

export type SignalColumns = Readonly<Partial<Record<Column, Float64Array>>>;

export type Signal = {
  readonly name: string;
  readonly direction: SignalDirection;
  /** The indicator whose pane it belongs to. */
  readonly indicator: string;
  /** Columns without which it cannot be found. */
  readonly inputs: readonly Column[];
  /** 1 on days of the signal, 0 on others, NaN on days on which it could not have been found. A day rests on itself and the days before. */
  find(columns: SignalColumns, length: number): Float64Array;
  /** The same for what ends it: from a day of the signal to the next of these days it is on. */
  findEnd(columns: SignalColumns, length: number): Float64Array;
};

/** Outputs of an indicator of the registry, with defaults but for `params`. */
export function outputsOf(
  name: string,
  columns: SignalColumns,
  length: number,
  params: ParamValues = {},
): Readonly<Record<string, Float64Array>> {
  const indicator = findIndicator(name);
  if (indicator === null) throw new Error(`no indicator ${name}`);
  return computeIndicator(indicator, columns, length, { ...defaultParams(indicator), ...params }).outputs;
}

/** Sums of the same values differ in their last digits by how they were put together; what is nearer than this, as a share of their size, is one value. */
const ROUNDING = 1e-12;

/** Above beyond rounding. `scale`: the size of what both were computed from. */
export function isAbove(value: number, other: number, scale = 0): boolean {
  return value - other > ROUNDING * Math.max(Math.abs(value), Math.abs(other), Math.abs(scale));
}

/**
 * Days on which `line` is above `other` and was not the day before, rounding aside. Unknown where either is on either day. `scale`: what the lines are differences of, where they are small ones of large values.
 */
export function findCrossingsUp(line: Float64Array, other: Float64Array | number, scale?: Float64Array): Float64Array {
  return line.map((value, i) => {
    const [before, now] = typeof other === 'number' ? [other, other] : [other[i - 1] ?? Number.NaN, other[i]!];
    const last = line[i - 1] ?? Number.NaN;
    if (Number.isNaN(value + last + before + now)) return Number.NaN;
    return isAbove(value, now, scale?.[i]) && !isAbove(last, before, scale?.[i]) ? 1 : 0;
  });
}

/** Days on which `line` is below `other` and was not the day before. */
export function findCrossingsDown(line: Float64Array, other: Float64Array | number, scale?: Float64Array): Float64Array {
  const negated = typeof other === 'number' ? -other : other.map((value) => -value);
  return findCrossingsUp(
    line.map((value) => -value),
    negated,
    scale,
  );
}
