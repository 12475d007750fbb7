// Links, invitations and codes that were used before.
import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, isSignedIn, query, sessionOf, signIn } from '../../support/attacker.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { waitForLink } from '../../support/mailbox.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';

let ours: SeededWorkspace;
let theirs: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

describe('secrets that were used once', () => {
  it('a link that confirms an address, and one that sets a new password, work once', async () => {
    const email = `${randomUUID()}@example.org`;
    await new HttpBrowser().submit('/sign-up', { email, name: 'Lin', password: PASSWORD, purpose: 'own' });
    const verify = await waitForLink(email, '/verify');
    expect((await new HttpBrowser().submit(verify, { password: PASSWORD })).status).toBe(302);
    expect((await new HttpBrowser().submit(verify, { password: PASSWORD }, '/sign-in')).status).toBe(422);

    await new HttpBrowser().submit('/reset', { email });
    const reset = await waitForLink(email, '/reset');
    const first = await new HttpBrowser().submit(reset, { password: 'a new harbour at noon' });
    expect(first.status).toBe(200);
    await new HttpBrowser().submit(reset, { password: 'the harbour of a thief' }, '/sign-in');
    expect((await new HttpBrowser().submit('/sign-in', { email, password: 'the harbour of a thief' })).status).toBe(422);
    expect((await new HttpBrowser().submit('/sign-in', { email, password: 'a new harbour at noon' })).status).toBe(302);
  });

  it('an invitation works once', async () => {
    const email = emailOf(theirs.people.customer);
    await new HttpBrowser(ours.people.owner.cookie).submit('/members', { intent: 'invite', email, role: 'operator' });
    const path = await waitForLink(email, '/invitation');
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
