// What the server remembers of a signed-in browser, and for how long. Pure.
import { z } from 'zod';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Unused for this long, a session is over. */
export const IDLE_LIMIT_MS = 12 * HOUR_MS;
/** However busy, a session is over after this. */
export const ABSOLUTE_LIMIT_MS = 7 * 24 * HOUR_MS;
/** Between the password and the code of the second factor. */
export const SECOND_FACTOR_LIMIT_MS = 10 * MINUTE_MS;
/** Last use is written at most this often: a page of ten requests is one use. */
export const TOUCH_INTERVAL_MS = MINUTE_MS;
/** What a browser says about itself is kept up to here. */
export const MAX_USER_AGENT_CHARACTERS = 400;

export const SessionRecordSchema = z.object({
  /** Names the session in lists; worth nothing as a cookie. */
  id: z.uuid(),
  userId: z.uuid(),
  /** The workspace the person has chosen; null: none yet. */
  tenantId: z.uuid().nullable(),
  /** `second-factor-due`: the password was right, nothing more; such a session opens nothing but the page that asks for the code. */
  stage: z.enum(['second-factor-due', 'complete']),
  createdAtMs: z.number(),
  lastSeenAtMs: z.number(),
  userAgent: z.string(),
  address: z.string(),
});
export type SessionRecord = z.infer<typeof SessionRecordSchema>;

/** Milliseconds until the session is over; 0 when it is. */
export function computeRemainingMs(record: SessionRecord, nowMs: number): number {
  const absoluteMs = record.stage === 'complete' ? ABSOLUTE_LIMIT_MS : SECOND_FACTOR_LIMIT_MS;
  return Math.max(0, Math.min(record.lastSeenAtMs + IDLE_LIMIT_MS, record.createdAtMs + absoluteMs) - nowMs);
}
