/** Read model of the signals: every one with its history of occurrences and how it did, over the stored history. Made once per history. */

import { readStoredHistory } from '../stored-history.server.ts';
import type { StoredHistory } from '../stored-history.ts';
import { describeSignals, type SignalHistory } from './describe-signals.ts';

/** Of the history they were made from; another history, other signals. */
const made = new WeakMap<StoredHistory, SignalHistory[]>();

/** Shared: do not write to it. */
export async function readSignals(): Promise<readonly SignalHistory[]> {
  const history = await readStoredHistory();
  let signals = made.get(history);
  if (signals === undefined) {
    signals = describeSignals(history);
    made.set(history, signals);
  }
  return signals;
}
