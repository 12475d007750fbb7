/**
 * The stored daily history as columns of candles: closes that ship, and the candles that were fetched or imported after or over them, with the difficulty in force and the subsidy of a block at the
 * end of each UTC day. Server only, like the series it is made from.
 */
import {
  type DailyHistory,
  type FetchedEpoch,
  readDailyHistory,
  readFetchedEpochs,
} from '#app/features/market/history/history-store.server.ts';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { continueEpochs } from './continue-epochs.ts';
import { layOutDays, type StoredHistory } from './stored-history.ts';

/** A day is added once a day; an import may be seen a little later. */
const KEPT_MS = 5 * 60_000;

let shipped: StoredHistory | undefined;
let kept: { atMs: number; history: Promise<StoredHistory> } | undefined;

/** What ships with the product. Shared: do not write to it. */
export function readShippedDays(): StoredHistory {
  shipped ??= layOutDays(readDailyClosesUsdPerBtc(), readShippedEpochs(), readDifficultyByEpoch());
  return shipped;
}

/** The history as the product knows it; the shipped one while the database does not answer. Shared: do not write to it. */
export function readStoredHistory(nowMs = Date.now()): Promise<StoredHistory> {
  if (kept === undefined || nowMs - kept.atMs > KEPT_MS) {
    const history = Promise.all([readDailyHistory(), readFetchedEpochs()]).then(
      ([daily, epochs]) => toStoredHistory(daily, epochs),
      (error: unknown) => {
        getLog().warn('market.history-unreadable', { error });
        kept = undefined;
        return readShippedDays();
      },
    );
    kept = { atMs: nowMs, history };
  }
  return kept.history;
}

/** Columns without a single value are left out, so that what needs them is refused with a reason instead of answered with nothing. */
export function toStoredHistory(daily: DailyHistory, fetched: readonly FetchedEpoch[]): StoredHistory {
  const closes = { ...readDailyClosesUsdPerBtc(), startAtMs: daily.timesMs[0]!, values: daily.close };
  const { epochs, difficulties } = continueEpochs(readShippedEpochs(), readDifficultyByEpoch(), fetched);
  const days = layOutDays(closes, epochs, difficulties);
  const candles = { open: daily.open, high: daily.high, low: daily.low, volume: daily.volumeBtc };
  const known = Object.entries(candles).filter(([, column]) => column.some((value) => Number.isFinite(value)));
  return {
    ...days,
    columns: { ...days.columns, ...Object.fromEntries(known) },
    sources: [...new Set([...daily.sources, ...days.sources])],
  };
}
