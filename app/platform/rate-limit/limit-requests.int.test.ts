import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordRefusal } from '../http/refuse.server.ts';
import { createLog } from '../log.server.ts';
import { type Actor, GUEST } from '../permissions/actor.ts';
import { createCommandConnection } from '../redis.server.ts';
import { type LimitDeps, limitActor, limitAddress } from './limit-requests.server.ts';
import { RATE_LIMITS } from './limits.ts';

const log = createLog({ minLevel: 'error', now: () => new Date(), write: () => undefined });
let deps: LimitDeps;
beforeAll(() => {
  deps = { redis: new Redis(process.env.TEST_REDIS_URL ?? ''), log, factor: 1 };
});
afterAll(() => deps?.redis.disconnect());

let lastAddress = 0;
/** Documentation addresses (RFC 5737), one per test. */
function anAddress(): string {
  lastAddress += 1;
  return `198.51.100.${lastAddress}.${randomUUID()}`;
}
const heavy = { method: 'POST', path: '/api/v1/risk' };

async function exhaust(address: string): Promise<void> {
  await Promise.all(Array.from({ length: RATE_LIMITS.heavy.address }, () => limitAddress(deps, { ...heavy, address })));
}

describe('limitAddress', () => {
  it('says on every answer what the limit is and what is left of it', async () => {
    const { headers, refusal } = await limitAddress(deps, { ...heavy, address: anAddress() });
    expect(refusal).toBeNull();
    expect(headers['RateLimit-Policy']).toBe('"heavy-address";q=120;w=60');
    expect(headers.RateLimit).toMatch(/^"heavy-address";r=119;t=\d+$/);
  });

  it('refuses what goes beyond with 429 and the wait in the reader’s language, and leaves lighter requests alone', async () => {
    const address = anAddress();
    await exhaust(address);
    const { refusal } = await limitAddress(deps, { ...heavy, address });
    expect(refusal).toMatchObject({ status: 429, values: { most: 120, windowS: 60 } });
    const waitS = refusal?.headers['Retry-After'];
    expect(Number(waitS)).toBeGreaterThanOrEqual(1);
    if (refusal === null) return;
    expect(wordRefusal(refusal, 'en').detail).toBe(
      `At most 120 requests of this kind are answered in 60 seconds. Try again in ${waitS} seconds.`,
    );
    expect(wordRefusal(refusal, 'zh').detail).toBe(`这类请求 60 秒内最多 120 次，请 ${waitS} 秒后再试。`);
    expect((await limitAddress(deps, { method: 'GET', path: '/', address })).refusal).toBeNull();
    expect((await limitAddress(deps, { ...heavy, address: anAddress() })).refusal).toBeNull();
  });

  it('is not reset by another spelling of the path that navigation uses', async () => {
    const address = anAddress();
    await exhaust(address);
    expect((await limitAddress(deps, { method: 'POST', path: '/api/v1/risk.data', address })).refusal?.status).toBe(429);
  });
});

describe('limitActor', () => {
  it('counts an account over all its addresses, a token by itself and guests not again', async () => {
    const person: Actor = { ...GUEST, userId: randomUUID(), role: 'operator', sessionId: randomUUID() };
    expect((await limitActor(deps, heavy, person)).headers['RateLimit-Policy']).toContain('"heavy-account"');
    const program: Actor = { ...person, sessionId: null, tokenId: randomUUID() };
    expect((await limitActor(deps, heavy, program)).headers['RateLimit-Policy']).toContain('"heavy-token"');
    expect(await limitActor(deps, heavy, GUEST)).toMatchObject({ headers: {}, refusal: null });
  });
});

describe('without Redis', () => {
  it('computing goes on, and whatever could try secrets or change rows is refused', async () => {
    const redis = createCommandConnection('redis://127.0.0.1:9', log);
    const broken = { ...deps, redis };
    const ask = (method: string, path: string) => limitAddress(broken, { method, path, address: '192.0.2.1' });
    expect(await ask('GET', '/')).toMatchObject({ headers: {}, refusal: null });
    expect(await ask('POST', '/api/v1/roi/batch')).toMatchObject({ headers: {}, refusal: null });
    for (const path of ['/sign-in', '/members', '/reset/abc']) {
      expect((await ask('POST', path)).refusal, path).toMatchObject({ status: 503, headers: { 'Retry-After': '60' } });
    }
    redis.disconnect();
  });
});
