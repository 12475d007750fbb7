// From a request to who is asking. Looked up anew for every request: a suspension, another role or a revoked token holds from the next one on.
import type { Redis } from 'ioredis';
import { type Db, getDb } from '../db.server.ts';
import { type Env, getEnv } from '../env.server.ts';
import { type Actor, GUEST } from '../permissions/actor.ts';
import { findMemberRole, needsSecondFactor } from '../permissions/member-role.ts';
import { getRedis } from '../redis.server.ts';
import { actInTenant, type TenantClient } from '../tenancy.server.ts';
import { findAccessToken } from '../tokens/access-token.server.ts';
import { findPersonalToken, isPersonalToken, type PersonalTokenGrant } from '../tokens/personal-token.server.ts';
import { findSessionToken } from './session-cookie.ts';
import type { SessionRecord } from './session-record.ts';
import { SessionStore } from './session-store.server.ts';

const API_PATHS = '/api/';
const BEARER = /^Bearer +(\S+)$/i;

export type ActorDeps = { db: Db; redis: Redis; sessions: SessionStore; mode: Env['HASHINSIGHT_MODE']; secret: string; now: () => Date };

export function getActorDeps(): ActorDeps {
  const { HASHINSIGHT_MODE, SESSION_SECRET } = getEnv();
  const redis = getRedis();
  return { db: getDb(), redis, sessions: new SessionStore(redis), mode: HASHINSIGHT_MODE, secret: SESSION_SECRET, now: () => new Date() };
}

/**
 * A person by session cookie, or under /api by `Authorization: Bearer` (a personal token, or a short-lived one made from it); else a guest. A Bearer
 * header that is not good for anything makes a guest too, whatever cookie comes with it; the web layer answers it with 401. Throws when a store is out of reach: nobody is let in on a guess.
 */
export async function getActor(request: Request, deps: ActorDeps = getActorDeps()): Promise<Actor> {
  const authorization = request.headers.get('Authorization');
  if (authorization !== null && new URL(request.url).pathname.startsWith(API_PATHS)) {
    const grant = await findTokenGrant(authorization, deps);
    return grant === null
      ? GUEST
      : actAs(deps, { userId: grant.userId, tenantId: grant.tenantId, sessionId: null, tokenId: grant.id, scopes: grant.scopes });
  }
  const signedIn = await findSession(request, deps);
  if (signedIn?.record.stage !== 'complete') return GUEST;
  const { userId, tenantId, id } = signedIn.record;
  return actAs(deps, { userId, tenantId, sessionId: id, tokenId: null, scopes: null });
}

export type FoundSession = { token: string; record: SessionRecord };

/** The session of the request's cookie in any stage; null when there is none. */
export async function findSession(request: Request, deps: Pick<ActorDeps, 'sessions' | 'mode' | 'now'>): Promise<FoundSession | null> {
  const token = findSessionToken(request.headers.get('Cookie'), deps.mode === 'production');
  if (token === null) return null;
  const record = await deps.sessions.find(token, deps.now().getTime());
  return record === null ? null : { token, record };
}

async function findTokenGrant(authorization: string, deps: ActorDeps): Promise<PersonalTokenGrant | null> {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return null;
  return isPersonalToken(token) ? findPersonalToken(deps.db, token, deps.now()) : findAccessToken(deps, token, deps.now());
}

type Standing = {
  isSuspended: boolean;
  role: string | null;
  isAlone: boolean;
  isStaff: boolean;
  stayEndsAt: Date | null;
  hasSecondFactor: boolean;
};
type Claimed = Pick<Actor, 'tenantId' | 'sessionId' | 'tokenId' | 'scopes'> & { userId: string };

/** What platform staff may do inside a workspace that they entered with a reason, until the stay ends (decision 0071). */
const STAFF_ROLE = 'admin';

/** What the person may be right now. Suspended, or an owner without a second factor: a guest, who is let into nothing. */
async function actAs(deps: ActorDeps, claimed: Claimed): Promise<Actor> {
  const { userId } = claimed;
  const standing = await deps.db.$withUser(userId, (tx) => readStanding(tx, claimed, deps.now()));
  if (standing === null || standing.isSuspended) return GUEST;
  const { isStaff } = standing;
  const memberRole = findMemberRole(standing.role ?? '');
  const stayEndsAt = memberRole === null && isStaff ? standing.stayEndsAt : null;
  const role = memberRole ?? (stayEndsAt === null ? null : STAFF_ROLE);
  const isFactorMissing = role !== null && deps.mode !== 'demo' && needsSecondFactor(role) && !standing.hasSecondFactor;
  // Signed in, but in no workspace: the account's own pages, and what every guest may.
  if (role === null || isFactorMissing) return { ...claimed, tenantId: null, role: 'guest', isAlone: false, isStaff, stayEndsAtMs: null };
  return { ...claimed, role, isAlone: standing.isAlone, isStaff, stayEndsAtMs: stayEndsAt?.getTime() ?? null };
}

/** Null: there is no such person any more. */
async function readStanding(tx: TenantClient, { userId, tenantId }: Claimed, now: Date): Promise<Standing | null> {
  const [standing] = await tx.$queryRaw<Omit<Standing, 'isAlone'>[]>`
      SELECT u.suspended_at IS NOT NULL OR u.email_verified_at IS NULL AS "isSuspended",
             (SELECT m.role FROM memberships m JOIN tenants t ON t.id = m.tenant_id
              WHERE m.user_id = u.id AND m.tenant_id = ${tenantId}::uuid AND m.suspended_at IS NULL AND t.closed_at IS NULL) AS role,
             EXISTS (SELECT FROM platform_staff s WHERE s.user_id = u.id) AS "isStaff",
             (SELECT max(e.expires_at) FROM workspace_entries e
              WHERE e.user_id = u.id AND e.tenant_id = ${tenantId}::uuid AND e.left_at IS NULL AND e.expires_at > ${now}) AS "stayEndsAt",
             EXISTS (SELECT FROM user_credentials c WHERE c.user_id = u.id AND c.totp_confirmed_at IS NOT NULL) AS "hasSecondFactor"
      FROM users u WHERE u.id = ${userId}::uuid`;
  if (standing === undefined) return null;
  return { ...standing, isAlone: standing.role === 'customer' && tenantId !== null && (await isAloneIn(tx, tenantId, userId)) };
}

/** A customer's permissions rest on it. Asked inside the workspace: a person sees no other memberships. */
async function isAloneIn(tx: TenantClient, tenantId: string, userId: string): Promise<boolean> {
  await actInTenant(tx, tenantId);
  return (await tx.membership.findFirst({ where: { tenantId, userId: { not: userId } }, select: { id: true } })) === null;
}
