// Sessions that were planted, kept or stolen: what is refused must also have changed nothing.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, isSignedIn, query, sessionOf, signIn } from '../../support/attacker.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';

let ours: SeededWorkspace;
let theirs: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

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
