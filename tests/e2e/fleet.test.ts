// The fleet as people see it: overview, a site with its rack map, machines and one of them, import and energy, in both languages, on a phone and on a desk; and what a client
// does not see.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { type SeededFleet, seedFleet } from '../support/seeded-fleet.ts';
import { type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { DESK, findSeriousFindings, openAll, PHONE, textOf } from '../support/visit.ts';

let browser: Browser;
let workspace: SeededWorkspace;
let fleet: SeededFleet;

beforeAll(async () => {
  [browser, workspace] = await Promise.all([launchChromium(), seedWorkspace()]);
  fleet = await seedFleet(workspace);
}, 120_000);
afterAll(() => browser?.close());

/** Opens a page as this person. The live stream of a site never ends, so nobody waits for a quiet network. */
async function openAs({ cookie }: SeededPerson, path: string, viewport = DESK): Promise<{ page: Page; problems: string[] }> {
  const page = await openPage(browser);
  await page.setViewport(viewport);
  const [name = '', value = ''] = cookie.split('=');
  await browser.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // A site without a live stream is asked for it in vain; the page says so and reads itself again.
    if (message.type() === 'error' && !(message.location().url ?? '').endsWith('/live')) problems.push(message.text());
  });
  await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'load' });
  await page.waitForFunction(() => Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')));
  return { page, problems };
}

const get = async ({ cookie }: SeededPerson, path: string) => {
  const response = await fetch(`${getTestOrigin()}${path}`, { headers: { Cookie: cookie }, redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

const PAGES = () => ['/sites', `/sites/${fleet.siteId}`, '/sites/new', `/sites/${fleet.siteId}/edit`];

describe('the pages about the fleet', () => {
  it.each([
    ['en', PHONE],
    ['zh', PHONE],
    ['en', DESK],
    ['zh', DESK],
  ])(
    'are read in %s at %o, without a word missing, a grave finding or a way to scroll sideways',
    { timeout: 120_000 },
    async (language, viewport) => {
      for (const path of PAGES()) {
        const { page, problems } = await openAs(workspace.people.admin, `${path}?lng=${language}`, viewport);
        await openAll(page);
        const { overflow, raw } = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          raw:
            document.body.innerText
              .match(/\b[a-z]+(?:\.[a-zA-Z0-9]+){1,3}\b(?=\s|$)/g)
              ?.filter((word) => /^(?:map|figure|state|machine|site|form|energy|import)\./.test(word)) ?? [],
        }));
        expect(overflow, path).toBe(0);
        expect(raw, path).toEqual([]);
        expect(await findSeriousFindings(page), path).toEqual([]);
        expect(problems, path).toEqual([]);
        await page.close();
      }
    },
  );
});

describe('a site', () => {
  it('shows its machines on a map that says what a cell is, by pointer and by keys, and opens it', { timeout: 60_000 }, async () => {
    const { page } = await openAs(workspace.people.operator, `/sites/${fleet.siteId}?lng=en`);
    expect(await textOf(page, 'h1')).toContain('Ordos North');
    await page.waitForSelector('.rack-box canvas[width]');
    await page.focus('.rack-box');
    await page.keyboard.press('ArrowRight');
    const readout = await textOf(page, '.rack-readout');
    expect(readout).toContain(`No. ${fleet.machines[0]?.number}`);
    expect(readout).toContain('row 1, column 1');
    await page.keyboard.press('ArrowDown');
    expect(await textOf(page, '.rack-readout')).toContain('row 2, column 1');
    await page.close();
  });

  it('counts a machine that was not heard of for long among the unknown', async () => {
    const { text } = await get(workspace.people.operator, '/sites?lng=en');
    // Four are silent and one stopped half an hour ago.
    expect(text.replace(/<!-- -->/g, '')).toMatch(/Unknown 5</);
    expect(text).toContain('Ordos North');
  });

  it('is added and changed by a form that names what is wrong', { timeout: 60_000 }, async () => {
    const { page } = await openAs(workspace.people.owner, '/sites/new?lng=en');
    await page.type('input[name="name"]', 'Ordos South');
    await page.type('input[name="pue"]', '9');
    await Promise.all([page.waitForNavigation(), page.click('main button[type="submit"]')]);
    expect(await textOf(page, '.hint.bad')).toContain('from 1 to 3');
    expect(await page.$eval('input[name="name"]', (input) => (input as HTMLInputElement).value)).toBe('Ordos South');
    await page.$eval('input[name="pue"]', (input) => ((input as HTMLInputElement).value = '1.1'));
    await Promise.all([page.waitForNavigation(), page.click('main button[type="submit"]')]);
    expect(await textOf(page, 'h1')).toContain('Ordos South');
    expect(await textOf(page, 'main')).toContain('No machine is let in here yet');
    await page.close();
  });
});

describe('a client', () => {
  it('sees own machines only, and nothing of the host', async () => {
    const { client } = workspace.people;
    const overview = await get(client, '/sites?lng=en');
    expect(overview.text.replace(/<!-- -->/g, '')).toContain('of 24 machines are hashing');
    const site = await get(client, `/sites/${fleet.siteId}?lng=en`);
    expect(site.status).toBe(200);
    for (const [place, { number }] of fleet.machines.entries())
      if (place % 4 !== 0) expect(site.text, `machine ${number}`).not.toContain(`/machines/${number}"`);
    for (const { text } of [overview, site]) for (const secret of ['10.7.', 'aurora.rig', '0.043']) expect(text).not.toContain(secret);
    for (const path of ['/sites/new', `/sites/${fleet.siteId}/edit`]) expect((await get(client, path)).status, path).toBe(403);
  });
});
