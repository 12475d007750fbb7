import { randomUUID } from 'node:crypto';
import { AxePuppeteer } from '@axe-core/puppeteer';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { waitForLink } from '../support/mailbox.ts';
import { PASSWORD } from '../support/password.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});

const at = (path: string) => `${getTestOrigin()}${path}`;

async function openEmpty(): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setUserAgent({ userAgent: (await browser.userAgent()).replace('Headless', '') });
  return page;
}

async function fill(page: Page, fields: Record<string, string>, scope = 'main'): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.type(`${scope} input[name="${name}"]`, value);
}

async function send(page: Page, scope = 'main'): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle0' }), page.click(`${scope} form button[type="submit"]`)]);
}

const heading = (page: Page) => page.$eval('h1', (element) => element.textContent);

async function signUpAndConfirm(page: Page, language: string, email: string, purpose: 'own' | 'company'): Promise<void> {
  await page.goto(at(`/sign-up?lng=${language}`), { waitUntil: 'networkidle0' });
  await fill(page, { email, name: '林卫', password: PASSWORD, workspace: 'Northern Hydro' });
  await page.click(`input[name="purpose"][value="${purpose}"]`);
  await send(page);
  await page.goto(at(await waitForLink(email, '/verify')), { waitUntil: 'networkidle0' });
  await fill(page, { password: PASSWORD });
  await send(page);
}

describe('a person', () => {
  it('opens an account, confirms it, switches the second factor on, signs out and in again with it', async () => {
    const page = await openEmpty();
    const email = `${randomUUID()}@example.org`;
    await signUpAndConfirm(page, 'en', email, 'company');
    expect(new URL(page.url()).pathname).toBe('/profile');
    expect(await page.$eval('main', (main) => main.textContent)).toContain('Northern Hydro');

    await page.goto(at('/security'), { waitUntil: 'networkidle0' });
    const factor = 'section[aria-labelledby="second-factor"]';
    expect(await page.$eval(factor, (section) => section.textContent)).toContain('Your role needs a second factor');
    await fill(page, { current: PASSWORD }, factor);
    await send(page, factor);
    const key = await page.$eval('.secret', (element) => element.textContent ?? '');
    const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
    await fill(page, { code: totp.generate() }, factor);
    await send(page, factor);
    const codes = await page.$$eval('.codes code', (elements) => elements.map((element) => element.textContent ?? ''));
    expect(codes).toHaveLength(10);

    await page.goto(at('/profile'), { waitUntil: 'networkidle0' });
    await send(page, 'section[aria-labelledby="end"]');
    expect(await page.$eval('header .end', (bar) => bar.textContent)).toContain('Sign in');
    await page.goto(at('/security'), { waitUntil: 'networkidle0' });
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await fill(page, { email, password: PASSWORD });
    await send(page);
    expect(await heading(page)).toBe('Second factor');
    // The code of this half minute was used already; the one on paper works.
    await fill(page, { code: codes[0] ?? '' });
    await send(page);
    expect(new URL(page.url()).pathname).toBe('/security');
    expect(await page.$eval(factor, (section) => section.textContent)).toContain('9 recovery codes are left');
    await page.close();
  });

  it('does the same in Chinese and without JavaScript', async () => {
    const page = await openEmpty();
    await page.setJavaScriptEnabled(false);
    const email = `${randomUUID()}@example.org`;
    await signUpAndConfirm(page, 'zh', email, 'own');
    expect(await heading(page)).toBe('个人资料');
    await page.goto(at('/tokens?lng=zh'), { waitUntil: 'networkidle0' });
    await fill(page, { name: '脚本' });
    await page.click('input[name="scope"][value="calculator.use"]');
    await Promise.all([page.waitForNavigation(), page.click('section[aria-labelledby="new"] button[type="submit"]')]);
    const token = await page.$eval('.secret', (element) => element.textContent ?? '');
    const answer = await fetch(at('/api/v1/token'), { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ tokenType: 'Bearer', expiresInS: 600, scopes: ['calculator.use'] });
    await page.close();
  });

  it('is told what is wrong beside the field, keeps what was typed, and loses the password', async () => {
    const page = await openEmpty();
    await page.goto(at('/sign-up?lng=en'), { waitUntil: 'networkidle0' });
    await fill(page, { email: 'lin@example.org', name: 'Lin', password: 'password123' });
    await send(page);
    expect(await page.$eval('[role="alert"]', (alert) => alert.textContent)).toContain('attackers try first');
    expect(await page.$eval('input[name="email"]', (field) => field.value)).toBe('lin@example.org');
    expect(await page.$eval('input[name="password"]', (field) => field.value)).toBe('');
    await page.close();
  });

  it('chooses a new password through the mailbox', async () => {
    const page = await openEmpty();
    const email = `${randomUUID()}@example.org`;
    await signUpAndConfirm(page, 'en', email, 'own');
    const stranger = await openEmpty();
    await stranger.goto(at('/reset?lng=en'), { waitUntil: 'networkidle0' });
    await fill(stranger, { email });
    await send(stranger);
    await stranger.goto(at(await waitForLink(email, '/reset')), { waitUntil: 'networkidle0' });
    expect(await heading(stranger)).toBe('Choose a new password');
    await fill(stranger, { password: 'a calmer harbour' });
    await send(stranger);
    // The browser that was signed in is not any more.
    await page.goto(at('/profile'), { waitUntil: 'networkidle0' });
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await Promise.all([page.close(), stranger.close()]);
  });
});

describe('the pages of accounts', () => {
  it('hold what WCAG 2.2 AA asks for, fit a phone and are kept by no cache', async () => {
    const page = await openPage(browser);
    await page.setViewport({ width: 360, height: 800 });
    for (const path of ['/sign-up', '/sign-in', '/reset', '/sign-in/wallet', '/verify?token=x', '/invitation?token=x', '/dev/mail']) {
      for (const language of ['en', 'zh']) {
        const address = new URL(at(path));
        address.searchParams.set('lng', language);
        const response = await page.goto(address.href, { waitUntil: 'networkidle0' });
        expect(response?.headers()['cache-control'], path).toBe('no-store');
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, path).toBe(0);
        const { violations } = await new AxePuppeteer(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
        expect(
          violations.map(({ id }) => id),
          path,
        ).toEqual([]);
      }
    }
    await page.close();
  });
});
