import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, type BreakerState, mayAsk } from './breaker.ts';

const NOW_MS = 1_000_000;
const fail = (times: number, retryAfterMs?: number) =>
  Array.from({ length: times }).reduce<BreakerState>((state) => afterFailure(state, NOW_MS, retryAfterMs), afterSuccess());

describe('the circuit breaker of a source', () => {
  it('stays closed for two failures and opens with the third', () => {
    expect(mayAsk(fail(2), NOW_MS)).toBe(true);
    expect(mayAsk(fail(3), NOW_MS)).toBe(false);
    expect(mayAsk(fail(3), NOW_MS + 60_000)).toBe(true);
  });

  it('doubles its pause up to an hour', () => {
    expect([3, 4, 5, 9, 40].map((times) => fail(times).openUntilMs! - NOW_MS)).toEqual([60_000, 120_000, 240_000, 3_600_000, 3_600_000]);
  });

  it('keeps the pause that a source asks for, from the first failure on', () => {
    expect(fail(1, 5_000).openUntilMs).toBe(NOW_MS + 5_000);
    expect(fail(3, 7_200_000).openUntilMs).toBe(NOW_MS + 7_200_000);
  });

  it('is closed by a success', () => {
    expect(mayAsk(afterSuccess(), NOW_MS)).toBe(true);
    expect(afterFailure(afterSuccess(), NOW_MS, undefined)).toEqual({ failuresInRow: 1, openUntilMs: null });
  });
});
