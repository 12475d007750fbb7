/**
 * The stored daily history as columns of candles: close of BTC, difficulty in force and subsidy of a block at the end of each UTC day. Highs, lows and volumes are not stored, so that
 * indicators that need them have no history. Made once per process; server only, like the series it is made from.
 */
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { layOutDays, type StoredHistory } from './stored-history.ts';

let history: StoredHistory | undefined;

/** Shared: do not write to it. */
export function readStoredHistory(): StoredHistory {
  history ??= layOutDays(readDailyClosesUsdPerBtc(), readShippedEpochs(), readDifficultyByEpoch());
  return history;
}
