/** What is stored of a computed list beside its rows. */
import type { BreakEvenStep } from '../computing/break-even-curve.ts';
import type { BatchSummary } from '../computing/summarise.ts';
import type { RowLedger } from '../rows/row-ledger.ts';

export type StoredSummary = BatchSummary &
  Pick<RowLedger, 'errors' | 'skipped' | 'matches'> & {
    /** Absent: computed before rows worth a look were counted. */
    notes?: RowLedger['notes'];
  } & { breakEvenCurve: BreakEvenStep[] };
