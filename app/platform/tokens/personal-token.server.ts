// Personal API tokens: made once, shown once, kept as a hash, for one person in one workspace.
import type { Db } from '../db.server.ts';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.server.ts';

/** Lets people and secret scanners recognise a token that was pasted somewhere. */
const PREFIX = 'hi_';
const SHAPE = /^hi_[\w-]{43}$/;
/** Last use is written at most this often. */
const TOUCH_INTERVAL_MS = 60_000;

export type PersonalTokenGrant = { id: string; userId: string; tenantId: string; scopes: string[] };

export function createPersonalToken(): { token: string; tokenHash: string; ending: string } {
  const token = `${PREFIX}${createOpaqueToken()}`;
  return { token, tokenHash: hashOpaqueToken(token), ending: token.slice(-4) };
}

export function isPersonalToken(text: string): boolean {
  return SHAPE.test(text);
}

/** Null: unknown, revoked or over. Notes the use. */
export async function findPersonalToken(db: Db, token: string, now: Date): Promise<PersonalTokenGrant | null> {
  if (!isPersonalToken(token)) return null;
  const tokenHash = hashOpaqueToken(token);
  const row = await db.$withLookup(tokenHash, (tx) => tx.personalToken.findUnique({ where: { tokenHash } }));
  return row === null ? null : grantIfValid(db, row, now);
}

/** As findPersonalToken, for a short-lived token that was made from it. */
export async function findPersonalTokenById(
  db: Db,
  { id, tenantId }: { id: string; tenantId: string },
  now: Date,
): Promise<PersonalTokenGrant | null> {
  const row = await db.$withTenant(tenantId, (tx) => tx.personalToken.findUnique({ where: { id } }));
  return row === null ? null : grantIfValid(db, row, now);
}

type TokenRow = PersonalTokenGrant & { revokedAt: Date | null; expiresAt: Date; lastUsedAt: Date | null };

async function grantIfValid(db: Db, row: TokenRow, now: Date): Promise<PersonalTokenGrant | null> {
  const { id, userId, tenantId, scopes } = row;
  if (row.revokedAt !== null || row.expiresAt <= now) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= TOUCH_INTERVAL_MS) {
    await db.$withTenant(tenantId, (tx) => tx.personalToken.updateMany({ where: { id, revokedAt: null }, data: { lastUsedAt: now } }));
  }
  return { id, userId, tenantId, scopes };
}
