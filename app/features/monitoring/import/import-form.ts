/** What looking at a machine list, or taking it over, came to. */

import type { ToldChange } from '#app/features/monitoring/say-change.ts';
import type { ImportField } from '#app/features/sites/import/import-words.ts';
import type { ImportLedger } from '#app/features/sites/import/run-import.server.ts';

export const MAX_SHOWN_PROBLEMS = 100;

/** A column of the file with what it was taken for; null: left alone. `asked`: what somebody said it is and could not be; null: it is what was said. */
export type ShownColumn = { column: number; header: string; field: ImportField | null; asked: ImportField | null };

/** Names of the fields that say what a column is, and what stood over it when it was said. */
export const COLUMN_FIELD = 'column-';
export const HEADER_FIELD = 'header-';

export type ImportResult =
  | {
      kind: 'refused';
      reason: 'noFile' | 'tooLarge' | 'noSite' | 'noColumns' | 'notAsSeen' | 'tooMany' | 'unreadable';
      detail: string;
      siteId: string;
      /** Of a file in which no column tells which machine a row is about. */
      columns: ShownColumn[];
    }
  | {
      kind: 'planned' | 'written';
      siteId: string;
      fileName: string;
      digest: string;
      ledger: ImportLedger;
      columns: ShownColumn[];
      problems: { row: number; column: string; value: string; message: string }[];
      created: { row: number; name: string; model: string | null }[];
      updated: { row: number; number: number; changes: ToldChange[] }[];
    };

export type ImportView = { sites: { id: string; name: string }[]; siteId: string };
