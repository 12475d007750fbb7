/** What is stored of how a file was read: which table of it, and what was understood of its columns. One JSON value of the list. Pure. */

import { reviveStorable } from '#app/platform/storable-text.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { TableFormat } from '../reading/open-table.ts';

/** Which table of the file the list is, and what else could be chosen. */
export type ChosenTable = {
  format: TableFormat['kind'];
  /** `null`: a text file has none. */
  sheet: string | null;
  /** The workbook's others, in its order, at most `MAX_OTHER_SHEETS`. */
  otherSheets: readonly { name: string; isHidden: boolean }[];
  /** Of a text file; `null`: a workbook has none. */
  encoding: string | null;
  delimiter: string | null;
  /** As a spreadsheet counts; `null`: the table has no header, or was refused before one was looked for. */
  headerRow: number | null;
};

export const MAX_OTHER_SHEETS = 200;

export function toChosenTable(format: TableFormat, mapping: Mapping | null): ChosenTable {
  const headerRow = mapping?.headerRow ?? null;
  if (format.kind === 'csv') {
    const { encoding, delimiter } = format;
    return { format: 'csv', sheet: null, otherSheets: [], encoding, delimiter, headerRow };
  }
  const otherSheets = format.sheets.filter(({ name }) => name !== format.sheet).slice(0, MAX_OTHER_SHEETS);
  return { format: 'xlsx', sheet: format.sheet, otherSheets, encoding: null, delimiter: null, headerRow };
}

/** Headers and samples are cut to a length, which may cut a character in two: the text is made storable. */
export function toStoredMapping(format: TableFormat, mapping: Mapping | null): unknown {
  return JSON.parse(JSON.stringify({ ...mapping, table: toChosenTable(format, mapping) }), reviveStorable);
}

/** Either is `null` where it was not known, the table also of lists that were read before it was stored. */
export function readStoredMapping(stored: unknown): { mapping: Mapping | null; table: ChosenTable | null } {
  if (stored === null || stored === undefined) return { mapping: null, table: null };
  const { table = null, ...mapping } = stored as Partial<Mapping> & { table?: ChosenTable };
  return { mapping: mapping.columns === undefined ? null : (mapping as Mapping), table };
}
