/**
 * The whole way of a table's rows: edits, choices, reading, duplicates. One stream of outcomes, one for each row below the header; nothing is
 * held but the keys for duplicates, so a hundred thousand rows pass in bounded memory, in a browser's worker and on the server.
 */
import { FIELDS } from '#engine/units/fields.ts';
import type { Table } from '../reading/open-table.ts';
import type { SourceRow } from '../reading/source-row.ts';
import { type Refusal, toRefusal, UnreadableFile } from '../reading/unreadable-file.ts';
import type { BatchRow } from './batch-row.ts';
import { createDuplicateFinder, type Duplicate } from './duplicates.ts';
import { type CellEdit, createEditor } from './edit-cells.ts';
import { createRowReader, type RowContext } from './read-row.ts';
import { toRowError } from './read-value.ts';
import type { RowError } from './row-error.ts';
import { createLedger, enter, type RowLedger } from './row-ledger.ts';
import { createSumWatch } from './sum-watch.ts';

export type BatchChoices = {
  edits: readonly CellEdit[];
  /** Rows the user takes out. */
  skipRows: readonly number[];
  hiddenRows: 'read' | 'skip';
  /** Sums, remarks and repeated headers: an error that offers to leave them out, or left out. */
  sideLines: 'report' | 'skip';
  /** What becomes of a row that repeats an earlier one: its own row, its machines added to the first, or left out. */
  duplicates: 'keep' | 'merge' | 'skip';
};

/** Nothing is left out and nothing is changed until somebody says so. */
export const NO_CHOICES: BatchChoices = { edits: [], skipRows: [], hiddenRows: 'read', sideLines: 'report', duplicates: 'keep' };

export type SkipReason = 'chosen' | 'hidden' | 'side_line' | 'duplicate';

export type RowOutcome =
  | { kind: 'ok'; row: BatchRow; hidden: boolean; duplicate: Duplicate | null }
  /** Its machines are counted in row `into`. */
  | { kind: 'merged'; rowNumber: number; into: number; hidden: boolean; duplicate: Duplicate }
  | { kind: 'error'; rowNumber: number; errors: readonly RowError[] }
  | { kind: 'skipped'; rowNumber: number; reason: SkipReason; duplicate: Duplicate | null };

export type BatchOptions = RowContext & { choices: BatchChoices };

type ReadOne = (source: SourceRow) => RowOutcome;

function createOneReader(options: BatchOptions): ReadOne {
  const { choices, mapping } = options;
  const edit = createEditor(choices.edits);
  const skipped = new Set(choices.skipRows);
  const readRow = createRowReader(options);
  const findDuplicate = createDuplicateFinder(mapping);
  const sums = createSumWatch(mapping);
  // Below the header of another table its columns are unknown, until the first table's header comes again.
  let isOtherTable = false;
  return (original) => {
    const skip = (reason: SkipReason, duplicate: Duplicate | null = null): RowOutcome => ({
      kind: 'skipped',
      rowNumber: original.row,
      reason,
      duplicate,
    });
    if (skipped.has(original.row)) return skip('chosen');
    if (original.hidden && choices.hiddenRows === 'skip') return skip('hidden');
    const reading = readRow(edit(original));
    const fail = (errors: readonly RowError[]): RowOutcome => ({ kind: 'error', rowNumber: original.row, errors });
    if (reading.kind === 'side_line') {
      if (reading.line === 'other_header' || reading.line === 'repeated_header') isOtherTable = reading.line === 'other_header';
      if (reading.line === 'sum_line') sums.endPart();
      return choices.sideLines === 'skip' && reading.line !== 'other_header' ? skip('side_line') : fail(reading.errors);
    }
    if (isOtherTable) return fail([toRowError(original, null, { code: 'other_table' })]);
    if (reading.kind === 'error') return fail(reading.errors);
    const { row } = reading;
    if (sums.isSum(row)) {
      sums.endPart();
      if (choices.sideLines === 'skip') return skip('side_line');
      return fail([toRowError(original, null, { code: 'sum_line', suggestion: { kind: 'leave_out' } })]);
    }
    sums.add(row);
    const duplicate = findDuplicate(row);
    if (duplicate !== null && choices.duplicates === 'skip') return skip('duplicate', duplicate);
    if (duplicate?.isEqual === true && choices.duplicates === 'merge') {
      return { kind: 'merged', rowNumber: row.row, into: duplicate.firstRow, hidden: row.hidden, duplicate };
    }
    return { kind: 'ok', row, hidden: row.hidden, duplicate };
  };
}

/** Every row below the header, in blocks. Throws `UnreadableFile` beyond the table's bound. */
async function* readDataRows(table: Table, lastHeaderRow: number): AsyncGenerator<SourceRow[]> {
  let rowsIn = 0;
  for await (const block of table.rows()) {
    const rows = block.filter(({ row }) => row > lastHeaderRow);
    rowsIn += rows.length;
    if (rowsIn > table.maxRows) throw new UnreadableFile('too_many_rows', { max: table.maxRows });
    if (rows.length > 0) yield rows;
  }
}

/** Counts of the machines that later rows add to each first row. A first pass, because the first row is given out before they are met. */
async function countMerged(table: Table, options: BatchOptions): Promise<Map<number, number>> {
  const keep = createOneReader({ ...options, choices: { ...options.choices, duplicates: 'keep' } });
  const counts = new Map<number, number>();
  for await (const block of readDataRows(table, options.mapping.lastHeaderRow)) {
    for (const source of block) {
      const outcome = keep(source);
      if (outcome.kind !== 'ok') continue;
      const first = outcome.duplicate?.isEqual === true ? outcome.duplicate.firstRow : outcome.row.row;
      counts.set(first, (counts.get(first) ?? 0) + outcome.row.inputs.count);
    }
  }
  return counts;
}

/** One outcome for each row, in order, in blocks as the file is read. Throws `UnreadableFile` when the file turns out to be unreadable. */
export async function* readBatch(table: Table, options: BatchOptions): AsyncGenerator<RowOutcome[]> {
  const merges = options.choices.duplicates === 'merge';
  const counts = merges ? await countMerged(table, options) : null;
  // More machines than the engine takes in one row stay in rows of their own.
  const isTooMany = [...(counts?.values() ?? [])].some((count) => count > FIELDS.count.max);
  const choices = isTooMany ? { ...options.choices, duplicates: 'keep' as const } : options.choices;
  const readOne = createOneReader({ ...options, choices });
  for await (const block of readDataRows(table, options.mapping.lastHeaderRow)) {
    yield block.map((source) => {
      const outcome = readOne(source);
      if (outcome.kind !== 'ok' || counts === null || isTooMany) return outcome;
      const count = counts.get(outcome.row.row) ?? outcome.row.inputs.count;
      return { ...outcome, row: { ...outcome.row, inputs: { ...outcome.row.inputs, count } } };
    });
  }
}

export type CollectedBatch = {
  kind: 'read';
  rows: BatchRow[];
  errors: RowError[];
  /** Row and the earlier row that it repeats, at most `MAX_LISTED_DUPLICATES`; all are in the ledger's count. */
  duplicates: { row: number; duplicate: Duplicate }[];
  ledger: RowLedger;
};

export const MAX_LISTED_DUPLICATES = 10_000;

/** The batch in memory, for the guest's page. `onProgress` is told the rows so far after each block. */
export async function collectBatch(
  table: Table,
  options: BatchOptions,
  onProgress: (rowsIn: number) => void = () => undefined,
): Promise<CollectedBatch | Refusal> {
  const batch: CollectedBatch = { kind: 'read', rows: [], errors: [], duplicates: [], ledger: createLedger() };
  try {
    for await (const block of readBatch(table, options)) {
      for (const outcome of block) {
        enter(batch.ledger, outcome);
        if (outcome.kind === 'ok') batch.rows.push(outcome.row);
        if (outcome.kind === 'error') {
          batch.errors.push(...outcome.errors);
          continue;
        }
        const row = outcome.kind === 'ok' ? outcome.row.row : outcome.rowNumber;
        if (outcome.duplicate !== null && batch.duplicates.length < MAX_LISTED_DUPLICATES) {
          batch.duplicates.push({ row, duplicate: outcome.duplicate });
        }
      }
      onProgress(batch.ledger.rowsIn);
    }
    return batch;
  } catch (error) {
    return toRefusal(error);
  }
}
