// The people of a workspace: listed, given another role, suspended, removed; leaving, and handing ownership over. Callers have checked the permission
// (users.read, users.write, users.transfer); whom it reaches is decided here, in the transaction of the change.

import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import type { Member } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import { findMemberRole, type MemberRole } from '#app/platform/permissions/member-role.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { findGivableRole, type GivenRole, mayManage } from './member-rules.ts';

export const MAX_MEMBERS = 500;

export type ListedMember = {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: MemberRole;
  isSuspended: boolean;
  joinedAt: Date;
};

export async function listMembers(deps: AccountDeps, tenantId: string): Promise<ListedMember[]> {
  const rows = await deps.db.$withTenant(tenantId, (tx) =>
    tx.membership.findMany({
      include: { user: { select: { name: true, email: true } } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: MAX_MEMBERS,
    }),
  );
  return rows.flatMap(({ id, userId, role, suspendedAt, createdAt, user }) => {
    const known = findMemberRole(role);
    return known === null
      ? []
      : [{ id, userId, role: known, isSuspended: suspendedAt !== null, joinedAt: createdAt, name: user.name, email: user.email }];
  });
}

/** `not-found`: no such member here. `not-allowed`: the person may not be managed by this actor. */
export type ManageOutcome = 'done' | 'not-found' | 'not-allowed';

export type ManagedMember = { id: string; userId: string; role: MemberRole };

/** The change in a transaction of its own, about a member whom the actor may manage. */
export async function manage(
  deps: Pick<AccountDeps, 'db'>,
  actor: Member,
  memberId: string,
  change: (tx: TenantClient, member: ManagedMember) => Promise<ManageOutcome>,
): Promise<ManageOutcome> {
  return deps.db.$withTenant(actor.tenantId, async (tx) => {
    // Locked: two admins who change one person at the same moment change them one after the other.
    const [row] = await tx.$queryRaw<{ id: string; userId: string; role: string }[]>`
      SELECT id, user_id AS "userId", role FROM memberships WHERE id = ${memberId}::uuid FOR UPDATE`;
    const role = findMemberRole(row?.role ?? '');
    if (row === undefined || role === null) return 'not-found';
    return mayManage(actor, row) ? change(tx, { ...row, role }) : 'not-allowed';
  });
}

export function changeRole(
  deps: AccountDeps,
  visit: Visit,
  actor: Member,
  { memberId, role }: { memberId: string; role: GivenRole },
): Promise<ManageOutcome> {
  const { userId, tenantId } = actor;
  return manage(deps, actor, memberId, async (tx, member) => {
    if (findGivableRole(actor.role, role) === null) return 'not-allowed';
    await tx.membership.updateMany({ where: { id: memberId }, data: { role } });
    await recordAccountEvent(
      tx,
      { action: 'member.change-role', userId, tenantId, memberId: member.userId, role, before: member.role },
      visit,
    );
    return 'done';
  });
}

export function setSuspended(
  deps: AccountDeps,
  visit: Visit,
  actor: Member,
  { memberId, isSuspended }: { memberId: string; isSuspended: boolean },
): Promise<ManageOutcome> {
  const { userId, tenantId } = actor;
  return manage(deps, actor, memberId, async (tx, member) => {
    await tx.membership.updateMany({ where: { id: memberId }, data: { suspendedAt: isSuspended ? deps.now() : null } });
    const action = isSuspended ? 'member.suspend' : 'member.restore';
    await recordAccountEvent(tx, { action, userId, tenantId, memberId: member.userId, role: member.role }, visit);
    return 'done';
  });
}

export function removeMember(deps: AccountDeps, visit: Visit, actor: Member, memberId: string): Promise<ManageOutcome> {
  const { userId, tenantId } = actor;
  return manage(deps, actor, memberId, async (tx, member) => {
    await endMembership(tx, member);
    await recordAccountEvent(tx, { action: 'member.remove', userId, tenantId, memberId: member.userId, role: member.role }, visit);
    return 'done';
  });
}

async function endMembership(tx: TenantClient, { id, userId }: Pick<ManagedMember, 'id' | 'userId'>): Promise<void> {
  await tx.personalToken.deleteMany({ where: { userId } });
  await tx.membership.deleteMany({ where: { id } });
}

/** Everybody may leave but the owner, who hands over first. */
export async function leaveWorkspace(
  deps: AccountDeps,
  visit: Visit,
  { userId, tenantId }: { userId: string; tenantId: string },
): Promise<'left' | 'owner-stays' | 'not-found'> {
  return deps.db.$withTenant(tenantId, async (tx) => {
    const [row] = await tx.membership.findMany({ where: { userId } });
    const role = findMemberRole(row?.role ?? '');
    if (row === undefined || role === null) return 'not-found';
    if (role === 'owner') return 'owner-stays';
    await endMembership(tx, row);
    await recordAccountEvent(tx, { action: 'member.leave', userId, tenantId, memberId: userId, role }, visit);
    return 'left';
  });
}

/** The owner becomes an admin and the other one the owner, in one transaction; at no moment are there two (a unique index sees to it). */
export async function transferOwnership(deps: AccountDeps, visit: Visit, actor: Member, memberId: string): Promise<ManageOutcome> {
  const { userId, tenantId } = actor;
  return deps.db.$withTenant(tenantId, async (tx) => {
    const [next] = await tx.$queryRaw<{ userId: string }[]>`
      SELECT user_id AS "userId" FROM memberships WHERE id = ${memberId}::uuid AND suspended_at IS NULL AND user_id <> ${userId}::uuid FOR UPDATE`;
    if (next === undefined) return 'not-found';
    // Limits lie below an owner: one who had some could manage nobody, and nobody could take them away. They are withdrawn first.
    if ((await tx.roleGrant.count({ where: { userId: next.userId } })) > 0) return 'not-allowed';
    const { count } = await tx.membership.updateMany({ where: { userId, role: 'owner' }, data: { role: 'admin' } });
    if (count !== 1) return 'not-allowed';
    await tx.membership.updateMany({ where: { id: memberId }, data: { role: 'owner' } });
    await recordAccountEvent(tx, { action: 'workspace.transfer', userId, tenantId, ownerId: next.userId }, visit);
    return 'done';
  });
}
