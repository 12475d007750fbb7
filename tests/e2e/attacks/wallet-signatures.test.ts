// Signatures of wallets that were caught, changed, or given for something else.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailOf, isSignedIn, query, sessionOf, signIn } from '../../support/attacker.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';
import { aWallet, type TestWallet } from '../../support/wallet.ts';

let ours: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

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
