/** What looking at a machine list, or taking it over, came to. */
import type { ImportLedger } from '#app/features/sites/import/run-import.server.ts';

export const MAX_SHOWN_PROBLEMS = 100;

export type ImportResult =
  | {
      kind: 'refused';
      reason: 'noFile' | 'tooLarge' | 'noSite' | 'noColumns' | 'notAsSeen' | 'tooMany' | 'unreadable';
      detail: string;
      siteId: string;
    }
  | {
      kind: 'planned' | 'written';
      siteId: string;
      fileName: string;
      digest: string;
      ledger: ImportLedger;
      /** Columns of the file with what they were taken for; null: left alone. */
      columns: { header: string; field: string | null }[];
      problems: { row: number; header: string; value: string; message: string }[];
      created: { row: number; name: string; model: string | null }[];
      updated: { row: number; number: number; fields: string[] }[];
    };

export type ImportView = { sites: { id: string; name: string }[]; siteId: string };
