// Offering a place in a workspace to an address, and taking it. The link alone is not enough: whoever takes the place is signed in with the invited address.

import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { sendInvitationLetter, toLink } from '#app/features/accounts/letters.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import type { Member } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import { PATHS } from '#app/paths.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { createOpaqueToken, hashOpaqueToken } from '#app/platform/opaque-token.server.ts';
import { findMemberRole } from '#app/platform/permissions/member-role.ts';
import { actInTenant, type TenantClient } from '#app/platform/tenancy.server.ts';
import { findGivableRole, type GivenRole } from './member-rules.ts';
import { MAX_MEMBERS } from './members.server.ts';

const LIFE_MS = 7 * 24 * 3_600_000;
const MAX_OPEN = 100;

export type InviteOutcome =
  | { kind: 'invited'; id: string }
  | { kind: 'already-member' }
  | { kind: 'not-allowed' }
  | { kind: 'too-many'; max: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'no-origin' };

/** `roleName` in the language of the message. An earlier invitation of the same address ends. */
export async function invite(
  deps: AccountDeps,
  visit: Visit,
  actor: Member,
  { email, role, language, roleName }: { email: string; role: GivenRole; language: Language; roleName: string },
): Promise<InviteOutcome> {
  const { origin } = visit;
  if (origin === null) return { kind: 'no-origin' };
  if (findGivableRole(actor.role, role) === null) return { kind: 'not-allowed' };
  const emailKey = toEmailKey(email);
  const seconds =
    (await takeAttempt(deps, 'letter-address', visit.address, deps.now())) ??
    (await takeAttempt(deps, 'letter-account', emailKey, deps.now()));
  if (seconds !== null) return { kind: 'wait', seconds };
  const { userId, tenantId } = actor;
  const token = createOpaqueToken();
  const now = deps.now();
  const made = await deps.db.$withTenant(tenantId, async (tx) => {
    if ((await tx.membership.count({ where: { user: { emailKey } } })) > 0) return { kind: 'already-member' } as const;
    await tx.invitation.updateMany({ where: { emailKey, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
    const open = await tx.invitation.count({ where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } } });
    if (open >= MAX_OPEN || (await tx.membership.count()) >= MAX_MEMBERS)
      return { kind: 'too-many', max: Math.min(MAX_OPEN, MAX_MEMBERS) } as const;
    const { id } = await tx.invitation.create({
      data: {
        tenantId,
        email,
        emailKey,
        role,
        tokenHash: hashOpaqueToken(token),
        invitedBy: userId,
        expiresAt: new Date(now.getTime() + LIFE_MS),
        createdAt: now,
      },
    });
    const [tenant, inviter] = [
      await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
      await tx.user.findUniqueOrThrow({ where: { id: userId } }),
    ];
    await recordAccountEvent(tx, { action: 'member.invite', userId, tenantId, invitationId: id, email, role }, visit);
    return { kind: 'invited', id, workspace: tenant.name, inviter: inviter.name } as const;
  });
  if (made.kind !== 'invited') return made;
  const { id, inviter, workspace } = made;
  await sendInvitationLetter(deps, {
    email,
    language,
    inviter,
    workspace,
    role: roleName,
    url: toLink(origin, PATHS.invitation, { token }),
  });
  return { kind: 'invited', id };
}

export type OpenInvitation = { id: string; email: string; role: string; expiresAt: Date; inviterName: string | null };

export async function listOpenInvitations(deps: AccountDeps, tenantId: string): Promise<OpenInvitation[]> {
  const rows = await deps.db.$withTenant(tenantId, (tx) =>
    tx.invitation.findMany({
      where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: deps.now() } },
      include: { inviter: { select: { name: true } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: MAX_OPEN,
    }),
  );
  return rows.map(({ id, email, role, expiresAt, inviter }) => ({ id, email, role, expiresAt, inviterName: inviter?.name ?? null }));
}

/** False: no such open invitation here. */
export async function revokeInvitation(deps: AccountDeps, visit: Visit, { userId, tenantId }: Member, id: string): Promise<boolean> {
  return deps.db.$withTenant(tenantId, async (tx) => {
    const [row] = await tx.invitation.findMany({ where: { id, acceptedAt: null, revokedAt: null } });
    const role = findMemberRole(row?.role ?? '');
    if (row === undefined || role === null) return false;
    await tx.invitation.updateMany({ where: { id }, data: { revokedAt: deps.now() } });
    await recordAccountEvent(tx, { action: 'member.revoke-invitation', userId, tenantId, invitationId: id, email: row.email, role }, visit);
    return true;
  });
}

export type Offer = { id: string; tenantId: string; workspace: string; role: string; email: string; emailKey: string };

/** What the link offers; null: unknown, taken, withdrawn or too old. */
export async function findOffer(deps: AccountDeps, token: string): Promise<Offer | null> {
  const tokenHash = hashOpaqueToken(token);
  return deps.db.$withLookup(tokenHash, async (tx) => {
    const row = await tx.invitation.findUnique({ where: { tokenHash } });
    if (row === null || row.acceptedAt !== null || row.revokedAt !== null || row.expiresAt <= deps.now()) return null;
    const { id, tenantId, role, email, emailKey } = row;
    await actInTenant(tx, tenantId);
    if (!(await mayStillInvite(tx, row, deps.now()))) return null;
    const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
    return tenant === null || tenant.closedAt !== null ? null : { id, tenantId, role, email, emailKey, workspace: tenant.name };
  });
}

/**
 * An offer is worth what its sender may give when it is taken: somebody who was removed, suspended, lowered or limited since, or whose stay as
 * platform staff is over, leaves no way in behind.
 */
async function mayStillInvite(
  tx: TenantClient,
  { invitedBy, role }: { invitedBy: string | null; role: string },
  now: Date,
): Promise<boolean> {
  if (invitedBy === null) return false;
  const member = await tx.membership.findFirst({ where: { userId: invitedBy }, include: { _count: { select: { grants: true } } } });
  if (member !== null) {
    const senderRole = member.suspendedAt === null && member._count.grants === 0 ? findMemberRole(member.role) : null;
    return senderRole !== null && findGivableRole(senderRole, role) !== null;
  }
  const stays = await tx.workspaceEntry.count({ where: { userId: invitedBy, leftAt: null, expiresAt: { gt: now } } });
  return stays > 0 && findGivableRole('admin', role) !== null;
}

export type AcceptOutcome = { kind: 'joined'; tenantId: string } | { kind: 'over' } | { kind: 'other-address' };

export async function acceptInvitation(
  deps: AccountDeps,
  visit: Visit,
  person: { id: string; email: string },
  token: string,
): Promise<AcceptOutcome> {
  const offer = await findOffer(deps, token);
  if (offer === null) return { kind: 'over' };
  if (toEmailKey(person.email) !== offer.emailKey) return { kind: 'other-address' };
  const { id, tenantId } = offer;
  return deps.db.$withTenant(tenantId, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: deps.now() } },
      data: { acceptedAt: deps.now() },
    });
    const role = findMemberRole(offer.role);
    if (count !== 1 || role === null) return { kind: 'over' };
    // Whoever is a member already keeps the role: an old invitation must not lower or raise it.
    await tx.membership.createMany({ data: { tenantId, userId: person.id, role, createdAt: deps.now() }, skipDuplicates: true });
    await recordAccountEvent(tx, { action: 'member.join', userId: person.id, tenantId, memberId: person.id, role }, visit);
    return { kind: 'joined', tenantId };
  });
}
