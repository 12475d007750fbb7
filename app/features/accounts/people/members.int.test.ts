import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, listPersonalTokens } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import { type AccountStack, aCompany, aVisit, joinCompany, startAccountStack, toMember } from '../../../../tests/support/account-stack.ts';
import { changeRole, leaveWorkspace, listMembers, removeMember, transferOwnership } from './members.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  stack = await startAccountStack();
});
afterAll(() => stack?.stop());

describe('the people of a workspace', () => {
  it('are managed from above, never sideways or by themselves', async () => {
    const company = await aCompany(stack);
    const [admin, operator] = [await joinCompany(stack, company, 'admin'), await joinCompany(stack, company, 'operator')];
    const asAdmin = toMember(admin, company.tenantId, 'admin');
    const owner = (await listMembers(stack.deps, company.tenantId)).find(({ role }) => role === 'owner')!;
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: operator.member.id, role: 'accountant' })).toBe('done');
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: operator.member.id, role: 'admin' })).toBe('not-allowed');
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: owner.id, role: 'client' })).toBe('not-allowed');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, admin.member.id)).toBe('not-allowed');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, operator.member.id)).toBe('done');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, randomUUID())).toBe('not-found');
  });

  it('of another workspace do not exist here', async () => {
    const [company, other] = [await aCompany(stack), await aCompany(stack)];
    const operator = await joinCompany(stack, other, 'operator');
    expect(await removeMember(stack.deps, aVisit(), company.actor, operator.member.id)).toBe('not-found');
    expect(await transferOwnership(stack.deps, aVisit(), company.actor, operator.member.id)).toBe('not-found');
  });

  it('hand ownership over so that there is always exactly one owner', async () => {
    const company = await aCompany(stack);
    const [one, two] = [await joinCompany(stack, company, 'admin'), await joinCompany(stack, company, 'operator')];
    const answers = await Promise.all([one, two].map(({ member }) => transferOwnership(stack.deps, aVisit(), company.actor, member.id)));
    expect(answers.sort()).toEqual(['done', 'not-allowed']);
    const roles = (await listMembers(stack.deps, company.tenantId)).map(({ role }) => role);
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('leave with their tokens, but for the owner', async () => {
    const company = await aCompany(stack);
    const operator = await joinCompany(stack, company, 'operator');
    await createToken(
      stack.deps,
      aVisit(),
      { userId: operator.userId, tenantId: company.tenantId },
      { name: 'x', scopes: ['api.use'], lifeDays: 7 },
    );
    expect(await leaveWorkspace(stack.deps, aVisit(), { userId: company.owner.userId, tenantId: company.tenantId })).toBe('owner-stays');
    expect(await leaveWorkspace(stack.deps, aVisit(), { userId: operator.userId, tenantId: company.tenantId })).toBe('left');
    expect(await listPersonalTokens(stack.deps, toMember(operator, company.tenantId, 'operator'))).toEqual([]);
  });
});
