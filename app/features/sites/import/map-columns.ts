// Which column of a machine list is what: by the words of this room first, then by what the batch room makes of the figures and their units. Pure.
import type { BatchField, NumberField } from '#app/features/batch/mapping/batch-field.ts';
import { proposeMapping } from '#app/features/batch/mapping/propose-mapping.ts';
import { compactHeader } from '#app/features/batch/mapping/read-header.ts';
import { needsCnyRate } from '#app/features/batch/mapping/units.ts';
import { createModelMatcher } from '#app/features/batch/matching/model-matcher.ts';
import { type SourceRow, toCellText } from '#app/features/batch/reading/source-row.ts';
import type { NumberColumn } from '#app/features/batch/rows/read-value.ts';
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
  const proposal = proposeMapping(sample.slice(at), { isModel: (text) => matcher.isModel(text), cnyPerUsd: null });
  const given = new Set<ImportField>();
  const columns = proposal.columns.map((column): ImportColumn => {
    const correction = corrections.find((one) => one.column === column.column && (one.header ?? column.header) === column.header);
    const own = findImportField(compactHeader(column.header));
    const wanted =
      correction === undefined ? (own ?? (column.field === null ? null : (FROM_BATCH[column.field] ?? null))) : correction.field;
    const figures = wanted !== null && FIGURES.includes(wanted) ? toFigures(column) : null;
    // A price in yuan of an unknown day is no price in dollars; a figure without a unit is none.
    const isUsable = wanted !== null && !given.has(wanted) && (!FIGURES.includes(wanted) || figures !== null);
    if (isUsable) given.add(wanted);
    return { column: column.column, header: column.header, field: isUsable ? wanted : null, figures: isUsable ? figures : null };
  });
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
