/** Query parameters of the POST routes. Unknown names are refused like unknown fields: a misspelt one would be lost silently. Pure. */
import { LANGUAGE_PARAM } from '#app/paths.ts';
import { type Fault, toFault } from './fault.ts';

/** Parameter of the batch that asks for the months of every row. */
const MONTHS_PARAM = 'months';
const MONTHS_VALUES: Readonly<Record<string, boolean>> = { 0: false, 1: true };

/** Faults of a route that takes no parameter of its own. `lng` chooses the language of messages everywhere. */
export function findQueryFaults(url: string, allowed: readonly string[] = []): Fault[] {
  const names = new Set(new URL(url).searchParams.keys());
  const unknown = [...names].filter((name) => name !== LANGUAGE_PARAM && !allowed.includes(name));
  return unknown.map((name) => toFault(name, new URL(url).searchParams.get(name), 'unknown_parameter'));
}

/** The same of a route whose parameters may each be given once: of two values one would be lost silently. */
export function findSingleFaults(url: string, allowed: readonly string[]): Fault[] {
  const { searchParams } = new URL(url);
  const repeated = allowed.filter((name) => searchParams.getAll(name).length > 1);
  return [
    ...findQueryFaults(url, allowed),
    ...repeated.map((name) => toFault(name, searchParams.getAll(name).join(', '), 'repeated_parameter')),
  ];
}

/** Whether months are asked for: `?months=1`. Absent or 0: no. Anything else, and a repeated one, is a fault. */
export function readMonthsQuery(url: string): { months: boolean; faults: Fault[] } {
  const values = new URL(url).searchParams.getAll(MONTHS_PARAM);
  const faults = findQueryFaults(url, [MONTHS_PARAM]);
  const value = values.length === 0 ? '0' : values.join(',');
  const months = Object.hasOwn(MONTHS_VALUES, value) ? MONTHS_VALUES[value] : undefined;
  if (months === undefined) {
    faults.push(toFault(MONTHS_PARAM, value, 'bad_parameter', { choices: Object.keys(MONTHS_VALUES).join(', ') }));
  }
  return { months: months ?? false, faults };
}
