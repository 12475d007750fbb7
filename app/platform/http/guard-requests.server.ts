// The Express layers in front of Remix: what no route may see is refused, every response gets its headers, and requests are counted.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { Request, RequestHandler, Response } from 'express';
import { noteRefusal } from '../audit/note-refusal.server.ts';
import { PLATFORM_CHAIN, recordAuditAlone } from '../audit/record-audit.server.ts';
import { getDb } from '../db.server.ts';
import type { Env } from '../env.server.ts';
import { getLog } from '../log.server.ts';
import { type Actor, GUEST } from '../permissions/actor.ts';
import type { PermissionError } from '../permissions/require-permission.ts';
import { type LimitDeps, type LimitVerdict, limitActor, limitAddress } from '../rate-limit/limit-requests.server.ts';
import { toAddressSubject, WINDOW_S } from '../rate-limit/limits.ts';
import { getRedis } from '../redis.server.ts';
import { getActor } from '../sessions/actor.server.ts';
import { findSessionToken } from '../sessions/session-cookie.ts';
import { toHostRules } from './allowed-host.ts';
import { deriveCsrfKey } from './csrf.server.ts';
import type { RequestContext } from './load-context.ts';
import { refuse } from './refuse.server.ts';
import { type ContextOptions, createRequestContext } from './request-context.server.ts';
import { findRefusal, type Refusal } from './request-guard.ts';
import { findSender } from './same-site.ts';
import { listSecurityHeaders } from './security.server.ts';

/**
 * The host as the reader's browser sees it. Remix reads `X-Forwarded-Host` whoever sent it, so what an untrusted sender says is
 * taken out of the request here, and of several hosts only the first stays.
 */
function settleForwardedHost(request: Request): string | undefined {
  const isFromProxy: boolean = request.app.get('trust proxy fn')(request.socket.remoteAddress, 0);
  const forwarded = isFromProxy ? request.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined;
  delete request.headers['x-forwarded-host'];
  if (!forwarded) return request.headers.host;
  request.headers['x-forwarded-host'] = forwarded;
  return forwarded;
}

/** What `getActor` reads of a request: its path, its cookie and its token. */
function toLookupRequest({ path, headers: { cookie, authorization } }: Request): globalThis.Request {
  const headers = new Headers();
  if (cookie !== undefined) headers.set('Cookie', cookie);
  if (authorization !== undefined) headers.set('Authorization', authorization);
  return new globalThis.Request(new URL(path, 'http://localhost'), { headers });
}

/** A signed-in person asked for what the role does not include: nothing of it happened, and it is on record. */
export async function recordRefusal(
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
  actor: Actor,
  error: PermissionError,
): Promise<void> {
  const { address, requestId } = context;
  await recordAuditAlone(actor.tenantId ?? PLATFORM_CHAIN, {
    action: 'permission.refuse',
    actor,
    origin: { address, requestId },
    outcome: 'refused',
    target: { kind: 'permission', id: new URL(request.url).pathname },
    after: { permission: error.permission, because: error.because },
  });
}

/** A form that no page of ours sent, told apart by sender, page and reason. */
export async function recordForgery(
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
  because: Refusal['text'],
): Promise<void> {
  await noteForgery(context, new URL(request.url).pathname, await context.getActor(), because);
}

async function noteForgery({ address, requestId }: RequestContext, path: string, actor: Actor, because: Refusal['text']): Promise<void> {
  await noteRefusal(
    { db: getDb(), redis: getRedis(), log: getLog() },
    {
      action: 'request.forgery',
      actor,
      origin: { address, requestId },
      key: `${actor.userId ?? toAddressSubject(address)}:${because}`,
      path,
      after: { because },
    },
  );
}

async function noteLimit(
  { address, requestId }: RequestContext,
  path: string,
  actor: Actor,
  { reached, refusal }: LimitVerdict,
): Promise<void> {
  if (reached === null) return;
  const [rateClass, subject] = reached.split(':');
  const most = Number(refusal?.values.most);
  await noteRefusal(
    { db: getDb(), redis: getRedis(), log: getLog() },
    {
      action: 'request.rate-limit',
      actor,
      origin: { address, requestId },
      key: reached,
      path,
      after: { limit: `${rateClass}-${subject}`, most, windowS: WINDOW_S },
    },
  );
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Called by programs of any origin, and by browsers on their own. */
const OPEN_TO_OTHERS = /^\/(?:api\/|csp-report$)/;

/** A form that some other site sent. Remix would refuse it too, as a failure of ours; the token is checked by `guardBuild`. */
function isFromAnotherSite({ method, path, protocol, headers }: Request, host: string | undefined): boolean {
  if (SAFE_METHODS.has(method) || OPEN_TO_OTHERS.test(path)) return false;
  const fetchSite = headers['sec-fetch-site'];
  const sender = {
    fetchSite: typeof fetchSite === 'string' ? fetchSite : null,
    origin: headers.origin ?? null,
    referer: headers.referer ?? null,
  };
  return findSender(sender, `${protocol}://${host}`) === 'other';
}

/** The context of the request, its headers, and a refusal of what cannot be a request of ours. */
export function guardRequests(env: Env): RequestHandler {
  const forVite = env.HASHINSIGHT_MODE === 'development';
  const hostRules = toHostRules(env);
  const isProduction = env.HASHINSIGHT_MODE === 'production';
  const options: ContextOptions = {
    publicOrigin: env.PUBLIC_ORIGIN,
    csrfKey: deriveCsrfKey(env.SESSION_SECRET),
    findSessionToken: (cookies) => findSessionToken(cookies, isProduction),
    findActor: (request) => getActor(toLookupRequest(request)),
  };
  return (request, response, next) => {
    const host = settleForwardedHost(request);
    const context = createRequestContext(request, response, host, options);
    response.locals.context = context;
    response.set({
      ...listSecurityHeaders({ nonce: context.cspNonce, secure: context.secure, forVite }),
      'X-Request-Id': context.requestId,
    });
    const { method, originalUrl, headers } = request;
    const hosts = [headers.host, host];
    const refusal = findRefusal({ method, url: originalUrl, hosts, contentLength: headers['content-length'], hostRules });
    if (refusal) refuse(request, response, refusal);
    else if (isFromAnotherSite(request, host)) {
      // The sender is counted by its address: asking whose cookie the other site had sent along would be work for nothing.
      noteForgery(context, request.path, GUEST, 'otherSite').then(
        () => refuse(request, response, { status: 403, text: 'otherSite', values: {}, headers: {} }),
        next,
      );
    } else next();
  };
}

/** RFC 6750. A program whose token is over learns it from the first call, and does not go on as nobody in particular without noticing. */
const BAD_TOKEN: Refusal = {
  status: 401,
  text: 'tokenInvalid',
  values: {},
  headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
};

/** Under /api a token was shown and opens nothing. The address that exchanges tokens answers for itself. */
function isBadToken({ path, headers }: Request, { tokenId }: Actor): boolean {
  const isApi = path.startsWith('/api/') && !/^\/api\/v1\/token\/?$/.test(path);
  return isApi && tokenId === null && /^Bearer\b/i.test(headers.authorization ?? '');
}

/** Counts the address, then the account or token. Only what carries a cookie or a token is asked who it is. */
export function limitRequests(env: Env): RequestHandler {
  const deps: LimitDeps = { redis: getRedis(), log: getLog(), factor: env.RATE_LIMIT_FACTOR };
  const check = async (request: Request, response: Response): Promise<Refusal | null> => {
    const context: RequestContext = response.locals.context;
    const asked = { method: request.method, path: request.path, address: context.address };
    const byAddress = await limitAddress(deps, asked);
    response.set(byAddress.headers);
    const isKnown = request.headers.authorization !== undefined || request.headers.cookie !== undefined;
    await noteLimit(context, request.path, GUEST, byAddress);
    if (byAddress.refusal !== null || !isKnown) return byAddress.refusal;
    const actor = await context.getActor();
    const byActor = await limitActor(deps, asked, actor);
    response.set(byActor.headers);
    await noteLimit(context, request.path, actor, byActor);
    return byActor.refusal ?? (isBadToken(request, actor) ? BAD_TOKEN : null);
  };
  return (request, response, next) => {
    check(request, response).then((refusal) => (refusal === null ? next() : refuse(request, response, refusal)), next);
  };
}
