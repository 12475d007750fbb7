/** What is stored of a computed list beside its rows. */
import type { BreakEvenStep } from '../computing/break-even-curve.ts';
import type { BatchSummary } from '../computing/summarise.ts';
import type { RowLedger } from '../rows/row-ledger.ts';

export type StoredSummary = BatchSummary &
  Pick<RowLedger, 'errors' | 'skipped' | 'matches'> & {
    /** Absent: computed before rows worth a look were counted. */
    notes?: RowLedger['notes'];
  } & { breakEvenCurve: BreakEvenStep[] };

/** What follows from the host's power price, wholly or in part. */
const HOST_SIDE = ['meanPowerUsdPerKwh', 'today', 'projection', 'unprofitable', 'cheapestPowerUsdPerKwh'] as const;
type HostSide = (typeof HOST_SIDE)[number];

/** As a reader sees it: through a link, a list with hosted machines does not tell what follows from the host's price. */
export type ShownSummary = Omit<StoredSummary, HostSide> & Partial<Pick<StoredSummary, HostSide>>;

/** The sums less the client's net would be the host's margin. */
export function withoutHostSide(summary: StoredSummary): ShownSummary {
  const shown: ShownSummary = { ...summary };
  for (const name of HOST_SIDE) delete shown[name];
  return shown;
}
