/** Which rows a table shows and in which order: filter, search and sort over all rows of a batch. Pure. */
import type { ComputedBatch } from './compute-batch.ts';

export const SORT_KEYS = [
  'row',
  'model',
  'count',
  'hashrateThs',
  'powerW',
  'efficiencyJPerTh',
  'powerUsdPerKwh',
  'netUsdPerDay',
  'breakEvenPowerUsdPerKwh',
  'capexUsd',
  'npvUsd',
  'irrRatioPerYear',
  'paybackMonths',
  'profitUsd',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const ROW_FILTERS = ['all', 'unprofitable', 'profitable', 'never_pays', 'noted', 'doubled', 'advised'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

export type RowQuery = {
  sort: SortKey;
  descending: boolean;
  filter: RowFilter;
  /** Looked for in every cell, upper and lower case alike; words in any order. */
  search: string;
};

export const FIRST_QUERY: RowQuery = { sort: 'row', descending: false, filter: 'all', search: '' };

export type RowTexts = {
  /** Everything a row can be found by, in lower case. */
  textOf: (row: number) => string;
  modelOf: (row: number) => string;
  isNoted: (row: number) => boolean;
  isDoubled: (row: number) => boolean;
  isAdvised: (row: number) => boolean;
};

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The value rows are sorted by; of all machines of the row, as the table shows it. NaN: unknown. */
export function sortValue({ machines, results }: ComputedBatch, key: Exclude<SortKey, 'model'>, row: number): number {
  switch (key) {
    case 'row':
      return row;
    case 'count':
    case 'hashrateThs':
    case 'powerW':
    case 'powerUsdPerKwh':
    case 'capexUsd':
      return machines[key][row]!;
    case 'efficiencyJPerTh':
      return machines.powerW[row]! / machines.hashrateThs[row]!;
    default:
      return results[key][row]!;
  }
}

function toPredicate(batch: ComputedBatch, filter: RowFilter, texts: RowTexts): (row: number) => boolean {
  const { results } = batch;
  switch (filter) {
    case 'all':
      return () => true;
    case 'unprofitable':
      return (row) => results.netUsdPerDay[row]! < 0;
    case 'profitable':
      return (row) => results.netUsdPerDay[row]! >= 0;
    case 'never_pays':
      return (row) => Number.isNaN(results.paybackMonths[row]);
    case 'noted':
      return texts.isNoted;
    case 'doubled':
      return texts.isDoubled;
    case 'advised':
      return texts.isAdvised;
  }
}

/** Indices of the rows to show, in order. Unknown values come last whichever way is sorted. O(rows log rows). */
export function orderRows(batch: ComputedBatch, query: RowQuery, texts: RowTexts): Uint32Array {
  const isShown = toPredicate(batch, query.filter, texts);
  const words = query.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found: number[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    if (!isShown(row)) continue;
    if (words.length > 0) {
      const text = texts.textOf(row);
      if (!words.every((word) => text.includes(word))) continue;
    }
    found.push(row);
  }
  const order = Uint32Array.from(found);
  if (query.sort === 'row') return query.descending ? order.reverse() : order;
  const way = query.descending ? -1 : 1;
  if (query.sort === 'model') return sortByModel(order, texts.modelOf, way);
  const key = query.sort;
  const values = Float64Array.from({ length: batch.rowCount }, (_, row) => sortValue(batch, key, row));
  return order.sort((a, b) => {
    const [x, y] = [values[a]!, values[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return way * (x - y) || a - b;
  });
}

/** Names are compared once for each pair of different names, not of rows: comparing words is slow. */
function sortByModel(order: Uint32Array, modelOf: (row: number) => string, way: number): Uint32Array {
  const names = [...new Set(Array.from(order, modelOf))].sort(collator.compare);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  return order.sort((a, b) => way * (placeOf.get(modelOf(a))! - placeOf.get(modelOf(b))!) || a - b);
}
