// What narrows a member to some sites or clients of the workspace (decision 0071): given and withdrawn, each an audit event in the same transaction.

import { type ManageOutcome, manage } from '#app/features/accounts/people/members.server.ts';
import type { Member } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import type { Caller } from '#app/features/accounts/visit.server.ts';
import { findGrantable } from '#app/features/sites/grantable.server.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import type { Grant } from '#app/platform/permissions/can.ts';
import { listGrants } from '#app/platform/permissions/grants.server.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import { MAX_GRANTS_PER_MEMBER, type NamedGrant } from './grant-rules.ts';

type Asking = Pick<Caller, 'deps' | 'visit'>;

/**
 * People are a matter of the whole workspace: a manager who is limited to some sites could make somebody who is not. Throws PermissionError.
 */
export async function requireUnlimitedManager({ deps }: Pick<Caller, 'deps'>, actor: Member): Promise<void> {
  const grants = await deps.db.$withTenant(actor.tenantId, (tx) => listGrants(tx, actor));
  const reach = requirePermission(actor, 'users.write', {}, grants);
  if (reach !== 'workspace') throw new PermissionError('users.write', 'scope');
}

/** Giving what is held already changes nothing and is no event. */
export async function giveGrant(
  { deps, visit }: Asking,
  actor: Member,
  { memberId, wanted }: { memberId: string; wanted: NamedGrant },
): Promise<ManageOutcome | 'too-many' | 'no-such-name'> {
  let refusal: 'too-many' | 'no-such-name' | null = null;
  const outcome = await manage(deps, actor, memberId, async (tx, { userId, role }) => {
    // The member's row is locked: two that give at once count one after the other.
    const grant = await findGrantable(tx, wanted.kind, wanted.name);
    if (grant === null) refusal = 'no-such-name';
    else if ((await tx.roleGrant.count({ where: { userId } })) >= MAX_GRANTS_PER_MEMBER) refusal = 'too-many';
    if (grant === null || refusal !== null) return 'not-allowed';
    const { count } = await tx.roleGrant.createMany({
      data: { tenantId: actor.tenantId, userId, ...toColumns(grant) },
      skipDuplicates: true,
    });
    if (count > 0)
      await recordAudit(tx, actor.tenantId, {
        ...describe(actor, visit, userId, grant),
        action: 'member.grant',
        after: { role, userId, ...grant },
      });
    return 'done';
  });
  return refusal ?? outcome;
}

/** The two columns of which one is filled. */
const toColumns = ({ kind, id }: Grant) => (kind === 'site' ? { siteId: id } : { clientId: id });

export function withdrawGrant(
  { deps, visit }: Asking,
  actor: Member,
  { memberId, grant }: { memberId: string; grant: Grant },
): Promise<ManageOutcome> {
  return manage(deps, actor, memberId, async (tx, { userId, role }) => {
    const { count } = await tx.roleGrant.deleteMany({ where: { userId, ...toColumns(grant) } });
    if (count === 0) return 'not-found';
    await recordAudit(tx, actor.tenantId, {
      ...describe(actor, visit, userId, grant),
      action: 'member.withdraw-grant',
      before: { role, userId, ...grant },
    });
    return 'done';
  });
}

/** Named by its site or client too, so that whoever it concerns finds it in their part of the log. */
function describe(actor: Member, { address, requestId }: Caller['visit'], userId: string, grant: Grant) {
  return { actor, origin: { address, requestId }, target: { kind: 'member' as const, id: userId }, ...toColumns(grant) };
}
