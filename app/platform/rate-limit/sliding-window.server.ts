// Counts within a sliding window in Redis, one small key per subject. The window is estimated from two fixed ones: the requests of the
// current one, and of the one before as far as it still reaches into the sliding span, taken as spread evenly. Of a steady sender it is exact;
// a burst at the edge of two windows counts as the burst it is, which a fixed window would let pass twice.
import type { Redis } from 'ioredis';

/**
 * KEYS[1]: the subject's counter, a hash of `w` (number of the window), `c` (taken in it), `p` (taken in the one before).
 * ARGV: 1 most requests in the span, 2 span in ms, 3 cost of this request (0 only asks).
 * The clock is the server's: several web processes agree on it.
 * Gives { 1 when taken else 0, requests left now, ms until the span has room for this cost }.
 */
const TAKE = `
local limit, span, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local window = math.floor(now / span)
local into = now - window * span
local w, c, p = unpack(redis.call('HMGET', KEYS[1], 'w', 'c', 'p'))
w, c, p = tonumber(w), tonumber(c) or 0, tonumber(p) or 0
if w == nil or w < window - 1 then c, p = 0, 0
elseif w == window - 1 then c, p = 0, c end
local used = c + p * (span - into) / span
if used + cost > limit then
  local wait = span - into
  if p > 0 and c + cost <= limit then wait = math.ceil(span - into - (limit - c - cost) * span / p) end
  if c + cost > limit then wait = math.ceil(2 * span - into - math.max(0, limit - cost) * span / c) end
  return { 0, math.max(0, math.floor(limit - used)), math.max(1, wait) }
end
redis.call('HSET', KEYS[1], 'w', window, 'c', c + cost, 'p', p)
redis.call('PEXPIRE', KEYS[1], 2 * span)
return { 1, math.max(0, math.floor(limit - used - cost)), span - into }
`;

export type WindowLimit = { most: number; windowMs: number };

export type Taken = {
  isAllowed: boolean;
  /** Whole requests that the span has room for now. */
  left: number;
  /** Until there is room again after a refusal; else until the current window ends. */
  resetMs: number;
};

/** Counts one request of `subject`, unless it would go beyond the limit. Throws when Redis does not answer: what that means is the caller's decision. */
export async function takeFromWindow(redis: Redis, subject: string, { most, windowMs }: WindowLimit, cost = 1): Promise<Taken> {
  const [isAllowed, left, resetMs] = (await redis.eval(TAKE, 1, `rate:${subject}`, most, windowMs, cost)) as [number, number, number];
  return { isAllowed: isAllowed === 1, left, resetMs };
}
