// The roles that a membership may hold: nobody is a member as a guest.
import { ROLES, type Role } from './actor.ts';

export type MemberRole = Exclude<Role, 'guest'>;
export const MEMBER_ROLES: readonly MemberRole[] = ROLES.filter((role) => role !== 'guest');

export function findMemberRole(text: string): MemberRole | null {
  return MEMBER_ROLES.find((role) => role === text) ?? null;
}

/** These roles hold what others own: outside of the demonstration they act only with a second factor. */
export function needsSecondFactor(role: Role): boolean {
  return role === 'owner' || role === 'admin';
}
