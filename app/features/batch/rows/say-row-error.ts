/** A row error and a refusal in the reader's words; texts of the file go in as they are and are never markup. */
import type { TFunction } from 'i18next';
import type { Format } from '#app/ui/format.ts';
import { toColumnLetters } from '../reading/source-row.ts';
import type { Refusal } from '../reading/unreadable-file.ts';
import type { RowError, Suggestion } from './row-error.ts';

export type BatchWords = { t: TFunction<'batch'>; format: Format };

/** Digits of a bound: 0.000278 is one. */
const MAX_DIGITS = 6;

/** A bound with the digits it has. */
function sayBound(value: number, format: Format): string {
  const decimals = Math.min(MAX_DIGITS, (String(value).split('.')[1] ?? '').length);
  return format.number(value, decimals);
}

function sayRange({ range }: RowError, { t, format }: BatchWords): string {
  if (range === null) return '';
  const { min, max, minExclusive, unit } = range;
  const params = { min: sayBound(min, format), max: sayBound(max, format), unit: t(`unit.${unit}`) };
  return minExclusive ? t('range.open', params) : t('range.closed', params);
}

export function saySuggestion(suggestion: Suggestion, { t, format }: BatchWords): string {
  switch (suggestion.kind) {
    case 'value':
      return t('suggestion.value', { value: suggestion.value });
    case 'either':
      return t('suggestion.either', { first: suggestion.values[0], second: suggestion.values[1] });
    case 'machines':
      return t('suggestion.machines', { names: format.list(suggestion.names) });
    case 'unit':
      return t('suggestion.unit', { unit: t(`unit.${suggestion.unit}`) });
    case 'leave_out':
      return t('suggestion.leave_out');
  }
}

/** "This is not a number. Perhaps 0.05?" */
export function sayRowError(error: RowError, words: BatchWords): string {
  const said = words.t(`error.${error.code}`, { range: sayRange(error, words), value: error.value });
  return error.suggestion === null ? said : words.t('file.join', { first: said, second: saySuggestion(error.suggestion, words) });
}

/** The column by its header, or by its letters when it has none; '' for an error of the whole line. */
export function sayColumn({ column, header }: Pick<RowError, 'column' | 'header'>, { t }: BatchWords): string {
  if (header !== '') return header;
  return column === null ? '' : t('file.column', { letters: toColumnLetters(column) });
}

/** All that is wrong with each row, one sentence behind the other, for the file that is given back. */
export function toProblemTexts(errors: readonly RowError[], words: BatchWords): Map<number, string> {
  const texts = new Map<number, string>();
  for (const error of errors) {
    const problem = sayRowError(error, words);
    const header = sayColumn(error, words) || (error.field === null ? '' : words.t(`field.${error.field}`));
    const said = header === '' ? problem : words.t('file.problemInColumn', { header, problem });
    const before = texts.get(error.row);
    texts.set(error.row, before === undefined ? said : words.t('file.join', { first: before, second: said }));
  }
  return texts;
}

export function sayRefusal({ code, params }: Refusal, { t, format }: BatchWords): string {
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? format.number(value) : value]),
  );
  return t(`refusal.${code}`, { replace: shown });
}
