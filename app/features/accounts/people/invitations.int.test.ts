import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '#app/features/accounts/own/own-data.server.ts';
import {
  type AccountStack,
  aCompany,
  aVisit,
  joinCompany,
  openAccount,
  startAccountStack,
  toMember,
} from '../../../../tests/support/account-stack.ts';
import { acceptInvitation, findOffer, invite, listOpenInvitations, revokeInvitation } from './invitations.server.ts';
import { changeRole, removeMember, setSuspended } from './members.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  stack = await startAccountStack();
});
afterAll(() => stack?.stop());

describe('an invitation', () => {
  it('is taken once, by the invited address, and says where it leads', async () => {
    const company = await aCompany(stack);
    const guest = await openAccount(stack, { purpose: 'invited' });
    expect(guest.tenantId).toBeNull();
    await invite(stack.deps, aVisit(), company.actor, { email: guest.email, role: 'operator', language: 'zh', roleName: '运维' });
    const letter = stack.letters.findLast(({ to }) => to === guest.email);
    expect(letter?.subject).toBe('邀请您加入 北方水电矿场');
    const token = stack.lastToken(guest.email);
    expect(await findOffer(stack.deps, token)).toMatchObject({ workspace: '北方水电矿场', role: 'operator' });
    const stranger = await openAccount(stack);
    expect(await acceptInvitation(stack.deps, aVisit(), { id: stranger.userId, email: stranger.email }, token)).toEqual({
      kind: 'other-address',
    });
    const accept = () => acceptInvitation(stack.deps, aVisit(), { id: guest.userId, email: guest.email }, token);
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['joined', 'over']);
    expect(await listOpenInvitations(stack.deps, company.tenantId)).toEqual([]);
  });

  it('ends by being withdrawn, by a newer one and by time, and cannot offer ownership', async () => {
    const company = await aCompany(stack);
    const email = `${randomUUID()}@example.org`;
    const send = (role: 'operator' | 'client') =>
      invite(stack.deps, aVisit(), company.actor, { email, role, language: 'en', roleName: role });
    await send('operator');
    const first = stack.lastToken(email);
    const second = await send('client');
    expect(await findOffer(stack.deps, first)).toBeNull();
    const token = stack.lastToken(email);
    if (second.kind !== 'invited') throw new Error(second.kind);
    expect(await revokeInvitation(stack.deps, aVisit(), company.actor, second.id)).toBe(true);
    expect(await findOffer(stack.deps, token)).toBeNull();
    expect(await invite(stack.deps, aVisit(), company.actor, { email, role: 'owner' as 'admin', language: 'en', roleName: 'x' })).toEqual({
      kind: 'not-allowed',
    });
    const operator = { ...company.actor, role: 'operator' as const };
    expect(await invite(stack.deps, aVisit(), operator, { email, role: 'client', language: 'en', roleName: 'x' })).toEqual({
      kind: 'not-allowed',
    });
  });
});

describe('an invitation whose sender has lost the right to it', () => {
  const language = { language: 'en', roleName: 'x' } as const;

  type Loss = (company: Awaited<ReturnType<typeof aCompany>>, admin: Awaited<ReturnType<typeof joinCompany>>) => Promise<unknown>;
  const losses: [string, Loss][] = [
    ['was removed', ({ actor }, { member }) => removeMember(stack.deps, aVisit(), actor, member.id)],
    ['was suspended', ({ actor }, { member }) => setSuspended(stack.deps, aVisit(), actor, { memberId: member.id, isSuspended: true })],
    ['was lowered', ({ actor }, { member }) => changeRole(stack.deps, aVisit(), actor, { memberId: member.id, role: 'operator' })],
    [
      'was limited',
      ({ tenantId }, { userId }) =>
        stack.deps.db.$withTenant(tenantId, async (tx) => {
          const { id: siteId } = await tx.site.create({ data: { tenantId, name: 'North', timeZone: 'Asia/Shanghai' } });
          await tx.roleGrant.create({ data: { tenantId, userId, siteId } });
        }),
    ],
    ['has gone', (_company, { userId }) => deleteAccount(stack.deps, aVisit(), userId)],
  ];

  it.each(losses)('is worth nothing when its sender %s', async (_name, lose) => {
    const { deps } = stack;
    const company = await aCompany(stack);
    const admin = await joinCompany(stack, company, 'admin');
    const email = `${randomUUID()}@example.org`;
    const asAdmin = toMember(admin, company.tenantId, 'admin');
    await invite(deps, aVisit({ address: randomUUID() }), asAdmin, { email, role: 'operator', ...language });
    const token = stack.lastToken(email);
    expect(await findOffer(deps, token)).toMatchObject({ role: 'operator' });
    await lose(company, admin);
    expect(await findOffer(deps, token)).toBeNull();
    expect(await acceptInvitation(deps, aVisit(), { id: randomUUID(), email }, token)).toEqual({ kind: 'over' });
  });

  it('of platform staff ends with their stay', async () => {
    const { deps } = stack;
    const company = await aCompany(stack);
    const visitor = await openAccount(stack);
    const email = `${randomUUID()}@example.org`;
    const { tenantId } = company;
    const now = deps.now();
    const stay = {
      tenantId,
      userId: visitor.userId,
      reason: 'asked for help',
      enteredAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
    };
    const { id } = await deps.db.$withTenant(tenantId, (tx) => tx.workspaceEntry.create({ data: stay }));
    const asStaff = toMember(visitor, tenantId, 'admin');
    await invite(deps, aVisit({ address: randomUUID() }), asStaff, { email, role: 'client', ...language });
    const token = stack.lastToken(email);
    expect(await findOffer(deps, token)).toMatchObject({ role: 'client' });
    await deps.db.$withTenant(tenantId, (tx) => tx.workspaceEntry.updateMany({ where: { id }, data: { leftAt: now } }));
    expect(await findOffer(deps, token)).toBeNull();
  });

  it('fills nobody’s mailbox: five an hour to one address, whoever sends them', async () => {
    const company = await aCompany(stack);
    const email = `${randomUUID()}@example.org`;
    const kinds: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      const outcome = await invite(stack.deps, aVisit({ address: randomUUID() }), company.actor, { email, role: 'client', ...language });
      kinds.push(outcome.kind);
    }
    expect(kinds).toEqual(['invited', 'invited', 'invited', 'invited', 'invited', 'wait', 'wait']);
  });
});
