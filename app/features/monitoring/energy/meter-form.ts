/** What looking at a meter's file, or storing it, came to. */
import type { MeterValues } from '#app/features/telemetry/meter-file/meter-columns.ts';
import type { MeterFile } from '#app/features/telemetry/meter-file/read-meter-rows.server.ts';
import type { MeterLedger } from '#app/features/telemetry/meter-file/take-meter-file.server.ts';

export const MAX_SHOWN_ROWS = 100;

/** What was chosen about the file, or empty: the column of values, and what they are. */
export type MeterChoice = { column: string; values: MeterValues | '' };

export type MeterResult = { siteId: string; chosen: MeterChoice } & (
  | {
      kind: 'refused';
      message: string;
      /** What must be chosen before the file can be read; null: that would not help. */
      asks: 'column' | 'values' | null;
      /** Heads of the columns of which one is to be chosen. */
      choices: string[];
    }
  | {
      kind: 'planned' | 'written';
      fileName: string;
      digest: string;
      ledger: MeterLedger;
      columns: MeterFile['columns'];
      timeZone: string;
      energyKwh: number;
      fromAt: string;
      toAt: string;
      missingQuarters: number;
      problems: { row: number; column: string; value: string; message: string }[];
    }
);

export type MeterView = { sites: { id: string; name: string }[]; siteId: string };
