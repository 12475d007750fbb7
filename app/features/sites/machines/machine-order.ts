/** In which order machines are listed, and the place where a page ends. Pure; the rooms that own the figures make SQL of it. */

/** What a machine is. */
export const ENTERED_SORTS = ['number', 'serial', 'model', 'status'] as const;
/** What it does now; of a machine that is silent nobody knows, so it comes last. */
export const LIVE_SORTS = ['hashrateThs', 'chipTemperatureC', 'atS'] as const;
export type EnteredSort = (typeof ENTERED_SORTS)[number];
export type LiveSort = (typeof LIVE_SORTS)[number];
export type MachineSortField = EnteredSort | LiveSort;

export type MachineSort = { field: MachineSortField; isDescending: boolean };
export const BY_NUMBER: MachineSort = { field: 'number', isDescending: false };

const FIELDS: readonly MachineSortField[] = [...ENTERED_SORTS, ...LIVE_SORTS];
/** As it stands in addresses: the field, with `-` before it the greatest first. */
export const SORT_NAMES: readonly string[] = FIELDS.flatMap((field) => [field, `-${field}`]);

export const isLiveSort = (field: MachineSortField): field is LiveSort => LIVE_SORTS.some((one) => one === field);

export const writeSort = ({ field, isDescending }: MachineSort): string => `${isDescending ? '-' : ''}${field}`;

/** Null: there is no such order. */
export function readSort(text: string): MachineSort | null {
  const field = FIELDS.find((one) => one === text.replace(/^-/, ''));
  return field === undefined ? null : { field, isDescending: text.startsWith('-') };
}

/**
 * Last machine of a page: what it was sorted by, as it was then, and its number, which decides between equals. With both a page goes on where the one before
 * ended, whatever was added, changed or taken away in between.
 */
export type MachineCursor = { key: string | number | null; number: number };
