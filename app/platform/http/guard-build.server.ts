// Stands in front of every loader and action of the application, whichever route it belongs to: the rule of the route, and for whatever changes
// something the proof that a page of ours sent it. A route without a rule is refused to everybody (decision 0071). Use cases check again.
import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import { pickLanguage } from '../i18n/detect-language.ts';
import type { Actor } from '../permissions/actor.ts';
import { isPermissionError, PermissionError, requirePermission, requireSignedIn, requireStaff } from '../permissions/require-permission.ts';
import { type Access, findRouteRule, type RouteRule } from '../permissions/route-rules.ts';
import { CSRF_FIELD, CSRF_HEADER } from './csrf-names.ts';
import { discardBody } from './discard-body.server.ts';
import { toProblemText, wordRefusal } from './refuse.server.ts';
import type { Refusal } from './request-guard.ts';
import { findSender } from './same-site.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Handler<T extends Args> = (args: T) => unknown;
type Route = NonNullable<ServerBuild['routes'][string]>;

export type GuardOptions = {
  /** Where people who must sign in first are sent; receives the path to come back to. */
  toSignIn: (backTo: string) => string;
  /** Told of every refusal to somebody who is signed in: such an attempt belongs into the audit log. */
  onRefused: (args: Args, actor: Actor, error: PermissionError) => Promise<void>;
  /** Told of every form that no page of ours sent, or that was sent under another sign-in. */
  onForged: (args: Args, because: Refusal['text']) => Promise<void>;
};

/** The same build with every loader and action behind its rule. */
export function guardBuild(build: ServerBuild, options: GuardOptions): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => [id, route === undefined ? route : guardRoute(route, options)]);
  return { ...build, routes: Object.fromEntries(routes) };
}

function guardRoute(route: Route, options: GuardOptions): Route {
  const { loader, action } = route.module;
  const rule = findRouteRule(route.id);
  // A resource route has no component; whoever asks it is a program.
  const isResource = route.module.default === undefined && route.id !== 'root';
  const guard = <T extends Args>(handler: Handler<T>, access: (rule: RouteRule) => Access | null, isUnsafe: boolean): Handler<T> => {
    return async (args) => {
      const refusal = await findRouteRefusal(args, rule === null ? null : access(rule), options, isResource);
      if (refusal !== null) return throwRefusal(args, refusal, isResource);
      const forgery = isUnsafe && rule?.csrf !== 'none' ? await findForgery(args, isResource) : null;
      if (forgery !== null) {
        await options.onForged(args, forgery.text);
        return throwRefusal(args, forgery, isResource);
      }
      try {
        return await handler(args);
      } catch (error) {
        // The use case looked closer than the rule of the route could.
        if (!isPermissionError(error)) throw error;
        return throwRefusal(args, await toRefusal(args, await args.context.getActor(), error, options, isResource), isResource);
      }
    };
  };
  return {
    ...route,
    module: {
      ...route.module,
      ...(loader === undefined ? {} : { loader: guard(loader as Handler<LoaderFunctionArgs>, ({ read }) => read, false) }),
      ...(action === undefined ? {} : { action: guard(action as Handler<ActionFunctionArgs>, ({ write }) => write, true) }),
    } as Route['module'],
  };
}

const refusing = (status: 401 | 403, text: Refusal['text']): Refusal => ({ status, text, values: {}, headers: {} });

async function findRouteRefusal(args: Args, access: Access | null, options: GuardOptions, isResource: boolean): Promise<Refusal | null> {
  if (access === 'everyone') return null;
  const actor = await args.context.getActor();
  try {
    if (access === null) throw new PermissionError(null, 'role');
    if (access === 'signed-in') requireSignedIn(actor);
    else if (access === 'staff') requireStaff(actor);
    else requirePermission(actor, access);
    return null;
  } catch (error) {
    if (!isPermissionError(error)) throw error;
    return toRefusal(args, actor, error, options, isResource);
  }
}

/** Throws the way to the sign-in page where a person could go there. */
async function toRefusal(args: Args, actor: Actor, error: PermissionError, options: GuardOptions, isResource: boolean): Promise<Refusal> {
  if (error.status === 403) {
    await options.onRefused(args, actor, error);
    return refusing(403, 'forbidden');
  }
  if (isResource) return refusing(401, 'signInNeeded');
  const { pathname, search } = new URL(args.request.url);
  throw new Response(null, { status: 302, headers: { Location: options.toSignIn(`${pathname.replace(/\.data$/, '')}${search}`) } });
}

/** Null when the request was sent by a page of ours, or carries nothing that a browser adds by itself. */
async function findForgery({ request, context }: Args, isResource: boolean): Promise<Refusal | null> {
  // The API acts for whoever shows a token, and for a guest otherwise; only a session cookie is added without its owner's doing.
  if (isResource && (await context.getActor()).sessionId === null) return null;
  const { headers } = request;
  const sender = findSender(
    { fetchSite: headers.get('Sec-Fetch-Site'), origin: headers.get('Origin'), referer: headers.get('Referer') },
    new URL(request.url).origin,
  );
  if (sender === 'other') return refusing(403, 'otherSite');
  const token = headers.get(CSRF_HEADER) ?? (await readFormToken(request));
  return token !== null && context.isCsrfToken(token) ? null : refusing(403, 'formOutdated');
}

const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** Reads a copy: the action reads the form again. The server's limit bounds both. */
async function readFormToken(request: Request): Promise<string | null> {
  if (!FORM_TYPES.test(request.headers.get('Content-Type') ?? '')) return null;
  try {
    const token = (await request.clone().formData()).get(CSRF_FIELD);
    return typeof token === 'string' ? token : null;
  } catch {
    return null; // No form after all: it carries no token.
  }
}

/** Pages are shown the reason by the root's error page, programs as a problem document. */
function throwRefusal({ request }: Args, refusal: Refusal, isResource: boolean): never {
  // Not awaited: the refusal goes out while the rest of the body still comes in.
  void discardBody(request);
  if (!isResource) throw Response.json({ reason: refusal.text }, { status: refusal.status, statusText: refusal.text });
  const language = pickLanguage({
    url: request.url,
    cookie: request.headers.get('Cookie'),
    acceptLanguage: request.headers.get('Accept-Language'),
  });
  const headers = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  throw new Response(toProblemText(refusal, wordRefusal(refusal, language)), { status: refusal.status, headers });
}
