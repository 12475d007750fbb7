/** The count of a batch: every row that went in came out as one of three, and this is where it shows. */

import type { MatchKind } from '../matching/match-model.ts';
import type { RowNote } from './batch-row.ts';
import type { DuplicateKind } from './duplicates.ts';
import type { RowOutcome, SkipReason } from './read-batch.ts';
import type { RowErrorCode } from './row-error.ts';

export type RowLedger = {
  /** Rows below the header that hold anything. */
  rowsIn: number;
  /** Computed; those whose machines were added to an equal row are among them. */
  rowsOk: number;
  rowsInError: number;
  rowsSkipped: number;
  /** Of `rowsOk`: no row of their own any more, their machines count in another. */
  rowsMerged: number;
  /** Of `rowsOk`: hidden in the workbook and read all the same. */
  rowsHidden: number;
  /** A row with several errors counts under each. */
  errors: Partial<Record<RowErrorCode, number>>;
  skipped: Partial<Record<SkipReason, number>>;
  notes: Partial<Record<RowNote, number>>;
  /** Rows that repeat an earlier one, whatever was chosen for them. */
  duplicates: Partial<Record<DuplicateKind, number>>;
  matches: Partial<Record<MatchKind, number>>;
};

export function createLedger(): RowLedger {
  return {
    rowsIn: 0,
    rowsOk: 0,
    rowsInError: 0,
    rowsSkipped: 0,
    rowsMerged: 0,
    rowsHidden: 0,
    errors: {},
    skipped: {},
    notes: {},
    duplicates: {},
    matches: {},
  };
}

function count<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Counts one outcome in. */
export function enter(ledger: RowLedger, outcome: RowOutcome): void {
  ledger.rowsIn++;
  if (outcome.kind === 'error') {
    ledger.rowsInError++;
    for (const { code } of outcome.errors) count(ledger.errors, code);
    return;
  }
  if (outcome.kind === 'skipped') {
    ledger.rowsSkipped++;
    count(ledger.skipped, outcome.reason);
  } else {
    ledger.rowsOk++;
    if (outcome.hidden) ledger.rowsHidden++;
  }
  if (outcome.kind === 'merged') ledger.rowsMerged++;
  if (outcome.kind === 'ok') {
    for (const note of outcome.row.notes) count(ledger.notes, note);
    if (outcome.row.match !== null) count(ledger.matches, outcome.row.match.kind);
  }
  if (outcome.kind !== 'skipped' || outcome.duplicate !== null) {
    const duplicate = outcome.duplicate;
    if (duplicate !== null) count(ledger.duplicates, duplicate.kind);
  }
}

/** Nothing was dropped: rows in = ok + in error + skipped by choice. */
export function isBalanced({ rowsIn, rowsOk, rowsInError, rowsSkipped }: RowLedger): boolean {
  return rowsIn === rowsOk + rowsInError + rowsSkipped;
}
