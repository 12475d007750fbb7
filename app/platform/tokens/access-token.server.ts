// Short-lived API tokens (JWT): made from a personal token, so that the long-lived one need not travel with every call. Each names its key, its
// audience and its scopes, and is checked against the personal token it came from: revoking that one, or suspending its person, ends both at once.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { findPersonalTokenById, type PersonalTokenGrant } from './personal-token.server.ts';
import { findVerifyingKey, getSigningKey, type KeyDeps, SIGNING_ALGORITHM } from './signing-keys.server.ts';

export const ACCESS_TOKEN_LIFE_S = 600;
const ISSUER = 'hashinsight';
const AUDIENCE = 'hashinsight-api';
const TYPE = 'at+jwt';
/** Longer than any of ours. */
const MAX_CHARACTERS = 2_000;

const ClaimsSchema = z.object({
  jti: z.uuid(),
  sub: z.uuid(),
  exp: z.number(),
  /** Workspace. */
  tenant: z.uuid(),
  /** The personal token it was made from. */
  parent: z.uuid(),
  /** Separated by spaces (RFC 9068). */
  scope: z.string(),
});

export type AccessTokenDeps = KeyDeps & { redis: Redis; prefix?: string };

const revokedKey = ({ prefix = '' }: AccessTokenDeps, id: string) => `${prefix}revoked-token:${id}`;

export async function createAccessToken(
  deps: AccessTokenDeps,
  grant: PersonalTokenGrant,
  now: Date,
): Promise<{ token: string; expiresInS: number }> {
  const { kid, key } = await getSigningKey(deps, now);
  const issuedAtS = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({ tenant: grant.tenantId, parent: grant.id, scope: grant.scopes.join(' ') })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: TYPE })
    .setJti(randomUUID())
    .setSubject(grant.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + ACCESS_TOKEN_LIFE_S)
    .sign(key);
  return { token, expiresInS: ACCESS_TOKEN_LIFE_S };
}

export type AccessTokenGrant = PersonalTokenGrant & { accessTokenId: string; expiresAtS: number };

/** Null: not ours, not for this audience, over, revoked, or its personal token is. Throws only when a store is out of reach. */
export async function findAccessToken(deps: AccessTokenDeps, token: string, now: Date): Promise<AccessTokenGrant | null> {
  const claims = await readClaims(deps, token, now);
  if (claims === null) return null;
  if ((await deps.redis.exists(revokedKey(deps, claims.jti))) === 1) return null;
  const parent = await findPersonalTokenById(deps.db, { id: claims.parent, tenantId: claims.tenant }, now);
  if (parent === null || parent.userId !== claims.sub) return null;
  const scopes = claims.scope.split(' ').filter((scope) => parent.scopes.includes(scope));
  return { ...parent, scopes, accessTokenId: claims.jti, expiresAtS: claims.exp };
}

/** The token is refused from now on. The note lives as long as the token would have. */
export async function revokeAccessToken(deps: AccessTokenDeps, { accessTokenId, expiresAtS }: AccessTokenGrant, now: Date): Promise<void> {
  const restMs = Math.max(1, expiresAtS * 1000 - now.getTime());
  await deps.redis.set(revokedKey(deps, accessTokenId), '1', 'PX', restMs);
}

async function readClaims(deps: AccessTokenDeps, token: string, now: Date): Promise<z.infer<typeof ClaimsSchema> | null> {
  if (token.length > MAX_CHARACTERS) return null;
  try {
    // Names of keys are ours: anything else is not even looked up.
    const kid = z.uuid().safeParse(decodeProtectedHeader(token).kid).data;
    const key = kid === undefined ? null : await findVerifyingKey(deps.db, kid, now);
    if (key === null) return null;
    const { payload } = await jwtVerify(token, key, {
      // Named here and not taken from the token: otherwise its sender would choose how it is checked.
      algorithms: [SIGNING_ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      currentDate: now,
    });
    return ClaimsSchema.parse(payload);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof z.ZodError) return null;
    throw error;
  }
}
