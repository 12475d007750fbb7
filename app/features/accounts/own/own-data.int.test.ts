import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMembers } from '#app/features/accounts/people/members.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import {
  type AccountStack,
  aCompany,
  aVisit,
  joinCompany,
  openAccount,
  startAccountStack,
} from '../../../../tests/support/account-stack.ts';
import { PASSWORD } from '../../../../tests/support/password.ts';
import { deleteAccount, exportOwnData } from './own-data.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  stack = await startAccountStack();
});
afterAll(() => stack?.stop());

const ask = (headers: Record<string, string>, path = '/api/v1/roi') =>
  getActor(new Request(`http://127.0.0.1${path}`, { headers }), stack.actorDeps);

describe('one’s own data', () => {
  it('is given without anything that proves who one is', async () => {
    const account = await openAccount(stack, { name: '林卫' });
    const text = JSON.stringify(await exportOwnData(stack.deps, aVisit(), account.userId));
    expect(text).toContain('林卫');
    expect(text).toContain(account.email);
    for (const secret of ['argon2', 'tokenHash', account.token, PASSWORD]) expect(text).not.toContain(secret);
  });

  it('goes with the account: rows, sessions and the workspace of one’s own', async () => {
    const account = await openAccount(stack);
    expect(await deleteAccount(stack.deps, aVisit(), account.userId)).toEqual({ kind: 'deleted' });
    expect(await ask({ Cookie: `session=${account.token}` })).toEqual(GUEST);
    const left = await withClient(stack.ownerUrl, async (client) => ({
      users: (await client.query('SELECT FROM users WHERE id = $1', [account.userId])).rowCount,
      members: (await client.query('SELECT FROM memberships WHERE user_id = $1', [account.userId])).rowCount,
      closed: (await client.query('SELECT FROM tenants WHERE id = $1 AND closed_at IS NOT NULL', [account.tenantId])).rowCount,
    }));
    expect(left).toEqual({ users: 0, members: 0, closed: 1 });
  });

  it('leaves its place in the log of every workspace that it was in', async () => {
    const company = await aCompany(stack);
    const operator = await joinCompany(stack, company, 'operator');
    expect(await deleteAccount(stack.deps, aVisit(), operator.userId)).toEqual({ kind: 'deleted' });
    const events = await stack.deps.db.$withTenant(company.tenantId, (tx) => tx.auditEvent.findMany({ where: { action: 'member.leave' } }));
    expect(events.map(({ targetId }) => targetId)).toEqual([operator.userId]);
    expect(await listMembers(stack.deps, company.tenantId)).toHaveLength(1);
  });

  it('stays while others depend on it: an owner hands over first', async () => {
    const company = await aCompany(stack);
    await joinCompany(stack, company, 'client');
    expect(await deleteAccount(stack.deps, aVisit(), company.owner.userId)).toEqual({
      kind: 'hand-over-first',
      workspaces: ['北方水电矿场'],
    });
  });
});
