// Who may do what, asked over HTTP of the running application: every page with every role, and the attacks that a browser or a neighbour could try.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, GUEST, ROLES, type Role } from '../../app/platform/permissions/actor.ts';
import { can } from '../../app/platform/permissions/can.ts';
import { type Access, ROUTE_RULES } from '../../app/platform/permissions/route-rules.ts';
import { getTestOrigin } from '../support/chromium.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';

let ours: SeededWorkspace;
let theirs: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});

const cookieOf = (role: Role) => (role === 'guest' ? '' : ours.people[role].cookie);

function get(path: string, cookie: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${getTestOrigin()}${path}`, { headers: { ...headers, ...(cookie === '' ? {} : { Cookie: cookie }) }, redirect: 'manual' });
}

/** The address of a route by the name of its file; null where the name holds a parameter. */
function toPath(name: string): string | null {
  if (/\$/.test(name)) return null;
  const path = name
    .replaceAll('[.]', '\u0000')
    .split('.')
    .map((part) => part.replace(/_$/, ''))
    .join('/')
    .replaceAll('\u0000', '.')
    // Brackets keep a name of a file from meaning something else.
    .replaceAll(/[[\]]/g, '');
  return name === '_index' ? '/' : `/${path}`;
}

function actorOf(role: Role): Actor {
  return role === 'guest' ? GUEST : { ...GUEST, userId: ours.people[role].userId, tenantId: ours.tenantId, role, sessionId: 's' };
}

const mayDo = (access: Access, role: Role) =>
  access === 'everyone' || (access === 'signed-in' ? role !== 'guest' : access !== 'staff' && can(actorOf(role), access));

const isProgram = (path: string) => path.startsWith('/api/') || /\.(?:csv|json)$|(?:export|logo|curve)$/.test(path);

describe('every address, read by every role', () => {
  const readable = Object.entries(ROUTE_RULES).flatMap(([name, { read }]) => {
    const path = toPath(name);
    return read === null || path === null ? [] : [[path, read] as const];
  });

  it.each(readable)('%s (%s)', async (path, access) => {
    for (const role of ROLES) {
      const { status, headers } = await get(path, cookieOf(role));
      const isAllowed = mayDo(access, role);
      const refusal = role !== 'guest' ? [403] : isProgram(path) ? [401] : [302];
      if (isAllowed) expect([401, 403, 500], `${role} ${status}`).not.toContain(status);
      else expect(refusal, `${role} ${status}`).toContain(status);
      if (!isAllowed && status === 302) expect(headers.get('Location')).toMatch(/^\/sign-in\?next=%2F/);
    }
  });
});

/** The page with its form: the token, and the cookies that it is bound to. */
async function openForm(cookie: string): Promise<{ token: string; cookie: string }> {
  const response = await get('/members', cookie);
  const seed = response.headers.getSetCookie().find((line) => line.startsWith('csrf='));
  const token = /name="csrf" value="([^"]+)"/.exec(await response.text())?.[1] ?? '';
  return { token, cookie: `${cookie}; ${seed?.split(';', 1)[0] ?? ''}` };
}

async function post(
  fields: Record<string, string>,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${getTestOrigin()}/members`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Cookie: cookie, Origin: getTestOrigin(), ...headers },
    redirect: 'manual',
  });
  return { status: response.status, text: await response.text() };
}

describe('attacks', () => {
  it('a form of another site is refused, and so is one without, with an old or with a foreign token', async () => {
    const { people } = ours;
    const suspend = { intent: 'suspend', member: people.operator.memberId };
    const form = await openForm(people.owner.cookie);
    const stranger = await openForm(people.admin.cookie);
    expect((await post({ ...suspend, csrf: form.token }, form.cookie, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ ...suspend, csrf: form.token }, form.cookie, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await post(suspend, form.cookie)).status).toBe(403);
    expect((await post({ ...suspend, csrf: form.token }, people.owner.cookie)).status).toBe(403);
    expect((await post({ ...suspend, csrf: stranger.token }, form.cookie)).status).toBe(403);
    expect((await post({ ...suspend, csrf: form.token }, form.cookie)).text).toContain('Suspended');
    expect((await post({ intent: 'restore', member: people.operator.memberId, csrf: form.token }, form.cookie)).text).toContain('Restored');
  });

  it('a token that opens nothing is told so, and is not taken for a guest; other ways of signing in are none of our business', async () => {
    const ask = (Authorization: string, path = '/api/v1/models') =>
      fetch(`${getTestOrigin()}${path}`, { headers: { Authorization, 'Accept-Language': 'zh' } });
    for (const token of [`hi_${'A'.repeat(43)}`, 'bogus', '', 'eyJhbGciOiJub25lIn0.e30.']) {
      const answer = await ask(`Bearer ${token}`);
      expect(answer.status, token).toBe(401);
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
      expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 401, title: '令牌无效', type: expect.stringContaining('#unauthenticated') });
    }
    expect((await ask('Basic dXNlcjpwdw==')).status).toBe(200);
    expect((await ask('Bearer bogus', '/roles')).status).toBe(200);
  });

  it('the number of somebody in another workspace leads nowhere, whatever is tried with it', async () => {
    const form = await openForm(ours.people.owner.cookie);
    for (const intent of ['role', 'suspend', 'restore', 'remove', 'transfer']) {
      const fields = { intent, member: theirs.people.operator.memberId, role: 'accountant', sure: 'yes', csrf: form.token };
      expect((await post(fields, form.cookie)).text, intent).toContain('There is no such member');
    }
    const { text } = await post({ intent: 'revoke', invitation: theirs.people.operator.memberId, csrf: form.token }, form.cookie);
    expect(text).toContain('There is no such member');
    expect(await (await get('/members', theirs.people.owner.cookie)).text()).toContain('Person operator');
    const log = await (await get(`/audit?user=${theirs.people.owner.userId}`, ours.people.owner.cookie)).text();
    expect(log).not.toContain(theirs.tenantId);
  });

  it('fields that the form does not have change nothing: nobody becomes owner by asking', async () => {
    const form = await openForm(ours.people.admin.cookie);
    const member = ours.people.accountant.memberId;
    for (const role of ['owner', 'admin', 'guest', '__proto__']) {
      const fields = {
        intent: 'role',
        member,
        role,
        tenantId: theirs.tenantId,
        tenant_id: theirs.tenantId,
        userId: ours.people.admin.userId,
      };
      expect((await post({ ...fields, csrf: form.token }, form.cookie)).text, role).toContain('cannot be given');
    }
    const transfer = { intent: 'transfer', member, sure: 'yes', csrf: form.token };
    expect((await post(transfer, form.cookie)).status).toBe(403);
  });

  it('a session cookie that nobody was given, cut or doubled, is a guest', async () => {
    const token = ours.people.owner.cookie.split('=')[1] ?? '';
    for (const value of ['A'.repeat(43), token.slice(0, -1), `${token}A`, '', '../../x', `${token};${token}`.slice(0, 20)]) {
      expect((await get('/members', `session=${value}`)).status, value).toBe(302);
    }
  });

  it('pages of a workspace are kept by no cache', async () => {
    for (const path of ['/members', '/audit', '/audit/export']) {
      expect((await get(path, ours.people.owner.cookie)).headers.get('Cache-Control'), path).toMatch(/no-store/);
    }
  });

  it('what was refused is in the log of the workspace, and the chain proves it', async () => {
    await get('/members', ours.people.customer.cookie);
    const page = await (await get('/audit?action=permission.refuse&proof=1&lng=en', ours.people.owner.cookie)).text();
    expect(page).toContain('Person customer');
    expect(page).toContain('The chain is intact');
    const lines = (await (await get('/audit/export?format=jsonl', ours.people.owner.cookie)).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1));
  });

  it('a client finds nothing of the host in the log: no names, no addresses, no other acts', async () => {
    const text = await (await get('/audit?lng=en', ours.people.client.cookie)).text();
    for (const hostOnly of ['Person owner', 'Person customer', 'Person operator', ours.people.owner.userId, '127.0.0.1 ']) {
      expect(text, hostOnly).not.toContain(hostOnly);
    }
  });
});
