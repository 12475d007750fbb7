import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { createAccessToken, findAccessToken, revokeAccessToken } from '#app/platform/tokens/access-token.server.ts';
import { findPersonalToken } from '#app/platform/tokens/personal-token.server.ts';
import { getSigningKey } from '#app/platform/tokens/signing-keys.server.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import {
  type AccountStack,
  aVisit,
  openAccount,
  startAccountStack,
  type TestAccount,
  toMember,
} from '../../../../tests/support/account-stack.ts';
import { createToken, listPersonalTokens, revokeToken } from './personal-tokens.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  stack = await startAccountStack();
});
afterAll(() => stack?.stop());

const ask = (headers: Record<string, string>, path = '/api/v1/roi') =>
  getActor(new Request(`http://127.0.0.1${path}`, { headers }), stack.actorDeps);

describe('API tokens', () => {
  async function aToken(account: TestAccount) {
    const input = { name: 'script', scopes: ['calculator.use', 'risk.use'] as const, lifeDays: 7 };
    const outcome = await createToken(stack.deps, aVisit(), { userId: account.userId, tenantId: account.tenantId! }, input);
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.token;
  }
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const tokenDeps = () => ({ db: stack.deps.db, redis: stack.deps.redis, secret: stack.deps.secret, prefix: stack.deps.keyPrefix });

  it('act for their person, within their scopes, under /api only', async () => {
    const account = await openAccount(stack);
    const token = await aToken(account);
    expect(token).toMatch(/^hi_[\w-]{43}$/);
    expect(await ask(bearer(token))).toMatchObject({
      userId: account.userId,
      role: 'customer',
      sessionId: null,
      scopes: ['calculator.use', 'risk.use'],
    });
    expect(await ask(bearer(token), '/profile')).toEqual(GUEST);
    // A bad token is not made good by a cookie.
    expect(await ask({ ...bearer(`${token.slice(0, -1)}x`), Cookie: `session=${account.token}` })).toEqual(GUEST);
  });

  it('are stored as hashes and show their last use', async () => {
    const account = await openAccount(stack);
    const token = await aToken(account);
    const member = toMember(account, account.tenantId!, 'customer');
    expect((await listPersonalTokens(stack.deps, member))[0]).toMatchObject({ ending: token.slice(-4), lastUsedAt: null });
    await ask(bearer(token));
    expect((await listPersonalTokens(stack.deps, member))[0]?.lastUsedAt).toEqual(stack.deps.now());
    const stored = await withClient(stack.ownerUrl, (client) => client.query('SELECT * FROM personal_tokens'));
    expect(JSON.stringify(stored.rows)).not.toContain(token);
  });

  it('end by being revoked, by their person only, and by time', async () => {
    const account = await openAccount(stack);
    const other = await openAccount(stack);
    const [first, second] = [await aToken(account), await aToken(account)];
    const member = toMember(account, account.tenantId!, 'customer');
    const { id } = (await listPersonalTokens(stack.deps, member)).find(({ ending }) => ending === first.slice(-4))!;
    expect(await revokeToken(stack.deps, aVisit(), toMember(other, other.tenantId!, 'customer'), id)).toBe(false);
    expect((await ask(bearer(first))).userId).toBe(account.userId);
    expect(await revokeToken(stack.deps, aVisit(), member, id)).toBe(true);
    expect(await ask(bearer(first))).toEqual(GUEST);
    const later = { ...stack.actorDeps, now: () => new Date(stack.deps.now().getTime() + 7 * 86_400_000) };
    expect(await getActor(new Request('http://127.0.0.1/api/v1/roi', { headers: bearer(second) }), later)).toEqual(GUEST);
  });

  it('are exchanged for short ones that end after ten minutes, by revocation, and with the long one', async () => {
    const account = await openAccount(stack);
    const grant = (await findPersonalToken(stack.deps.db, await aToken(account), stack.deps.now()))!;
    const make = async () => (await createAccessToken(tokenDeps(), grant, stack.deps.now())).token;
    const token = await make();
    expect(await findAccessToken(tokenDeps(), token, stack.deps.now())).toMatchObject({
      userId: account.userId,
      scopes: ['calculator.use', 'risk.use'],
    });
    expect(await findAccessToken(tokenDeps(), token, new Date(stack.deps.now().getTime() + 601_000))).toBeNull();
    const revoked = await make();
    await revokeAccessToken(tokenDeps(), (await findAccessToken(tokenDeps(), revoked, stack.deps.now()))!, stack.deps.now());
    expect(await findAccessToken(tokenDeps(), revoked, stack.deps.now())).toBeNull();
    await revokeToken(stack.deps, aVisit(), toMember(account, account.tenantId!, 'customer'), grant.id);
    expect(await findAccessToken(tokenDeps(), token, stack.deps.now())).toBeNull();
  });

  it('of somebody else’s making are refused: another key, no signature, another audience, an unknown key', async () => {
    const account = await openAccount(stack);
    const grant = (await findPersonalToken(stack.deps.db, await aToken(account), stack.deps.now()))!;
    const { kid, key } = await getSigningKey(tokenDeps(), stack.deps.now());
    const claims = { tenant: grant.tenantId, parent: grant.id, scope: 'calculator.use' };
    const nowS = Math.floor(stack.deps.now().getTime() / 1000);
    const sign = (audience: string, header: { kid: string; typ?: string }) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header })
        .setJti(randomUUID())
        .setSubject(grant.userId)
        .setIssuer('hashinsight')
        .setAudience(audience)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + 60)
        .sign(key);
    expect(await findAccessToken(tokenDeps(), await sign('hashinsight-api', { kid }), stack.deps.now())).not.toBeNull();
    const good = await sign('hashinsight-api', { kid });
    const [head = '', body = ''] = good.split('.');
    const forgeries = [
      await sign('another-api', { kid }),
      await sign('hashinsight-api', { kid: randomUUID() }),
      await sign('hashinsight-api', { kid: '\0' }),
      await sign('hashinsight-api', { kid: `' OR true --` }),
      await sign('hashinsight-api', { kid, typ: 'JWT' }),
      new UnsecuredJWT(claims).setSubject(grant.userId).encode(),
      `${head}.${body}.`,
      `${head}.${Buffer.from(JSON.stringify({ ...claims, scope: 'users.write' })).toString('base64url')}.${good.split('.')[2]}`,
      'a.b.c',
      'x'.repeat(5_000),
    ];
    for (const forgery of forgeries) expect(await findAccessToken(tokenDeps(), forgery, stack.deps.now()), forgery.slice(0, 60)).toBeNull();
  });

  it('are signed by one key a month, however many processes begin at once; the old one still verifies', async () => {
    const month = new Date(stack.deps.now().getTime() + 31 * 86_400_000);
    const before = await getSigningKey(tokenDeps(), stack.deps.now());
    const keys = await Promise.all([1, 2, 3].map(() => getSigningKey(tokenDeps(), month)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(keys[0]?.kid).not.toBe(before.kid);
  });
});
