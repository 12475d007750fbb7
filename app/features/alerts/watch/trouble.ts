/** The course of one rule on one machine: pending, open, cooling down. Pure; a machine in order has none. */
import type { Verdict } from '../rules/checks.ts';
import type { RuleTiming } from '../rules/rule-table.ts';

/** Bits of one number that keep the last verdicts. */
const MAX_WINDOW = 16;
const MASK = (1 << MAX_WINDOW) - 1;
/** Openings that recurrence can ask for. */
const MAX_OPENINGS = 16;

/**
 * `pending`: bad was seen, not often or long enough. `open`: it is an alert. `cooling`: it was one; if it comes back within the cool-down it is the same one.
 */
export type Trouble = {
  phase: 'pending' | 'open' | 'cooling';
  /** Last verdicts, the newest lowest; 1 is bad. */
  bits: number;
  /** When the bad ones among them began. */
  badSinceS: number;
  /** Clear verdicts since the last other one. */
  clears: number;
  /** Null: has not been closed. */
  closedAtS: number | null;
  /** Times at which it opened, within the window of recurrence. */
  openings: readonly number[];
};

function countBits(bits: number): number {
  let left = bits;
  let count = 0;
  for (; left !== 0; count += 1) left &= left - 1;
  return count;
}

const windowOf = (bits: number, { ofSamples }: RuleTiming) => bits & ((1 << ofSamples) - 1);

const NEW: Trouble = { phase: 'pending', bits: 0, badSinceS: 0, clears: 0, closedAtS: null, openings: [] };

/** The next state; null: nothing left to remember. `sinceS`: when the trouble began, where that is known better than by this verdict. */
export function advance(before: Trouble | null, verdict: Verdict, atS: number, timing: RuleTiming, sinceS = atS): Trouble | null {
  if (verdict === 'unknown') return before;
  if (verdict === 'bad') return takeBad(before ?? NEW, atS, timing, sinceS);
  if (before === null) return null;
  const next: Trouble = {
    ...before,
    bits: (before.bits << 1) & MASK,
    clears: verdict === 'clear' ? before.clears + 1 : 0,
  };
  if (next.phase === 'open') return next.clears < timing.clearSamples ? next : { ...next, phase: 'cooling', bits: 0, closedAtS: atS };
  if (windowOf(next.bits, timing) !== 0) return next;
  if (next.closedAtS === null) return null;
  const isForgotten = atS - next.closedAtS > Math.max(timing.coolDownS, timing.recurrenceWindowS);
  return isForgotten ? null : { ...next, phase: 'cooling' };
}

function takeBad(before: Trouble, atS: number, timing: RuleTiming, sinceS: number): Trouble {
  const bits = ((before.bits << 1) | 1) & MASK;
  const isFirst = before.phase !== 'open' && windowOf(before.bits, timing) === 0;
  const next: Trouble = { ...before, bits, clears: 0, badSinceS: isFirst ? Math.min(sinceS, atS) : before.badSinceS };
  if (before.phase === 'open') return next;
  if (countBits(windowOf(bits, timing)) < timing.badSamples || atS - next.badSinceS < timing.holdS) return { ...next, phase: 'pending' };
  const openings = [...before.openings.filter((openedS) => atS - openedS < timing.recurrenceWindowS), atS].slice(-MAX_OPENINGS);
  return { ...next, phase: 'open', openings };
}

export type Turn = 'none' | 'opened' | 'reopened' | 'resolved';

/** What a step meant for whoever watches. Within the cool-down it is the alert of before that goes on. */
export function findTurn(before: Trouble | null, after: Trouble | null, atS: number, { coolDownS }: RuleTiming): Turn {
  const wasOpen = before?.phase === 'open';
  const isOpen = after?.phase === 'open';
  if (wasOpen === isOpen) return 'none';
  if (wasOpen) return 'resolved';
  const closedAtS = before?.closedAtS ?? null;
  return closedAtS !== null && atS - closedAtS < coolDownS ? 'reopened' : 'opened';
}

/** So often within the window that it is graver than one occurrence. */
export const isRecurring = ({ openings }: Trouble, { recurrences }: RuleTiming): boolean => openings.length >= recurrences;
