/** What one cell of a worksheet means (ECMA-376 part 1, 18.3.1.4), as the text or number a person sees in it. */

import { toStorable } from '#app/platform/storable-text.ts';
import type { Cell } from './source-row.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { decodeEscapes, type Workbook } from './workbook.ts';

/** A cell as its XML says; `null`: the element is not there. */
export type RawCell = {
  type: string | null;
  style: number;
  value: string | null;
  inlineText: string | null;
  formula: string | null;
};

const MS_PER_DAY = 86_400_000;
/** Day 0 of the two calendars; 1900 is counted as a leap year by all spreadsheets, so 1899-12-30 is right from March 1900 on. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** 9999-12-31, the last day spreadsheets know. */
const MAX_DAY = 2_958_465;
const PERCENT = 100;
/** Digits that survive a double; 0.07 * 100 is 7.000000000000001. */
const SAFE_DIGITS = 15;

function toDateText(day: number, is1904: boolean): string | null {
  if (day < 0 || day > MAX_DAY) return null;
  const text = new Date((is1904 ? EPOCH_1904_MS : EPOCH_1900_MS) + Math.round(day * MS_PER_DAY)).toISOString();
  return Number.isInteger(day) ? text.slice(0, 'YYYY-MM-DD'.length) : text.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

/** A figure among other text: "3.125" could be 3125 there, "3.1250" is not. */
function toFigure(value: number): string {
  const figure = String(Number(value.toPrecision(SAFE_DIGITS)));
  return /\.\d{3}$/.test(figure) ? `${figure}0` : figure;
}

function toNumberCell(text: string, style: number, workbook: Workbook): Cell {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  const format = workbook.formats[style] ?? 'plain';
  if (format === 'percent') return `${toFigure(value * PERCENT)}%`;
  if (format === 'date') return toDateText(value, workbook.is1904) ?? value;
  if (format === 'plain') return value;
  const sign = value < 0 ? '-' : '';
  return `${sign}${format.before}${toFigure(Math.abs(value) / format.over)}${format.after === '' ? '' : ` ${format.after}`}`;
}

function getSharedText({ sharedTexts }: Workbook, index: number): string {
  const text = sharedTexts[index];
  // An empty cell instead would be a loss that nobody sees.
  if (text === undefined) throw new UnreadableFile('damaged');
  return text;
}

/** The cell's content, storable. A formula that nobody has computed yet comes back as its text, so that it is seen and not taken for empty. */
export function toCell(raw: RawCell, workbook: Workbook): Cell {
  const cell = readCell(raw, workbook);
  return typeof cell === 'string' ? toStorable(cell) : cell;
}

function readCell({ type, style, value, inlineText, formula }: RawCell, workbook: Workbook): Cell {
  if (type === 'inlineStr') return decodeEscapes(inlineText ?? '');
  if (value === null || (value === '' && formula !== null && type !== 'str')) return formula === null ? '' : `=${formula}`;
  if (type === 's') return getSharedText(workbook, Number(value));
  if (type === 'str') return decodeEscapes(value);
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'e' || type === 'd') return value;
  return toNumberCell(value, style, workbook);
}

/** "AB12" -> 27; `null` when it is no reference. */
export function toColumnIndex(reference: string): number | null {
  let index = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    index = index * 26 + letter - 64;
  }
  return at === 0 ? null : index - 1;
}

/** Area of merged cells; rows from 1, columns from 0, both ends included. */
export type MergedArea = { firstRow: number; lastRow: number; firstColumn: number; lastColumn: number };

/** "A2:B5" */
export function toMergedArea(reference: string): MergedArea | null {
  const match = /^\$?([a-z]+)\$?(\d+):\$?([a-z]+)\$?(\d+)$/i.exec(reference);
  if (match === null) return null;
  const [, firstLetters, firstRow, lastLetters, lastRow] = match;
  return {
    firstRow: Number(firstRow),
    lastRow: Number(lastRow),
    firstColumn: toColumnIndex(firstLetters!)!,
    lastColumn: toColumnIndex(lastLetters!)!,
  };
}
