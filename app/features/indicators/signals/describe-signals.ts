/** All signals over a daily history, as a page shows them. Pure. */
import type { Column } from '../indicator.ts';
import type { StoredHistory } from '../stored-history.ts';
import { evaluateSignal, HORIZONS_DAYS, type Outcome } from './evaluate-signal.ts';
import { findSince, followSignal } from './follow-signal.ts';
import type { SignalDirection } from './signal.ts';
import { SIGNALS } from './signals.ts';

/** A day of a signal, with what came of it by horizon; `null`: not yet known. */
export type Occurrence = { at: string; closeUsdPerBtc: number; changeRatios: (number | null)[] };

export type SignalHistory = {
  name: string;
  direction: SignalDirection;
  indicator: string;
} & (
  | {
      kind: 'measured';
      fromAt: string;
      toAt: string;
      occurrences: Occurrence[];
      outcomes: Outcome[];
      /** Null: not known on the newest day. */
      isOn: boolean | null;
      /** Day on which it turned; null: it has never turned, or is not known. */
      sinceAt: string | null;
    }
  /** The history lacks what it reads: nothing is known about it. */
  | { kind: 'not-stored'; columns: Column[] }
);

export function describeSignals({ columns, length, startAtMs, stepMs }: StoredHistory): SignalHistory[] {
  const { close } = columns;
  const dayAt = (i: number) => new Date(startAtMs + i * stepMs).toISOString();
  return SIGNALS.map(({ name, direction, indicator, inputs, find, findEnd }) => {
    const lacking = inputs.filter((input) => !Object.hasOwn(columns, input));
    const found = lacking.length > 0 ? null : find(columns, length);
    const first = found?.findIndex((value) => !Number.isNaN(value)) ?? -1;
    if (found === null || first === -1) return { name, direction, indicator, kind: 'not-stored', columns: lacking };
    const occurrences: Occurrence[] = [];
    for (const [day, value] of found.entries()) {
      if (value !== 1) continue;
      const changeRatios = HORIZONS_DAYS.map((horizon) => (day + horizon < length ? close[day + horizon]! / close[day]! - 1 : null));
      occurrences.push({ at: dayAt(day), closeUsdPerBtc: close[day]!, changeRatios });
    }
    const outcomes = HORIZONS_DAYS.map((horizon) => evaluateSignal(found, close, direction, horizon));
    const states = followSignal(found, findEnd(columns, length));
    const [state, since] = [states.at(-1), findSince(states)];
    return {
      name,
      direction,
      indicator,
      kind: 'measured',
      fromAt: dayAt(first),
      toAt: dayAt(length - 1),
      occurrences,
      outcomes,
      isOn: state === 1 ? true : state === 0 ? false : null,
      sinceAt: since === null ? null : dayAt(since),
    };
  });
}
