/**
 * When a source that failed is asked again: a circuit breaker per source. Pure; the state is kept in the database, so that every worker
 * knows of it.
 */

/** So many failures in a row open the breaker. */
const FAILURES_TO_OPEN = 3;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

export type BreakerState = {
  failuresInRow: number;
  /** Not asked before this moment; `null`: closed. */
  openUntilMs: number | null;
};

/** May the source be asked now? When the pause is over, one request decides (half open). */
export function mayAsk({ openUntilMs }: BreakerState, nowMs: number): boolean {
  return openUntilMs === null || nowMs >= openUntilMs;
}

export const afterSuccess = (): BreakerState => ({ failuresInRow: 0, openUntilMs: null });

/** Pauses of 1, 2, 4, ... 60 minutes from the third failure in a row; a pause that the source asks for is kept in any case. */
export function afterFailure({ failuresInRow }: BreakerState, nowMs: number, retryAfterMs: number | undefined): BreakerState {
  const failures = failuresInRow + 1;
  const doublings = failures - FAILURES_TO_OPEN;
  const pauseMs = Math.max(doublings < 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** doublings, LONGEST_PAUSE_MS), retryAfterMs ?? 0);
  return { failuresInRow: failures, openUntilMs: pauseMs === 0 ? null : nowMs + pauseMs };
}
