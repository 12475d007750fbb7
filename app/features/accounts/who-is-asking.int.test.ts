import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSuspended } from '#app/features/accounts/people/members.server.ts';
import { beginSecondFactor } from '#app/features/accounts/second-factor/second-factor.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { decide } from '#app/platform/permissions/can.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { type AccountStack, aCompany, aVisit, joinCompany, openAccount, startAccountStack } from '../../../tests/support/account-stack.ts';

let stack: AccountStack;
beforeAll(async () => {
  stack = await startAccountStack();
});
afterAll(() => stack?.stop());

const ask = (headers: Record<string, string>, path = '/api/v1/roi') =>
  getActor(new Request(`http://127.0.0.1${path}`, { headers }), stack.actorDeps);

describe('who is asking', () => {
  it('is a guest without a cookie, with a cookie of nobody, and with one that waits for the second factor', async () => {
    expect(await ask({})).toEqual(GUEST);
    expect(await ask({ Cookie: `session=${'a'.repeat(43)}` })).toEqual(GUEST);
    const account = await openAccount(stack);
    const half = await stack.deps.sessions.create(
      { userId: account.userId, tenantId: account.tenantId, stage: 'second-factor-due', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    expect(await ask({ Cookie: `session=${half.token}` })).toEqual(GUEST);
  });

  it('is the person of the session in the workspace that was chosen', async () => {
    const { userId, tenantId, token, record } = await openAccount(stack);
    expect(await ask({ Cookie: `session=${token}` })).toEqual({
      ...GUEST,
      userId,
      tenantId,
      role: 'customer',
      isAlone: true,
      sessionId: record.id,
    });
  });

  it('keeps lists and reports as a customer in the workspace of their own, and not in a company’s', async () => {
    const customer = await openAccount(stack);
    const kept = ['batches.read', 'batches.write', 'reports.write'] as const;
    const own = await ask({ Cookie: `session=${customer.token}` });
    for (const permission of kept) expect(decide(own, permission), permission).toEqual({ kind: 'allowed', reach: 'workspace' });

    const company = await aCompany(stack);
    await withClient(stack.ownerUrl, (db) =>
      db.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [company.tenantId, customer.userId, 'customer']),
    );
    const { token } = await stack.deps.sessions.create(
      { userId: customer.userId, tenantId: company.tenantId, stage: 'complete', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    const guest = await ask({ Cookie: `session=${token}` });
    expect(guest).toMatchObject({ tenantId: company.tenantId, role: 'customer', isAlone: false });
    for (const permission of kept) expect(decide(guest, permission), permission).toEqual({ kind: 'refused', because: 'role' });
    // Whoever is let in afterwards, suspended or not, ends it: the lists would be shown to two.
    const second = await openAccount(stack);
    await withClient(stack.ownerUrl, (db) =>
      db.query('INSERT INTO memberships (tenant_id, user_id, role, suspended_at) VALUES ($1, $2, $3, now())', [
        customer.tenantId,
        second.userId,
        'customer',
      ]),
    );
    expect(await ask({ Cookie: `session=${customer.token}` })).toMatchObject({ isAlone: false });
  });

  it('is nobody in particular of a workspace while an owner has no second factor, but in the demonstration', async () => {
    const { owner, tenantId } = await aCompany(stack);
    const cookie = { Cookie: `session=${owner.token}` };
    expect(await ask(cookie)).toMatchObject({ userId: owner.userId, tenantId: null, role: 'guest' });
    const inDemo = await getActor(new Request('http://127.0.0.1/', { headers: cookie }), { ...stack.actorDeps, mode: 'demo' });
    expect(inDemo).toMatchObject({ tenantId, role: 'owner' });
    await beginSecondFactor(stack.deps, owner.userId);
    expect((await ask(cookie)).role).toBe('guest');
    await withClient(stack.ownerUrl, (client) =>
      client.query('UPDATE user_credentials SET totp_confirmed_at = now() WHERE user_id = $1', [owner.userId]),
    );
    expect(await ask(cookie)).toMatchObject({ tenantId, role: 'owner' });
  });

  it('changes with the next request when a member is suspended, and when the whole account is', async () => {
    const company = await aCompany(stack);
    const client = await joinCompany(stack, company, 'client');
    await stack.deps.sessions.endAll(client.userId);
    const { token } = await stack.deps.sessions.create(
      { userId: client.userId, tenantId: company.tenantId, stage: 'complete', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    const cookie = { Cookie: `session=${token}` };
    expect((await ask(cookie)).role).toBe('client');
    await setSuspended(stack.deps, aVisit(), company.actor, { memberId: client.member.id, isSuspended: true });
    expect(await ask(cookie)).toMatchObject({ userId: client.userId, tenantId: null, role: 'guest' });
    await setSuspended(stack.deps, aVisit(), company.actor, { memberId: client.member.id, isSuspended: false });
    expect((await ask(cookie)).role).toBe('client');
    await withClient(stack.ownerUrl, (db) => db.query('UPDATE users SET suspended_at = now() WHERE id = $1', [client.userId]));
    expect(await ask(cookie)).toEqual(GUEST);
  });
});
