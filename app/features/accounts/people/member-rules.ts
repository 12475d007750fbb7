// Who may change what another person is in a workspace. The permission table says who manages people at all; this says whom. Pure.
import type { Role } from '#app/platform/permissions/actor.ts';
import { MEMBER_ROLES, type MemberRole } from '#app/platform/permissions/member-role.ts';

/** Roles that can be given: ownership passes by transfer only. */
export type GivenRole = Exclude<MemberRole, 'owner'>;

const isGiven = (role: MemberRole): role is GivenRole => role !== 'owner';

/** An owner makes admins; an admin makes everything below. */
export function listGivableRoles(actor: Role): readonly GivenRole[] {
  const below = MEMBER_ROLES.filter(isGiven);
  if (actor === 'owner') return below;
  return actor === 'admin' ? below.filter((role) => role !== 'admin') : [];
}

export function findGivableRole(actor: Role, role: string): GivenRole | null {
  return listGivableRoles(actor).find((one) => one === role) ?? null;
}

/** Nobody manages the owner or themselves, and admins do not manage admins. */
export function mayManage(actor: { userId: string | null; role: Role }, member: { userId: string; role: string }): boolean {
  return member.userId !== actor.userId && findGivableRole(actor.role, member.role) !== null;
}
