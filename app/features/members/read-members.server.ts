// The people of a workspace for the members page, with what the reader may do about each.
import { listOpenInvitations, type OpenInvitation } from '#app/features/accounts/invitations.server.ts';
import { type GivenRole, listGivableRoles, mayManage } from '#app/features/accounts/member-rules.ts';
import { type ListedMember, listMembers } from '#app/features/accounts/members.server.ts';
import type { Caller } from '#app/features/accounts/visit.server.ts';
import { can, type Grant } from '#app/platform/permissions/can.ts';
import { findReach } from '#app/platform/permissions/permissions.ts';
import { requireMember } from './act-members.server.ts';

/** Of all members together. */
const MOST_GRANTS_SHOWN = 5_000;

export type MemberRow = Omit<ListedMember, 'joinedAt'> & {
  joinedAt: string;
  isYou: boolean;
  mayManage: boolean;
  mayBecomeOwner: boolean;
  /** Empty: not limited to some sites or clients. */
  grants: Grant[];
  /** Of sites and clients the role shows only what is granted: without a grant, nothing. */
  seesOnlyGranted: boolean;
};

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
  const grants = await listAllGrants(deps, tenantId);
  // Whoever is limited to some sites or clients manages nobody: see requireUnlimitedManager.
  const mayWrite = can(actor, 'users.write') && !grants.some(({ userId }) => userId === actor.userId);
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
      // Somebody who is limited to some sites or clients is freed of that first: see transferOwnership.
      mayBecomeOwner:
        can(actor, 'users.transfer') &&
        member.userId !== actor.userId &&
        !member.isSuspended &&
        !grants.some(({ userId }) => userId === member.userId),
      grants: grants.filter(({ userId }) => userId === member.userId).map(({ kind, id }) => ({ kind, id })),
      seesOnlyGranted: findReach(member.role, 'sites.read') !== 'workspace',
    })),
    invitations: invitations?.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() })) ?? null,
    givableRoles: listGivableRoles(actor.role),
  };
}

async function listAllGrants({ db }: Caller['deps'], tenantId: string): Promise<(Grant & { userId: string })[]> {
  const rows = await db.$withTenant(tenantId, (tx) =>
    tx.roleGrant.findMany({ orderBy: [{ kind: 'asc' }, { createdAt: 'asc' }], take: MOST_GRANTS_SHOWN }),
  );
  return rows.map(({ userId, kind, targetId }) => ({ userId, kind: kind === 'site' ? 'site' : 'client', id: targetId }));
}
