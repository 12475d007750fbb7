// The people of a workspace for the members page, with what the reader may do about each.
import { listOpenInvitations, type OpenInvitation } from '#app/features/accounts/invitations.server.ts';
import { type GivenRole, listGivableRoles, mayManage } from '#app/features/accounts/member-rules.ts';
import { type ListedMember, listMembers } from '#app/features/accounts/members.server.ts';
import type { Caller } from '#app/features/accounts/visit.server.ts';
import { can } from '#app/platform/permissions/can.ts';
import { requireMember } from './act-members.server.ts';

export type MemberRow = Omit<ListedMember, 'joinedAt'> & { joinedAt: string; isYou: boolean; mayManage: boolean; mayBecomeOwner: boolean };

export type MembersView = {
  workspace: { id: string; name: string };
  members: MemberRow[];
  /** Null: the reader may not invite. */
  invitations: (Omit<OpenInvitation, 'expiresAt'> & { expiresAt: string })[] | null;
  givableRoles: readonly GivenRole[];
};

/** Throws PermissionError. */
export async function readMembersView({ deps, visit }: Pick<Caller, 'deps' | 'visit'>): Promise<MembersView> {
  const actor = requireMember(visit.actor, 'users.read');
  const { tenantId } = actor;
  const mayWrite = can(actor, 'users.write');
  const [members, invitations, tenant] = await Promise.all([
    listMembers(deps, tenantId),
    mayWrite ? listOpenInvitations(deps, tenantId) : null,
    deps.db.$withTenant(tenantId, (tx) => tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } })),
  ]);
  return {
    workspace: { id: tenantId, name: tenant.name },
    members: members.map((member) => ({
      ...member,
      joinedAt: member.joinedAt.toISOString(),
      isYou: member.userId === actor.userId,
      mayManage: mayWrite && mayManage(actor, member),
      mayBecomeOwner: can(actor, 'users.transfer') && member.userId !== actor.userId && !member.isSuspended,
    })),
    invitations: invitations?.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() })) ?? null,
    givableRoles: listGivableRoles(actor.role),
  };
}
