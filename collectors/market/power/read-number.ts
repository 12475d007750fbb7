/** Numbers of a column as spreadsheets and exchanges write them. One column has one decimal sign. Pure. */

export type DecimalSign = '.' | ',';

/** Words for "no price": the cell is empty and not wrong. */
const NOTHING = /^(?:-|–|—|n\/?a|n\/e|null|nan|none)?$/i;

const tidy = (cell: string) =>
  cell
    .replace(/[\u2212\u2013](?=\S)/g, '-')
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^([-+]?)[$€£¥￥]/, '$1');

export const isNothing = (cell: string): boolean => NOTHING.test(cell.trim());

const POINT_GROUPS = /^[-+]?\d{1,3}(?:\.\d{3})+$/;
const COMMA_GROUPS = /^[-+]?[1-9]\d{0,2}(?:,\d{3})+$/;
const WHOLE = /^[-+]?\d+$/;

/**
 * The sign that separates decimals in all cells of the column: what stands last where both stand; a comma where none of the cells holds a point, unless commas
 * separate the cells and each is followed by three digits. Where something else separates the cells, three digits behind every sign beside whole numbers may be
 * thousands or decimals that were never rounded: `unclear` is the first such cell.
 */
export function findDecimalSign(cells: Iterable<string>, delimiter: string): DecimalSign | { unclear: string } {
  let hasWhole = false;
  let hasComma = false;
  let isGrouping = true;
  let grouped: string | null = null;
  for (const given of cells) {
    const cell = tidy(given);
    const comma = cell.lastIndexOf(',');
    const point = cell.lastIndexOf('.');
    if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
    if (point >= 0 && !POINT_GROUPS.test(cell)) return '.';
    if (WHOLE.test(cell)) hasWhole = true;
    if (comma >= 0) {
      hasComma = true;
      if (!COMMA_GROUPS.test(cell)) isGrouping = false;
    }
    if (comma >= 0 || point >= 0) grouped ??= given.trim();
  }
  if (delimiter !== ',' && hasWhole && grouped !== null && isGrouping) return { unclear: grouped };
  return hasComma && !(delimiter === ',' && isGrouping) ? ',' : '.';
}

/** `null`: no number. Groups of three may be separated by the sign that is not the decimal one. */
export function readNumber(given: string, sign: DecimalSign): number | null {
  const cell = tidy(given);
  const group = sign === ',' ? '\\.' : ',';
  const decimal = sign === ',' ? ',' : '\\.';
  const pattern = new RegExp(`^[-+]?(?:\\d+|\\d{1,3}(?:${group}\\d{3})+)?(?:${decimal}\\d*)?(?:e[-+]?\\d{1,2})?$`, 'i');
  if (!/\d/.test(cell) || !pattern.test(cell)) return null;
  const plain = Number(cell.replaceAll(sign === ',' ? '.' : ',', '').replace(',', '.'));
  return Number.isFinite(plain) ? plain : null;
}
