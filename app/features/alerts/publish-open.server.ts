// Tells whoever looks at a site live that its alerts have changed: an entry of the stream that the poller writes and `/api/v1/sites/{id}/live` reads.
import type { Redis } from 'ioredis';

/** As long as the poller keeps it: some minutes of a large site. */
const MAX_EVENTS = 200;
const EXPIRE_S = 3_600;

export type PublishOpen = (tenantId: string, siteNumber: number, open: number) => Promise<void>;

/** `open`: alerts of the site that are open now. */
export async function publishOpen(redis: Redis, tenantId: string, siteNumber: number, open: number): Promise<void> {
  const key = `live:${tenantId}:${siteNumber}`;
  await redis.xadd(key, 'MAXLEN', '~', MAX_EVENTS, '*', 'event', 'alerts', 'data', JSON.stringify({ open }));
  await redis.expire(key, EXPIRE_S);
}
