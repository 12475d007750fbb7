/** What became of a cycle: one turn over all targets. */
export type CycleSummary = {
  /** From 0. */
  number: number;
  /** Hosts whose turn it was. */
  due: number;
  /** Hosts left out because they did not answer before. */
  backedOff: number;
  /** Hosts that said something, be it nonsense or a refusal. */
  answered: number;
  /** Hosts that said nothing, asked once more included. */
  failed: number;
  /** Hosts whose turn it was and that had no outcome when the next cycle began. */
  missed: number;
  /** From the beginning of the cycle until the last answer, ms; null without an answer. */
  lastAnswerMs: number | null;
  /** From the beginning of the cycle until the last outcome, answer or failure, ms; null when some are missing. */
  durationMs: number | null;
};

export type Cycle = {
  summary: CycleSummary;
  startMs: number;
  /** Hosts whose outcome is to come. */
  open: number;
};

export function openCycle(number: number, startMs: number): Cycle {
  const summary = { number, due: 0, backedOff: 0, answered: 0, failed: 0, missed: 0, lastAnswerMs: null, durationMs: null };
  return { summary, startMs, open: 0 };
}

export function admit(cycle: Cycle): void {
  cycle.summary.due += 1;
  cycle.open += 1;
}

export function countOutcome(cycle: Cycle, isAnswer: boolean, nowMs: number): void {
  const { summary } = cycle;
  cycle.open -= 1;
  if (isAnswer) {
    summary.answered += 1;
    summary.lastAnswerMs = nowMs - cycle.startMs;
  } else {
    summary.failed += 1;
  }
  if (cycle.open === 0) summary.durationMs = nowMs - cycle.startMs;
}

/** A host left the fleet before its outcome. */
export function dismiss(cycle: Cycle): void {
  cycle.summary.due -= 1;
  cycle.open -= 1;
}

/** Closes the cycle: what has no outcome by now is missed. */
export function closeCycle(cycle: Cycle): CycleSummary {
  cycle.summary.missed = cycle.open;
  if (cycle.open > 0) cycle.summary.durationMs = null;
  return cycle.summary;
}
