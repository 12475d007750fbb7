import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { type Actor, GUEST, ROLES, type Role } from '../permissions/actor.ts';
import { can } from '../permissions/can.ts';
import { PermissionError } from '../permissions/require-permission.ts';
import { type Access, ROUTE_RULES } from '../permissions/route-rules.ts';
import { createCsrfToken, createSeed, deriveCsrfKey, isCsrfToken } from './csrf.server.ts';
import { CSRF_FIELD, CSRF_HEADER } from './csrf-names.ts';
import { guardBuild } from './guard-build.server.ts';

const ORIGIN = 'http://localhost:3000';
const TENANT = '00000000-0000-4000-8000-00000000000a';
const key = deriveCsrfKey('a secret of the installation, long enough');
const binding = { seed: createSeed(), session: 'the session cookie' };

function anActor(role: Role, differences: Partial<Actor> = {}): Actor {
  return role === 'guest' ? GUEST : { ...GUEST, userId: 'u1', tenantId: TENANT, role, sessionId: 's1', ...differences };
}

type Outcome = { status: number; location: string | null; text: string };
type Asked = { actor?: Actor; headers?: Record<string, string>; body?: BodyInit; path?: string };

/** One guarded route whose handlers say that they were reached. */
function aGuardedRoute(id: string, { isResource = false } = {}) {
  const refused: { actor: Actor; because: string }[] = [];
  const forged: string[] = [];
  const reached = () => new Response('reached', { status: 200 });
  const module = { loader: reached, action: reached, ...(isResource ? {} : { default: () => null }) };
  const build = { routes: { [id]: { id, path: '', module } } } as unknown as ServerBuild;
  const guarded = guardBuild(build, {
    toSignIn: (backTo) => `/sign-in?next=${encodeURIComponent(backTo)}`,
    onRefused: async (_args, actor, { because }) => void refused.push({ actor, because }),
    onForged: async (_args, because) => void forged.push(because),
  });
  const route = guarded.routes[id]?.module;
  const ask = async (which: 'loader' | 'action', { actor = GUEST, headers = {}, body, path = '/x?y=1' }: Asked = {}): Promise<Outcome> => {
    const method = which === 'loader' ? 'GET' : 'POST';
    const request = new Request(`${ORIGIN}${path}`, { method, headers, ...(which === 'action' ? { body: body ?? '' } : {}) });
    const context = { getActor: async () => actor, isCsrfToken: (token: string) => isCsrfToken(key, binding, token) };
    const args = { request, context, params: {} } as unknown as LoaderFunctionArgs & ActionFunctionArgs;
    const response = (await Promise.resolve(route?.[which]?.(args)).catch((thrown: unknown) => {
      if (thrown instanceof Response) return thrown;
      throw thrown;
    })) as Response;
    return { status: response.status, location: response.headers.get('Location'), text: await response.text() };
  };
  return { ask, refused, forged };
}

/** What the table of permissions says, without asking the guard. */
function findExpectedStatus(access: Access | null, role: Role, isResource: boolean): number {
  if (access === 'everyone') return 200;
  const isAllowed = access === 'signed-in' ? role !== 'guest' : access !== null && access !== 'staff' && can(anActor(role), access);
  if (isAllowed) return 200;
  if (role !== 'guest') return 403;
  return isResource ? 401 : 302;
}

const formToken = () => new URLSearchParams({ [CSRF_FIELD]: createCsrfToken(key, binding) });
const fromUs = { 'Sec-Fetch-Site': 'same-origin', Origin: ORIGIN };

describe('every route, asked by every role', () => {
  it.each(Object.keys(ROUTE_RULES))('%s answers as the table of permissions says', async (name) => {
    const rule = ROUTE_RULES[name];
    for (const isResource of [true, false]) {
      const { ask } = aGuardedRoute(`routes/${name}`, { isResource });
      for (const role of ROLES) {
        const actor = anActor(role);
        const read = await ask('loader', { actor });
        if (rule?.read !== null) expect(read.status, `${role} reads`).toBe(findExpectedStatus(rule?.read ?? null, role, isResource));
        const written = await ask('action', { actor, headers: fromUs, body: formToken() });
        if (rule?.write !== null) expect(written.status, `${role} writes`).toBe(findExpectedStatus(rule?.write ?? null, role, isResource));
      }
    }
  });

  it('of platform staff opens for a person among them in a browser, and not for a program of theirs', async () => {
    const { ask } = aGuardedRoute('routes/workspaces.enter');
    expect((await ask('loader', { actor: anActor('customer', { isStaff: true }) })).status).toBe(200);
    expect((await ask('loader', { actor: anActor('owner', { isStaff: true, sessionId: null, tokenId: 't1' }) })).status).toBe(403);
  });

  it('is refused to everybody, the owner included, when nobody said who may', async () => {
    const { ask } = aGuardedRoute('routes/new-page');
    for (const role of ROLES) {
      const { status } = await ask('loader', { actor: anActor(role) });
      expect(status, role).toBe(403);
    }
  });
});

describe('a refused page', () => {
  it('sends guests to sign in and back to where they wanted to go', async () => {
    const { ask, refused } = aGuardedRoute('routes/audit');
    expect(await ask('loader', { path: '/audit.data?action=x' })).toMatchObject({
      status: 302,
      location: '/sign-in?next=%2Faudit%3Faction%3Dx',
    });
    expect(refused).toEqual([]);
  });

  it('is put on record when somebody signed in was refused', async () => {
    const { ask, refused } = aGuardedRoute('routes/audit');
    const actor = anActor('customer');
    expect((await ask('loader', { actor })).status).toBe(403);
    expect(refused).toEqual([{ actor, because: 'role' }]);
  });

  it('is a problem document for programs, in their language', async () => {
    const { ask } = aGuardedRoute('routes/audit', { isResource: true });
    const { text } = await ask('loader', { actor: anActor('customer'), headers: { 'Accept-Language': 'zh' } });
    expect(JSON.parse(text)).toMatchObject({ status: 403, title: '没有权限', type: '/developers#forbidden' });
  });
});

describe('a use case that refuses', () => {
  const guarded = (because: 'role' | 'sign-in', isResource: boolean) => {
    const loader = () => {
      throw new PermissionError('audit.export', because);
    };
    const module = { loader, ...(isResource ? {} : { default: () => null }) };
    const build = { routes: { r: { id: 'routes/roles', path: '', module } } } as unknown as ServerBuild;
    const context = { getActor: async () => anActor('operator') };
    const args = { request: new Request(`${ORIGIN}/roles`), context, params: {} } as unknown as LoaderFunctionArgs;
    const { loader: behind } =
      guardBuild(build, {
        toSignIn: () => '/sign-in',
        onRefused: async () => undefined,
        onForged: async () => undefined,
      }).routes.r?.module ?? {};
    return Promise.resolve(behind?.(args)).catch((thrown: unknown) => thrown) as Promise<Response>;
  };

  it('is answered like a rule that refuses, not like a failure', async () => {
    expect((await guarded('role', false)).status).toBe(403);
    expect((await guarded('role', true)).status).toBe(403);
    expect((await guarded('sign-in', false)).headers.get('Location')).toBe('/sign-in');
    expect((await guarded('sign-in', true)).status).toBe(401);
  });
});

describe('a form', () => {
  const page = () => aGuardedRoute('routes/members');
  const actor = anActor('owner');

  it('is taken with the token of its browser and session, as a field or a header', async () => {
    expect((await page().ask('action', { actor, headers: fromUs, body: formToken() })).status).toBe(200);
    const multipart = new FormData();
    multipart.set(CSRF_FIELD, createCsrfToken(key, binding));
    expect((await page().ask('action', { actor, headers: fromUs, body: multipart })).status).toBe(200);
    const asHeader = { ...fromUs, [CSRF_HEADER]: createCsrfToken(key, binding), 'Content-Type': 'application/json' };
    expect((await page().ask('action', { actor, headers: asHeader, body: '{}' })).status).toBe(200);
  });

  it('is taken from a browser that says nothing about the sender when the token is right', async () => {
    expect((await page().ask('action', { actor, body: formToken() })).status).toBe(200);
  });

  it('is refused without a token, with a token of another browser or session, and with an empty one', async () => {
    const others = [
      undefined,
      new URLSearchParams({ [CSRF_FIELD]: '' }),
      new URLSearchParams({ [CSRF_FIELD]: createCsrfToken(key, { ...binding, seed: createSeed() }) }),
      new URLSearchParams({ [CSRF_FIELD]: createCsrfToken(key, { ...binding, session: 'another' }) }),
    ];
    for (const body of others) {
      const { status, text } = await page().ask('action', { actor, headers: fromUs, ...(body === undefined ? {} : { body }) });
      expect(status).toBe(403);
      expect(JSON.parse(text)).toEqual({ reason: 'formOutdated' });
    }
  });

  it('is refused from another site, even with a right token', async () => {
    const elsewhere: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ];
    for (const headers of elsewhere) {
      const { ask, forged } = page();
      const { status, text } = await ask('action', { actor, headers, body: formToken() });
      expect(status, JSON.stringify(headers)).toBe(403);
      expect(JSON.parse(text)).toEqual({ reason: 'otherSite' });
      expect(forged).toEqual(['otherSite']);
    }
  });

  it('is read by the action again after its token was read', async () => {
    let read: FormDataEntryValue | null = null;
    const action = async ({ request }: ActionFunctionArgs) => {
      read = (await request.formData()).get('name');
      return null;
    };
    const build = { routes: { r: { id: 'routes/members', path: '', module: { action, default: () => null } } } } as unknown as ServerBuild;
    const guarded = guardBuild(build, { toSignIn: () => '/', onRefused: async () => undefined, onForged: async () => undefined });
    const body = formToken();
    body.set('name', '矿场一号');
    const request = new Request(`${ORIGIN}/members`, { method: 'POST', headers: fromUs, body });
    const context = { getActor: async () => actor, isCsrfToken: (token: string) => isCsrfToken(key, binding, token) };
    await guarded.routes.r?.module.action?.({ request, context, params: {} } as unknown as ActionFunctionArgs);
    expect(read).toBe('矿场一号');
  });
});

describe('the API', () => {
  const risk = () => aGuardedRoute('routes/api.v1.risk', { isResource: true });
  const json = { 'Content-Type': 'application/json' };

  it('needs no form token from guests and tokens, from whatever site they ask', async () => {
    expect((await risk().ask('action', { headers: { ...json, Origin: 'https://elsewhere.example' }, body: '{}' })).status).toBe(200);
    const program = anActor('operator', { sessionId: null, tokenId: 't1', scopes: ['risk.use'] });
    expect((await risk().ask('action', { actor: program, headers: json, body: '{}' })).status).toBe(200);
  });

  it('needs it from a browser with a session, which would send its cookie for any page', async () => {
    const actor = anActor('operator');
    expect((await risk().ask('action', { actor, headers: json, body: '{}' })).status).toBe(403);
    const headers = { ...json, [CSRF_HEADER]: createCsrfToken(key, binding) };
    expect((await risk().ask('action', { actor, headers, body: '{}' })).status).toBe(200);
    expect((await risk().ask('action', { actor, headers: { ...headers, 'Sec-Fetch-Site': 'cross-site' }, body: '{}' })).status).toBe(403);
  });

  it('does no more for a token than its scopes say', async () => {
    const program = anActor('owner', { sessionId: null, tokenId: 't1', scopes: ['calculator.use'] });
    expect((await risk().ask('action', { actor: program, headers: json, body: '{}' })).status).toBe(403);
  });
});
