/** The parameters of the address of machine lists: filters, the search and the page. Unknown names and bad values are refused. Pure. */

import { explainIssues } from '#app/features/api/wire/explain-issues.ts';
import { type Fault, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { findSingleFaults } from '#app/features/api/wire/read-query.ts';
import { readCursor } from '#app/features/sites/machines/machine-cursor.ts';
import { BY_NUMBER, type MachineSort, readSort, SORT_NAMES, writeSort } from '#app/features/sites/machines/machine-order.ts';
import {
  DEFAULT_PAGE_MACHINES,
  MAX_PAGE_MACHINES,
  type MachineFilter,
  MachineFilterSchema,
  type MachinePage,
} from '#app/features/sites/machines/machine-query.ts';
import { range } from '#engine/units/fields.ts';

const FILTER_TEXTS = ['q', 'siteId', 'clientId', 'rackId', 'tag'] as const;
/** Several values by commas. */
const FILTER_LISTS = ['status', 'approval'] as const;

type Read<T> = ({ kind: 'ok' } & T) | { kind: 'invalid'; faults: Fault[] };

export function readMachinesQuery(url: string): Read<{ filter: MachineFilter; sort: MachineSort; page: MachinePage }> {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, [...FILTER_TEXTS, ...FILTER_LISTS, 'sort', 'after', 'limit']);
  const given: Record<string, unknown> = {};
  for (const name of FILTER_TEXTS) if (searchParams.has(name)) given[name] = searchParams.get(name);
  for (const name of FILTER_LISTS) if (searchParams.has(name)) given[name] = searchParams.get(name)?.split(',');
  const filter = MachineFilterSchema.safeParse(given);
  if (!filter.success) faults.push(...explainIssues(filter.error, given, [], {}));
  const sortText = searchParams.get('sort') ?? writeSort(BY_NUMBER);
  const sort = readSort(sortText);
  if (sort === null) faults.push(toFault('sort', sortText, 'bad_parameter', { choices: SORT_NAMES.join(', ') }));
  const afterText = searchParams.get('after');
  const after = afterText === null || sort === null ? null : readCursor(sort, afterText);
  if (afterText !== null && sort !== null && after === null) faults.push(toFault('after', afterText, 'not_a_cursor'));
  const limit = readWhole(searchParams, 'limit', 1, MAX_PAGE_MACHINES, DEFAULT_PAGE_MACHINES, faults);
  return faults.length > 0 || !filter.success || sort === null
    ? { kind: 'invalid', faults }
    : { kind: 'ok', filter: filter.data, sort, page: { after, limit } };
}

/** `before`: the number of a change, as the page before gave it. */
export function readChangesQuery(url: string, most: number): Read<{ page: { before: bigint | null; limit: number } }> {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, ['before', 'limit']);
  const text = searchParams.get('before');
  if (text !== null && !/^\d{1,18}$/.test(text)) faults.push(toFault('before', text, 'not_a_number'));
  const limit = readWhole(searchParams, 'limit', 1, most, most, faults);
  return faults.length > 0 ? { kind: 'invalid', faults } : { kind: 'ok', page: { before: text === null ? null : BigInt(text), limit } };
}

export function readWhole(params: URLSearchParams, name: string, min: number, max: number, absent: number, faults: Fault[]): number {
  const text = params.get(name);
  if (text === null) return absent;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  faults.push(toRangeFault(name, text, 'out_of_range', range('1', min, max, { integer: true })));
  return absent;
}
