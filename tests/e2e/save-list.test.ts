// A list that is opened and corrected in the browser and then kept: saved with its corrections, computed by the worker to the same figures, in both languages.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { findSeriousFindings, textOf } from '../support/visit.ts';

const LIST = [
  'Model;Site;Quantity;Electricity ($/kWh);Price ($)',
  'Antminer S21 Pro;North;40;0,04;3900',
  'Antminer S21;North;x;0,04;2900',
  'Antminer S9;South;100;0,07;30',
  'Nothing 1000;South;5;0,07;30',
  '',
].join('\r\n');

let browser: Browser;
let folder: string;
let workspace: SeededWorkspace;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), 'save-list-'));
  workspace = await seedWorkspace();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function signIn(context: BrowserContext, { cookie }: SeededPerson): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
}

async function open(context: BrowserContext, path: string): Promise<{ page: Page; problems: string[] }> {
  const page = await context.newPage();
  await page.setUserAgent({ userAgent: (await browser.userAgent()).replace('Headless', '') });
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'networkidle0' });
  return { page, problems };
}

async function choose(page: Page, name: string, content = LIST): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, content);
  await ((await page.$('input[type=file]')) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

const press = (page: Page, selector: string) => page.$eval(selector, (element) => (element as HTMLElement).click());

function waitForLedger(page: Page, counts: string) {
  return page.waitForFunction(
    (wanted) => {
      const data = (document.querySelector('.ledger .sum') as HTMLElement | null)?.dataset;
      return data !== undefined && [data.rowsIn, data.rowsOk, data.rowsError, data.rowsSkipped].join() === wanted;
    },
    {},
    counts,
  );
}

/** Values of a page's figures without what they rest on, the main one first. */
const figuresOf = (page: Page) =>
  page.$$eval('.figs > div > dd:first-of-type', (values) =>
    values.map((value) => (value.firstChild?.textContent ?? '').replace(/\s+/g, ' ').trim()),
  );

async function correct(page: Page): Promise<void> {
  await page.waitForSelector('.row-error .fix input');
  await page.focus('.row-error .fix input');
  await page.$eval('.row-error .fix input', (input) => (input as HTMLInputElement).select());
  await page.keyboard.type('25');
  await page.waitForSelector('.row-error .fix button[type=submit]:not(:disabled)');
  await press(page, '.row-error .fix button[type=submit]');
  await waitForLedger(page, '4,3,1,0');
  await page.$$eval('.row-error .fix button.quiet', (buttons) => (buttons.at(-1) as HTMLButtonElement).click());
  await waitForLedger(page, '4,3,0,1');
  await page.waitForSelector('.advice-table');
}

const saveButton = '.batch-save button[type=submit]';

async function save(page: Page): Promise<void> {
  await page.waitForSelector(`${saveButton}:not(:disabled)`);
  await press(page, saveButton);
  await page.waitForSelector('.batch-saved a');
}

describe.each([
  { language: 'en', counts: '4 rows: 3 computed, 0 in error, 1 left out', moved: 'changed since' },
  { language: 'zh', counts: '共 4 行：算出 3 行，出错 0 行，跳过 1 行', moved: '之后的改动' },
])('a list in $language', ({ language, counts, moved }) => {
  it('is corrected, saved with its corrections, and comes to the same figures on the server', async () => {
    const context = await browser.createBrowserContext();
    await signIn(context, workspace.people.operator);
    const { page, problems } = await open(context, `/batch?lng=${language}`);
    await choose(page, `fleet-${language}.csv`);
    await correct(page);
    const shown = await figuresOf(page);

    const name = `Autumn ${language}`;
    await page.$eval('.batch-save input', (input) => (input as HTMLInputElement).select());
    await page.type('.batch-save input', name);
    await save(page);
    expect(await textOf(page, '.batch-saved')).toContain(name);
    expect(await findSeriousFindings(page)).toEqual([]);

    const saved = await page.$eval('.batch-saved a', (link) => (link as HTMLAnchorElement).pathname);
    const { page: list } = await open(context, `${saved}?lng=${language}`);
    await list.waitForSelector('.figs');
    expect(await textOf(list, 'h1')).toBe(name);
    expect(await textOf(list, 'main')).toContain(counts);
    const [net, npv, payback, irr] = shown;
    expect((await figuresOf(list)).slice(0, 4)).toEqual([net, npv, payback, irr]);
    expect(await findSeriousFindings(list)).toEqual([]);

    // The page says when it has moved on from what was saved.
    expect(await textOf(page, '.batch-saved')).not.toContain(moved);
    await page.$$eval('.ledger .btn.quiet', (buttons) => (buttons.at(-1) as HTMLButtonElement).click());
    await waitForLedger(page, '4,3,1,0');
    expect(await textOf(page, '.batch-saved')).toContain(moved);
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** Long enough that its page is opened while it is computed. */
const LONG = `Model,Quantity,Electricity ($/kWh)\n${Array.from({ length: 60_000 }, (_, index) => `Antminer S21,${1 + (index % 9)},0.0${3 + (index % 5)}`).join('\n')}\n`;

async function uploadLong(page: Page): Promise<string> {
  await choose(page, 'long.csv', LONG);
  await save(page);
  return page.$eval('.batch-saved a', (link) => (link as HTMLAnchorElement).pathname);
}

describe('a saved list that is being computed', () => {
  it('shows how far it is without loading its page again, and then what it comes to', async () => {
    const context = await browser.createBrowserContext();
    await signIn(context, workspace.people.operator);
    const { page } = await open(context, '/batch?lng=en');
    const path = await uploadLong(page);
    const list = await context.newPage();
    await list.goto(`${getTestOrigin()}${path}?lng=en`, { waitUntil: 'domcontentloaded' });
    let loads = 0;
    list.on('load', () => loads++);
    // Rows are read long before they are stored: the number of those stored grows to the end, in the page that is open.
    const STORED = '.list-counts > div:nth-child(4) dd';
    const storedOf = (selector: string) => Number((document.querySelector(selector)?.textContent ?? '0').replaceAll(',', ''));
    await list.waitForSelector(STORED);
    expect(await textOf(list, '.list-counts > div:nth-child(4) dt')).toBe('Stored');
    const before = await list.evaluate(storedOf, STORED);
    await list.waitForFunction(
      (was, selector) => Number((document.querySelector(selector)?.textContent ?? '0').replaceAll(',', '')) > was,
      {},
      before,
      STORED,
    );
    // Sixty thousand rows take a minute where many others work as well.
    await list.waitForSelector('.figs', { timeout: 90_000 });
    expect(await textOf(list, '[data-status]')).toContain('60,000 computed');
    expect(loads).toBeLessThanOrEqual(1);
    await context.close();
  });

  it('can be cancelled, and loads itself again where there is no script', async () => {
    const context = await browser.createBrowserContext();
    await signIn(context, workspace.people.operator);
    const { page } = await open(context, '/batch?lng=zh');
    const path = await uploadLong(page);
    const list = await context.newPage();
    await list.setJavaScriptEnabled(false);
    await list.goto(`${getTestOrigin()}${path}?lng=zh`, { waitUntil: 'load' });
    expect(await list.$$eval('meta[http-equiv=refresh]', (metas) => metas.length)).toBe(1);
    await Promise.all([list.waitForNavigation(), list.click('[data-status] button[value=cancel]')]);
    expect(await textOf(list, '[data-status]')).toContain('已取消');
    expect(await list.$$eval('meta[http-equiv=refresh]', (metas) => metas.length)).toBe(0);
    await context.close();
  });
});

describe('a list', () => {
  it('of a guest is not lost when he signs in beside it, and can then be saved', async () => {
    const context = await browser.createBrowserContext();
    const { page } = await open(context, '/batch?lng=en');
    await choose(page, 'guest.csv');
    await correct(page);
    expect(await textOf(page, '.batch-save-guest')).toContain('needs an account');
    const target = await page.$eval('.batch-save-guest a', (link) => [
      (link as HTMLAnchorElement).pathname,
      (link as HTMLAnchorElement).target,
    ]);
    expect(target).toEqual(['/sign-in', '_blank']);
    expect(await page.$(saveButton)).toBeNull();

    await signIn(context, workspace.people.operator);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.waitForSelector(saveButton);
    expect(await textOf(page, '.ledger .sum')).toContain('3 computed');
    await save(page);
    await context.close();
  });

  it('of a client is not offered to be saved', async () => {
    const context = await browser.createBrowserContext();
    await signIn(context, workspace.people.client);
    const { page } = await open(context, '/batch?lng=en');
    await choose(page, 'client.csv');
    await page.waitForSelector('.ledger .sum');
    expect(await page.$('.batch-save, .batch-save-guest')).toBeNull();
    await context.close();
  });

  it('whose session has ended says so, stays, and is saved after signing in again', async () => {
    const context = await browser.createBrowserContext();
    await signIn(context, workspace.people.operator);
    const { page } = await open(context, '/batch?lng=en');
    await choose(page, 'ended.csv');
    await correct(page);
    const [session] = (await context.cookies()).filter(({ name }) => workspace.people.operator.cookie.startsWith(`${name}=`));
    await context.deleteCookie(session!);
    await press(page, saveButton);
    await page.waitForSelector('.batch-save-guest');
    expect(await textOf(page, '.batch-save-guest')).toContain('no longer signed in');
    await signIn(context, workspace.people.operator);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await save(page);
    await context.close();
  });
});
