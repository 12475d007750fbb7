// The live stream of a site through a real Redis: where a reader goes on that was there before.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishLive, readLiveAfter, type SiteStream } from './live-stream.server.ts';
import { streamLive } from './stream-live.server.ts';

let redis: Redis;
beforeAll(() => {
  const url = process.env.TEST_REDIS_URL;
  if (url === undefined) throw new Error('TEST_REDIS_URL is not set');
  redis = new Redis(url);
});
afterAll(() => redis.disconnect());

const aSite = (): SiteStream => ({ tenantId: randomUUID(), siteNumber: 1 });
const tell = (site: SiteStream, open: number) => publishLive(redis, site, [{ event: 'alerts', data: { open } }]);

/** What a reader is sent up to and with `last`. */
async function readUntil(site: SiteStream, after: string, last: string): Promise<string> {
  const stop = new AbortController();
  const reader = streamLive(redis, { site, after, isResumed: true, machineNumbers: null, signal: stop.signal }).getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes(last)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`ended with ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  stop.abort();
  await reader.cancel();
  return text;
}

it('goes on behind the last event that was seen, and tells no earlier one again', async () => {
  const site = aSite();
  await tell(site, 1);
  const [seen] = await readLiveAfter(redis, site, '0-0');
  await tell(site, 2);
  const text = await readUntil(site, seen?.id ?? '', '"open":2');
  expect(text).not.toContain('"open":1');
  expect(text).not.toContain('event: reset');
});

it('is told to read anew behind a place that is not there, and hears what comes though that place lies ahead', async () => {
  const site = aSite();
  await tell(site, 1);
  for (const place of ['1-0', '999999999999999-0']) {
    const text = await readUntil(site, place, '"open":1');
    expect(text).toContain('event: reset');
  }
});
