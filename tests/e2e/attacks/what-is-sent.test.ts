// Line ends, addresses and sizes that no person would send.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, query } from '../../support/attacker.ts';
import { getTestOrigin } from '../../support/chromium.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';

let ours: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

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
