/** What a cell holds: text, a number with its format, or a formula with the engine's figure as its known result. */
import type { NumberFormat } from './sheet-style.ts';

export type TextLook = 'plain' | 'head' | 'title' | 'quiet' | 'strong';

export type CellValue =
  | { kind: 'text'; text: string; look?: TextLook }
  | { kind: 'number'; value: number | null; format: NumberFormat; isInput?: boolean; isStrong?: boolean }
  /** `result`: what the engine computed; null: the formula gives a dash. */
  | { kind: 'formula'; formula: string; result: number | string | null; format: NumberFormat; isStrong?: boolean };

export const text = (value: string, look: TextLook = 'plain'): CellValue => ({ kind: 'text', text: value, look });
export const num = (value: number | null, format: NumberFormat): CellValue => ({ kind: 'number', value, format });
export const formula = (source: string, result: number | string | null, format: NumberFormat): CellValue => ({
  kind: 'formula',
  formula: source,
  result,
  format,
});

/** What stands where a figure does not exist; formulas give the same. */
export const DASH = '—';

/** What the cell shows before anything is computed again. */
export function toShown(value: CellValue): number | string {
  if (value.kind === 'text') return value.text;
  return (value.kind === 'number' ? value.value : value.result) ?? DASH;
}

const LETTERS = 26;

/** 1 -> A, 27 -> AA. */
export function columnName(index: number): string {
  const rest = Math.floor((index - 1) / LETTERS);
  const letter = String.fromCharCode(65 + ((index - 1) % LETTERS));
  return rest === 0 ? letter : `${columnName(rest)}${letter}`;
}
