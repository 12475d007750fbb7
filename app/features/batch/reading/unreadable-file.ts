/**
 * Why a file is not read at all. Each code has one sentence in batch.json (`refusal.<code>`) that says what the file is and what to
 * do; `params` fill its placeholders.
 */

export const REFUSAL_CODES = [
  'empty',
  'too_large',
  'pdf',
  'xls',
  'xlsb',
  'ods',
  'encrypted',
  'html',
  'xml',
  'json',
  'archive',
  'picture',
  'binary',
  'encoding',
  'bomb',
  'damaged',
  'no_sheet',
  'sheet_missing',
  'empty_sheet',
  'header_row_missing',
  'no_rows',
  'transposed',
  'one_column',
  'too_many_rows',
  'too_many_columns',
  'cell_too_long',
  'too_many_texts',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
export type RefusalParams = Readonly<Record<string, string | number>>;

export type Refusal = { kind: 'refused'; code: RefusalCode; params: RefusalParams };

/** Thrown by the readers, also in the middle of a file; `openTable` and `readBatch` turn it into a `Refusal`. */
export class UnreadableFile extends Error {
  readonly code: RefusalCode;
  readonly params: RefusalParams;

  constructor(code: RefusalCode, params: RefusalParams = {}, options?: ErrorOptions) {
    super(`the file is refused: ${code}`, options);
    this.name = 'UnreadableFile';
    this.code = code;
    this.params = params;
  }
}

/** The refusal that an error stands for; anything else is a defect and thrown again. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof UnreadableFile) return { kind: 'refused', code: error.code, params: error.params };
  throw error;
}
