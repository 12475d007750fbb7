// What is wrong with a row of a machine list. Pure.
import type { RowErrorCode } from '#app/features/batch/rows/row-error.ts';
import type { ChangeFaultCode } from '../refused-change.ts';
import type { ImportField } from './import-words.ts';

export type ImportProblemCode =
  | RowErrorCode
  | ChangeFaultCode
  /** A cell that must be a whole number in a range. */
  | 'not_whole'
  /** A long number that a spreadsheet has rounded. */
  | 'number_damaged'
  /** "3-5" or "R3 C5" was expected. */
  | 'bad_position'
  | 'unknown_client'
  | 'unknown_rack'
  /** Several racks of the site have this name. */
  | 'ambiguous_rack'
  /** An earlier row of the file is about the same machine. */
  | 'named_before'
  /** Serial number, MAC address or address lead to different machines. */
  | 'several_machines'
  /** A range of addresses is many machines, and a serial number is one. */
  | 'range_with_identity'
  | 'range_too_long'
  /** A row stands for one machine. */
  | 'many_machines';

export type ImportProblem = {
  row: number;
  line: number;
  /** Null: the row as a whole. */
  field: ImportField | null;
  /** Header of the column, '' when there is none. */
  header: string;
  value: string;
  code: ImportProblemCode;
  details: Readonly<Record<string, string | number>>;
};
