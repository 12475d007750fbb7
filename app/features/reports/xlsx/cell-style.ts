/** One style object for all cells that look the same: exceljs compares styles by identity first, and writes out and compares the whole of a style it has not met. */
import type { Font, Style } from 'exceljs';
import type { Language } from '#app/platform/i18n/languages.ts';
import type { CellValue, TextLook } from './cell-value.ts';
import { fontOf, HEADER_FILL, INK_QUIET, INPUT_FILL, NUMBER_FORMATS } from './sheet-style.ts';

const LOOKS: Record<TextLook, Partial<Font>> = {
  plain: {},
  head: { bold: true },
  title: { bold: true, size: 16 },
  quiet: { color: { argb: INK_QUIET } },
  strong: { bold: true },
};

export function createCellStyles(language: Language): (value: CellValue) => Partial<Style> {
  const known = new Map<string, Partial<Style>>();
  return (value) => {
    const key = toKey(value);
    const found = known.get(key) ?? toStyle(value, language);
    known.set(key, found);
    return found;
  };
}

function toKey(value: CellValue): string {
  if (value.kind === 'text') return value.look ?? 'plain';
  const isInput = value.kind === 'number' && value.isInput === true;
  return `${value.format}${value.isStrong === true ? '!' : ''}${isInput ? '?' : ''}`;
}

function toStyle(value: CellValue, language: Language): Partial<Style> {
  if (value.kind === 'text') {
    const { look = 'plain' } = value;
    const font = fontOf(language, LOOKS[look]);
    return look === 'head' ? { font, fill: HEADER_FILL, alignment: { wrapText: true, vertical: 'middle' } } : { font };
  }
  return {
    font: fontOf(language, value.isStrong === true ? LOOKS.strong : LOOKS.plain),
    numFmt: NUMBER_FORMATS[value.format],
    ...(value.kind === 'number' && value.isInput === true ? { fill: INPUT_FILL } : {}),
    // A dash stands where numbers stand, and neither touches the text in the next column.
    alignment: { horizontal: 'right', indent: 1 },
  };
}
