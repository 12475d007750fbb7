/** What looking at a meter's file, or storing it, came to. */
import type { MeterUnit } from '#app/features/telemetry/meter-file/meter-columns.ts';
import type { MeterLedger } from '#app/features/telemetry/meter-file/take-meter-file.server.ts';

export const MAX_SHOWN_ROWS = 100;

export type MeterResult =
  | {
      kind: 'refused';
      message: string;
      siteId: string;
      /** Heads of the columns of which one must be chosen; empty: nothing is to be chosen. */
      choices: string[];
    }
  | {
      kind: 'planned' | 'written';
      siteId: string;
      fileName: string;
      digest: string;
      ledger: MeterLedger;
      columns: { time: string; value: string; unit: MeterUnit; isEnd: boolean };
      /** What was chosen, or empty. */
      column: string;
      timeZone: string;
      energyKwh: number;
      fromAt: string;
      toAt: string;
      problems: { row: number; column: string; value: string; message: string }[];
    };

export type MeterView = { sites: { id: string; name: string }[]; siteId: string };
