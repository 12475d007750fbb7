// Counts a request against the table of limits, by address first and then by who sent it. What a refusal means is said once, here.
import type { Redis } from 'ioredis';
import type { Refusal } from '../http/request-guard.ts';
import type { Log } from '../log.server.ts';
import type { Actor } from '../permissions/actor.ts';
import { classifyRequest, GOES_ON_UNCOUNTED, RATE_LIMITS, type RateClass, type RateSubject, toAddressSubject, WINDOW_S } from './limits.ts';
import { type Taken, takeFromWindow } from './sliding-window.server.ts';

export type LimitDeps = {
  redis: Redis;
  log: Log;
  /** Multiplies every limit; 1 but for tests that come from one address all at once. */
  factor: number;
};

export type LimitVerdict = {
  /** `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers; empty when nothing was counted. */
  headers: Record<string, string>;
  refusal: Refusal | null;
  /** Which limit of whom was reached (`write:account:...`); null: none, or nobody could count. */
  reached: string | null;
};

const LOST_STATES = new Set(['close', 'reconnecting', 'end']);

const UNCOUNTED: LimitVerdict = { headers: {}, refusal: null, reached: null };

/** Every request of an address, whoever sends it. */
export function limitAddress(deps: LimitDeps, asked: { method: string; path: string; address: string }): Promise<LimitVerdict> {
  return limit(deps, classifyRequest(asked), 'address', toAddressSubject(asked.address));
}

/** The same request again, by its account or token, however many addresses it comes from. */
export async function limitActor(deps: LimitDeps, asked: { method: string; path: string }, actor: Actor): Promise<LimitVerdict> {
  const rateClass = classifyRequest(asked);
  if (actor.tokenId !== null) return limit(deps, rateClass, 'token', actor.tokenId);
  return actor.userId === null ? UNCOUNTED : limit(deps, rateClass, 'account', actor.userId);
}

async function limit(deps: LimitDeps, rateClass: RateClass | null, subject: RateSubject, id: string): Promise<LimitVerdict> {
  if (rateClass === null) return UNCOUNTED;
  // Asking anyway would hold every request up until the connection gives in.
  if (LOST_STATES.has(deps.redis.status)) return toUncounted(rateClass);
  const most = RATE_LIMITS[rateClass][subject] * deps.factor;
  try {
    const key = `${rateClass}:${subject}:${id}`;
    const taken = await takeFromWindow(deps.redis, key, { most, windowMs: WINDOW_S * 1_000 });
    const headers = toHeaders(`${rateClass}-${subject}`, most, taken);
    return taken.isAllowed
      ? { headers, refusal: null, reached: null }
      : { headers, refusal: toTooMany(most, taken, headers), reached: key };
  } catch (error) {
    // The connection logs its loss once; every request would be too much.
    deps.log.debug('rate-limit.uncounted', { rateClass, error });
    return toUncounted(rateClass);
  }
}

/** When nobody can count. A minute is how long Redis usually takes to be started again. */
const NOT_COUNTED: Refusal = { status: 503, text: 'notCounted', values: {}, headers: { 'Retry-After': '60' } };

function toUncounted(rateClass: RateClass): LimitVerdict {
  return GOES_ON_UNCOUNTED[rateClass] ? UNCOUNTED : { ...UNCOUNTED, refusal: NOT_COUNTED };
}

function toHeaders(policy: string, most: number, { left, resetMs }: Taken): Record<string, string> {
  return {
    'RateLimit-Policy': `"${policy}";q=${most};w=${WINDOW_S}`,
    RateLimit: `"${policy}";r=${left};t=${toSeconds(resetMs)}`,
  };
}

function toTooMany(most: number, { resetMs }: Taken, headers: Record<string, string>): Refusal {
  const waitS = toSeconds(resetMs);
  const values = { most, windowS: WINDOW_S, waitS };
  return { status: 429, text: 'tooManyRequests', values, headers: { ...headers, 'Retry-After': String(waitS) } };
}

/** Rounded up: who comes back then is not refused for a fraction of a second. */
const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));
