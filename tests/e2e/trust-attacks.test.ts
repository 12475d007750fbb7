// Attacks on accounts and workspaces, tried over HTTP against the running application. What is refused must also have changed nothing.
import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { ROUTE_RULES } from '../../app/platform/permissions/route-rules.ts';
import { getTestOrigin } from '../support/chromium.ts';
import { forgetAttempts } from '../support/forget-attempts.ts';
import { HttpBrowser } from '../support/http-browser.ts';
import { asDatabaseOwner, type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { aWallet, type TestWallet } from '../support/wallet.ts';

const PASSWORD = 'quiet harbour at dawn';
/** The worker hands messages over within a moment; so many loads of the page are many more than it takes. */
const MAX_LOOKS = 200;

let ours: SeededWorkspace;
let theirs: SeededWorkspace;
let passwordHash: string;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});

beforeEach(() => forgetAttempts());

const emailOf = ({ userId }: SeededPerson) => `${userId}@mine.example`;

/** Signs in with the password from now on, and without a second factor. */
async function withPassword(person: SeededPerson): Promise<SeededPerson> {
  const sql = 'UPDATE user_credentials SET password_hash = $2, totp_confirmed_at = NULL WHERE user_id = $1';
  await asDatabaseOwner((owner) => owner.query(sql, [person.userId, passwordHash]));
  return person;
}

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await asDatabaseOwner((owner) => owner.query<Row>(sql, values))).rows;
}

const sessionOf = (browser: HttpBrowser) => browser.cookies.get('session') ?? '';
const isSignedIn = async (cookie: string) => (await new HttpBrowser(`session=${cookie}`).get('/profile')).status === 200;

const signIn = (browser: HttpBrowser, email: string, more: Record<string, string> = {}) =>
  browser.submit('/sign-in', { email, password: PASSWORD, ...more });

/** The secret in the link of a message to this address that is not among `seen`. */
async function readSecret(email: string, seen: readonly string[] = []): Promise<string> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const { text } = await new HttpBrowser().get('/dev/mail');
    const letter = text.split('class="letter"').find((part) => part.includes(email) && !seen.some((one) => part.includes(one)));
    const secret = /[?&](?:amp;)?token=([\w-]+)/.exec(letter ?? '')?.[1];
    if (secret !== undefined) return secret;
  }
  throw new Error(`no message to ${email}`);
}

describe('session fixation', () => {
  it('a cookie that was planted before signing in is not adopted, and opens nothing afterwards', async () => {
    const person = await withPassword(ours.people.customer);
    const planted = 'P'.repeat(43);
    const victim = new HttpBrowser(`session=${planted}`);
    expect((await signIn(victim, emailOf(person))).status).toBe(302);
    expect(sessionOf(victim)).not.toBe(planted);
    expect(await isSignedIn(sessionOf(victim))).toBe(true);
    expect(await isSignedIn(planted)).toBe(false);
  });

  it('signing in again ends the session that the browser came with, also that of somebody else', async () => {
    const person = await withPassword(ours.people.operator);
    const attacker = await withPassword(theirs.people.operator);
    const browser = new HttpBrowser();
    await signIn(browser, emailOf(attacker));
    const planted = sessionOf(browser);
    await signIn(browser, emailOf(person));
    expect(sessionOf(browser)).not.toBe(planted);
    expect(await isSignedIn(planted)).toBe(false);
  });

  it('a change of rights changes the cookie: a new password, and another workspace', async () => {
    const person = await withPassword(ours.people.accountant);
    await query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [theirs.tenantId, person.userId, 'customer']);
    const browser = new HttpBrowser();
    await signIn(browser, emailOf(person));
    const first = sessionOf(browser);
    expect((await browser.submit('/profile', { intent: 'enter', id: theirs.tenantId })).status).toBe(302);
    const second = sessionOf(browser);
    const changed = await browser.submit('/security', { intent: 'password', current: PASSWORD, password: 'another harbour at dusk' });
    expect(changed.status).toBe(302);
    const third = sessionOf(browser);
    expect(new Set([first, second, third]).size).toBe(3);
    expect([await isSignedIn(first), await isSignedIn(second), await isSignedIn(third)]).toEqual([false, false, true]);
  });

  it('signing out ends the session on the server, not only in the browser', async () => {
    const person = await withPassword(ours.people.client);
    const browser = new HttpBrowser();
    await signIn(browser, emailOf(person));
    const token = sessionOf(browser);
    await browser.submit('/sign-out', {}, '/profile');
    expect(await isSignedIn(token)).toBe(false);
  });
});

/** Every page that takes a form, by its address. */
const FORM_PATHS = Object.entries(ROUTE_RULES)
  .filter(([name, { write, csrf }]) => write !== null && csrf === undefined && !name.startsWith('api.'))
  .map(([name]) => `/${name.replaceAll('_.', '/').replaceAll('.', '/')}`);

describe('forged forms', () => {
  it.each(
    FORM_PATHS,
  )('%s takes none: without a token, with an invented one, with one of another sign-in, or from another site', async (path) => {
    const browser = new HttpBrowser(ours.people.owner.cookie);
    const own = await browser.openForm('/members');
    const stranger = await new HttpBrowser(theirs.people.owner.cookie).openForm('/members');
    const guest = await new HttpBrowser().openForm('/sign-in');
    for (const csrf of ['', 'AAAA', stranger, guest, own.slice(0, -2)]) expect((await browser.post(path, { csrf })).status, csrf).toBe(403);
    const elsewhere: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of elsewhere) expect((await browser.post(path, { csrf: own }, headers)).status, JSON.stringify(headers)).toBe(403);
  });

  it('the API takes no request that only a cookie vouches for', async () => {
    const body = JSON.stringify({ hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.05 });
    const headers = { 'Content-Type': 'application/json' };
    const withCookie = new HttpBrowser(ours.people.owner.cookie);
    expect((await withCookie.send('/api/v1/roi', { method: 'POST', body, headers })).status).toBe(403);
    expect((await new HttpBrowser().send('/api/v1/roi', { method: 'POST', body, headers })).status).toBe(200);
  });

  it('are on record in the workspace of whoever was signed in, once', async () => {
    const { text } = await new HttpBrowser(ours.people.owner.cookie).get('/audit?action=request.forgery');
    expect(text).toContain('Form not sent by a page of ours');
    const rows = await query<{ because: string; count: string }>(
      `SELECT body::jsonb -> 'after' ->> 'because' AS because, count(*) FROM audit_events WHERE tenant_id = $1 AND action = 'request.forgery' GROUP BY 1`,
      [ours.tenantId],
    );
    for (const { because, count } of rows) expect(count, because).toBe('1');
  });
});

/** What a neighbour owns that has a number of its own. */
async function makeThingsOf({ tenantId, people }: SeededWorkspace) {
  const { userId } = people.owner;
  const token = randomUUID();
  const wallet = randomUUID();
  const invitation = randomUUID();
  const site = randomUUID();
  const hash = () => randomUUID().replaceAll('-', '').repeat(2);
  await asDatabaseOwner(async (owner) => {
    await owner.query(
      `INSERT INTO personal_tokens (id, tenant_id, user_id, name, token_hash, ending, scopes, expires_at) VALUES ($1, $2, $3, 'theirs', $4, 'abcd', '{api.use}', now() + interval '1 day')`,
      [token, tenantId, userId, hash()],
    );
    await owner.query('INSERT INTO wallets (id, user_id, address) VALUES ($1, $2, $3)', [wallet, userId, aWallet().address]);
    await owner.query(
      `INSERT INTO invitations (id, tenant_id, email, email_key, role, token_hash, invited_by, expires_at) VALUES ($1, $2, 'x@y.example', 'x@y.example', 'operator', $3, $4, now() + interval '1 day')`,
      [invitation, tenantId, hash(), userId],
    );
    await owner.query(`INSERT INTO sites (id, tenant_id, name, time_zone) VALUES ($1, $2, $3, 'UTC')`, [site, tenantId, `Site ${site}`]);
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, site_id) VALUES ($1, $2, $3)', [
      tenantId,
      people.operator.userId,
      site,
    ]);
  });
  return { token, wallet, invitation, site };
}

/** Everything of a workspace that a form could change, as text. */
const photograph = async ({ tenantId, people }: SeededWorkspace) =>
  JSON.stringify(
    await query(
      `SELECT 'member' AS what, to_jsonb(m) AS row FROM memberships m WHERE tenant_id = $1
       UNION ALL SELECT 'token', to_jsonb(t) FROM personal_tokens t WHERE tenant_id = $1
       UNION ALL SELECT 'invitation', to_jsonb(i) FROM invitations i WHERE tenant_id = $1
       UNION ALL SELECT 'grant', to_jsonb(g) FROM role_grants g WHERE tenant_id = $1
       UNION ALL SELECT 'stay', to_jsonb(e) FROM workspace_entries e WHERE tenant_id = $1
       UNION ALL SELECT 'wallet', to_jsonb(w) FROM wallets w WHERE user_id = $2
       UNION ALL SELECT 'user', to_jsonb(u) FROM users u WHERE id = $2 ORDER BY 1, 2`,
      [tenantId, people.owner.userId],
    ),
  );

describe('numbers of others', () => {
  it('lead nowhere in any form, and change nothing', async () => {
    const things = await makeThingsOf(theirs);
    const before = await photograph(theirs);
    const us = new HttpBrowser(ours.people.owner.cookie);
    const member = theirs.people.operator.memberId;
    const refusedBy = async (path: string, fields: Record<string, string>, formPath = path) => {
      const { status, text } = await us.submit(path, fields, formPath);
      return status === 403 || status === 404 || (status === 200 && text.includes('There is no such member')) ? 'refused' : `${status}`;
    };
    const attempts: [string, Record<string, string>, string?][] = [
      ['/tokens', { intent: 'revoke', id: things.token }],
      ['/security', { intent: 'wallet-unlink', id: things.wallet }],
      ['/security', { intent: 'session', id: randomUUID() }],
      ['/profile', { intent: 'enter', id: theirs.tenantId }],
      ['/profile', { intent: 'leave', id: theirs.tenantId }],
      ['/members', { intent: 'revoke', invitation: things.invitation }],
      ...['role', 'suspend', 'restore', 'remove', 'transfer'].map((intent): [string, Record<string, string>] => [
        '/members',
        { intent, member, role: 'accountant', sure: 'yes' },
      ]),
      ['/members', { intent: 'grant', member, kind: 'site', name: `Site ${things.site}` }],
      ['/members', { intent: 'withdraw-grant', member, kind: 'site', target: things.site }],
      ['/workspaces/enter', { intent: 'enter', workspace: theirs.tenantId, reason: 'curiosity is a reason', minutes: '60' }, '/members'],
    ];
    for (const [path, fields, formPath] of attempts) {
      expect(await refusedBy(path, fields, formPath), `${path} ${fields.intent}`).toBe('refused');
    }
    expect(await photograph(theirs)).toBe(before);
  });

  it('a session is ended by its own person only', async () => {
    const victim = await withPassword(theirs.people.accountant);
    const browser = new HttpBrowser();
    await signIn(browser, emailOf(victim));
    const id = /name="id" value="([0-9a-f-]{36})"/.exec((await browser.get('/security')).text)?.[1] ?? '';
    expect(id).not.toBe('');
    const us = new HttpBrowser(ours.people.owner.cookie);
    expect((await us.submit('/security', { intent: 'session', id })).status).toBe(404);
    expect(await isSignedIn(sessionOf(browser))).toBe(true);
  });

  it('in an address show nothing of others', async () => {
    const us = new HttpBrowser(ours.people.owner.cookie);
    for (const path of [
      `/audit?user=${theirs.people.owner.userId}`,
      `/audit/export?format=jsonl&user=${theirs.people.owner.userId}`,
      '/profile/data.json',
    ]) {
      const { text } = await us.get(path);
      expect(text, path).not.toContain(theirs.tenantId);
      expect(text, path).not.toContain(theirs.people.operator.userId);
    }
  });

  it('a token of one workspace acts in no other, and never as somebody else', async () => {
    const browser = new HttpBrowser(ours.people.owner.cookie);
    const made = await browser.submit('/tokens', {
      name: 'n',
      scope: 'calculator.use',
      life: '7',
      tenantId: theirs.tenantId,
      userId: theirs.people.owner.userId,
    });
    const token = /hi_[\w-]+/.exec(made.text)?.[0] ?? '';
    const [row] = await query<{ tenant: string; person: string }>(
      `SELECT tenant_id AS tenant, user_id AS person FROM personal_tokens WHERE ending = $1 AND name = 'n'`,
      [token.slice(-4)],
    );
    expect(row).toEqual({ tenant: ours.tenantId, person: ours.people.owner.userId });
  });
});

describe('fields that no form has', () => {
  it('make nobody more than they are when an account is opened', async () => {
    const email = `${randomUUID()}@example.org`;
    const extra = {
      role: 'owner',
      tenantId: theirs.tenantId,
      tenant_id: theirs.tenantId,
      emailVerified: 'true',
      emailVerifiedAt: '2020-01-01',
      isStaff: 'true',
      id: ours.people.owner.userId,
    };
    const browser = new HttpBrowser();
    await browser.submit('/sign-up', { email, name: 'Lin', password: PASSWORD, purpose: 'own', ...extra });
    const rows = await query(
      `SELECT u.email_verified_at AS verified, m.role, m.tenant_id = $2 AS inside, s.user_id AS staff
       FROM users u LEFT JOIN memberships m ON m.user_id = u.id LEFT JOIN platform_staff s ON s.user_id = u.id WHERE u.email_key = $1`,
      [email, theirs.tenantId],
    );
    expect(rows).toEqual([{ verified: null, role: 'customer', inside: false, staff: null }]);
  });

  it('change nothing of a person but name and language', async () => {
    const { userId, cookie } = ours.people.admin;
    const read = () => query(`SELECT to_jsonb(u) - 'name' - 'locale' AS row FROM users u WHERE id = $1`, [userId]);
    const before = await read();
    const browser = new HttpBrowser(cookie);
    const extra = {
      id: theirs.people.owner.userId,
      userId: theirs.people.owner.userId,
      email: 'other@example.org',
      emailKey: 'x',
      suspendedAt: '',
      role: 'owner',
      isStaff: 'true',
    };
    expect((await browser.submit('/profile', { intent: 'profile', name: 'Person admin', locale: 'zh', ...extra })).status).toBe(200);
    expect(await read()).toEqual(before);
    expect(await query('SELECT role FROM memberships WHERE user_id = $1', [userId])).toEqual([{ role: 'admin' }]);
    expect((await query('SELECT name FROM users WHERE id = $1', [theirs.people.owner.userId]))[0]).toEqual({ name: 'Person owner' });
  });
});

describe('secrets that were used once', () => {
  it('a link that confirms an address, and one that sets a new password, work once', async () => {
    const email = `${randomUUID()}@example.org`;
    await new HttpBrowser().submit('/sign-up', { email, name: 'Lin', password: PASSWORD, purpose: 'own' });
    const verify = `/verify?token=${await readSecret(email)}`;
    expect((await new HttpBrowser().submit(verify, { password: PASSWORD })).status).toBe(302);
    expect((await new HttpBrowser().submit(verify, { password: PASSWORD }, '/sign-in')).status).toBe(422);

    await new HttpBrowser().submit('/reset', { email });
    const reset = `/reset?token=${await readSecret(email, [verify.split('=')[1] ?? ''])}`;
    const first = await new HttpBrowser().submit(reset, { password: 'a new harbour at noon' });
    expect(first.status).toBe(200);
    await new HttpBrowser().submit(reset, { password: 'the harbour of a thief' }, '/sign-in');
    expect((await new HttpBrowser().submit('/sign-in', { email, password: 'the harbour of a thief' })).status).toBe(422);
    expect((await new HttpBrowser().submit('/sign-in', { email, password: 'a new harbour at noon' })).status).toBe(302);
  });

  it('an invitation works once', async () => {
    const email = emailOf(theirs.people.customer);
    await new HttpBrowser(ours.people.owner.cookie).submit('/members', { intent: 'invite', email, role: 'operator' });
    const path = `/invitation?token=${await readSecret(email)}`;
    const invited = new HttpBrowser(theirs.people.customer.cookie);
    expect((await new HttpBrowser(theirs.people.client.cookie).submit(path, {}, '/profile')).status).toBe(422);
    expect((await invited.submit(path, {})).status).toBe(302);
    expect((await invited.submit(path, {}, '/profile')).status).toBe(422);
    const rows = await query('SELECT user_id AS who FROM memberships WHERE tenant_id = $1 AND role = $2 AND user_id = $3', [
      ours.tenantId,
      'operator',
      theirs.people.customer.userId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('a code of the second factor and a recovery code work once', async () => {
    const person = await withPassword(theirs.people.mining_site_owner);
    const browser = new HttpBrowser();
    await signIn(browser, emailOf(person));
    await browser.submit('/security', { intent: 'factor-begin', current: PASSWORD });
    const key = /class="secret"[^>]*>([A-Z2-7 ]+)</.exec((await browser.get('/security')).text)?.[1] ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate();
    await browser.submit('/security', { intent: 'factor-confirm', code });
    const codes = [...(await browser.get('/security')).text.matchAll(/<code>([^<]+)<\/code>/g)].map((match) => match[1] ?? '');
    expect(codes).toHaveLength(10);

    const again = new HttpBrowser();
    expect((await signIn(again, emailOf(person))).location).toMatch(/^\/sign-in\/code/);
    const half = sessionOf(again);
    expect(await isSignedIn(half)).toBe(false);
    expect((await again.submit('/sign-in/code', { code })).status).toBe(422);
    expect((await again.submit('/sign-in/code', { code: codes[0] ?? '' })).status).toBe(302);
    expect(sessionOf(again)).not.toBe(half);
    expect(await isSignedIn(half)).toBe(false);

    const third = new HttpBrowser();
    await signIn(third, emailOf(person));
    expect((await third.submit('/sign-in/code', { code: codes[0] ?? '' })).status).toBe(422);
  });
});

const readMessage = (text: string) =>
  (/<textarea[^>]*name="message"[^>]*>([^<]*)</.exec(text)?.[1] ?? '').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

async function askForMessage(browser: HttpBrowser, wallet: TestWallet, path = '/sign-in/wallet'): Promise<string> {
  return readMessage((await browser.submit(path, { intent: 'challenge', address: wallet.address, current: PASSWORD })).text);
}

describe('a signature of a wallet', () => {
  const send = (browser: HttpBrowser, message: string, signature: string, path = '/sign-in/wallet') =>
    browser.submit(path, { intent: 'signature', message, signature });

  it('signs in once, in the browser that asked, for what was asked', async () => {
    const person = await withPassword(ours.people.mining_site_owner);
    const wallet = aWallet();
    const home = new HttpBrowser();
    await signIn(home, emailOf(person));
    // A browser left open is not enough to leave a key of one's own behind.
    const unconfirmed = await home.submit('/security/wallet', {
      intent: 'challenge',
      address: wallet.address,
      current: 'not the password',
    });
    expect(unconfirmed.status).toBe(422);
    expect(readMessage(unconfirmed.text)).toBe('');
    const linking = await askForMessage(home, wallet, '/security/wallet');
    // What was signed to link is no sign-in.
    expect((await send(new HttpBrowser(), linking, wallet.sign(linking))).status).toBe(422);
    const second = await askForMessage(home, wallet, '/security/wallet');
    expect((await send(home, second, wallet.sign(second), '/security/wallet')).status).toBe(200);

    const browser = new HttpBrowser();
    const message = await askForMessage(browser, wallet);
    expect(message).toContain('wants you to sign in with your Ethereum account');
    const signature = wallet.sign(message);
    expect((await send(browser, message, signature)).status).toBe(302);
    expect(await isSignedIn(sessionOf(browser))).toBe(true);
    // Seen on its way, and sent again: by the same browser and by another one.
    expect((await send(browser, message, signature)).status).toBe(422);
    expect((await send(new HttpBrowser(), message, signature)).status).toBe(422);
  });

  it('caught before it was used opens nothing in another browser, and nothing afterwards', async () => {
    const wallet = aWallet();
    await query('INSERT INTO wallets (user_id, address) VALUES ($1, $2)', [ours.people.mining_site_owner.userId, wallet.address]);
    const victim = new HttpBrowser();
    const message = await askForMessage(victim, wallet);
    const thief = new HttpBrowser();
    expect((await send(thief, message, wallet.sign(message))).status).toBe(422);
    expect(sessionOf(thief)).toBe('');
    expect((await send(victim, message, wallet.sign(message))).status).toBe(422);
  });

  it('of another key, over another text, or with a nonce of nobody is refused', async () => {
    const wallet = aWallet();
    await query('INSERT INTO wallets (user_id, address) VALUES ($1, $2)', [ours.people.mining_site_owner.userId, wallet.address]);
    const changes: ((message: string) => { message: string; signed?: string; by?: TestWallet })[] = [
      (message) => ({ message, by: aWallet() }),
      (message) => ({ message, signed: `${message} ` }),
      (message) => ({ message: message.replace(/Nonce: \w+/, `Nonce: ${'a'.repeat(32)}`) }),
      (message) => ({ message: message.replace(/^[^ ]+/, 'evil.example') }),
      (message) => ({ message: message.replace('Chain ID: 1', 'Chain ID: 2') }),
      (message) => ({ message: message.replace(/Expiration Time: \S+/, 'Expiration Time: 2020-01-01T00:00:00.000Z') }),
    ];
    for (const change of changes) {
      const browser = new HttpBrowser();
      const { message, signed = message, by = wallet } = change(await askForMessage(browser, wallet));
      expect((await send(browser, message, by.sign(signed))).status, change.toString()).toBe(422);
    }
  });
});

describe('line ends and addresses in what is sent', () => {
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:a=b',
    '/x\r\nSet-Cookie: planted=1',
    'https:evil.example',
    '/.//evil.example',
  ];

  it.each(elsewhere)('signing in never leads to %j, and sets no header of its choice', async (next) => {
    const person = await withPassword(ours.people.customer);
    for (const where of ['form', 'address']) {
      const browser = new HttpBrowser();
      const path = where === 'form' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
      const { status, location } = await browser.submit(path, {
        email: emailOf(person),
        password: PASSWORD,
        ...(where === 'form' ? { next } : {}),
      });
      expect(status).toBe(302);
      const target = new URL(location ?? '', getTestOrigin());
      expect(target.origin, `${where} ${location}`).toBe(getTestOrigin());
      expect([...browser.cookies.keys()].sort(), where).toEqual(['csrf', 'session']);
    }
  });

  it('an address with a line end is no e-mail address, and a name with one is one line', async () => {
    for (const email of [
      'a@example.org\r\nBcc: b@example.org',
      'a@example.org\nSubject: x',
      'a@example.org,b@example.org',
      '"a\r\n"@example.org',
    ]) {
      for (const [path, fields] of [
        ['/sign-up', { name: 'Lin', password: PASSWORD, purpose: 'own' }],
        ['/reset', {}],
      ] as const) {
        expect((await new HttpBrowser().submit(path, { email, ...fields })).status, `${path} ${email}`).toBe(422);
      }
    }
    const browser = new HttpBrowser(ours.people.admin.cookie);
    await browser.submit('/profile', { intent: 'profile', name: 'Lin\r\nBcc: b@example.org', locale: 'en' });
    const [row] = await query<{ name: string }>('SELECT name FROM users WHERE id = $1', [ours.people.admin.userId]);
    expect(row?.name).toBe('Lin Bcc: b@example.org');
  });
});

describe('too much of everything', () => {
  it('is refused with its limit, and the server goes on', async () => {
    const browser = new HttpBrowser(ours.people.admin.cookie);
    expect((await browser.submit('/profile', { intent: 'profile', name: 'n'.repeat(1_000_000), locale: 'en' })).status).toBe(422);
    expect(
      (await browser.submit('/members', { intent: 'invite', email: `${'a'.repeat(1_000_000)}@example.org`, role: 'operator' })).text,
    ).toContain('no e-mail address');
    const password = await new HttpBrowser().submit('/sign-in', { email: 'a@example.org', password: 'p'.repeat(2_000_000) });
    expect([422, 429]).toContain(password.status);
    const huge = await new HttpBrowser().send('/sign-in', {
      method: 'POST',
      body: 'a'.repeat(17 * 1024 * 1024),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: getTestOrigin() },
    });
    expect(huge.status).toBe(413);
    expect((await new HttpBrowser(`session=${'A'.repeat(6_000)}`).get('/profile')).status).toBe(302);
    expect((await new HttpBrowser().get('/healthz')).status).toBe(200);
  });
});

describe('pages of one’s own', () => {
  const privatePaths = Object.entries(ROUTE_RULES)
    .filter(([, { read }]) => read !== null && !['everyone', 'staff', 'calculator.use', 'plan.use', 'batch.use'].includes(read))
    .map(
      ([name]) =>
        `/${name.replaceAll('_.', '/').replaceAll('[.]', '\u0000').replaceAll('.', '/').replaceAll('\u0000', '.').replaceAll(/[[\]]/g, '')}`,
    );

  it.each([
    ...privatePaths,
    '/sign-in',
    '/sign-up',
    '/reset',
    '/verify?token=x',
    '/invitation?token=x',
    '/dev/mail',
  ])('%s is kept by no cache', async (path) => {
    for (const cookie of [ours.people.owner.cookie, '']) {
      const { headers, status } = await new HttpBrowser(cookie).get(path);
      if (status !== 302) expect(headers.get('Cache-Control'), cookie).toMatch(/no-store/);
      else expect(headers.get('Cache-Control') ?? 'no-store', cookie).not.toMatch(/public|max-age=[1-9]/);
    }
  });

  it('are answered under no name that is not ours', async () => {
    const { port } = new URL(getTestOrigin());
    for (const Host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`]) {
      // fetch does not let a caller name the host, so the socket is spoken to by node:http.
      const { request } = await import('node:http');
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(`${getTestOrigin()}/reset`, { headers: { Host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status, Host).toBe(421);
    }
  });
});

describe('whether an address has an account', () => {
  it('is told by no answer: signing in, signing up and asking for a new password', async () => {
    const known = emailOf(await withPassword(ours.people.client));
    const unknown = `${randomUUID()}@mine.example`;
    // What differs by itself: the address that is given back, tokens, nonces and the numbers React makes.
    const plain = (text: string, email: string) =>
      text
        .replaceAll(email, 'EMAIL')
        .replaceAll(/nonce="[^"]+"/g, '')
        .replaceAll(/[\w-]{22,}={0,2}/g, 'RANDOM');
    const attempts: [string, Record<string, string>][] = [
      ['/sign-in', { password: 'wrong harbour' }],
      ['/reset', {}],
      ['/sign-up', { name: 'Lin', password: PASSWORD, purpose: 'own' }],
    ];
    for (const [path, fields] of attempts) {
      const [one, other] = await Promise.all([known, unknown].map((email) => new HttpBrowser().submit(path, { email, ...fields })));
      expect(one?.status, path).toBe(other?.status);
      expect(plain(one?.text ?? '', known), path).toBe(plain(other?.text ?? '', unknown));
    }
  });
});
