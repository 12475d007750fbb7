import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPersonByEmail, findPersonById } from '#app/features/accounts/entry/find-person.server.ts';
import { requestReset, resetPassword } from '#app/features/accounts/entry/reset-password.server.ts';
import { signIn } from '#app/features/accounts/entry/sign-in.server.ts';
import { signUp } from '#app/features/accounts/entry/sign-up.server.ts';
import { confirmNewEmail, verifyEmail } from '#app/features/accounts/entry/verify-email.server.ts';
import { changePassword, confirmPassword, requestNewEmail } from '#app/features/accounts/own/change-account.server.ts';
import { PLATFORM_CHAIN } from '#app/platform/audit/record-audit.server.ts';
import { verifyChainInDatabase } from '#app/platform/audit/verify-database.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { type AccountStack, aSignUp, aVisit, openAccount, signInAgain, startAccountStack } from '../../../tests/support/account-stack.ts';
import { PASSWORD } from '../../../tests/support/password.ts';

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
beforeEach(() => {
  stack.letters.length = 0;
});

const lettersTo = (email: string) => stack.letters.filter(({ to }) => to === email).map(({ subject }) => subject);

describe('signing up', () => {
  it('opens an account that works once the link was followed with the password', async () => {
    const input = aSignUp({ locale: 'zh', name: '林卫' });
    expect(await signUp(stack.deps, aVisit(), input)).toEqual({ kind: 'sent' });
    expect(lettersTo(input.email)).toEqual(['请确认邮箱']);
    const token = stack.lastToken(input.email);
    expect(await signIn(stack.deps, aVisit(), input)).toEqual({ kind: 'unverified' });
    // Signing in before has sent another link, which ends the first one.
    expect(await verifyEmail(stack.deps, aVisit(), { token, password: PASSWORD })).toEqual({ kind: 'over' });
    const renewed = stack.lastToken(input.email);
    expect(await verifyEmail(stack.deps, aVisit(), { token: renewed, password: 'not the password' })).toEqual({ kind: 'refused' });
    expect((await verifyEmail(stack.deps, aVisit(), { token: renewed, password: PASSWORD })).kind).toBe('signed-in');
    expect(await verifyEmail(stack.deps, aVisit(), { token: renewed, password: PASSWORD })).toEqual({ kind: 'over' });
  });

  it('answers alike for an address that has an account, changes nothing there and tells its owner', async () => {
    const account = await openAccount(stack);
    stack.letters.length = 0;
    const other = aSignUp({ email: account.email.toUpperCase(), name: 'Somebody else', password: 'another password here' });
    expect(await signUp(stack.deps, aVisit(), other)).toEqual({ kind: 'sent' });
    expect(lettersTo(account.email)).toEqual(['You have an account already']);
    expect(await findPersonById(stack.deps.db, account.userId)).toMatchObject({ name: 'Lin Wei' });
    expect(await signIn(stack.deps, aVisit(), other)).toEqual({ kind: 'refused' });
  });

  it('makes one account of two sign-ups at the same moment', async () => {
    const input = aSignUp();
    const answers = await Promise.all([signUp(stack.deps, aVisit(), input), signUp(stack.deps, aVisit(), input)]);
    expect(answers).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
    const count = await withClient(stack.ownerUrl, (client) => client.query('SELECT FROM users WHERE email_key = $1', [input.email]));
    expect(count.rowCount).toBe(1);
  });

  it('lets whoever used somebody else’s address gain nothing when that person follows the link', async () => {
    const squatted = aSignUp({ password: 'the squatters secret' });
    await signUp(stack.deps, aVisit(), squatted);
    // The real owner does not know that password, chooses one through the mailbox, and the squatter's is gone.
    await requestReset(stack.deps, aVisit(), squatted.email);
    expect(await resetPassword(stack.deps, aVisit(), { token: stack.lastToken(squatted.email), password: PASSWORD })).toEqual({
      kind: 'changed',
    });
    expect(await signIn(stack.deps, aVisit(), squatted)).toEqual({ kind: 'refused' });
    expect((await signIn(stack.deps, aVisit(), { email: squatted.email, password: PASSWORD })).kind).toBe('signed-in');
  });

  it('writes no link when nobody has said under which address the product is reached', async () => {
    expect(await signUp(stack.deps, aVisit({ origin: null }), aSignUp())).toEqual({ kind: 'no-origin' });
    expect(stack.letters).toEqual([]);
  });
});

describe('signing in', () => {
  it('says the same of a wrong password and of an address without an account', async () => {
    const { email } = await openAccount(stack);
    const address = 'a1';
    expect(await signIn(stack.deps, aVisit({ address }), { email, password: 'wrong password' })).toEqual({ kind: 'refused' });
    expect(await signIn(stack.deps, aVisit({ address }), { email: 'nobody@example.org', password: 'wrong password' })).toEqual({
      kind: 'refused',
    });
    expect(await signIn(stack.deps, aVisit({ address }), { email, password: '' })).toEqual({ kind: 'refused' });
    expect(await signIn(stack.deps, aVisit({ address }), { email: '', password: '' })).toEqual({ kind: 'refused' });
  });

  it('takes whatever is typed for an address of nobody, and writes down no more of it than an address can have', async () => {
    const before = await stack.deps.db.$withTenant(PLATFORM_CHAIN, (tx) => tx.auditEvent.count());
    for (const email of ['a\0b@x.example', '\ud800@x.example', `a@${'x'.repeat(100_000)}`, '']) {
      const outcome = await signIn(stack.deps, aVisit({ address: randomUUID() }), { email, password: `\0${'p'.repeat(100_000)}` });
      expect(outcome, email.slice(0, 20)).toEqual({ kind: 'refused' });
    }
    const events = await stack.deps.db.$withTenant(PLATFORM_CHAIN, (tx) => tx.auditEvent.findMany({ orderBy: { seq: 'desc' }, take: 4 }));
    expect(Number(events[0]?.seq)).toBe(before + 4);
    for (const { body } of events) expect(body.length).toBeLessThan(1_000);
    expect(await verifyChainInDatabase(stack.deps.db, PLATFORM_CHAIN)).toMatchObject({ kind: 'intact' });
  });

  it('takes any spelling of the address, and always gives a cookie that nobody could plant', async () => {
    const account = await openAccount(stack);
    const outcome = await signIn(stack.deps, aVisit({ sessionToken: account.token }), {
      email: ` ${account.email.toUpperCase()} `,
      password: PASSWORD,
    });
    if (outcome.kind !== 'signed-in') throw new Error(outcome.kind);
    expect(outcome.token).not.toBe(account.token);
    // The cookie that the browser came with is worth nothing any more.
    expect(await stack.deps.sessions.find(account.token, stack.deps.now().getTime())).toBeNull();
  });

  it('slows an account down after wrong passwords and then locks it, for the right password too; the window slides', async () => {
    const { email } = await openAccount(stack);
    const guess = (password = 'wrong password') => signIn(stack.deps, aVisit({ address: 'a2' }), { email, password });
    for (let count = 0; count < 4; count += 1) expect(await guess()).toEqual({ kind: 'refused' });
    // The fifth within the same second has to wait one second.
    expect(await guess(PASSWORD)).toEqual({ kind: 'wait', seconds: 1 });
    for (let count = 4; count < 10; count += 1) {
      stack.passMinutes(1);
      expect(await guess()).toEqual({ kind: 'refused' });
    }
    stack.passMinutes(1);
    // Ten in the window: four at minute 0, six at minutes 1 to 6; now it is minute 7, and the first leave it at minute 15.
    expect(await guess(PASSWORD)).toEqual({ kind: 'wait', seconds: 8 * 60 });
    stack.passMinutes(8);
    expect((await guess(PASSWORD)).kind).toBe('signed-in');
    // Signing in forgets what was wrong before.
    expect(await guess()).toEqual({ kind: 'refused' });
  });

  it('counts a hundred guesses at once as a hundred', async () => {
    const { email } = await openAccount(stack);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn(stack.deps, aVisit({ address: 'a3' }), { email, password: 'wrong password' })),
    );
    expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(4);
    expect(answers.filter(({ kind }) => kind === 'wait')).toHaveLength(26);
  });

  it('counts addresses too, whichever accounts are tried', async () => {
    const guess = (index: number) => signIn(stack.deps, aVisit({ address: 'a4' }), { email: `nobody${index}@example.org`, password: 'x' });
    const answers = [];
    for (let index = 0; index < 52; index += 1) answers.push((await guess(index)).kind);
    expect(answers.slice(0, 50).every((kind) => kind === 'refused')).toBe(true);
    expect(answers[50]).toBe('wait');
  });

  it('tries nothing when Redis is out of reach', async () => {
    const { email } = await openAccount(stack);
    const redis = stack.deps.redis.duplicate({
      lazyConnect: true,
      port: 9,
      host: '127.0.0.1',
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined);
    await expect(signIn({ ...stack.deps, redis }, aVisit(), { email, password: PASSWORD })).rejects.toThrow();
    redis.disconnect();
  });

  it('is refused to a suspended person', async () => {
    const account = await openAccount(stack);
    await withClient(stack.ownerUrl, (client) => client.query('UPDATE users SET suspended_at = now() WHERE id = $1', [account.userId]));
    expect(await signIn(stack.deps, aVisit(), account)).toEqual({ kind: 'suspended' });
  });

  it('makes a hash of older parameters new on the way', async () => {
    const account = await openAccount(stack);
    const weak = await hash(Buffer.from(PASSWORD), { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await withClient(stack.ownerUrl, (client) =>
      client.query('UPDATE user_credentials SET password_hash = $1 WHERE user_id = $2', [weak, account.userId]),
    );
    await signInAgain(stack, account);
    expect((await findPersonByEmail(stack.deps.db, account.email))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=47104,/);
    await signInAgain(stack, account);
  });
});

describe('a new password', () => {
  it('is set through the mailbox, once, and signs every browser out', async () => {
    const account = await openAccount(stack);
    expect(await requestReset(stack.deps, aVisit(), ` ${account.email.toUpperCase()}`)).toEqual({ kind: 'sent' });
    const token = stack.lastToken(account.email);
    const common = await resetPassword(stack.deps, aVisit(), { token, password: 'password123' });
    expect(common).toEqual({ kind: 'refused', fault: { kind: 'password-common', characters: 11 } });
    const [one, two] = await Promise.all([
      resetPassword(stack.deps, aVisit(), { token, password: 'a calmer harbour' }),
      resetPassword(stack.deps, aVisit(), { token, password: 'a wilder harbour' }),
    ]);
    expect([one.kind, two.kind].sort()).toEqual(['changed', 'over']);
    expect(await stack.deps.sessions.list(account.userId, stack.deps.now().getTime())).toEqual([]);
    expect(await signIn(stack.deps, aVisit(), account)).toEqual({ kind: 'refused' });
    expect(lettersTo(account.email)).toContain('Your password was changed');
  });

  it('is answered alike for an address without an account, and no message leaves', async () => {
    expect(await requestReset(stack.deps, aVisit(), 'nobody@example.org')).toEqual({ kind: 'sent' });
    expect(stack.letters).toEqual([]);
  });

  it('needs a link that is younger than an hour and of the right kind', async () => {
    const account = await openAccount(stack);
    await requestReset(stack.deps, aVisit(), account.email);
    const token = stack.lastToken(account.email);
    stack.passMinutes(60);
    expect(await resetPassword(stack.deps, aVisit(), { token, password: 'a calmer harbour' })).toEqual({ kind: 'over' });
    const fresh = aSignUp();
    await signUp(stack.deps, aVisit(), fresh);
    expect(await resetPassword(stack.deps, aVisit(), { token: stack.lastToken(fresh.email), password: 'a calmer harbour' })).toEqual({
      kind: 'over',
    });
  });

  it('fills nobody’s mailbox: five messages an hour', async () => {
    const account = await openAccount(stack);
    stack.letters.length = 0;
    for (let count = 0; count < 8; count += 1) await requestReset(stack.deps, aVisit({ address: `b${count}` }), account.email);
    expect(lettersTo(account.email)).toHaveLength(5);
  });

  it('is changed by whoever knows the old one; the other browsers are signed out, this one stays', async () => {
    const account = await openAccount(stack);
    const elsewhere = await signInAgain(stack, account);
    expect(await confirmPassword(stack.deps, account.userId, 'wrong password')).toEqual({ kind: 'wrong' });
    const confirmed = await confirmPassword(stack.deps, account.userId, PASSWORD);
    if (confirmed.kind !== 'confirmed') throw new Error(confirmed.kind);
    const { person } = confirmed;
    const change = (password: string) => changePassword(stack.deps, aVisit(), { person, sessionId: account.record.id, password });
    expect(await change('Lin.Wei.2024')).toMatchObject({ kind: 'password-own-word' });
    expect(await change('a calmer harbour')).toBeNull();
    const nowMs = stack.deps.now().getTime();
    expect(await stack.deps.sessions.find(elsewhere, nowMs)).toBeNull();
    expect(await stack.deps.sessions.find(account.token, nowMs)).not.toBeNull();
  });
});

describe('another address', () => {
  it('counts once its link was followed; the old mailbox is told', async () => {
    const account = await openAccount(stack);
    const person = (await findPersonById(stack.deps.db, account.userId))!;
    const email = `new-${account.email}`;
    await requestNewEmail(stack.deps, aVisit(), person, email);
    expect(await findPersonByEmail(stack.deps.db, email)).toBeNull();
    expect(await confirmNewEmail(stack.deps, aVisit(), stack.lastToken(email))).toEqual({ kind: 'changed' });
    expect((await findPersonByEmail(stack.deps.db, email))?.id).toBe(account.userId);
    expect(await findPersonByEmail(stack.deps.db, account.email)).toBeNull();
    expect(lettersTo(account.email)).toContain('Your address was changed');
  });

  it('of somebody else is answered alike, and only that person hears of it', async () => {
    const [one, other] = [await openAccount(stack), await openAccount(stack)];
    stack.letters.length = 0;
    const person = (await findPersonById(stack.deps.db, one.userId))!;
    expect(await requestNewEmail(stack.deps, aVisit(), person, other.email)).toBe('sent');
    expect(stack.letters.map(({ to }) => to)).toEqual([other.email]);
  });
});

describe('the rows of people', () => {
  it('are hidden from whoever names nobody, and look-ups open one row for reading only', async () => {
    const [one, other] = [await openAccount(stack), await openAccount(stack)];
    const tables = [
      'users',
      'user_credentials',
      'recovery_codes',
      'one_time_tokens',
      'wallets',
      'memberships',
      'invitations',
      'personal_tokens',
    ];
    await withClient(stack.appUrl, async (client) => {
      for (const table of tables) expect((await client.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0);
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.lookup_key', $1, true)`, [one.email]);
      expect((await client.query('SELECT id FROM users')).rows).toEqual([{ id: one.userId }]);
      expect((await client.query(`UPDATE users SET name = 'taken'`)).rowCount).toBe(0);
      expect((await client.query('SELECT FROM user_credentials')).rowCount).toBe(0);
      await client.query(`SELECT set_config('app.user_id', $1, true)`, [one.userId]);
      expect((await client.query('SELECT user_id FROM user_credentials')).rows).toEqual([{ user_id: one.userId }]);
      expect((await client.query('DELETE FROM users WHERE id = $1', [other.userId])).rowCount).toBe(0);
      await client.query('ROLLBACK');
    });
  });

  it('of colleagues show name and address inside the workspace, and never what proves who they are', async () => {
    const [one, other] = [await openAccount(stack), await openAccount(stack)];
    await withClient(stack.appUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.user_id', $2, true)`, [one.tenantId, other.userId]);
      const seen = await client.query('SELECT id FROM users ORDER BY id');
      expect(seen.rows.map(({ id }) => id).sort()).toEqual([one.userId, other.userId].sort());
      expect((await client.query('SELECT user_id FROM user_credentials')).rows).toEqual([{ user_id: other.userId }]);
      // Inside a workspace nothing of the other workspaces of the same person is seen.
      expect((await client.query('SELECT id FROM tenants')).rows).toEqual([{ id: one.tenantId }]);
      await client.query('ROLLBACK');
    });
  });
});
