/** Lines of a list that are no machines: sums, remarks, the header once more on each printed page. */
import { TOTAL_WORDS } from '../mapping/header-words.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { compactHeader } from '../mapping/read-header.ts';
import type { SourceRow } from '../reading/source-row.ts';

export type SideLine = 'sum_line' | 'remark_line' | 'repeated_header';

/** A table of fewer used columns may have rows of one cell. */
const MIN_USED_COLUMNS = 3;

/** `isModel`: whether a text names a machine. `null`: the row is a row. */
export function createSideLineFinder(mapping: Mapping, isModel: (text: string) => boolean): (source: SourceRow) => SideLine | null {
  const used = mapping.columns.filter(({ field }) => field !== null);
  const headers = used.filter(({ header }) => header !== '').map(({ column, header }) => ({ column, text: compactHeader(header) }));
  return ({ cells }) => {
    const first = cells.find((cell) => cell !== '');
    if (typeof first !== 'string') return null;
    if (TOTAL_WORDS.test(first.trim())) return 'sum_line';
    const filled = cells.filter((cell) => cell !== '').length;
    if (filled === 1 && used.length >= MIN_USED_COLUMNS && !isModel(first)) return 'remark_line';
    const isHeader =
      headers.length > 1 &&
      headers.every(({ column, text }) => {
        const cell = cells[column];
        return typeof cell === 'string' && cell !== '' && text.startsWith(compactHeader(cell));
      });
    return isHeader ? 'repeated_header' : null;
  };
}
