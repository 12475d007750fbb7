import { describe, expect, it } from 'vitest';
import { computeRemainingMs, type SessionRecord } from './session-record.ts';

const HOUR_MS = 3_600_000;
const aRecord = (changes: Partial<SessionRecord> = {}): SessionRecord => ({
  id: '00000000-0000-4000-8000-00000000000a',
  userId: '00000000-0000-4000-8000-00000000000b',
  tenantId: null,
  stage: 'complete',
  createdAtMs: 0,
  lastSeenAtMs: 0,
  userAgent: '',
  address: '127.0.0.1',
  ...changes,
});

describe('computeRemainingMs', () => {
  it('ends a session 12 hours after its last use', () => {
    expect(computeRemainingMs(aRecord(), 11 * HOUR_MS)).toBe(HOUR_MS);
    expect(computeRemainingMs(aRecord(), 12 * HOUR_MS)).toBe(0);
    expect(computeRemainingMs(aRecord({ lastSeenAtMs: 11 * HOUR_MS }), 12 * HOUR_MS)).toBe(11 * HOUR_MS);
  });

  it('ends it after 7 days even when it was used a moment ago', () => {
    // 7 x 24 = 168 hours
    expect(computeRemainingMs(aRecord({ lastSeenAtMs: 167 * HOUR_MS }), 167 * HOUR_MS)).toBe(HOUR_MS);
    expect(computeRemainingMs(aRecord({ lastSeenAtMs: 168 * HOUR_MS }), 168 * HOUR_MS)).toBe(0);
  });

  it('waits 10 minutes for the second factor', () => {
    const waiting = aRecord({ stage: 'second-factor-due' });
    expect(computeRemainingMs(waiting, 9 * 60_000)).toBe(60_000);
    expect(computeRemainingMs(waiting, 10 * 60_000)).toBe(0);
  });
});
