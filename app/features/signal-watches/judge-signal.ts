/** What became of a signal since it was last looked at. Pure. */
import { evaluateSignal, HORIZONS_DAYS } from '#app/features/indicators/signals/evaluate-signal.ts';
import { findSince, followSignal, listChanges, type SignalStates } from '#app/features/indicators/signals/follow-signal.ts';
import { SIGNALS } from '#app/features/indicators/signals/signals.ts';
import type { StoredHistory } from '#app/features/indicators/stored-history.ts';
import { type NewsFacts, toNewsOutcomes } from './news-facts.ts';

/** A change this many candles ago is not told any more: after a long silence of the exchanges nobody wants last month's news. */
export const MAX_NEWS_AGE_CANDLES = 7;

export type Judgement = {
  name: string;
  /** Null: not known today. */
  isOn: boolean | null;
  sinceMs: number | null;
  /** Opening of the newest candle. */
  judgedMs: number;
  states: SignalStates;
  facts: Omit<NewsFacts, 'closeUsdPerBtc'>;
};

/** Every signal over a history of days. A signal whose columns the history lacks is left out. */
export function judgeSignals({ columns, length, startAtMs, stepMs }: StoredHistory): Map<string, Judgement> {
  const judgements = new Map<string, Judgement>();
  for (const signal of SIGNALS) {
    if (signal.inputs.some((input) => columns[input] === undefined)) continue;
    const found = signal.find(columns, length);
    const states = followSignal(found, signal.findEnd(columns, length));
    const state = states.at(-1) ?? -1;
    const since = findSince(states);
    judgements.set(signal.name, {
      name: signal.name,
      isOn: state === -1 ? null : state === 1,
      sinceMs: since === null ? null : startAtMs + since * stepMs,
      judgedMs: startAtMs + (length - 1) * stepMs,
      states,
      facts: {
        direction: signal.direction,
        outcomes: toNewsOutcomes(HORIZONS_DAYS.map((horizon) => evaluateSignal(found, columns.close, signal.direction, horizon))),
      },
    });
  }
  return judgements;
}

export type Change = { atMs: number; isOn: boolean; facts: NewsFacts };

/** Changes on candles after `judgedMs` that are news still, the oldest first. */
export function listNews({ states, facts }: Judgement, { columns, startAtMs, stepMs, length }: StoredHistory, judgedMs: number): Change[] {
  const judged = Math.floor((judgedMs - startAtMs) / stepMs);
  return listChanges(states, Math.max(judged, length - 1 - MAX_NEWS_AGE_CANDLES)).map(({ day, isOn }) => ({
    atMs: startAtMs + day * stepMs,
    isOn,
    facts: { ...facts, closeUsdPerBtc: Number.isFinite(columns.close[day]) ? columns.close[day]! : null },
  }));
}
