/** Candles for tests. */
import { computeIndicator } from './compute-indicator.ts';
import { COLUMNS, type Column, type Indicator, type ParamValues } from './indicator.ts';
import { defaultParams, findIndicator } from './registry.ts';

export type CandleColumns = Record<Column, Float64Array>;

/** An indicator that is in the registry. */
export function theIndicator(name: string): Indicator {
  const indicator = findIndicator(name);
  if (indicator === null) throw new Error(`no indicator ${name}`);
  return indicator;
}

/** Columns from lists; the lists that are left out repeat the close. */
export function toColumns(lists: Partial<Record<Column, readonly number[]>> & { close: readonly number[] }): CandleColumns {
  return Object.fromEntries(COLUMNS.map((name) => [name, Float64Array.from(lists[name] ?? lists.close)])) as CandleColumns;
}

/** Numbers from 0 to 1, always the same ones (linear congruence of Numerical Recipes). */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A walk of the price with ranges around it, volumes, rising difficulty and a halving in the middle. */
export function aWalk(length: number, seed = 1): CandleColumns {
  const random = createDice(seed);
  const columns = toColumns({ close: new Array<number>(length).fill(0) });
  let price = 100;
  for (let i = 0; i < length; i++) {
    const open = price;
    price *= Math.exp(0.04 * (random() - 0.49));
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price) * (1 + 0.02 * random());
    columns.low[i] = Math.min(open, price) * (1 - 0.02 * random());
    columns.volume[i] = 1000 * random();
    columns.difficulty[i] = 1e14 * 1.003 ** i;
    columns.subsidyBtc[i] = i < length / 2 ? 6.25 : 3.125;
  }
  return columns;
}

/** Part of the candles. */
export function slice(columns: CandleColumns, from: number, to: number): CandleColumns {
  return Object.fromEntries(COLUMNS.map((name) => [name, columns[name].slice(from, to)])) as CandleColumns;
}

/** Outputs with default parameters but for those given. */
export function compute(name: string, columns: CandleColumns, params: ParamValues = {}): Readonly<Record<string, Float64Array>> {
  const indicator = theIndicator(name);
  return computeIndicator(indicator, columns, columns.close.length, { ...defaultParams(indicator), ...params }).outputs;
}

/** One output with null where unknown, rounded to 10 decimals. */
export function valuesOf(name: string, lists: Parameters<typeof toColumns>[0], params: ParamValues = {}, output = name): (number | null)[] {
  const column = compute(name, toColumns(lists), params)[output];
  if (column === undefined) throw new Error(`${name} has no output ${output}`);
  return Array.from(column, (value) => (Number.isNaN(value) ? null : Math.round(value * 1e10) / 1e10));
}
