// The people of a workspace for the members page, with what the reader may do about each.
import { listOpenInvitations, type OpenInvitation } from '#app/features/accounts/people/invitations.server.ts';
import { type GivenRole, listGivableRoles, mayManage } from '#app/features/accounts/people/member-rules.ts';
import { type ListedMember, listMembers } from '#app/features/accounts/people/members.server.ts';
import type { Caller } from '#app/features/accounts/visit.server.ts';
import { type GrantableNames, listGrantableNames, nameGrants } from '#app/features/sites/grantable.server.ts';
import { can, type Grant, toGrantKey } from '#app/platform/permissions/can.ts';
import { toGrants } from '#app/platform/permissions/grants.server.ts';
import { findReach } from '#app/platform/permissions/permissions.ts';
import { requireMember } from './act-members.server.ts';

/** Of all members together. */
const MOST_GRANTS_SHOWN = 5_000;

/** A grant with the name of its site or client. */
export type NamedHolding = Grant & { name: string };

export type MemberRow = Omit<ListedMember, 'joinedAt'> & {
  joinedAt: string;
  isYou: boolean;
  mayManage: boolean;
  mayBecomeOwner: boolean;
  /** Empty: not limited to some sites or clients. */
  grants: NamedHolding[];
  /** Of sites and clients the role shows only what is granted: without a grant, nothing. */
  seesOnlyGranted: boolean;
};

export type MembersView = {
  workspace: { id: string; name: string };
  members: MemberRow[];
  /** Null: the reader may not invite. */
  invitations: (Omit<OpenInvitation, 'expiresAt'> & { expiresAt: string })[] | null;
  givableRoles: readonly GivenRole[];
  /** What a grant can name. Null: the reader may not grant. */
  grantable: GrantableNames | null;
};

/** Throws PermissionError. */
export async function readMembersView({ deps, visit }: Pick<Caller, 'deps' | 'visit'>): Promise<MembersView> {
  const actor = requireMember(visit.actor, 'users.read');
  const { tenantId } = actor;
  const grants = await listAllGrants(deps, tenantId);
  // Whoever is limited to some sites or clients manages nobody: see requireUnlimitedManager.
  const mayWrite = can(actor, 'users.write') && !grants.some(({ userId }) => userId === actor.userId);
  const [members, invitations, tenant, grantable] = await Promise.all([
    listMembers(deps, tenantId),
    mayWrite ? listOpenInvitations(deps, tenantId) : null,
    deps.db.$withTenant(tenantId, (tx) => tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } })),
    mayWrite ? deps.db.$withTenant(tenantId, listGrantableNames) : null,
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
      grants: grants.filter(({ userId }) => userId === member.userId).map(({ kind, id, name }) => ({ kind, id, name })),
      seesOnlyGranted: findReach(member.role, 'sites.read') !== 'workspace',
    })),
    invitations: invitations?.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() })) ?? null,
    givableRoles: listGivableRoles(actor.role),
    grantable,
  };
}

async function listAllGrants({ db }: Caller['deps'], tenantId: string): Promise<(NamedHolding & { userId: string })[]> {
  return db.$withTenant(tenantId, async (tx) => {
    const rows = await tx.roleGrant.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_GRANTS_SHOWN });
    const held = rows.flatMap((row) => toGrants(row).map((grant) => ({ ...grant, userId: row.userId })));
    const names = await nameGrants(tx, held);
    return held
      .map((grant) => ({ ...grant, name: names.get(toGrantKey(grant)) ?? grant.id }))
      .sort((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name));
  });
}
