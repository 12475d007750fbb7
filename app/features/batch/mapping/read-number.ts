/**
 * A cell as a number: thousands separators, decimal comma, currency, unit, percent, 万, full-width digits. What could mean two numbers
 * ("3.250", "1,234" in a column that does not show which sign is the decimal one) is not guessed.
 */
import type { Cell } from '../reading/source-row.ts';
import { readUnit, readUnitInPlace } from './read-unit.ts';
import type { Unit } from './units.ts';

export type DecimalMark = '.' | ',';

export type NumberReading =
  | { kind: 'empty' }
  /** `unit`: written in the cell itself. */
  | { kind: 'number'; value: number; unit: Unit | null }
  /** Both readings, with a decimal point and with a decimal comma. */
  | { kind: 'ambiguous'; asPoint: number; asComma: number; unit: Unit | null }
  | { kind: 'formula_error' }
  | { kind: 'formula_without_value' }
  | { kind: 'date' }
  | { kind: 'unreadable' };

/** Ways to say "not known" or "none". Zero is a number and not among them. */
const EMPTY_WORDS = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '/',
  '\\',
  'n/a',
  'na',
  'null',
  'nil',
  'none',
  'nan',
  'unknown',
  'tbd',
  '?',
  '无',
  '未知',
  '暂无',
  '待定',
  '不详',
]);
/** A word for "not known" or "none". */
export function isEmptyText(text: string): boolean {
  return EMPTY_WORDS.has(plainText(text).toLowerCase());
}

const ERROR = /^err:\d{3}$|^#(?:div\/0!|n\/a|name\?|null!|num!|ref!|value!|spill!|calc!|getting_data)$/i;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*';
/** "3-May" is what a spreadsheet makes of "3/5". */
const DATE = new RegExp(
  `^\\d{4}-\\d{2}-\\d{2}(?:t|$)|^\\d{1,4}[/年]\\d{1,2}[/月]\\d{1,4}日?$|^\\d{1,2}月\\d{1,2}日$|^\\d{1,2}[- ]${MONTH}(?:[- ,]+\\d{2,4})?$|^${MONTH}[- ]\\d{1,4}(?:, ?\\d{4})?$`,
  'i',
);
/** Tenths of a yuan, as prices of power are said: "3.5毛", "3毛5", "3角5分/度". */
const TENTHS_OF_YUAN = /^[¥￥]?(\d{1,3}(?:\.\d{1,4})?)[毛角](?:(\d)分?)?(?:[/每](?:度|kwh))?$/i;
/** "x10" and "×10": so many machines. */
const TIMES_BEFORE = /^[x×*] ?(?=\d)/i;
/** Digits with marks between them, possibly an exponent. */
const FIGURE = /[+-]?(?:\d[\d.,' ]*|[.,]\d+)(?:e[+-]?\d{1,3}(?![a-z\d]))?/i;
const MYRIAD = 10_000;
const MAX_NUMBER_LENGTH = 64;

const WHOLE = /^-?\d{1,15}$/;
const POINTED = /^-?\d{1,15}\.\d{1,15}$/;
/** Groups of three behind a first group that does not begin with 0: "0.055" is no 55. */
const GROUPED = { '.': /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/, ',': /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/ };
const PLAIN = { '.': /^(?:\d+\.?\d*|\.\d+)$/, ',': /^(?:\d+,?\d*|,\d+)$/ };

/** Digits read with the mark as the decimal sign, times 10^exponent; `null`: they cannot be. */
function readDigits(digits: string, mark: DecimalMark, exponent = 0): number | null {
  const groups = mark === '.' ? ',' : '.';
  if (!PLAIN[mark].test(digits) && !GROUPED[mark].test(digits)) return null;
  return Number(`${digits.replaceAll(groups, '').replace(mark, '.')}e${exponent}`);
}

/** Without sign, spaces and apostrophes between groups: "1 234.5" -> "1234.5". `null` when the spaces do not part groups of three. */
function joinGroups(digits: string): string | null {
  if (!/[' ]/.test(digits)) return digits;
  return /^\d{1,3}(?:[' ]\d{3})+(?:[.,]\d*)?$/.test(digits) ? digits.replace(/[' ]/g, '') : null;
}

/** Text in one form: half-width, ordinary spaces and minus, without invisible signs (of no width, or of the direction of writing), without the mark that keeps spreadsheets from computing a text. */
export function plainText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\u2019/g, "'")
    .trim();
  // Excel's way to keep a text as it is: ="00123". And the apostrophe that exports put before a formula.
  return plain.replace(/^="(.*)"$/, '$1').replace(/^'(?=.)/, '');
}

type Parts = { sign: number; digits: string; exponent: number; unit: Unit | null; times: number };

/** A figure and what stands around it; `null` when that is not a currency, a sign or a unit. */
function splitFigure(text: string): Parts | null {
  const bracketed = /^\((.*)\)$/.exec(text);
  const inner = (bracketed?.[1] ?? text).replace(TIMES_BEFORE, '');
  const tenths = TENTHS_OF_YUAN.exec(inner.replaceAll(' ', ''));
  if (tenths !== null) {
    const digits = tenths[2] === undefined ? tenths[1]! : `${tenths[1]}.${tenths[2]}`;
    return { sign: 1, digits, exponent: -1, unit: 'CNY', times: 1 };
  }
  const match = FIGURE.exec(inner);
  if (match === null) return null;
  const before = inner.slice(0, match.index).trim();
  let after = inner.slice(match.index + match[0].length).trim();
  const [mantissa, exponent] = match[0].trim().toLowerCase().split('e');
  const digits = joinGroups(mantissa!.replace(/^[+-]/, '').trim());
  if (digits === null) return null;
  // "-$5" and "$-5" are the same.
  const signs = (before.match(/^[+-]|[+-]$/) ?? [''])[0] + (mantissa!.match(/^[+-]/) ?? [''])[0];
  if (signs.length > 1) return null;
  const currency = before.replace(/^[+-]|[+-]$/, '').trim();
  const currencyUnit = currency === '' ? null : readUnit(currency);
  if (currency !== '' && currencyUnit !== 'USD' && currencyUnit !== 'CNY') return null;
  let times = 1;
  if (after.startsWith('万')) {
    times = MYRIAD;
    after = after.slice(1).trim();
  }
  const unit = after === '' ? currencyUnit : readUnitInPlace(currencyUnit === null || /[$¥元]/.test(after) ? after : `${currency}${after}`);
  if (after !== '' && unit === null) return null;
  return { sign: signs === '-' || bracketed !== null ? -1 : 1, digits, exponent: Number(exponent ?? 0), unit, times };
}

/** A text with only one reading as a number, `null` otherwise: for finding out which mark a column uses. */
export function tellDecimalMark(text: string): DecimalMark | 'either' | null {
  const parts = splitFigure(plainText(text));
  if (parts === null || !/[.,]/.test(parts.digits)) return null;
  const asPoint = readDigits(parts.digits, '.');
  const asComma = readDigits(parts.digits, ',');
  if (asPoint !== null && asComma !== null) return 'either';
  if (asPoint !== null) return '.';
  return asComma === null ? null : ',';
}

/** `mark`: what the column uses as its decimal sign; `null`: not known, and what depends on it is ambiguous. */
export function readNumber(cell: Cell, mark: DecimalMark | null): NumberReading {
  if (typeof cell === 'number') return { kind: 'number', value: cell, unit: null };
  if (cell.length > MAX_NUMBER_LENGTH) return { kind: 'unreadable' };
  // Most cells are as plain as this; the rest of the way costs ten times as much.
  if (WHOLE.test(cell) || (mark === '.' && POINTED.test(cell))) return { kind: 'number', value: Number(cell), unit: null };
  const text = plainText(cell);
  const lower = text.toLowerCase();
  if (ERROR.test(text)) return { kind: 'formula_error' };
  if (EMPTY_WORDS.has(lower)) return { kind: 'empty' };
  if (text.startsWith('=')) return { kind: 'formula_without_value' };
  if (DATE.test(text)) return { kind: 'date' };
  const parts = splitFigure(text);
  if (parts === null) return { kind: 'unreadable' };
  const { sign, digits, exponent, unit, times } = parts;
  const scale = (value: number) => sign * value * times;
  const asPoint = readDigits(digits, '.', exponent);
  const asComma = readDigits(digits, ',', exponent);
  if (mark === null && asPoint !== null && asComma !== null && asPoint !== asComma) {
    return { kind: 'ambiguous', asPoint: scale(asPoint), asComma: scale(asComma), unit };
  }
  const value = mark === null ? (asPoint ?? asComma) : mark === '.' ? asPoint : asComma;
  if (value === null) return { kind: 'unreadable' };
  const number = scale(value);
  return Number.isFinite(number) ? { kind: 'number', value: number, unit } : { kind: 'unreadable' };
}
