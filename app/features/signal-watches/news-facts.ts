/** What the message about a change says, as it was known when it was judged. Pure. */
import { z } from 'zod';
import { HORIZONS_DAYS, type Outcome } from '#app/features/indicators/signals/evaluate-signal.ts';

const ratio = z.number().min(0).max(1).nullable();

export const NewsFactsSchema = z.object({
  direction: z.enum(['rise', 'fall']),
  /** USD; null: not known. */
  closeUsdPerBtc: z.number().nullable(),
  /** By horizon: how often the price did what the signal announces, and how often it did on any day. */
  outcomes: z
    .array(z.object({ horizonDays: z.number().int(), settled: z.number().int(), hitRatio: ratio, baseRatio: ratio }))
    .max(HORIZONS_DAYS.length),
});
export type NewsFacts = z.infer<typeof NewsFactsSchema>;

export const toNewsOutcomes = (outcomes: readonly Outcome[]): NewsFacts['outcomes'] =>
  outcomes.map(({ horizonDays, settled, hitRatio, baseRatio }) => ({ horizonDays, settled, hitRatio, baseRatio }));
