/** Read model of the signals: every one with its history of occurrences and how it did, over the stored history. Made once per process. */
import { readStoredHistory } from '../stored-history.server.ts';
import { describeSignals, type SignalHistory } from './describe-signals.ts';

let signals: SignalHistory[] | undefined;

/** Shared: do not write to it. */
export function readSignals(): readonly SignalHistory[] {
  signals ??= describeSignals(readStoredHistory());
  return signals;
}
