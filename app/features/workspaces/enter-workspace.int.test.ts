import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '#app/features/accounts/entry/sign-up.server.ts';
import { readAuditQuery } from '#app/features/audit/audit-query.ts';
import { readAuditPage } from '#app/features/audit/read-audit.server.ts';
import { PLATFORM_CHAIN } from '#app/platform/audit/record-audit.server.ts';
import { verifyChainInDatabase } from '#app/platform/audit/verify-database.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { type AccountStack, aSignUp, aVisit, openAccount, startAccountStack } from '../../../tests/support/account-stack.ts';
import { setStaff } from './appoint-staff.server.ts';
import { enterWorkspace, exitWorkspace } from './enter-workspace.server.ts';
import { findCurrentStay, listOwnStays } from './stays.server.ts';

// Demonstration mode asks for no second factor, which is proved elsewhere.
let stack: AccountStack;
let staff: Actor;
let staffToken: string;
let customer: { userId: string; tenantId: string };
const origin = { address: '192.0.2.7', requestId: 'r1' };
const reason = 'Ticket 4711: alerts of site north do not arrive';

beforeAll(async () => {
  stack = await startAccountStack('demo');
  const person = await openAccount(stack);
  const owner = await openAccount(stack);
  if (owner.tenantId === null) throw new Error('the customer has no workspace');
  customer = { userId: owner.userId, tenantId: owner.tenantId };
  await withClient(stack.ownerUrl, (client) => client.query('INSERT INTO platform_staff (user_id) VALUES ($1)', [person.userId]));
  staffToken = person.token;
  staff = await askWho();
});
afterAll(() => stack?.stop());

/** As the next request of the staff's browser is seen. */
async function askWho(): Promise<Actor> {
  return getActor(new Request('http://localhost/', { headers: { Cookie: `session=${staffToken}` } }), stack.actorDeps);
}

async function moveSessionTo(tenantId: string): Promise<void> {
  const rotated = await stack.deps.sessions.rotate(staffToken, { tenantId }, stack.deps.now().getTime());
  if (rotated === null) throw new Error('the session is over');
  staffToken = rotated.token;
}

const at = () => ({ db: stack.deps.db, now: stack.deps.now() });
const stay = (differences = {}) => ({ tenantId: customer.tenantId, reason, minutes: 30, ...differences });

describe('platform staff', () => {
  it('are nobody in a workspace that they did not enter, wherever their session points', async () => {
    await moveSessionTo(customer.tenantId);
    expect(await askWho()).toMatchObject({ userId: staff.userId, tenantId: null, role: 'guest' });
  });

  it('enter with a reason, act as an admin, and are nobody again when the time is over', async () => {
    expect(await enterWorkspace(staff, stay(), origin, at())).toMatchObject({ kind: 'entered' });
    await moveSessionTo(customer.tenantId);
    expect(await askWho()).toMatchObject({ userId: staff.userId, tenantId: customer.tenantId, role: 'admin' });
    stack.passMinutes(31);
    expect(await askWho()).toMatchObject({ tenantId: null, role: 'guest' });
  });

  it('leave before the time is over', async () => {
    await enterWorkspace(staff, stay(), origin, at());
    expect(await exitWorkspace(staff, customer.tenantId, origin, at())).toBe(true);
    expect(await askWho()).toMatchObject({ tenantId: null, role: 'guest' });
    expect(await exitWorkspace(staff, customer.tenantId, origin, at())).toBe(false);
  });

  it('lose every stay with their place among the staff', async () => {
    await enterWorkspace(staff, stay(), origin, at());
    expect(await askWho()).toMatchObject({ role: 'admin' });
    const staffId = staff.userId;
    await withClient(stack.ownerUrl, (client) => client.query('DELETE FROM platform_staff WHERE user_id = $1', [staffId]));
    expect(await askWho()).toMatchObject({ role: 'guest' });
    await expect(enterWorkspace(staff, stay(), origin, at())).rejects.toMatchObject({ status: 403 });
    await withClient(stack.ownerUrl, (client) => client.query('INSERT INTO platform_staff (user_id) VALUES ($1)', [staffId]));
  });

  it('need a reason, a length within bounds, and a workspace that is there', async () => {
    expect(await enterWorkspace(staff, stay({ reason: ' too short ' }), origin, at())).toEqual({ kind: 'invalid', fields: ['reason'] });
    for (const minutes of [4, 241, 1.5, Number.NaN]) {
      expect(await enterWorkspace(staff, stay({ minutes }), origin, at())).toEqual({ kind: 'invalid', fields: ['minutes'] });
    }
    const nowhere = stay({ tenantId: '00000000-0000-4000-8000-00000000dead' });
    expect(await enterWorkspace(staff, nowhere, origin, at())).toEqual({ kind: 'no-such-workspace' });
  });

  it('leave a record in the workspace itself, which its owner reads', async () => {
    const events = await stack.deps.db.$withTenant(customer.tenantId, (tx) =>
      tx.auditEvent.findMany({ where: { action: { startsWith: 'workspace.e' } }, orderBy: { seq: 'asc' } }),
    );
    expect(events.map(({ action }) => action)).toEqual(['workspace.enter', 'workspace.enter', 'workspace.exit', 'workspace.enter']);
    expect(JSON.parse(events[0]?.body ?? '')).toMatchObject({ actor: { userId: staff.userId }, after: { reason } });
    expect(await verifyChainInDatabase(stack.deps.db, customer.tenantId)).toMatchObject({ kind: 'intact' });
  });
});

describe('the log of the workspace', () => {
  it('names the staff to whoever reads it, and nobody else of other workspaces', async () => {
    const owner: Actor = { ...staff, userId: customer.userId, tenantId: customer.tenantId, role: 'owner' };
    const { people } = await readAuditPage(owner, readAuditQuery(new URLSearchParams()).query, stack.deps.db);
    expect(people.map(({ userId }) => userId).sort()).toEqual([customer.userId, staff.userId].sort());
  });
});

describe('a stay', () => {
  it('is told to the page with the time that is left, and is not one for a member', async () => {
    stack.passMinutes(1);
    await enterWorkspace(staff, stay({ minutes: 10 }), origin, at());
    const inside = await askWho();
    expect(await findCurrentStay(inside, at())).toMatchObject({ leftMs: 600_000 });
    expect(await findCurrentStay({ ...inside, stayEndsAtMs: null }, at())).toBeNull();
    expect((await listOwnStays(inside, at()))[0]).toMatchObject({ tenantId: customer.tenantId, reason, isOver: false });
    await exitWorkspace(staff, customer.tenantId, origin, at());
    expect((await listOwnStays(inside, at()))[0]).toMatchObject({ isOver: true });
  });

  it('is refused where the person is a member, and in a workspace that was closed', async () => {
    const colleague = await openAccount(stack);
    if (colleague.tenantId === null) throw new Error('the person has no workspace');
    await setStaff(stack.ownerUrl, colleague.email, 'appoint');
    const actor: Actor = { ...staff, userId: colleague.userId };
    expect(await enterWorkspace(actor, stay({ tenantId: colleague.tenantId }), origin, at())).toEqual({ kind: 'is-member' });
    await withClient(stack.ownerUrl, (client) => client.query('UPDATE tenants SET closed_at = now() WHERE id = $1', [colleague.tenantId]));
    expect(await enterWorkspace(staff, stay({ tenantId: colleague.tenantId }), origin, at())).toEqual({ kind: 'no-such-workspace' });
  });
});

describe('npm run staff', () => {
  it('appoints and dismisses a confirmed account, once each, and leaves an event of the platform', async () => {
    const { email, userId } = await openAccount(stack);
    expect(await setStaff(stack.ownerUrl, email, 'appoint')).toEqual({ kind: 'appointed', hasSecondFactor: false });
    expect(await setStaff(stack.ownerUrl, email, 'appoint')).toEqual({ kind: 'already' });
    expect(await setStaff(stack.ownerUrl, ` ${email.toUpperCase()} `, 'dismiss')).toEqual({ kind: 'dismissed' });
    expect(await setStaff(stack.ownerUrl, email, 'dismiss')).toEqual({ kind: 'was-none' });
    expect(await setStaff(stack.ownerUrl, 'nobody@example.org', 'appoint')).toEqual({ kind: 'no-account' });
    const events = await stack.deps.db.$withTenant(PLATFORM_CHAIN, (tx) =>
      tx.auditEvent.findMany({ where: { targetId: userId, action: { startsWith: 'staff.' } }, orderBy: { seq: 'asc' } }),
    );
    expect(events.map(({ action }) => action)).toEqual(['staff.appoint', 'staff.dismiss']);
  });

  it('is worth nothing with the rights of the application', async () => {
    const { email } = await openAccount(stack);
    await expect(setStaff(stack.appUrl, email, 'appoint')).rejects.toThrow(/permission denied/);
  });

  it('takes no account whose address nobody confirmed', async () => {
    const input = aSignUp();
    await signUp(stack.deps, aVisit({ address: 'elsewhere' }), input);
    expect(await setStaff(stack.ownerUrl, input.email, 'appoint')).toEqual({ kind: 'unverified' });
  });
});

describe('everybody else', () => {
  it('may not enter: not an owner of another workspace, not a token, not a guest', async () => {
    const owner: Actor = { ...staff, userId: customer.userId };
    await expect(enterWorkspace(owner, stay(), origin, at())).rejects.toMatchObject({ status: 403 });
    const program: Actor = { ...staff, sessionId: null, tokenId: 't1', scopes: null };
    await expect(enterWorkspace(program, stay(), origin, at())).rejects.toMatchObject({ status: 403 });
    await expect(enterWorkspace({ ...staff, userId: null }, stay(), origin, at())).rejects.toMatchObject({ status: 401 });
  });

  it('cannot make themselves staff or a stay longer with the rights of the application', async () => {
    const asApp = (sql: string) =>
      withClient(stack.appUrl, async (client) => {
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [customer.tenantId]);
        return client.query(sql);
      });
    for (const sql of [
      `INSERT INTO platform_staff (user_id) VALUES ('${customer.userId}')`,
      `UPDATE workspace_entries SET expires_at = expires_at + interval '1 hour'`,
      'DELETE FROM workspace_entries',
    ]) {
      await expect(asApp(sql), sql).rejects.toThrow('permission denied');
    }
  });
});
