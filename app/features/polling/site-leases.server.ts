// Which worker polls which site: a key in Redis that its holder renews. Redis may forget them all; whoever polled goes on and takes its own back.
import type { Redis } from 'ioredis';

/** Without a sign of life for so long a worker has lost its sites. */
export const LEASE_MS = 45_000;
/** How often leases are renewed and free sites looked for. */
export const LEASE_TICK_MS = 12_000;

const toKey = (siteId: string) => `polling:site:${siteId}`;

/** Gives 1 and a new term when the lease is one's own or free and wanted; 0 otherwise. */
const HOLD = `
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] or (not holder and ARGV[3] == '1') then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 1
end
if holder then return 0 end
return 2`;
const LET_GO = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

export type LeaseAnswer = 'held' | 'other' | 'free';

/** Renews the lease, or takes it where `takesFree`; else says whose it is. Rejects while Redis does not answer. */
async function hold(redis: Redis, siteId: string, worker: string, takesFree: boolean, leaseMs: number): Promise<LeaseAnswer> {
  const answer = await redis.eval(HOLD, 1, toKey(siteId), worker, leaseMs, takesFree ? '1' : '0');
  return answer === 1 ? 'held' : answer === 2 ? 'free' : 'other';
}

export type SiteLeases = {
  /**
   * One round over the sites that are to be polled: gives those that are this worker's now. A lease that another one held is taken when it has been free for longer
   * than a round of that one takes, so that after Redis forgot everything the one that polls is first to take it back. While Redis does not answer everything stays as it is.
   */
  round(siteIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Gives all back, so that another worker need not wait. */
  release(): Promise<void>;
};

/** Rounds come at least every `tickMs`. */
export type LeaseTimes = { leaseMs?: number; tickMs?: number; nowMs?: () => number };

export function createSiteLeases(
  redis: Redis,
  worker: string,
  { leaseMs = LEASE_MS, tickMs = LEASE_TICK_MS, nowMs = () => performance.now() }: LeaseTimes = {},
): SiteLeases {
  const patienceMs = 1.5 * tickMs;
  let held = new Set<string>();
  /** Sites seen before, and since when their lease is free; null: it is not. */
  let known = new Map<string, number | null>();

  const takesFree = (siteId: string) => {
    const freeSinceMs = known.get(siteId);
    return held.has(siteId) || freeSinceMs === undefined || (freeSinceMs !== null && nowMs() - freeSinceMs >= patienceMs);
  };

  return {
    async round(siteIds) {
      const answers = await Promise.allSettled(siteIds.map((siteId) => hold(redis, siteId, worker, takesFree(siteId), leaseMs)));
      const next = new Set<string>();
      const seen = new Map<string, number | null>();
      for (const [place, siteId] of siteIds.entries()) {
        const answer = answers[place];
        const last = known.get(siteId);
        if (answer?.status === 'fulfilled') {
          seen.set(siteId, answer.value === 'free' ? (last ?? nowMs()) : null);
          if (answer.value === 'held') next.add(siteId);
        } else {
          if (last !== undefined) seen.set(siteId, last);
          if (held.has(siteId)) next.add(siteId);
        }
      }
      const left = [...held].filter((siteId) => !siteIds.includes(siteId));
      await Promise.allSettled(left.map((siteId) => redis.eval(LET_GO, 1, toKey(siteId), worker)));
      held = next;
      known = seen;
      return held;
    },
    async release() {
      await Promise.allSettled([...held].map((siteId) => redis.eval(LET_GO, 1, toKey(siteId), worker)));
      held = new Set();
    },
  };
}
