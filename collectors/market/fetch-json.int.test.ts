import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMarketServer, type FakeReply, startFakeMarketServer } from './fake-market-server.ts';
import { createFetchJson } from './fetch-json.ts';

/** Long enough for a loopback answer on a busy machine, short enough to wait for in the tests of silence. */
const LIMITS = { timeoutMs: 400, maxBytes: 1000 };
const BODY = { figures: [1, 2, 3] };

let server: FakeMarketServer;
beforeEach(async () => {
  server = await startFakeMarketServer();
});
afterEach(() => server.close());

const ask = (reply: FakeReply, limits = { ...LIMITS, timeoutMs: 5_000 }) => {
  server.answer('/figures', reply);
  return createFetchJson(limits)(`${server.url}/figures?day=1`);
};

describe('createFetchJson', () => {
  it('reads a JSON document', async () => {
    expect(await ask({ kind: 'json', body: BODY })).toEqual({ kind: 'json', body: BODY });
    expect(server.requests).toEqual(['/figures?day=1']);
  });

  it('takes JSON under its derived types', async () => {
    expect(await ask({ kind: 'json', body: BODY, contentType: 'application/hal+json' })).toEqual({ kind: 'json', body: BODY });
  });

  it.each<[string, FakeReply, string]>([
    ['silence', { kind: 'silent' }, 'no-answer'],
    ['an answer that stops in the middle', { kind: 'stuck', body: BODY }, 'no-answer'],
  ])('does not wait longer than its limit for %s', async (_, reply, kind) => {
    expect(await ask(reply, LIMITS)).toMatchObject({ kind, reason: expect.stringContaining('in time') });
  });

  it.each<[string, FakeReply, string]>([
    ['an answer cut off', { kind: 'cut-off', body: BODY }, 'no-answer'],
    ['a server error', { kind: 'json', body: BODY, status: 503 }, 'no-answer'],
    ['too many requests', { kind: 'json', body: { error: 'slow down' }, status: 429 }, 'no-answer'],
    ['a page instead of data', { kind: 'text', body: '<!doctype html>', contentType: 'text/html' }, 'garbled'],
    ['JSON that is none', { kind: 'text', body: '{"price": 1' }, 'garbled'],
    ['an empty body', { kind: 'text', body: '' }, 'garbled'],
    ['a body without end', { kind: 'huge', bytes: 5_000_000 }, 'garbled'],
    ['a redirect to another host', { kind: 'redirect', location: 'http://127.0.0.2:9/figures' }, 'refused'],
    ['a redirect to nowhere', { kind: 'redirect', location: 'http://' }, 'garbled'],
    ['a redirect to itself', { kind: 'redirect', location: '/figures' }, 'garbled'],
  ])('says what %s is', async (_, reply, kind) => {
    expect(await ask(reply)).toMatchObject({ kind });
  });

  it('follows a redirect inside the same origin', async () => {
    server.answer('/v2/figures', { kind: 'json', body: BODY });
    expect(await ask({ kind: 'redirect', location: '/v2/figures' })).toEqual({ kind: 'json', body: BODY });
  });

  it('says no-answer when nobody listens', async () => {
    await server.close();
    expect(await createFetchJson(LIMITS)(`${server.url}/figures`)).toMatchObject({ kind: 'no-answer' });
    server = await startFakeMarketServer();
  });

  it('stops when it is told to', async () => {
    server.answer('/figures', { kind: 'silent' });
    const controller = new AbortController();
    const answer = createFetchJson({ ...LIMITS, timeoutMs: 60_000 })(`${server.url}/figures`, { signal: controller.signal });
    controller.abort();
    expect(await answer).toMatchObject({ kind: 'no-answer' });
  });
});
