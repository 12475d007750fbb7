// Numbers and fields that are none of the sender's, in forms and addresses: what is refused must also have changed nothing.
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, isSignedIn, query, sessionOf, signIn } from '../../support/attacker.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { asDatabaseOwner, type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';
import { aWallet } from '../../support/wallet.ts';

let ours: SeededWorkspace;
let theirs: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

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
