// The settings of alerts in the browser: without script an operator sets a rule for one site and tests it against history; an admin makes, tries and deletes channels.
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { type SeededFleet, seedFleet } from '../support/seeded-fleet.ts';
import { type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { findSeriousFindings, textOf } from '../support/visit.ts';

let browser: Browser;
let workspace: SeededWorkspace;
let fleet: SeededFleet;

beforeAll(async () => {
  browser = await launchChromium();
  workspace = await seedWorkspace();
  fleet = await seedFleet(workspace, { machines: 24 });
});
afterAll(() => browser.close());

type Opened = { context: BrowserContext; page: Page; status: number | undefined };

async function open({ cookie }: SeededPerson, path: string, { width = 1440, script = false } = {}): Promise<Opened> {
  const context = await browser.createBrowserContext();
  const [name = '', value = ''] = cookie.split('=');
  await context.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const page = await context.newPage();
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  const answer = await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'load' });
  return { context, page, status: answer?.status() };
}

const send = (page: Page, button: string) => Promise.all([page.waitForNavigation(), page.click(button)]);

describe('settings of alerts', () => {
  it('let an operator set a rule for one site on a phone without script, and say what it cannot be set to', async () => {
    const { context, page } = await open(workspace.people.operator, `/alerts/settings?siteId=${fleet.siteId}&lng=en`, { width: 360 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await send(page, 'a[href*="/rules/low-hashrate"]');
    expect(await textOf(page, 'header:not(.bar)')).toContain('Ordos North only');
    await page.type('input[name="numbers.floorRatio"]', '120');
    await page.type('input[name="numbers.coolDownS"]', '45');
    await send(page, 'button[value=save]');
    expect(await textOf(page, 'main [role=alert]')).toBe('Must be from 1 to 100 %.');
    expect(await page.$eval('input[name="numbers.coolDownS"]', (input) => input.value)).toBe('45');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.$eval('input[name="numbers.floorRatio"]', (input) => input.select());
    await page.type('input[name="numbers.floorRatio"]', '75');
    await send(page, 'button[value=save]');
    expect(await textOf(page, 'main .note')).toBe('Saved: Hash rate low.');
    const line = await page.$eval('a[href*="/rules/low-hashrate"]', (link) => link.closest('tr')?.innerText ?? '');
    expect(line).toContain('75%');
    expect(line).toContain('Set for this site');
    // The workspace keeps its own.
    await page.goto(`${getTestOrigin()}/alerts/settings?lng=en`);
    expect(await page.$eval('a[href*="/rules/low-hashrate"]', (link) => link.closest('tr')?.innerText ?? '')).toContain('80%');
    await context.close();
  });

  it('tell what a rule would have found before it is saved, and save nothing', async () => {
    const { context, page } = await open(workspace.people.operator, '/alerts/settings/rules/hot-warn?lng=en');
    await page.type('input[name="numbers.chipHotC"]', '60');
    await page.type('input[name="numbers.chipClearC"]', '50');
    await page.type('input[name="numbers.badSamples"]', '2');
    await send(page, 'button[value=test]');
    expect(await textOf(page, '#tested')).toMatch(/^It would have raised \d+ alerts?, on \d+ machines$/);
    expect(await page.$$('.alert-machines a')).not.toHaveLength(0);
    expect(await page.$eval('input[name="numbers.chipHotC"]', (input) => input.value)).toBe('60');
    await page.goto(`${getTestOrigin()}/alerts/settings/rules/hot-warn?lng=en`);
    expect(await page.$eval('input[name="numbers.chipHotC"]', (input) => input.value)).toBe('');
    await context.close();
  });

  it('show an admin the secret of a new webhook once, say how a test went, and switch and delete channels', async () => {
    const { context, page } = await open(workspace.people.admin, '/alerts/settings?lng=en');
    await send(page, 'a[href$="/channels/new"]');
    await page.type('input[name=name]', 'Pager');
    await page.select('select[name=kind]', 'webhook');
    await page.type('input[name=target]', 'pager.mine.example');
    await send(page, 'button[value=save]');
    expect(await textOf(page, 'main [role=alert]')).toContain('https://');
    await page.$eval('input[name=target]', (input) => input.select());
    await page.type('input[name=target]', 'https://127.0.0.1:8443/alerts');
    await send(page, 'button[value=save]');
    const secret = await textOf(page, 'main pre');
    expect(secret).toMatch(/^[\w-]{32,}$/);
    await send(page, 'main .btn.main');
    expect(await page.content()).not.toContain(secret);
    await send(page, 'button[value=test]');
    expect(await textOf(page, 'main .note')).toBe('Test of Pager: not called: the address leads into a private network.');
    await send(page, 'button[value=switch-off]');
    expect(await textOf(page, 'main .note')).toContain('Pager is off');
    await send(page, 'a[href*="/channels/"]:not([href$=new])');
    expect(await page.content()).not.toContain(secret);
    await page.click('summary');
    await send(page, 'button[value=delete]');
    expect(await textOf(page, 'main')).toContain('Nobody is told about alerts yet');
    await context.close();
  });

  it('are closed to clients, and channels to operators', async () => {
    const { client, operator } = workspace.people;
    for (const [person, path] of [
      [client, '/alerts/settings'],
      [client, '/alerts/settings/rules/offline'],
      [operator, '/alerts/settings/channels/new'],
    ] as const) {
      const { context, status } = await open(person, path);
      expect(status, path).toBe(403);
      await context.close();
    }
    const { context, page } = await open(operator, '/alerts/settings?lng=en');
    expect(await textOf(page, 'main')).toContain('Owners and admins set up channels.');
    await context.close();
  });

  it('have no serious findings of access in either language', async () => {
    for (const language of ['en', 'zh']) {
      for (const path of ['/alerts/settings', '/alerts/settings/rules/low-hashrate', '/alerts/settings/channels/new']) {
        const { context, page } = await open(workspace.people.admin, `${path}?lng=${language}`, { script: true });
        expect(await findSeriousFindings(page), `${path} ${language}`).toEqual([]);
        await context.close();
      }
    }
  });
});
