import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMembers } from '#app/features/accounts/people/members.server.ts';
import { verifyChainInDatabase } from '#app/platform/audit/verify-database.server.ts';
import type { MemberRole } from '#app/platform/permissions/member-role.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { type AccountStack, aVisit, openAccount, startAccountStack } from '../../../tests/support/account-stack.ts';
import { actOnMembers } from './act-members.server.ts';
import { MAX_GRANTS_PER_MEMBER } from './grant-rules.ts';
import { readMembersView } from './read-members.server.ts';

// Demonstration mode asks owners and admins for no second factor, which is proved elsewhere.
let stack: AccountStack;
let tenantId: string;
let owner: Awaited<ReturnType<typeof openAccount>>;

beforeAll(async () => {
  stack = await startAccountStack('demo');
  owner = await openAccount(stack, { purpose: 'company', workspace: '北方水电矿场' });
  if (owner.tenantId === null) throw new Error('the owner has no workspace');
  tenantId = owner.tenantId;
});
afterAll(() => stack?.stop());

/** Somebody with an account of their own who is a member here; past the invitation, which is proved elsewhere. */
async function aMember(role: MemberRole, workspace = tenantId) {
  const account = await openAccount(stack, { purpose: 'invited' });
  await withClient(stack.ownerUrl, (client) =>
    client.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [workspace, account.userId, role]),
  );
  const rotated = await stack.deps.sessions.rotate(account.token, { tenantId: workspace }, stack.deps.now().getTime());
  const member = (await listMembers(stack.deps, workspace)).find(({ userId }) => userId === account.userId);
  if (rotated === null || member === undefined) throw new Error('the member was not made');
  return { userId: account.userId, memberId: member.id, token: rotated.token };
}

async function asking(token: string) {
  const actor = await getActor(new Request('http://localhost/', { headers: { Cookie: `session=${token}` } }), stack.actorDeps);
  return { deps: stack.deps, visit: aVisit({ actor }) };
}

async function send(token: string, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return actOnMembers(await asking(token), form);
}

/** A site of the workspace that a grant can name. */
async function aSite(workspace = tenantId) {
  const name = `Site ${randomUUID()}`;
  const { id } = await stack.deps.db.$withTenant(workspace, (tx) =>
    tx.site.create({ data: { tenantId: workspace, name, timeZone: 'Asia/Shanghai' } }),
  );
  return { id, name };
}

const done = (act: string) => ({ kind: 'done', act });
const refused = (reason: string) => expect.objectContaining({ kind: 'refused', reason });
const grantsOf = async (memberId: string) =>
  (await readMembersView(await asking(owner.token))).members.find(({ id }) => id === memberId)?.grants;

describe('a grant', () => {
  it('limits a member to a site or a client, is shown, and is withdrawn again; each is an event that names the site', async () => {
    const { memberId, userId } = await aMember('operator');
    const { id, name } = await aSite();
    const site = { intent: 'grant', member: memberId, kind: 'site', name, target: id };
    expect(await send(owner.token, site)).toEqual(done('granted'));
    expect(await send(owner.token, site)).toEqual(done('granted'));
    expect(await grantsOf(memberId)).toEqual([{ kind: 'site', id, name }]);
    expect(await send(owner.token, { ...site, intent: 'withdraw-grant' })).toEqual(done('withdrawn'));
    expect(await send(owner.token, { ...site, intent: 'withdraw-grant' })).toEqual(refused('notFound'));
    expect(await grantsOf(memberId)).toEqual([]);
    const events = await stack.deps.db.$withTenant(tenantId, (tx) =>
      tx.auditEvent.findMany({ where: { siteId: id }, orderBy: { seq: 'asc' } }),
    );
    expect(events.map(({ action, targetId }) => [action, targetId])).toEqual([
      ['member.grant', userId],
      ['member.withdraw-grant', userId],
    ]);
    expect(await verifyChainInDatabase(stack.deps.db, tenantId)).toMatchObject({ kind: 'intact' });
  });

  it('is refused without a kind and a name that there are in the workspace, and beyond what one member may hold', async () => {
    const { memberId, userId } = await aMember('client');
    const { name } = await aSite();
    const fields = { intent: 'grant', member: memberId, kind: 'site', name };
    expect(await send(owner.token, { ...fields, name: 'nowhere' })).toEqual(refused('grant'));
    expect(await send(owner.token, { ...fields, kind: 'client' })).toEqual(refused('grant'));
    expect(await send(owner.token, { ...fields, kind: 'workspace' })).toEqual(refused('grant'));
    const stranger = await openAccount(stack, { purpose: 'company', workspace: 'Beyond' });
    const theirs = await aSite(stranger.tenantId ?? '');
    expect(await send(owner.token, { ...fields, name: theirs.name })).toEqual(refused('grant'));
    await withClient(stack.ownerUrl, (client) =>
      client.query(
        `WITH made AS (INSERT INTO clients (tenant_id, name) SELECT $1, 'Client ' || n FROM generate_series(1, $3::int) n RETURNING id)
         INSERT INTO role_grants (tenant_id, user_id, client_id) SELECT $1, $2, id FROM made`,
        [tenantId, userId, MAX_GRANTS_PER_MEMBER],
      ),
    );
    expect(await send(owner.token, fields)).toEqual(refused('tooManyGrants'));
  });

  it('is given from above only: not to oneself, not to the owner, not sideways, not into another workspace', async () => {
    const admin = await aMember('admin');
    const otherAdmin = await aMember('admin');
    const ownerId = (await listMembers(stack.deps, tenantId)).find(({ userId }) => userId === owner.userId)?.id ?? '';
    const stranger = await openAccount(stack, { purpose: 'company', workspace: 'Elsewhere' });
    if (stranger.tenantId === null) throw new Error('the stranger has no workspace');
    const theirs = await aMember('operator', stranger.tenantId);
    const { name } = await aSite();
    const give = (member: string) => ({ intent: 'grant', member, kind: 'site', name });
    expect(await send(admin.token, give(admin.memberId))).toEqual(refused('notAllowed'));
    expect(await send(admin.token, give(ownerId))).toEqual(refused('notAllowed'));
    expect(await send(admin.token, give(otherAdmin.memberId))).toEqual(refused('notAllowed'));
    expect(await send(owner.token, give(theirs.memberId))).toEqual(refused('notFound'));
  });

  it('takes managing people away from an admin whom it limits: such a one could make somebody without limits', async () => {
    const admin = await aMember('admin');
    const operator = await aMember('operator');
    const { id, name } = await aSite();
    expect(await send(owner.token, { intent: 'grant', member: admin.memberId, kind: 'site', name })).toEqual(done('granted'));
    const attempts: Record<string, string>[] = [
      { intent: 'withdraw-grant', member: admin.memberId, kind: 'site', target: id },
      { intent: 'role', member: operator.memberId, role: 'accountant' },
      { intent: 'invite', email: 'friend@example.org', role: 'operator' },
    ];
    for (const fields of attempts) await expect(send(admin.token, fields), fields.intent).rejects.toMatchObject({ status: 403 });
    const view = await readMembersView(await asking(admin.token));
    expect(view.members.some(({ mayManage }) => mayManage)).toBe(false);
    expect(view.invitations).toBeNull();
  });

  it('is withdrawn before its holder becomes the owner: a limited owner could manage nobody, and nobody could help', async () => {
    const company = await openAccount(stack, { purpose: 'company', workspace: 'Transfer' });
    if (company.tenantId === null) throw new Error('the owner has no workspace');
    const heir = await aMember('admin', company.tenantId);
    const { id, name } = await aSite(company.tenantId);
    const grant = { member: heir.memberId, kind: 'site', name, target: id };
    await send(company.token, { intent: 'grant', ...grant });
    const mayBecomeOwner = async () =>
      (await readMembersView(await asking(company.token))).members.find(({ id }) => id === heir.memberId)?.mayBecomeOwner;
    expect(await mayBecomeOwner()).toBe(false);
    expect(await send(company.token, { intent: 'transfer', member: heir.memberId, sure: 'yes' })).toEqual(refused('notAllowed'));
    await send(company.token, { intent: 'withdraw-grant', ...grant });
    expect(await mayBecomeOwner()).toBe(true);
    expect(await send(company.token, { intent: 'transfer', member: heir.memberId, sure: 'yes' })).toEqual(done('transferred'));
  });

  it('is asked for by whoever manages people, and by nobody else', async () => {
    const operator = await aMember('operator');
    const fields = { intent: 'grant', member: operator.memberId, kind: 'site', name: (await aSite()).name };
    for (const role of ['operator', 'accountant', 'mining_site_owner', 'client', 'customer'] as const) {
      await expect(send((await aMember(role)).token, fields), role).rejects.toMatchObject({ status: 403 });
    }
  });

  it('ends with the membership', async () => {
    const { memberId, userId } = await aMember('operator');
    await send(owner.token, { intent: 'grant', member: memberId, kind: 'site', name: (await aSite()).name });
    await send(owner.token, { intent: 'remove', member: memberId, sure: 'yes' });
    expect(await stack.deps.db.$withTenant(tenantId, (tx) => tx.roleGrant.count({ where: { userId } }))).toBe(0);
  });
});
