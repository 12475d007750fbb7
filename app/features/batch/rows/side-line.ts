/** Lines of a list that are no machines: sums, remarks, the header once more on each printed page, the header of another table. */
import { HEADER_WORDS, isTotalText } from '../mapping/header-words.ts';
import { findColumn, listNumberColumns, type Mapping } from '../mapping/mapping.ts';
import { compactHeader, readHeader } from '../mapping/read-header.ts';
import { readNumber } from '../mapping/read-number.ts';
import type { SourceRow } from '../reading/source-row.ts';

export type SideLine = 'sum_line' | 'remark_line' | 'repeated_header' | 'other_header';

/** A table of fewer used columns may have rows of one cell. */
const MIN_USED_COLUMNS = 3;
/** Cells that are words of a header. One may be a remark or a machine's name. */
const MIN_HEADER_CELLS = 2;
const BEGINS_WITH_FIGURE = /^[\s$¥￥+-]*\d/;
/** Who made the list, when, and what he has to say. */
const REMARK =
  /^(?:备注|说明|注|制表|制单|填表|审核|复核|审批|日期|打印|来源|note|remark|comment|prepared|printed|checked|approved|source|generated)[\p{L}\s]{0,12}(?:[:：]|$)/iu;
const BRACKETS = /[([{【「（].*$/;

/** `isModel`: whether a text names a machine. `null`: the row is a row. */
export function createSideLineFinder(mapping: Mapping, isModel: (text: string) => boolean): (source: SourceRow) => SideLine | null {
  const used = mapping.columns.filter(({ field }) => field !== null);
  const headers = used.filter(({ header }) => header !== '').map(({ column, header }) => ({ column, text: compactHeader(header) }));
  const modelColumn = findColumn(mapping, 'model')?.column ?? null;
  const numberColumns = listNumberColumns(mapping).map(({ column }) => column);

  const isHeaderCell = (cell: string) => HEADER_WORDS.has(compactHeader(cell.replace(BRACKETS, ''))) || readHeader(cell).confidence === 1;
  /** Words of headers where figures stand in this table: the columns below are another's. */
  const isOtherHeader = ({ cells }: SourceRow) => {
    const holdsFigures = numberColumns.some((column) => {
      const cell = cells[column] ?? '';
      return typeof cell === 'number' || BEGINS_WITH_FIGURE.test(cell);
    });
    if (holdsFigures) return false;
    const words = cells.filter((cell) => typeof cell === 'string' && cell !== '' && isHeaderCell(cell));
    return words.length >= MIN_HEADER_CELLS && numberColumns.some((column) => words.includes(cells[column] ?? ''));
  };

  const holdsNumber = ({ cells }: SourceRow) => numberColumns.some((column) => readNumber(cells[column] ?? '', null).kind === 'number');

  return (source) => {
    const { cells } = source;
    const first = cells.find((cell): cell is string => typeof cell === 'string' && cell !== '' && !BEGINS_WITH_FIGURE.test(cell));
    if (first === undefined) return null;
    const model = modelColumn === null ? null : (cells[modelColumn] ?? '');
    const isTotal = isTotalText(first) || (typeof model === 'string' && model !== first && isTotalText(model));
    if (isTotal && !(typeof model === 'string' && model !== '' && isModel(model))) return 'sum_line';
    const filled = cells.filter((cell) => cell !== '').length;
    if (filled === 1 && used.length >= MIN_USED_COLUMNS && !isModel(first)) return 'remark_line';
    const isUnused = used.every(({ column }) => (cells[column] ?? '') === '' || source.filled?.includes(column) === true);
    if (isUnused && used.length >= MIN_USED_COLUMNS && REMARK.test(first.trim())) return 'remark_line';
    // "制表：李四" where the models stand, and its date beside it.
    if (first === model && used.length >= MIN_USED_COLUMNS && REMARK.test(first.trim()) && !isModel(first) && !holdsNumber(source)) {
      return 'remark_line';
    }
    const isHeader =
      headers.length > 1 &&
      headers.every(({ column, text }) => {
        const cell = cells[column];
        return typeof cell === 'string' && cell !== '' && text.startsWith(compactHeader(cell));
      });
    if (isHeader) return 'repeated_header';
    return isOtherHeader(source) ? 'other_header' : null;
  };
}
