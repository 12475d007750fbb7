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

const PAGES = () => [
  '/sites',
  `/sites/${fleet.siteId}`,
  `/sites/${fleet.siteId}/edit`,
  '/machines',
  `/machines/${fleet.machines[3]?.number}`,
  `/machines/${fleet.machines[3]?.number}/edit`,
  '/machines/import',
  '/energy',
  '/energy/meter',
];

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
    const announced = await textOf(page, '.rack-map output');
    expect(announced).toContain(`No. ${fleet.machines[0]?.number}`);
    await page.keyboard.press('ArrowDown');
    expect(await textOf(page, '.rack-readout')).toContain('row 2, column 1');
    expect(await textOf(page, '.rack-map output')).toContain('row 2, column 1');
    // The figures go on every second; what is read out does not.
    expect(await page.$('.rack-readout[aria-live]')).toBeNull();
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

describe('meter readings', () => {
  it(
    'come from a file that is looked at first, with every row that is wrong, and are the energy of the site',
    { timeout: 60_000 },
    async () => {
      const { page } = await openAs(workspace.people.admin, `/energy?lng=en&siteId=${fleet.siteId}`);
      await Promise.all([page.waitForNavigation(), page.click(`a[href^="/energy/meter"]`)]);
      await page.waitForFunction(() => Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')));
      const choose = (text: string) =>
        page.$eval(
          'input[type="file"]',
          (input, content) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([content], 'meter.csv', { type: 'text/csv' }));
            (input as HTMLInputElement).files = transfer.files;
          },
          text,
        );
      await choose('Time,Energy\n2026-01-10 00:00,250\n');
      await page.click('main button[type="submit"]');
      await page.waitForSelector('.note.bad');
      expect(await textOf(page, '.note.bad')).toContain('No column says that it is kWh');
      await choose('Time,Energy (kWh)\n2026-01-10 00:00,250\n2026-01-10 00:15,much\n');
      await page.waitForSelector('main button[type="submit"]:not(:disabled)');
      await page.click('main button[type="submit"]');
      await page.waitForSelector('button[name="digest"]:not(:disabled)');
      expect(await textOf(page, '#outcome')).toBe('What meter.csv would do');
      expect(await textOf(page, 'main section table')).toContain('Not a number.');
      await page.click('button[name="digest"]');
      await page.waitForFunction(() => document.querySelector('#outcome')?.textContent === 'meter.csv was stored');
      await page.close();
      const energy = await get(workspace.people.admin, `/energy?lng=en&siteId=${fleet.siteId}&month=2026-01`);
      expect(energy.text).toContain('250.0 kWh');
      const operator = await get(workspace.people.operator, `/energy?lng=en&siteId=${fleet.siteId}`);
      expect(operator.text).not.toContain('/energy/meter');
      expect((await get(workspace.people.operator, '/energy/meter')).status).toBe(403);
    },
  );
});

describe('machines', () => {
  const post = async (page: Page) => Promise.all([page.waitForNavigation(), page.click('main form[method="post"] button[type="submit"]')]);

  it('are searched, and several are changed once their count was seen', { timeout: 60_000 }, async () => {
    const found = await get(workspace.people.operator, '/machines?lng=en&q=JYZZ000004');
    expect(found.text).toContain('1 machine<');
    expect(found.text).not.toContain('JYZZ000005');
    const { page } = await openAs(workspace.people.operator, '/machines?lng=en&q=JYZZ00001&status=active');
    await page.select('select[name="scope"]', 'filter');
    await page.select('select[name="change"]', 'addTags=');
    await page.$eval('#bulk input[name="tag"]', (input) => ((input as HTMLInputElement).value = 'row-1'));
    await Promise.all([page.waitForNavigation(), page.click('#bulk button[type="submit"]')]);
    const counted = await textOf(page, 'form.note output');
    expect(counted).toMatch(/^\d+ machines are meant; \d+ would change\.$/);
    await post(page);
    expect(await textOf(page, 'output.note')).toContain('were changed');
    const tagged = await get(workspace.people.operator, '/machines?lng=en&tag=row-1');
    expect(tagged.text).toContain(`${counted.split(' ')[0]} machines<`);
    await page.close();
  });

  it('come from a list that is looked at first, and are let in by another than who entered them', { timeout: 60_000 }, async () => {
    const { page } = await openAs(workspace.people.operator, `/machines/import?lng=en&siteId=${fleet.siteId}`);
    const list = 'Serial,Model,IP\nNEW-1,S21,10.9.0.1\nNEW-2,S21,not an address\n';
    await page.$eval(
      'input[type="file"]',
      (input, text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'list.csv', { type: 'text/csv' }));
        (input as HTMLInputElement).files = transfer.files;
      },
      list,
    );
    await page.click('main button[type="submit"]');
    await page.waitForSelector('button[name="digest"]:not(:disabled)');
    expect(await textOf(page, '#outcome')).toBe('What list.csv would do');
    expect(await textOf(page, 'main section')).toContain('Is no IP address');
    await page.click('button[name="digest"]');
    await page.waitForFunction(() => document.querySelector('#outcome')?.textContent === 'list.csv was imported');
    await page.close();
    const drafts = await get(workspace.people.operator, '/machines?lng=en&q=NEW-1');
    const number = /href="\/machines\/(\d+)"/.exec(drafts.text)?.[1];
    const entered = await openAs(workspace.people.operator, `/machines/${number}?lng=en`);
    await Promise.all([entered.page.waitForNavigation(), entered.page.click('button[value="pending"]')]);
    expect(await entered.page.$('button[value="approved"]')).toBeNull();
    await entered.page.close();
    const manager = await openAs(workspace.people.admin, `/machines/${number}?lng=en`);
    await Promise.all([manager.page.waitForNavigation(), manager.page.click('button[value="approved"]')]);
    expect(await textOf(manager.page, 'main')).toContain('Approval: Pending → Approved');
    await manager.page.close();
  });

  it('come from a list whose columns nobody could guess, once they are named', { timeout: 60_000 }, async () => {
    const { page } = await openAs(workspace.people.operator, `/machines/import?lng=en&siteId=${fleet.siteId}`);
    const list = 'Ident,Sort,Knoten\nODD-1,S21,10.9.1.1\nODD-2,S21,10.9.1.2\n';
    await page.$eval(
      'input[type="file"]',
      (input, text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'odd.csv', { type: 'text/csv' }));
        (input as HTMLInputElement).files = transfer.files;
      },
      list,
    );
    // What a page reads anew behind an answer may take its time; the answer is worked with meanwhile.
    let letReload = (): void => undefined;
    const isLet = new Promise<void>((resolve) => {
      letReload = resolve;
    });
    await page.setRequestInterception(true);
    page.on('request', async (request) => {
      if (request.method() === 'GET' && request.url().includes('_data=')) await isLet;
      await request.continue();
    });
    await page.click('main button[type="submit"]');
    await page.waitForSelector('select[name="column-0"]');
    expect(await textOf(page, 'main [role=alert]')).toContain('No column tells which machine a row is about');
    await page.select('select[name="column-0"]', 'serial');
    await page.select('select[name="column-2"]', 'host');
    await page.click('main button[type="submit"]');
    await page.waitForSelector('button[name="digest"]:not(:disabled)');
    expect(await textOf(page, 'button[name="digest"]')).toBe('Import 2 machines');
    expect(await page.$eval('select[name="column-0"]', (select) => (select as HTMLSelectElement).value)).toBe('serial');
    expect(await findSeriousFindings(page)).toEqual([]);
    await page.click('button[name="digest"]');
    await page.waitForFunction(() => document.querySelector('#outcome')?.textContent === 'odd.csv was imported');
    letReload();
    await page.close();
    const { text } = await get(workspace.people.operator, '/machines?lng=en&q=ODD-2');
    expect(text).toContain('10.9.1.2');
  });

  it('are sorted by column, page after page, each once', { timeout: 60_000 }, async () => {
    const seen: string[] = [];
    let path: string | undefined = '/machines?lng=en&sort=-serial&q=JYZZ';
    while (path !== undefined && seen.length < 200) {
      const { text } = await get(workspace.people.operator, path);
      seen.push(...[...text.matchAll(/>(JYZZ\d{6})</g)].map(([, serial]) => serial ?? ''));
      expect(text).toContain('aria-sort="descending"');
      path = /href="(\/machines\?[^"]*)"[^>]*>Next page</.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(fleet.machines.length);
    expect(seen).toEqual([...seen].sort().reverse());
    const { text } = await get(workspace.people.operator, '/machines?lng=en&sort=-chipTemperatureC');
    const temperatures = [...text.matchAll(/>(\d+)(?:<!-- -->)? °C</g)].map(([, degrees]) => Number(degrees));
    expect(temperatures.length).toBeGreaterThan(10);
    expect(temperatures).toEqual([...temperatures].sort((one, other) => other - one));
    expect((await get(workspace.people.operator, '/machines?lng=en&sort=worker')).text).toContain('role="alert"');
  });

  it('show boards, fans and pools, and keep a lost board apart', async () => {
    const { text } = await get(workspace.people.operator, `/machines/${fleet.machines[3]?.number}?lng=en`);
    for (const words of ['not working', 'btc.pool.example', 'aurora.rig3', '10.7.1.4', 'rpm']) expect(text, words).toContain(words);
    expect((await get(workspace.people.operator, '/machines/999999')).status).toBe(404);
  });

  it('have their energy on a page and in a file', async () => {
    const page = await get(workspace.people.accountant, `/energy?lng=en&siteId=${fleet.siteId}`);
    expect(page.text).toMatch(/Ordos North<!-- --> used|Ordos North used/);
    const file = await get(workspace.people.accountant, `/energy.csv?siteId=${fleet.siteId}&of=demand`);
    expect(file.text.split('\r\n')[0]).toBe('at,demandKw,source,estimatedRatio,unknownRatio');
    expect(file.text.split('\r\n').length).toBeGreaterThan(10);
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
    const own = fleet.machines[4]?.number;
    const list = await get(client, '/machines?lng=en');
    expect(list.text.replace(/<!-- -->/g, '')).toContain('24 machines<');
    const machine = await get(client, `/machines/${own}?lng=en`);
    expect(machine.text).toContain('btc.pool.example');
    expect(machine.text).toContain('Proxy of the site');
    expect((await get(client, `/machines/${fleet.machines[5]?.number}`)).status).toBe(404);
    const energy = await get(client, `/energy?lng=en&siteId=${fleet.siteId}`);
    expect(energy.text).toContain('Your machines at');
    expect((await get(client, `/energy.csv?siteId=${fleet.siteId}&of=demand`)).status).toBe(404);
    for (const { text } of [overview, site, list, machine, energy])
      for (const secret of ['10.7.', 'aurora.rig', '0.043']) expect(text).not.toContain(secret);
    for (const path of ['/sites/new', `/sites/${fleet.siteId}/edit`, `/machines/${own}/edit`, '/machines/import'])
      expect((await get(client, path)).status, path).toBe(403);
  });
});
