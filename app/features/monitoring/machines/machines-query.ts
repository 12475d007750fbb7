/** What the address of the list of machines asks for. Forms send every field, so an empty one asks for nothing. Pure. */
import { BY_NUMBER, type MachineSort, readSort, writeSort } from '#app/features/sites/machines/machine-order.ts';
import { type MachineFilter, MachineFilterSchema } from '#app/features/sites/machines/machine-query.ts';

export const FILTER_FIELDS = ['q', 'siteId', 'clientId', 'rackId', 'status', 'approval', 'tag'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
export type FilterTexts = Partial<Record<FilterField, string>>;

const LISTS: readonly FilterField[] = ['status', 'approval'];
export const SORT_PARAM = 'sort';
const AFTER_PARAM = 'after';

/** `after`: where the page before ended, as it was written; empty: the first page. */
export type MachinesQuery = { texts: FilterTexts; filter: MachineFilter; sort: MachineSort; after: string; isFaulty: boolean };

/** An address that cannot be read is named as such, and nothing is listed for it. */
export function readMachinesQuery(params: URLSearchParams): MachinesQuery {
  const texts: FilterTexts = {};
  for (const field of FILTER_FIELDS) {
    const text = params.get(field)?.trim() ?? '';
    if (text !== '') texts[field] = text;
  }
  const given = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, LISTS.some((one) => one === field) ? text.split(',') : text]),
  );
  const parsed = MachineFilterSchema.safeParse(given);
  const sortText = params.get(SORT_PARAM) ?? '';
  const sort = sortText === '' ? BY_NUMBER : readSort(sortText);
  const after = params.get(AFTER_PARAM) ?? '';
  return { texts, filter: parsed.data ?? {}, sort: sort ?? BY_NUMBER, after, isFaulty: !parsed.success || sort === null };
}

/** The address of the list with these filters in that order. `after` empty: its first page. */
export function toMachinesParams(texts: FilterTexts, sort: MachineSort, after = ''): string {
  const params = new URLSearchParams(texts);
  if (writeSort(sort) !== writeSort(BY_NUMBER)) params.set(SORT_PARAM, writeSort(sort));
  if (after !== '') params.set(AFTER_PARAM, after);
  return String(params);
}
