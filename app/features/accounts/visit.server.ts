// From a route's arguments to what the use cases of this room ask for.
import { type AppLoadContext, redirect } from '@remix-run/node';
import { NEXT_PARAM, PATHS, toSignInPath } from '#app/paths.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { toSafePath } from '#app/platform/http/safe-redirect.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { type FoundSession, findSession } from '#app/platform/sessions/actor.server.ts';
import { serializeNoSessionCookie, serializeSessionCookie } from '#app/platform/sessions/session-cookie.ts';
import { type AccountDeps, getAccountDeps, type Visit } from './account-deps.server.ts';

export type RouteArgs = { request: Request; context: AppLoadContext };

export type Caller = { deps: AccountDeps; visit: Visit; session: FoundSession | null };

export async function readCaller({ request, context }: RouteArgs): Promise<Caller> {
  const deps = getAccountDeps();
  const session = await findSession(request, deps);
  const visit: Visit = {
    origin: context.publicOrigin,
    address: context.address,
    requestId: context.requestId,
    actor: await context.getActor(),
    browserId: context.browserId,
    userAgent: request.headers.get('User-Agent') ?? '',
    language: detectLanguage(request),
    sessionToken: session?.token ?? null,
  };
  return { deps, visit, session };
}

export type SignedInCaller = Caller & { session: FoundSession; actor: Actor & { userId: string } };

/** The person whose browser this is, with whatever role. Throws the way to the sign-in page. */
export async function requirePerson(args: RouteArgs): Promise<SignedInCaller> {
  const caller = await readCaller(args);
  const { actor } = caller.visit;
  const { pathname, search } = new URL(args.request.url);
  if (actor.userId === null || caller.session === null) throw redirect(toSignInPath(`${pathname.replace(/\.data$/, '')}${search}`));
  return { ...caller, session: caller.session, actor: { ...actor, userId: actor.userId } };
}

/** A cookie is Secure wherever the connection is, and in production always. */
function isCookieSecure(context: AppLoadContext): boolean {
  return context.secure || getEnv().HASHINSIGHT_MODE === 'production';
}

export function toSessionHeaders(context: AppLoadContext, token: string): Record<string, string> {
  return { 'Set-Cookie': serializeSessionCookie(token, isCookieSecure(context)) };
}

/** Clears what the browser keeps of pages that were seen while signed in. */
export function toSignedOutHeaders(context: AppLoadContext): Record<string, string> {
  return { 'Set-Cookie': serializeNoSessionCookie(isCookieSecure(context)), 'Clear-Site-Data': '"cache"' };
}

/** Where to go on to after signing in: the path that the form or the address names, else the profile. */
export function readNext(request: Request, form?: FormData): string {
  const named = form?.get(NEXT_PARAM) ?? new URL(request.url).searchParams.get(NEXT_PARAM);
  return toSafePath(typeof named === 'string' ? named : null, PATHS.profile);
}

/** Messages can be read on a page only where nobody else's are among them. */
export function hasDevMail(): boolean {
  return getEnv().HASHINSIGHT_MODE !== 'production' && getEnv().MAIL_SMTP_URL === undefined;
}
