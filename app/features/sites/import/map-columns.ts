// Which column of a machine list is what: by the words of this room first, then by what the batch room makes of the figures and their units. Pure.
import type { BatchField, NumberField } from '#app/features/batch/mapping/batch-field.ts';
import { proposeMapping } from '#app/features/batch/mapping/propose-mapping.ts';
import { compactHeader } from '#app/features/batch/mapping/read-header.ts';
import { needsCnyRate } from '#app/features/batch/mapping/units.ts';
import { createModelMatcher } from '#app/features/batch/matching/model-matcher.ts';
import { type SourceRow, toCellText } from '#app/features/batch/reading/source-row.ts';
import type { NumberColumn } from '#app/features/batch/rows/read-value.ts';
import { chooseColumns, isMeasured } from './choose-columns.ts';
import { findImportField, type ImportField } from './import-words.ts';

export type ImportColumn = {
  /** From 0. */
  column: number;
  header: string;
  /** Null: left alone. */
  field: ImportField | null;
  /** How figures are read; null for texts. */
  figures: NumberColumn | null;
};

export type ImportMapping = {
  /** Data begin after this row. */
  headerRow: number;
  columns: ImportColumn[];
  /** Some column tells which machine a row is about. */
  isTold: boolean;
};

/** What the user says about one column. `header`: what stood over it when it was said; of another file's column nothing was said. */
export type ImportCorrection = { column: number; field: ImportField | null; header?: string };

const MAX_HEADER_ROWS = 30;

/** What the batch room calls the fields of this one. */
const FROM_BATCH: Partial<Record<BatchField, ImportField>> = {
  serial: 'serial',
  model: 'model',
  hashrateThs: 'ratedHashrateThs',
  powerW: 'ratedPowerW',
  capexUsd: 'purchaseUsd',
  count: 'count',
};
const FIGURES: readonly ImportField[] = ['ratedHashrateThs', 'ratedPowerW', 'purchaseUsd'];

/** Whole numbers that only may be quantities: of a list of machines they are more likely something else. */
function isDoubtful({ questions }: { questions: readonly { kind: string }[] }): boolean {
  return questions.some(({ kind }) => kind === 'quantity');
}

function countWords({ cells }: SourceRow): number {
  const fields = cells.map((cell) => findImportField(compactHeader(toCellText(cell))));
  return new Set(fields.filter((field) => field !== null)).size;
}

/** The first of the rows with the most words of ours; the first row when none has any. */
function findHeaderAt(sample: readonly SourceRow[]): number {
  const scores = sample.slice(0, MAX_HEADER_ROWS).map(countWords);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** Null: there is no row at all. */
export function mapColumns(sample: readonly SourceRow[], corrections: readonly ImportCorrection[] = []): ImportMapping | null {
  const at = findHeaderAt(sample);
  const header = sample[at];
  if (header === undefined) return null;
  const matcher = createModelMatcher();
  const texts = header.cells.map((cell) => toCellText(cell));
  const headers = texts.map((text) => compactHeader(text));
  const corrected = new Set(corrections.map(({ column }) => column));
  // The batch room takes one column for each field: a reading must not be in the way of the rating behind it.
  const isLeftOut = headers.map((compact, column) => !corrected.has(column) && isMeasured(compact, headers));
  const rated = sample.slice(at).map((row) => ({ ...row, cells: row.cells.map((cell, column) => (isLeftOut[column] ? '' : cell)) }));
  const proposal = proposeMapping(rated, { isModel: (text) => matcher.isModel(text), cnyPerUsd: null });
  const wanted = proposal.columns.map((column) => {
    const shown = column.header === '' ? (texts[column.column] ?? '') : column.header;
    const correction = corrections.find((one) => one.column === column.column && (one.header ?? shown) === shown);
    const compact = headers[column.column] ?? '';
    const field = correction
      ? correction.field
      : (findImportField(compact) ?? (column.field === null || isDoubtful(column) ? null : (FROM_BATCH[column.field] ?? null)));
    const figures = field !== null && FIGURES.includes(field) ? toFigures(column) : null;
    // A price in yuan of an unknown day is no price in dollars; a figure without a unit is none.
    const isUsable = field !== null && (!FIGURES.includes(field) || figures !== null);
    return {
      column: column.column,
      header: shown,
      field: isUsable ? field : null,
      figures,
      compact,
      correction,
    };
  });
  const candidates = wanted.flatMap(({ column, compact, field, correction }) =>
    field === null || correction ? [] : [{ column, compact, field }],
  );
  const chosen = chooseColumns(candidates);
  // What the user says comes before every word.
  for (const { column, field, correction } of [...wanted].reverse()) if (correction && field !== null) chosen.set(field, column);
  const columns = wanted.map(({ column, header: text, field, figures }): ImportColumn => {
    const isIt = field !== null && chosen.get(field) === column;
    return { column, header: text, field: isIt ? field : null, figures: isIt ? figures : null };
  });
  const given = new Set(columns.map(({ field }) => field));
  const isTold = given.has('serial') || given.has('macAddress') || given.has('host');
  return { headerRow: Math.max(header.row, proposal.lastHeaderRow), columns, isTold };
}

function toFigures(column: ReturnType<typeof proposeMapping>['columns'][number]): NumberColumn | null {
  const { field, unit, questions } = column;
  // "Price (EUR)" is no price in dollars.
  if (questions.some(({ kind }) => kind === 'unit_unknown')) return null;
  if (field === null || field === 'model' || field === 'serial' || unit === null || needsCnyRate(unit)) return null;
  return { ...column, field: field satisfies NumberField, unit };
}

export function findImportColumn({ columns }: ImportMapping, field: ImportField): ImportColumn | null {
  return columns.find((column) => column.field === field) ?? null;
}
