// A person's own API tokens in the workspace they are in. The token is shown once, when it is made.

import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { type EventOrigin, recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { createPersonalToken } from '#app/platform/tokens/personal-token.server.ts';
import type { TokenScope } from './token-scopes.ts';

const DAY_MS = 24 * 3_600_000;
export const MAX_TOKENS = 20;

/** Somebody who acts in a workspace. */
export type Member = Actor & { userId: string; tenantId: string };

export type ListedToken = {
  id: string;
  name: string;
  ending: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  isOver: boolean;
};

export async function listPersonalTokens(deps: AccountDeps, { userId, tenantId }: Member): Promise<ListedToken[]> {
  const rows = await deps.db.$withTenant(tenantId, (tx) =>
    tx.personalToken.findMany({ where: { userId, revokedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MAX_TOKENS }),
  );
  return rows.map(({ id, name, ending, scopes, createdAt, expiresAt, lastUsedAt }) => ({
    id,
    name,
    ending,
    scopes,
    createdAt,
    expiresAt,
    lastUsedAt,
    isOver: expiresAt <= deps.now(),
  }));
}

export type CreateTokenOutcome = { kind: 'created'; token: string } | { kind: 'too-many'; max: number };

export async function createToken(
  deps: Pick<AccountDeps, 'db' | 'now'>,
  visit: EventOrigin,
  { userId, tenantId }: Pick<Member, 'userId' | 'tenantId'>,
  { name, scopes, lifeDays }: { name: string; scopes: readonly TokenScope[]; lifeDays: number },
): Promise<CreateTokenOutcome> {
  const { token, tokenHash, ending } = createPersonalToken();
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + lifeDays * DAY_MS);
  return deps.db.$withTenant(tenantId, async (tx) => {
    // Those that are over make room.
    await tx.personalToken.deleteMany({ where: { userId, OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] } });
    if ((await tx.personalToken.count({ where: { userId } })) >= MAX_TOKENS) return { kind: 'too-many', max: MAX_TOKENS };
    const { id } = await tx.personalToken.create({
      data: { tenantId, userId, name, tokenHash, ending, scopes: [...scopes], createdAt: now, expiresAt },
    });
    await recordAccountEvent(tx, { action: 'token.create', userId, tenantId, tokenId: id, name, ending, scopes, expiresAt }, visit);
    return { kind: 'created', token };
  });
}

/** Works from the next request on, also for short-lived tokens made from it. False: the person has no such token here. */
export async function revokeToken(deps: AccountDeps, visit: Visit, { userId, tenantId }: Member, id: string): Promise<boolean> {
  return deps.db.$withTenant(tenantId, async (tx) => {
    const [row] = await tx.personalToken.findMany({ where: { id, userId, revokedAt: null } });
    if (row === undefined) return false;
    const { count } = await tx.personalToken.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt: deps.now() } });
    if (count === 1)
      await recordAccountEvent(tx, { action: 'token.revoke', userId, tenantId, tokenId: id, name: row.name, ending: row.ending }, visit);
    return count === 1;
  });
}
