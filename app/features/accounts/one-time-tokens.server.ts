// Links in messages: made, and used once. Only the hash is kept; a newer link of the same kind makes the older ones worthless.

import type { Db } from '#app/platform/db.server.ts';
import { createOpaqueToken, hashOpaqueToken } from '#app/platform/opaque-token.server.ts';
import { actAsUser, type TenantClient } from '#app/platform/tenancy.server.ts';

const HOUR_MS = 3_600_000;

export type TokenPurpose = 'verify-email' | 'reset-password' | 'change-email';

/** How long a link works. */
export const TOKEN_LIFE_MS: Record<TokenPurpose, number> = {
  'verify-email': 48 * HOUR_MS,
  'reset-password': HOUR_MS,
  'change-email': 24 * HOUR_MS,
};

/** The transaction acts as the person. Returns what goes into the link. */
export async function createOneTimeToken(
  tx: TenantClient,
  { userId, purpose, email }: { userId: string; purpose: TokenPurpose; email: string },
  now: Date,
): Promise<string> {
  const token = createOpaqueToken();
  await tx.oneTimeToken.updateMany({ where: { userId, purpose, usedAt: null }, data: { usedAt: now } });
  await tx.oneTimeToken.create({
    data: {
      userId,
      purpose,
      email,
      tokenHash: hashOpaqueToken(token),
      expiresAt: new Date(now.getTime() + TOKEN_LIFE_MS[purpose]),
      createdAt: now,
    },
  });
  return token;
}

export type FoundToken = { id: string; userId: string; email: string };

/** Whether the link would work now; null when it is unknown, used or too old. Uses nothing up. */
export async function findOneTimeToken(db: Db, token: string, purpose: TokenPurpose, now: Date): Promise<FoundToken | null> {
  const tokenHash = hashOpaqueToken(token);
  const row = await db.$withLookup(tokenHash, (tx) => tx.oneTimeToken.findUnique({ where: { tokenHash } }));
  if (row === null || row.purpose !== purpose || row.usedAt !== null || row.expiresAt <= now) return null;
  return { id: row.id, userId: row.userId, email: row.email };
}

/** True for one caller only, however many come with the same link at once. */
export async function spendOneTimeToken(tx: TenantClient, { id, userId }: FoundToken, now: Date): Promise<boolean> {
  await actAsUser(tx, userId);
  const { count } = await tx.oneTimeToken.updateMany({ where: { id, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } });
  return count === 1;
}
