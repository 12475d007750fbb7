import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Actor, GUEST } from '#app/platform/permissions/actor.ts';
import { decide } from '#app/platform/permissions/can.ts';
import { getActor } from '#app/platform/sessions/actor.server.ts';
import { createAccessToken, findAccessToken, revokeAccessToken } from '#app/platform/tokens/access-token.server.ts';
import { findPersonalToken } from '#app/platform/tokens/personal-token.server.ts';
import { getSigningKey } from '#app/platform/tokens/signing-keys.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { type AccountStack, aVisit, openAccount, PASSWORD, startAccountStack } from '../../../tests/support/account-stack.ts';
import { acceptInvitation, findOffer, invite, listOpenInvitations, revokeInvitation } from './invitations.server.ts';
import { changeRole, leaveWorkspace, listMembers, removeMember, setSuspended, transferOwnership } from './members.server.ts';
import { deleteAccount, exportOwnData } from './own-data.server.ts';
import { createToken, listPersonalTokens, type Member, revokeToken } from './personal-tokens.server.ts';
import { beginSecondFactor } from './second-factor.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  vi.stubEnv('HASHINSIGHT_MODE', 'test');
  vi.stubEnv('DATABASE_URL', 'postgresql://app@127.0.0.1/none');
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  vi.stubEnv('LOG_LEVEL', 'error');
  stack = await startAccountStack();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stack?.stop();
});

const ask = (headers: Record<string, string>, path = '/api/v1/roi') =>
  getActor(new Request(`http://127.0.0.1${path}`, { headers }), stack.actorDeps);

type Account = Awaited<ReturnType<typeof openAccount>>;

const toMember = ({ userId }: Account, tenantId: string, role: Actor['role']): Member => ({ ...GUEST, userId, tenantId, role });

async function aCompany() {
  const owner = await openAccount(stack, { purpose: 'company', workspace: '北方水电矿场', name: 'Zhao' });
  const tenantId = owner.tenantId!;
  return { owner, tenantId, actor: toMember(owner, tenantId, 'owner') };
}

/** Somebody new in the workspace, by invitation. */
async function join(company: Awaited<ReturnType<typeof aCompany>>, role: 'admin' | 'operator' | 'client') {
  const account = await openAccount(stack, { purpose: 'invited' });
  await invite(stack.deps, aVisit({ address: randomUUID() }), company.actor, {
    email: account.email,
    role,
    language: 'en',
    roleName: role,
  });
  const outcome = await acceptInvitation(
    stack.deps,
    aVisit(),
    { id: account.userId, email: account.email },
    stack.lastToken(account.email),
  );
  expect(outcome).toEqual({ kind: 'joined', tenantId: company.tenantId });
  const member = (await listMembers(stack.deps, company.tenantId)).find(({ userId }) => userId === account.userId)!;
  return { ...account, member };
}

describe('who is asking', () => {
  it('is a guest without a cookie, with a cookie of nobody, and with one that waits for the second factor', async () => {
    expect(await ask({})).toEqual(GUEST);
    expect(await ask({ Cookie: `session=${'a'.repeat(43)}` })).toEqual(GUEST);
    const account = await openAccount(stack);
    const half = await stack.deps.sessions.create(
      { userId: account.userId, tenantId: account.tenantId, stage: 'second-factor-due', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    expect(await ask({ Cookie: `session=${half.token}` })).toEqual(GUEST);
  });

  it('is the person of the session in the workspace that was chosen', async () => {
    const { userId, tenantId, token, record } = await openAccount(stack);
    expect(await ask({ Cookie: `session=${token}` })).toEqual({
      ...GUEST,
      userId,
      tenantId,
      role: 'customer',
      isAlone: true,
      sessionId: record.id,
    });
  });

  it('keeps lists and reports as a customer in the workspace of their own, and not in a company’s', async () => {
    const customer = await openAccount(stack);
    const kept = ['batches.read', 'batches.write', 'reports.write'] as const;
    const own = await ask({ Cookie: `session=${customer.token}` });
    for (const permission of kept) expect(decide(own, permission), permission).toEqual({ kind: 'allowed', reach: 'workspace' });

    const company = await aCompany();
    await withClient(stack.ownerUrl, (db) =>
      db.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [company.tenantId, customer.userId, 'customer']),
    );
    const { token } = await stack.deps.sessions.create(
      { userId: customer.userId, tenantId: company.tenantId, stage: 'complete', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    const guest = await ask({ Cookie: `session=${token}` });
    expect(guest).toMatchObject({ tenantId: company.tenantId, role: 'customer', isAlone: false });
    for (const permission of kept) expect(decide(guest, permission), permission).toEqual({ kind: 'refused', because: 'role' });
    // Whoever is let in afterwards, suspended or not, ends it: the lists would be shown to two.
    const second = await openAccount(stack);
    await withClient(stack.ownerUrl, (db) =>
      db.query('INSERT INTO memberships (tenant_id, user_id, role, suspended_at) VALUES ($1, $2, $3, now())', [
        customer.tenantId,
        second.userId,
        'customer',
      ]),
    );
    expect(await ask({ Cookie: `session=${customer.token}` })).toMatchObject({ isAlone: false });
  });

  it('is nobody in particular of a workspace while an owner has no second factor, but in the demonstration', async () => {
    const { owner, tenantId } = await aCompany();
    const cookie = { Cookie: `session=${owner.token}` };
    expect(await ask(cookie)).toMatchObject({ userId: owner.userId, tenantId: null, role: 'guest' });
    const inDemo = await getActor(new Request('http://127.0.0.1/', { headers: cookie }), { ...stack.actorDeps, mode: 'demo' });
    expect(inDemo).toMatchObject({ tenantId, role: 'owner' });
    await beginSecondFactor(stack.deps, owner.userId);
    expect((await ask(cookie)).role).toBe('guest');
    await withClient(stack.ownerUrl, (client) =>
      client.query('UPDATE user_credentials SET totp_confirmed_at = now() WHERE user_id = $1', [owner.userId]),
    );
    expect(await ask(cookie)).toMatchObject({ tenantId, role: 'owner' });
  });

  it('changes with the next request when a member is suspended, and when the whole account is', async () => {
    const company = await aCompany();
    const client = await join(company, 'client');
    await stack.deps.sessions.endAll(client.userId);
    const { token } = await stack.deps.sessions.create(
      { userId: client.userId, tenantId: company.tenantId, stage: 'complete', userAgent: '', address: '' },
      stack.deps.now().getTime(),
    );
    const cookie = { Cookie: `session=${token}` };
    expect((await ask(cookie)).role).toBe('client');
    await setSuspended(stack.deps, aVisit(), company.actor, { memberId: client.member.id, isSuspended: true });
    expect(await ask(cookie)).toMatchObject({ userId: client.userId, tenantId: null, role: 'guest' });
    await setSuspended(stack.deps, aVisit(), company.actor, { memberId: client.member.id, isSuspended: false });
    expect((await ask(cookie)).role).toBe('client');
    await withClient(stack.ownerUrl, (db) => db.query('UPDATE users SET suspended_at = now() WHERE id = $1', [client.userId]));
    expect(await ask(cookie)).toEqual(GUEST);
  });
});

describe('API tokens', () => {
  async function aToken(account: Account) {
    const input = { name: 'script', scopes: ['calculator.use', 'risk.use'] as const, lifeDays: 7 };
    const outcome = await createToken(stack.deps, aVisit(), { userId: account.userId, tenantId: account.tenantId! }, input);
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.token;
  }
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const tokenDeps = () => ({ db: stack.deps.db, redis: stack.deps.redis, secret: stack.deps.secret, prefix: stack.deps.keyPrefix });

  it('act for their person, within their scopes, under /api only', async () => {
    const account = await openAccount(stack);
    const token = await aToken(account);
    expect(token).toMatch(/^hi_[\w-]{43}$/);
    expect(await ask(bearer(token))).toMatchObject({
      userId: account.userId,
      role: 'customer',
      sessionId: null,
      scopes: ['calculator.use', 'risk.use'],
    });
    expect(await ask(bearer(token), '/profile')).toEqual(GUEST);
    // A bad token is not made good by a cookie.
    expect(await ask({ ...bearer(`${token.slice(0, -1)}x`), Cookie: `session=${account.token}` })).toEqual(GUEST);
  });

  it('are stored as hashes and show their last use', async () => {
    const account = await openAccount(stack);
    const token = await aToken(account);
    const member = toMember(account, account.tenantId!, 'customer');
    expect((await listPersonalTokens(stack.deps, member))[0]).toMatchObject({ ending: token.slice(-4), lastUsedAt: null });
    await ask(bearer(token));
    expect((await listPersonalTokens(stack.deps, member))[0]?.lastUsedAt).toEqual(stack.deps.now());
    const stored = await withClient(stack.ownerUrl, (client) => client.query('SELECT * FROM personal_tokens'));
    expect(JSON.stringify(stored.rows)).not.toContain(token);
  });

  it('end by being revoked, by their person only, and by time', async () => {
    const account = await openAccount(stack);
    const other = await openAccount(stack);
    const [first, second] = [await aToken(account), await aToken(account)];
    const member = toMember(account, account.tenantId!, 'customer');
    const { id } = (await listPersonalTokens(stack.deps, member)).find(({ ending }) => ending === first.slice(-4))!;
    expect(await revokeToken(stack.deps, aVisit(), toMember(other, other.tenantId!, 'customer'), id)).toBe(false);
    expect((await ask(bearer(first))).userId).toBe(account.userId);
    expect(await revokeToken(stack.deps, aVisit(), member, id)).toBe(true);
    expect(await ask(bearer(first))).toEqual(GUEST);
    const later = { ...stack.actorDeps, now: () => new Date(stack.deps.now().getTime() + 7 * 86_400_000) };
    expect(await getActor(new Request('http://127.0.0.1/api/v1/roi', { headers: bearer(second) }), later)).toEqual(GUEST);
  });

  it('are exchanged for short ones that end after ten minutes, by revocation, and with the long one', async () => {
    const account = await openAccount(stack);
    const grant = (await findPersonalToken(stack.deps.db, await aToken(account), stack.deps.now()))!;
    const make = async () => (await createAccessToken(tokenDeps(), grant, stack.deps.now())).token;
    const token = await make();
    expect(await findAccessToken(tokenDeps(), token, stack.deps.now())).toMatchObject({
      userId: account.userId,
      scopes: ['calculator.use', 'risk.use'],
    });
    expect(await findAccessToken(tokenDeps(), token, new Date(stack.deps.now().getTime() + 601_000))).toBeNull();
    const revoked = await make();
    await revokeAccessToken(tokenDeps(), (await findAccessToken(tokenDeps(), revoked, stack.deps.now()))!, stack.deps.now());
    expect(await findAccessToken(tokenDeps(), revoked, stack.deps.now())).toBeNull();
    await revokeToken(stack.deps, aVisit(), toMember(account, account.tenantId!, 'customer'), grant.id);
    expect(await findAccessToken(tokenDeps(), token, stack.deps.now())).toBeNull();
  });

  it('of somebody else’s making are refused: another key, no signature, another audience, an unknown key', async () => {
    const account = await openAccount(stack);
    const grant = (await findPersonalToken(stack.deps.db, await aToken(account), stack.deps.now()))!;
    const { kid, key } = await getSigningKey(tokenDeps(), stack.deps.now());
    const claims = { tenant: grant.tenantId, parent: grant.id, scope: 'calculator.use' };
    const nowS = Math.floor(stack.deps.now().getTime() / 1000);
    const sign = (audience: string, header: { kid: string; typ?: string }) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header })
        .setJti(randomUUID())
        .setSubject(grant.userId)
        .setIssuer('hashinsight')
        .setAudience(audience)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + 60)
        .sign(key);
    expect(await findAccessToken(tokenDeps(), await sign('hashinsight-api', { kid }), stack.deps.now())).not.toBeNull();
    const good = await sign('hashinsight-api', { kid });
    const [head = '', body = ''] = good.split('.');
    const forgeries = [
      await sign('another-api', { kid }),
      await sign('hashinsight-api', { kid: randomUUID() }),
      await sign('hashinsight-api', { kid: '\0' }),
      await sign('hashinsight-api', { kid: `' OR true --` }),
      await sign('hashinsight-api', { kid, typ: 'JWT' }),
      new UnsecuredJWT(claims).setSubject(grant.userId).encode(),
      `${head}.${body}.`,
      `${head}.${Buffer.from(JSON.stringify({ ...claims, scope: 'users.write' })).toString('base64url')}.${good.split('.')[2]}`,
      'a.b.c',
      'x'.repeat(5_000),
    ];
    for (const forgery of forgeries) expect(await findAccessToken(tokenDeps(), forgery, stack.deps.now()), forgery.slice(0, 60)).toBeNull();
  });

  it('are signed by one key a month, however many processes begin at once; the old one still verifies', async () => {
    const month = new Date(stack.deps.now().getTime() + 31 * 86_400_000);
    const before = await getSigningKey(tokenDeps(), stack.deps.now());
    const keys = await Promise.all([1, 2, 3].map(() => getSigningKey(tokenDeps(), month)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(keys[0]?.kid).not.toBe(before.kid);
  });
});

describe('an invitation', () => {
  it('is taken once, by the invited address, and says where it leads', async () => {
    const company = await aCompany();
    const guest = await openAccount(stack, { purpose: 'invited' });
    expect(guest.tenantId).toBeNull();
    await invite(stack.deps, aVisit(), company.actor, { email: guest.email, role: 'operator', language: 'zh', roleName: '运维' });
    const letter = stack.letters.findLast(({ to }) => to === guest.email);
    expect(letter?.subject).toBe('邀请您加入 北方水电矿场');
    const token = stack.lastToken(guest.email);
    expect(await findOffer(stack.deps, token)).toMatchObject({ workspace: '北方水电矿场', role: 'operator' });
    const stranger = await openAccount(stack);
    expect(await acceptInvitation(stack.deps, aVisit(), { id: stranger.userId, email: stranger.email }, token)).toEqual({
      kind: 'other-address',
    });
    const accept = () => acceptInvitation(stack.deps, aVisit(), { id: guest.userId, email: guest.email }, token);
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['joined', 'over']);
    expect(await listOpenInvitations(stack.deps, company.tenantId)).toEqual([]);
  });

  it('ends by being withdrawn, by a newer one and by time, and cannot offer ownership', async () => {
    const company = await aCompany();
    const email = `${randomUUID()}@example.org`;
    const send = (role: 'operator' | 'client') =>
      invite(stack.deps, aVisit(), company.actor, { email, role, language: 'en', roleName: role });
    await send('operator');
    const first = stack.lastToken(email);
    const second = await send('client');
    expect(await findOffer(stack.deps, first)).toBeNull();
    const token = stack.lastToken(email);
    if (second.kind !== 'invited') throw new Error(second.kind);
    expect(await revokeInvitation(stack.deps, aVisit(), company.actor, second.id)).toBe(true);
    expect(await findOffer(stack.deps, token)).toBeNull();
    expect(await invite(stack.deps, aVisit(), company.actor, { email, role: 'owner' as 'admin', language: 'en', roleName: 'x' })).toEqual({
      kind: 'not-allowed',
    });
    const operator = { ...company.actor, role: 'operator' as const };
    expect(await invite(stack.deps, aVisit(), operator, { email, role: 'client', language: 'en', roleName: 'x' })).toEqual({
      kind: 'not-allowed',
    });
  });
});

describe('an invitation whose sender has lost the right to it', () => {
  const language = { language: 'en', roleName: 'x' } as const;

  type Loss = (company: Awaited<ReturnType<typeof aCompany>>, admin: Awaited<ReturnType<typeof join>>) => Promise<unknown>;
  const losses: [string, Loss][] = [
    ['was removed', ({ actor }, { member }) => removeMember(stack.deps, aVisit(), actor, member.id)],
    ['was suspended', ({ actor }, { member }) => setSuspended(stack.deps, aVisit(), actor, { memberId: member.id, isSuspended: true })],
    ['was lowered', ({ actor }, { member }) => changeRole(stack.deps, aVisit(), actor, { memberId: member.id, role: 'operator' })],
    [
      'was limited',
      ({ tenantId }, { userId }) =>
        stack.deps.db.$withTenant(tenantId, async (tx) => {
          const { id: siteId } = await tx.site.create({ data: { tenantId, name: 'North', timeZone: 'Asia/Shanghai' } });
          await tx.roleGrant.create({ data: { tenantId, userId, siteId } });
        }),
    ],
    ['has gone', (_company, { userId }) => deleteAccount(stack.deps, aVisit(), userId)],
  ];

  it.each(losses)('is worth nothing when its sender %s', async (_name, lose) => {
    const { deps } = stack;
    const company = await aCompany();
    const admin = await join(company, 'admin');
    const email = `${randomUUID()}@example.org`;
    const asAdmin = toMember(admin, company.tenantId, 'admin');
    await invite(deps, aVisit({ address: randomUUID() }), asAdmin, { email, role: 'operator', ...language });
    const token = stack.lastToken(email);
    expect(await findOffer(deps, token)).toMatchObject({ role: 'operator' });
    await lose(company, admin);
    expect(await findOffer(deps, token)).toBeNull();
    expect(await acceptInvitation(deps, aVisit(), { id: randomUUID(), email }, token)).toEqual({ kind: 'over' });
  });

  it('of platform staff ends with their stay', async () => {
    const { deps } = stack;
    const company = await aCompany();
    const visitor = await openAccount(stack);
    const email = `${randomUUID()}@example.org`;
    const { tenantId } = company;
    const now = deps.now();
    const stay = {
      tenantId,
      userId: visitor.userId,
      reason: 'asked for help',
      enteredAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
    };
    const { id } = await deps.db.$withTenant(tenantId, (tx) => tx.workspaceEntry.create({ data: stay }));
    const asStaff = toMember(visitor, tenantId, 'admin');
    await invite(deps, aVisit({ address: randomUUID() }), asStaff, { email, role: 'client', ...language });
    const token = stack.lastToken(email);
    expect(await findOffer(deps, token)).toMatchObject({ role: 'client' });
    await deps.db.$withTenant(tenantId, (tx) => tx.workspaceEntry.updateMany({ where: { id }, data: { leftAt: now } }));
    expect(await findOffer(deps, token)).toBeNull();
  });

  it('fills nobody’s mailbox: five an hour to one address, whoever sends them', async () => {
    const company = await aCompany();
    const email = `${randomUUID()}@example.org`;
    const kinds: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      const outcome = await invite(stack.deps, aVisit({ address: randomUUID() }), company.actor, { email, role: 'client', ...language });
      kinds.push(outcome.kind);
    }
    expect(kinds).toEqual(['invited', 'invited', 'invited', 'invited', 'invited', 'wait', 'wait']);
  });
});

describe('the people of a workspace', () => {
  it('are managed from above, never sideways or by themselves', async () => {
    const company = await aCompany();
    const [admin, operator] = [await join(company, 'admin'), await join(company, 'operator')];
    const asAdmin = toMember(admin, company.tenantId, 'admin');
    const owner = (await listMembers(stack.deps, company.tenantId)).find(({ role }) => role === 'owner')!;
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: operator.member.id, role: 'accountant' })).toBe('done');
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: operator.member.id, role: 'admin' })).toBe('not-allowed');
    expect(await changeRole(stack.deps, aVisit(), asAdmin, { memberId: owner.id, role: 'client' })).toBe('not-allowed');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, admin.member.id)).toBe('not-allowed');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, operator.member.id)).toBe('done');
    expect(await removeMember(stack.deps, aVisit(), asAdmin, randomUUID())).toBe('not-found');
  });

  it('of another workspace do not exist here', async () => {
    const [company, other] = [await aCompany(), await aCompany()];
    const operator = await join(other, 'operator');
    expect(await removeMember(stack.deps, aVisit(), company.actor, operator.member.id)).toBe('not-found');
    expect(await transferOwnership(stack.deps, aVisit(), company.actor, operator.member.id)).toBe('not-found');
  });

  it('hand ownership over so that there is always exactly one owner', async () => {
    const company = await aCompany();
    const [one, two] = [await join(company, 'admin'), await join(company, 'operator')];
    const answers = await Promise.all([one, two].map(({ member }) => transferOwnership(stack.deps, aVisit(), company.actor, member.id)));
    expect(answers.sort()).toEqual(['done', 'not-allowed']);
    const roles = (await listMembers(stack.deps, company.tenantId)).map(({ role }) => role);
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('leave with their tokens, but for the owner', async () => {
    const company = await aCompany();
    const operator = await join(company, 'operator');
    await createToken(
      stack.deps,
      aVisit(),
      { userId: operator.userId, tenantId: company.tenantId },
      { name: 'x', scopes: ['api.use'], lifeDays: 7 },
    );
    expect(await leaveWorkspace(stack.deps, aVisit(), { userId: company.owner.userId, tenantId: company.tenantId })).toBe('owner-stays');
    expect(await leaveWorkspace(stack.deps, aVisit(), { userId: operator.userId, tenantId: company.tenantId })).toBe('left');
    expect(await listPersonalTokens(stack.deps, toMember(operator, company.tenantId, 'operator'))).toEqual([]);
  });
});

describe('one’s own data', () => {
  it('is given without anything that proves who one is', async () => {
    const account = await openAccount(stack, { name: '林卫' });
    const text = JSON.stringify(await exportOwnData(stack.deps, aVisit(), account.userId));
    expect(text).toContain('林卫');
    expect(text).toContain(account.email);
    for (const secret of ['argon2', 'tokenHash', account.token, PASSWORD]) expect(text).not.toContain(secret);
  });

  it('goes with the account: rows, sessions and the workspace of one’s own', async () => {
    const account = await openAccount(stack);
    expect(await deleteAccount(stack.deps, aVisit(), account.userId)).toEqual({ kind: 'deleted' });
    expect(await ask({ Cookie: `session=${account.token}` })).toEqual(GUEST);
    const left = await withClient(stack.ownerUrl, async (client) => ({
      users: (await client.query('SELECT FROM users WHERE id = $1', [account.userId])).rowCount,
      members: (await client.query('SELECT FROM memberships WHERE user_id = $1', [account.userId])).rowCount,
      closed: (await client.query('SELECT FROM tenants WHERE id = $1 AND closed_at IS NOT NULL', [account.tenantId])).rowCount,
    }));
    expect(left).toEqual({ users: 0, members: 0, closed: 1 });
  });

  it('leaves its place in the log of every workspace that it was in', async () => {
    const company = await aCompany();
    const operator = await join(company, 'operator');
    expect(await deleteAccount(stack.deps, aVisit(), operator.userId)).toEqual({ kind: 'deleted' });
    const events = await stack.deps.db.$withTenant(company.tenantId, (tx) => tx.auditEvent.findMany({ where: { action: 'member.leave' } }));
    expect(events.map(({ targetId }) => targetId)).toEqual([operator.userId]);
    expect(await listMembers(stack.deps, company.tenantId)).toHaveLength(1);
  });

  it('stays while others depend on it: an owner hands over first', async () => {
    const company = await aCompany();
    await join(company, 'client');
    expect(await deleteAccount(stack.deps, aVisit(), company.owner.userId)).toEqual({
      kind: 'hand-over-first',
      workspaces: ['北方水电矿场'],
    });
  });
});
