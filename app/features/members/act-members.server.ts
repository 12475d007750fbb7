// What the members page changes. Each act checks its permission here; whom it may reach is decided by the account room, in the transaction of the change.

import { parseEmail } from '#app/features/accounts/email-address.ts';
import { type InviteOutcome, invite, revokeInvitation } from '#app/features/accounts/people/invitations.server.ts';
import { findGivableRole } from '#app/features/accounts/people/member-rules.ts';
import {
  changeRole,
  type ManageOutcome,
  removeMember,
  setSuspended,
  transferOwnership,
} from '#app/features/accounts/people/members.server.ts';
import type { Member } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import type { Caller } from '#app/features/accounts/visit.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import type { Permission } from '#app/platform/permissions/permissions.ts';
import { PermissionError, requirePermission, requireSignedIn } from '#app/platform/permissions/require-permission.ts';
import { MAX_GRANTS_PER_MEMBER, readGrant, readNamedGrant } from './grant-rules.ts';
import { giveGrant, requireUnlimitedManager, withdrawGrant } from './grants.server.ts';
import type { MemberAct, MemberResult } from './member-result.ts';

const MAX_SHOWN = 100;

const refused = (
  reason: Extract<MemberResult, { kind: 'refused' }>['reason'],
  values: Record<string, string | number> = {},
): MemberResult => ({
  kind: 'refused',
  reason,
  values,
});
const done = (act: MemberAct): MemberResult => ({ kind: 'done', act });

type Asking = Pick<Caller, 'deps' | 'visit'>;

/** Throws PermissionError when the actor manages nobody. */
export async function actOnMembers({ deps, visit }: Asking, form: FormData): Promise<MemberResult> {
  const actor = requireMember(visit.actor, 'users.write');
  await requireUnlimitedManager({ deps }, actor);
  const read = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const memberId = read('member');
  switch (read('intent')) {
    case 'invite':
      return inviteMember({ deps, visit }, actor, read('email'), read('role'));
    case 'revoke':
      if (!isUuid(read('invitation'))) return refused('notFound');
      return (await revokeInvitation(deps, visit, actor, read('invitation'))) ? done('revoked') : refused('notFound');
  }
  if (!isUuid(memberId)) return refused(form.has('member') ? 'notFound' : 'intent');
  switch (read('intent')) {
    case 'role': {
      const role = findGivableRole(actor.role, read('role'));
      if (role === null) return refused('role', { value: read('role').slice(0, MAX_SHOWN) });
      return toResult(await changeRole(deps, visit, actor, { memberId, role }), 'role');
    }
    case 'grant': {
      const value = read('name').slice(0, MAX_SHOWN);
      const wanted = readNamedGrant(read('kind'), read('name'));
      if (wanted === null) return refused('grant', { value });
      const outcome = await giveGrant({ deps, visit }, actor, { memberId, wanted });
      if (outcome === 'too-many') return refused('tooManyGrants', { max: MAX_GRANTS_PER_MEMBER });
      return outcome === 'no-such-name' ? refused('grant', { value }) : toResult(outcome, 'granted');
    }
    case 'withdraw-grant': {
      const grant = readGrant(read('kind'), read('target'));
      return grant === null ? refused('notFound') : toResult(await withdrawGrant({ deps, visit }, actor, { memberId, grant }), 'withdrawn');
    }
    case 'suspend':
      return toResult(await setSuspended(deps, visit, actor, { memberId, isSuspended: true }), 'suspended');
    case 'restore':
      return toResult(await setSuspended(deps, visit, actor, { memberId, isSuspended: false }), 'restored');
    case 'remove':
      return read('sure') === 'yes' ? toResult(await removeMember(deps, visit, actor, memberId), 'removed') : refused('unsure');
    case 'transfer': {
      const owner = requireMember(visit.actor, 'users.transfer');
      return read('sure') === 'yes' ? toResult(await transferOwnership(deps, visit, owner, memberId), 'transferred') : refused('unsure');
    }
    default:
      return refused('intent');
  }
}

/** Somebody in a workspace who holds the permission there. */
export function requireMember(actor: Caller['visit']['actor'], permission: Permission): Member {
  requirePermission(actor, permission);
  requireSignedIn(actor);
  const { tenantId } = actor;
  if (tenantId === null) throw new PermissionError(permission, 'workspace');
  return { ...actor, tenantId };
}

async function inviteMember({ deps, visit }: Asking, actor: Member, emailText: string, roleText: string): Promise<MemberResult> {
  const email = parseEmail(emailText);
  if (email === null) return refused('email', { value: emailText.slice(0, MAX_SHOWN) });
  const role = findGivableRole(actor.role, roleText);
  if (role === null) return refused('role', { value: roleText.slice(0, MAX_SHOWN) });
  const t = await i18nServer.getFixedT(visit.language, 'roles');
  return toInviteResult(await invite(deps, visit, actor, { email, role, language: visit.language, roleName: t(`role.${role}`) }));
}

function toInviteResult(outcome: InviteOutcome): MemberResult {
  switch (outcome.kind) {
    case 'invited':
      return done('invited');
    case 'already-member':
      return refused('alreadyMember');
    case 'not-allowed':
      return refused('notAllowed');
    case 'too-many':
      return refused('tooMany', { max: outcome.max });
    case 'wait':
      return refused('wait', { seconds: outcome.seconds });
    case 'no-origin':
      return refused('noOrigin');
  }
}

function toResult(outcome: ManageOutcome, act: MemberAct): MemberResult {
  if (outcome === 'done') return done(act);
  return refused(outcome === 'not-found' ? 'notFound' : 'notAllowed');
}
