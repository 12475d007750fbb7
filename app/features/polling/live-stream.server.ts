// What just happened on a site, for those who look: one Redis stream a site, a few minutes long. Nothing rests on it; what is worth keeping is in PostgreSQL.
import type { Redis } from 'ioredis';

/** Six thousand machines make some ten events a cycle: about ten minutes of the largest sites. */
const MAX_EVENTS = 200;
/** Of a site that is polled no more nothing is left after a while. */
const EXPIRE_S = 3_600;
/** Events read in one go. */
const MAX_READ = 50;
/** A reader that begins is told again of what was stored while it read the state of the site. */
export const OVERLAP_MS = 10_000;
const STREAM_ID = /^\d{1,15}-\d{1,10}$/;

export type LiveEvent = { id: string; event: string; data: string };

export type SiteStream = { tenantId: string; siteNumber: number };

const toKey = ({ tenantId, siteNumber }: SiteStream) => `live:${tenantId}:${siteNumber}`;

/** `event` and its data as they go to browsers: `cells` after readings were stored, `alerts` with `{ open }` when alerts of the site changed. */
export async function publishLive(
  redis: Redis,
  site: SiteStream,
  events: readonly { event: 'cells' | 'alerts'; data: object }[],
): Promise<void> {
  const key = toKey(site);
  const pipeline = redis.pipeline();
  for (const { event, data } of events) pipeline.xadd(key, 'MAXLEN', '~', MAX_EVENTS, '*', 'event', event, 'data', JSON.stringify(data));
  pipeline.expire(key, EXPIRE_S);
  const results = await pipeline.exec();
  const failure = results?.find(([error]) => error !== null)?.[0];
  if (failure) throw failure;
}

/** A place in the stream as a browser gives it back (Last-Event-ID); null: it is none. */
export const parseStreamId = (text: string | null): string | null => (text !== null && STREAM_ID.test(text) ? text : null);

/** The place in a stream at that time. */
export const toStreamId = (atMs: number): string => `${Math.max(0, Math.floor(atMs))}-0`;

/** Events behind that place, oldest first. */
export async function readLiveAfter(redis: Redis, site: SiteStream, id: string): Promise<LiveEvent[]> {
  const entries = await redis.xrange(toKey(site), `(${id}`, '+', 'COUNT', MAX_READ);
  return entries.map(([entryId, fields]) => {
    const record: Record<string, string> = {};
    for (let place = 0; place + 1 < fields.length; place += 2) record[fields[place]!] = fields[place + 1]!;
    return { id: entryId, event: record.event ?? '', data: record.data ?? '' };
  });
}

/** Whether events behind that place may be missing: the stream begins later, or was lost and begun anew. */
export async function isCutAfter(redis: Redis, site: SiteStream, id: string): Promise<boolean> {
  const [exact] = await redis.xrange(toKey(site), id, id);
  return exact === undefined;
}
