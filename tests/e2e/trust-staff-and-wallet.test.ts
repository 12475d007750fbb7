// What a person sees: platform staff inside a workspace, and a wallet in the browser that really signs.
import { randomUUID } from 'node:crypto';
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { PASSWORD, withPassword } from '../support/password.ts';
import { asDatabaseOwner, type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { aWallet } from '../support/wallet.ts';

let browser: Browser;
let ours: SeededWorkspace;
let customer: SeededWorkspace;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  ours = await seedWorkspace();
  customer = await seedWorkspace();
});

const at = (path: string) => `${getTestOrigin()}${path}`;

async function openAs({ cookie }: SeededPerson, { hasScript = true } = {}): Promise<Page> {
  const context = await browser.createBrowserContext();
  const [name = '', value = ''] = cookie.split('=');
  await context.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const page = await context.newPage();
  await page.setUserAgent({ userAgent: (await browser.userAgent()).replace('Headless', '') });
  await page.setJavaScriptEnabled(hasScript);
  return page;
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '');

async function click(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle0' }), page.click(selector)]);
}

async function enter(page: Page, language: string, reason: string): Promise<void> {
  await page.goto(at(`/workspaces/enter?lng=${language}`), { waitUntil: 'networkidle0' });
  await page.type('input[name="workspace"]', customer.tenantId);
  await page.type('input[name="reason"]', reason);
  await click(page, 'main form button[type="submit"]');
}

describe('platform staff', () => {
  const appoint = ({ userId }: SeededPerson) =>
    asDatabaseOwner((owner) => owner.query('INSERT INTO platform_staff (user_id) VALUES ($1)', [userId]));

  it.each([
    ['en', true],
    ['zh', false],
  ] as const)('enter with a reason, see on every page that they are inside, and leave (%s, script: %s)', async (language, hasScript) => {
    const person = ours.people.owner;
    await appoint(person);
    const page = await openAs(person, { hasScript });
    await page.goto(at(`/workspaces/enter?lng=${language}`));
    await page.type('input[name="workspace"]', 'north');
    await page.type('input[name="reason"]', 'short');
    await click(page, 'main form button[type="submit"]');
    expect(await page.$$eval('[role="alert"]', (alerts) => alerts.length)).toBe(2);

    const reason = `Ticket ${randomUUID()}`;
    await enter(page, language, reason);
    expect(new URL(page.url()).pathname).toBe('/members');
    expect(await textOf(page, '.stay')).toContain(`Workspace ${customer.tenantId}`);
    expect(await textOf(page, '.stay')).toContain('60');
    expect(await textOf(page, 'main')).toContain(customer.people.operator.userId);
    if (hasScript) {
      const { violations } = await new AxePuppeteer(page).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
    }
    await page.goto(at('/'), { waitUntil: 'networkidle0' });
    expect(await textOf(page, '.stay')).toContain(`Workspace ${customer.tenantId}`);
    await click(page, '.stay button');
    expect(await page.$('.stay')).toBeNull();

    const reader = await openAs(customer.people.owner);
    await reader.goto(at('/audit?action=workspace&lng=en'), { waitUntil: 'networkidle0' });
    const log = await textOf(reader, 'main table');
    expect(log).toContain('Entered by platform staff');
    expect(log).toContain('Left by platform staff');
    expect(log).toContain(reason);
    expect(log).toContain('Person owner');
    await page.close();
    await reader.close();
  });

  it('are inside no longer when the time is over, whatever they hold', async () => {
    const person = ours.people.owner;
    await appoint(person);
    const page = await openAs(person);
    await enter(page, 'en', 'a reason that is long enough');
    await asDatabaseOwner((owner) =>
      owner.query(
        `UPDATE workspace_entries SET entered_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' WHERE user_id = $1`,
        [person.userId],
      ),
    );
    expect((await page.goto(at('/members')))?.status()).toBe(403);
    expect(await page.$('.stay')).toBeNull();
    await page.close();
  });
});

describe('a member', () => {
  it('is limited to a site without script, and the page says so', async () => {
    const page = await openAs(customer.people.owner, { hasScript: false });
    await page.goto(at('/members?lng=zh'));
    const row = `tr:has(input[value="${customer.people.operator.memberId}"])`;
    await page.click(`${row} summary`);
    const site = `Site ${randomUUID()}`;
    await asDatabaseOwner((owner) =>
      owner.query(`INSERT INTO sites (tenant_id, name, time_zone) VALUES ($1, $2, 'UTC')`, [customer.tenantId, site]),
    );
    await page.type(`${row} input[name="name"]`, site);
    await click(page, `${row} form:has(input[name="name"]) button`);
    expect(await textOf(page, '[role="note"]')).toContain('已授权');
    expect(await textOf(page, row)).toContain(site);
    expect(await textOf(page, row)).toContain('仅限 1 个矿场或客户');
    await page.close();
  });
});

describe('a wallet in the browser', () => {
  it('is linked, and signs its person in', async () => {
    const wallet = aWallet();
    // A wallet stands in for the password only: with a second factor its code would be asked for next.
    const person = await withPassword(ours.people.customer);
    const page = await openAs(person);
    await page.exposeFunction('askTestWallet', ({ method, params = [] }: { method: string; params?: string[] }) => {
      if (method === 'eth_requestAccounts') return [wallet.address];
      if (method === 'personal_sign') return wallet.sign(Buffer.from((params[0] ?? '').slice(2), 'hex').toString('utf8'));
      throw new Error(`a wallet is not asked for ${method}`);
    });
    // What a wallet's extension puts into every page (EIP-1193).
    await page.evaluateOnNewDocument(() => {
      const { askTestWallet } = window as unknown as { askTestWallet: (call: unknown) => Promise<unknown> };
      Object.assign(window, { ethereum: { request: askTestWallet } });
    });
    const walk = async () => {
      const button = 'main form button[type="button"]';
      await page.waitForSelector(button);
      await page.click(button);
      await page.waitForSelector('textarea[name="message"]');
      await page.waitForSelector(button);
      await page.click(button);
    };
    await page.goto(at('/security/wallet?lng=en'), { waitUntil: 'networkidle0' });
    // What lets somebody in is linked by whoever knows the password, not by a browser that was left open.
    await page.type('input[name="current"]', PASSWORD);
    await walk();
    await page.waitForFunction(() => document.querySelector('textarea') === null);
    await page.goto(at('/profile?lng=en'), { waitUntil: 'networkidle0' });
    await click(page, 'section[aria-labelledby="end"] form button');
    await page.goto(at('/sign-in/wallet?lng=en'), { waitUntil: 'networkidle0' });
    await walk();
    await page.waitForFunction(() => window.location.pathname === '/profile');
    expect(await textOf(page, 'main')).toContain(`Workspace ${ours.tenantId}`);
    await page.close();
  });
});
