/**
 * The stored history as columns of candles: days that ship, and the candles that were fetched or imported after or over them, with the difficulty in force and the subsidy of a block at the
 * end of each of them. Server only, like the series it is made from.
 */
import type { CandleHistory } from '#app/features/market/history/candle-history.ts';
import {
  type FetchedEpoch,
  readDailyHistory,
  readFetchedEpochs,
  readHourlyHistory,
} from '#app/features/market/history/history-store.server.ts';
import { readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedCandles } from '#app/features/market/history/shipped-candles.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { continueEpochs } from './continue-epochs.ts';
import { layOutStored, type StoredHistory } from './stored-history.ts';

/** A day is added once a day; an import may be seen a little later. */
const KEPT_MS = 5 * 60_000;

let shipped: StoredHistory | undefined;
let kept: { atMs: number; history: Promise<StoredHistory> } | undefined;

/** What ships with the product. Shared: do not write to it. */
export function readShippedDays(): StoredHistory {
  shipped ??= toStoredHistory(readShippedCandles(), []);
  return shipped;
}

/** The history as the product knows it; the shipped one while the database does not answer. Shared: do not write to it. */
export function readStoredHistory(nowMs = Date.now()): Promise<StoredHistory> {
  if (kept === undefined || nowMs - kept.atMs > KEPT_MS) {
    const history = readFreshHistory().catch((error: unknown) => {
      getLog().warn('market.history-unreadable', { error });
      kept = undefined;
      return readShippedDays();
    });
    kept = { atMs: nowMs, history };
  }
  return kept.history;
}

/** The same, read anew: for what acts on the newest day. Rejects when the database does not answer. */
export async function readFreshHistory(): Promise<StoredHistory> {
  const [daily, epochs] = await Promise.all([readDailyHistory(), readFetchedEpochs()]);
  return toStoredHistory(daily, epochs);
}

/** The hours that are stored, their epochs beside them; `null` while there is none or the database does not answer. */
export async function readStoredHours(): Promise<StoredHistory | null> {
  try {
    const [hours, epochs] = await Promise.all([readHourlyHistory(), readFetchedEpochs()]);
    return hours === null ? null : toStoredHistory(hours, epochs);
  } catch (error) {
    getLog().warn('market.history-unreadable', { error });
    return null;
  }
}

export function toStoredHistory(candles: CandleHistory, fetched: readonly FetchedEpoch[]): StoredHistory {
  const { epochs, difficulties } = continueEpochs(readShippedEpochs(), readDifficultyByEpoch(), fetched);
  return layOutStored(candles, epochs, difficulties);
}
