/** What is wrong with a row: a plain value that a table shows, a file carries and the API returns. Its words are in batch.json (`error.<code>`). */
import type { BatchField } from '../mapping/batch-field.ts';
import type { Unit } from '../mapping/units.ts';

export const ROW_ERROR_CODES = [
  'not_a_number',
  'ambiguous_number',
  'formula_error',
  'formula_without_value',
  'date_instead_of_number',
  'unit_mismatch',
  'out_of_range',
  'not_an_integer',
  'missing',
  'missing_for_model',
  'model_unknown',
  'rate_missing',
  'merged_count',
  'count_unknown',
  'count_conflict',
  'count_in_name',
  'not_computed',
  'whole_line',
  'sum_line',
  'remark_line',
  'repeated_header',
  'other_header',
  'other_table',
] as const;
export type RowErrorCode = (typeof ROW_ERROR_CODES)[number];

export type Suggestion =
  /** Type this instead. */
  | { kind: 'value'; value: string }
  /** One of these two was meant. */
  | { kind: 'either'; values: readonly [string, string] }
  /** Names of the catalogue that are near. */
  | { kind: 'machines'; names: readonly string[] }
  /** The value would be usual in this unit. */
  | { kind: 'unit'; unit: Unit }
  /** The line is no machine. */
  | { kind: 'leave_out' };

export type RowError = {
  /** Row as a spreadsheet counts, and line of the text file. */
  row: number;
  line: number;
  /** From 0; `null`: the whole line. */
  column: number | null;
  /** Header of the column, '' when there is none. */
  header: string;
  field: BatchField | null;
  /** As written in the file. */
  value: string;
  code: RowErrorCode;
  /** Valid range in the column's unit, for `out_of_range` and `not_an_integer`. */
  range: { min: number; max: number; minExclusive: boolean; unit: Unit } | null;
  suggestion: Suggestion | null;
};
