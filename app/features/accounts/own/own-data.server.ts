// What the product holds about a person: given to them as JSON, and removed when they delete the account.

import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { findMemberRole } from '#app/platform/permissions/member-role.ts';
import { describeDevice } from '#app/platform/sessions/describe-device.ts';
import { actInTenant } from '#app/platform/tenancy.server.ts';

const toIso = (at: Date | null) => at?.toISOString() ?? null;

/** Everything of the account, without what proves who somebody is: hashes and secrets are of no use to the person and of much to others. */
export async function exportOwnData(deps: AccountDeps, visit: Visit, userId: string) {
  const sessions = await deps.sessions.list(userId, deps.now().getTime());
  const data = await deps.db.$withUser(userId, async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { credential: true, wallets: true } });
    const memberships = await tx.membership.findMany({ where: { userId }, include: { tenant: { select: { name: true } } } });
    const tokens = await tx.personalToken.findMany({ where: { userId } });
    await recordAccountEvent(tx, { action: 'account.export', userId }, visit);
    return { user, memberships, tokens };
  });
  const { user, memberships, tokens } = data;
  return {
    exportedAt: deps.now().toISOString(),
    account: {
      id: user.id,
      email: user.email,
      name: user.name,
      language: user.locale,
      createdAt: toIso(user.createdAt),
      emailVerifiedAt: toIso(user.emailVerifiedAt),
      passwordChangedAt: toIso(user.credential?.passwordChangedAt ?? null),
      secondFactorSince: toIso(user.credential?.totpConfirmedAt ?? null),
    },
    wallets: user.wallets.map(({ address, linkedAt, lastUsedAt }) => ({
      address,
      linkedAt: toIso(linkedAt),
      lastUsedAt: toIso(lastUsedAt),
    })),
    workspaces: memberships.map(({ tenantId, role, createdAt, suspendedAt, tenant }) => ({
      id: tenantId,
      name: tenant.name,
      role,
      joinedAt: toIso(createdAt),
      suspendedAt: toIso(suspendedAt),
    })),
    apiTokens: tokens.map(({ name, ending, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
      name,
      ending,
      scopes,
      createdAt: toIso(createdAt),
      expiresAt: toIso(expiresAt),
      lastUsedAt: toIso(lastUsedAt),
      revokedAt: toIso(revokedAt),
    })),
    sessions: sessions.map(({ createdAtMs, lastSeenAtMs, userAgent, address }) => ({
      ...describeDevice(userAgent),
      userAgent,
      address,
      createdAt: new Date(createdAtMs).toISOString(),
      lastUsedAt: new Date(lastSeenAtMs).toISOString(),
    })),
  };
}

export type DeleteOutcome = { kind: 'deleted' } | { kind: 'hand-over-first'; workspaces: string[] };

/**
 * Removes the account and everything that belongs to it alone. A workspace with other people in it needs an owner first; one without anybody else is closed:
 * nobody enters it any more, and its rows are removed by the operator's procedure.
 */
export async function deleteAccount(deps: AccountDeps, visit: Visit, userId: string): Promise<DeleteOutcome> {
  const own = await deps.db.$withUser(userId, (tx) =>
    // By number: two people who delete their accounts at once write into shared workspaces in one order.
    tx.membership.findMany({ where: { userId }, include: { tenant: { select: { name: true } } }, orderBy: { tenantId: 'asc' } }),
  );
  const stuck: string[] = [];
  const lonely = new Set<string>();
  for (const { tenantId, role, tenant } of own) {
    const others = await deps.db.$withTenant(tenantId, (tx) => tx.membership.count({ where: { userId: { not: userId } } }));
    if (others === 0) lonely.add(tenantId);
    else if (role === 'owner') stuck.push(tenant.name);
  }
  if (stuck.length > 0) return { kind: 'hand-over-first', workspaces: stuck };
  await deps.db.$withUser(userId, async (tx) => {
    const { email, name } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    for (const { tenantId, role } of own) {
      await actInTenant(tx, tenantId);
      if (lonely.has(tenantId)) await tx.tenant.updateMany({ where: { id: tenantId }, data: { closedAt: deps.now() } });
      const known = findMemberRole(role);
      // Each workspace sees in its own log that somebody has gone.
      if (known !== null) await recordAccountEvent(tx, { action: 'member.leave', userId, tenantId, memberId: userId, role: known }, visit);
    }
    await tx.user.deleteMany({ where: { id: userId } });
    await recordAccountEvent(tx, { action: 'account.delete', userId, email, name }, visit);
  });
  await deps.sessions.endAll(userId);
  return { kind: 'deleted' };
}
