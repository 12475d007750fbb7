// A list of machines from end to end: a guest's file stays in his browser, is corrected and computed there; a workspace's list is uploaded, computed by the worker,
// shared and withdrawn. Both languages, a phone and a desk.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser, ElementHandle, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CSRF_HEADER } from '../../app/platform/http/csrf-names.ts';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';

const PHONE = { width: 360, height: 800 };
const DESK = { width: 1440, height: 900 };
const GRAVE = ['serious', 'critical'];

const LIST = [
  'Model,Site,Quantity,Electricity ($/kWh),Price ($)',
  'Antminer S21 Pro,North,40,0.04,3900',
  'Antminer S21,North,x,0.04,2900',
  'Antminer S21,South,x,0.05,2900',
  'Antminer S9,South,100,0.07,30',
  '<b>Nothing</b> 1000,South,5,0.07,30',
  '',
].join('\r\n');

let browser: Browser;
let folder: string;
let workspace: SeededWorkspace;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), 'batch-'));
  workspace = await seedWorkspace();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

type Visit = { page: Page; problems: string[]; sent: string[] };

async function visit(language: string, viewport = DESK): Promise<Visit> {
  const page = await openPage(browser);
  await page.setViewport(viewport);
  const problems: string[] = [];
  const sent: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${getTestOrigin()}/batch?lng=${language}`, { waitUntil: 'networkidle0' });
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  return { page, problems, sent };
}

async function choose(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, content);
  const input = (await page.$('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim());

/** The four counts of the sentence "rows in = computed + in error + left out". */
function ledgerOf(page: Page): Promise<(string | undefined)[]> {
  return page.$eval('.ledger .sum', (element) => {
    const { rowsIn, rowsOk, rowsError, rowsSkipped } = (element as HTMLElement).dataset;
    return [rowsIn, rowsOk, rowsError, rowsSkipped];
  });
}

async function waitForLedger(page: Page, counts: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const data = (document.querySelector('.ledger .sum') as HTMLElement | null)?.dataset;
      return data !== undefined && [data.rowsIn, data.rowsOk, data.rowsError, data.rowsSkipped].join() === wanted;
    },
    {},
    counts,
  );
}

describe.each([
  { language: 'en', correct: 'Correct all 2', losing: 'lose', viewport: DESK },
  { language: 'zh', correct: '2 行一起改', losing: '亏', viewport: PHONE },
])('a guest’s list in $language', ({ language, correct, viewport }) => {
  it('is read, corrected in place and computed again without leaving the browser', async () => {
    const { page, problems, sent } = await visit(language, viewport);
    await choose(page, `list-${language}.csv`, LIST);
    await page.waitForSelector('.rows-table tbody tr[data-place] .row-open');
    expect(await ledgerOf(page)).toEqual(['5', '2', '3', '0']);
    // Text of the file is text.
    expect(await page.$('.row-error b b')).toBeNull();
    expect(await textOf(page, '.row-errors')).toContain('<b>Nothing</b> 1000');

    await page.$eval('.row-error .fix input', (input) => (input as HTMLInputElement).select());
    await page.focus('.row-error .fix input');
    await page.$eval('.row-error .fix input', (input) => (input as HTMLInputElement).select());
    await page.keyboard.type('25');
    const button = await page.waitForSelector('.row-error .fix button[type=submit]:not(:disabled)');
    expect(await button!.evaluate((element) => element.textContent)).toBe(correct);
    await button!.evaluate((element) => (element as HTMLButtonElement).click());
    await waitForLedger(page, '5,4,1,0');
    await page.$$eval('.row-error .fix button.quiet', (buttons) => (buttons.at(-1) as HTMLButtonElement).click());
    await waitForLedger(page, '5,4,0,1');
    await page.waitForSelector('.advice-table');
    expect(await textOf(page, '#batch-title')).toContain('190');

    const before = await textOf(page, '.batch-figs .big dd');
    const slider = 'input[type=range]';
    await page.$eval(slider, (input) => {
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      setter.call(input, '150000');
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForFunction(
      (was) => document.querySelector('.batch-figs .big dd')?.textContent?.replace(/\s+/g, ' ').trim() !== was,
      {},
      before,
    );
    expect(sent).toEqual([]);
    expect(problems).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.close();
  });

  it('passes the checks of accessibility before and after a file', async () => {
    const { page } = await visit(language, viewport);
    for (const isRead of [false, true]) {
      if (isRead) {
        await choose(page, `axe-${language}.csv`, LIST);
        await page.waitForSelector('.advice-table');
      }
      const { violations } = await new AxePuppeteer(page).analyze();
      expect(
        violations.filter(({ impact }) => GRAVE.includes(impact ?? '')).map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      ).toEqual([]);
    }
    await page.close();
  });
});

describe('a guest’s list', () => {
  it('that is no list is refused with a sentence, and the next one is read', async () => {
    const { page } = await visit('en');
    await choose(page, 'list.csv', '%PDF-1.7\n%nothing');
    await page.waitForSelector('[role=alert]');
    expect(await textOf(page, '[role=alert]')).toContain('This is a PDF, whatever its name says.');
    await choose(page, 'empty.csv', '\n\n');
    await page.waitForFunction(() => document.querySelector('[role=alert]')?.textContent?.includes('empty') === true);
    await choose(page, 'good.csv', LIST);
    await page.waitForSelector('.ledger .sum');
    await page.close();
  });

  it('asks for what is doubtful, remembers the answer, and does not ask the next file of the same shape', async () => {
    const { page } = await visit('en');
    const doubtful = 'Model,Quantity,电价\nAntminer S21,4,0.17\nAntminer S19,2,0.18\n';
    await choose(page, 'first.csv', doubtful);
    const answer = await page.waitForSelector('.questions button');
    expect(await page.$('.rows-table')).toBeNull();
    await answer!.evaluate((element) => (element as HTMLButtonElement).click());
    await page.waitForFunction(() => document.querySelector('.questions') === null);
    await page.$eval('.sec .btn.main', (element) => (element as HTMLButtonElement).click());
    await page.waitForSelector('.rows-table tbody tr[data-place] .row-open');
    await choose(page, 'second.csv', doubtful.replace('S21,4', 'S21,7'));
    await page.waitForFunction(() => document.querySelector('#batch-title')?.textContent?.includes('9') === true);
    expect(await page.$('.questions')).toBeNull();
    await page.close();
  });

  it('whose header was guessed wrongly is read from the row that its owner names, and so is the next one of its shape', async () => {
    const { page } = await visit('en');
    const summaryAbove = (count: number) =>
      `Sites,Hashrate,Power,Electricity price,Uptime\nNorth,95,3250,0.05,97%\nModel,Qty,Power price\nAntminer S21,${count},0.04\nAntminer S19,2,0.05\n`;
    await choose(page, 'first.csv', summaryAbove(4));
    await page.waitForSelector('.header-choice select:not(:disabled)');
    expect(await page.$eval('.header-choice select', (select) => (select as HTMLSelectElement).value)).toBe('1');
    await page.select('.header-choice select', '3');
    await waitForLedger(page, '2,2,0,0');
    const remember = await page.waitForSelector('details .header-choice ~ .acts button');
    await remember!.evaluate((element) => (element as HTMLButtonElement).click());
    await choose(page, 'second.csv', summaryAbove(7));
    await page.waitForFunction(() => document.querySelector('#batch-title')?.textContent?.includes('9') === true);
    expect(await ledgerOf(page)).toEqual(['2', '2', '0', '0']);
    await page.close();
  });

  it('of thousands of rows keeps only what is in sight in the page, and searches all of them', async () => {
    const { page } = await visit('en');
    const lines = Array.from({ length: 8000 }, (_, index) => `Antminer S21,rack ${index},1,0.0${4 + (index % 3)},2900`);
    await choose(page, 'long.csv', `Model,Place,Quantity,Electricity ($/kWh),Price ($)\n${lines.join('\n')}\n`);
    await page.waitForSelector('.rows-table tbody tr[data-place] .row-open');
    expect(await page.$$eval('.rows-table tbody tr[data-place]', (rows) => rows.length)).toBeLessThan(100);
    await page.$eval('.rows-scroll', (element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.rows-table tbody tr[data-place] td')].some((cell) => cell.textContent === '8,001'),
    );
    await page.type('.search input', 'rack 7777');
    await page.waitForFunction(() => document.querySelector('#rows-title')?.textContent?.startsWith('1 ') === true);
    await page.close();
  });

  it('goes back to its owner as the same file with its problems', async () => {
    const { page } = await visit('en');
    await choose(page, 'mine.csv', LIST);
    await page.waitForSelector('.ledger .sum');
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
    const done = new Promise<string>((resolve) => {
      let name = '';
      session.on('Browser.downloadWillBegin', (event) => {
        name = event.suggestedFilename;
      });
      session.on('Browser.downloadProgress', (event) => {
        if (event.state === 'completed') resolve(name);
      });
    });
    await page.$$eval('.ledger .acts .btn', (buttons) =>
      (buttons as HTMLButtonElement[]).find(({ textContent }) => textContent?.includes('Only the rows'))?.click(),
    );
    const name = await done;
    expect(name).toBe('mine-marked.csv');
    const lines = (await readFile(join(folder, name), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('\ufeffModel,Site,Quantity,Electricity ($/kWh),Price ($),Problem (HashInsight)');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('Quantity: This is not a number.');
    await page.close();
  });
});

const API = '/api/v1/batches';

/** A session's token for what changes something, as a page of ours would send it. */
async function signIn(cookie: string): Promise<Record<string, string>> {
  const response = await fetch(`${getTestOrigin()}/profile`, { headers: { Cookie: cookie } });
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  const html = await response.text();
  const token =
    /name="csrf"[^>]*value="([^"]+)"/.exec(html)?.[1] ??
    /"csrfToken":"([^"]+)"/.exec(html)?.[1] ??
    /csrfToken\\?",\\?"([^"\\]+)/.exec(html)?.[1] ??
    '';
  return { Cookie: [cookie, ...set].join('; '), [CSRF_HEADER]: token, Origin: getTestOrigin(), 'Sec-Fetch-Site': 'same-origin' };
}

function aForm(list: string, defaults: object = {}): FormData {
  const form = new FormData();
  form.set('file', new File([list], 'fleet.csv', { type: 'text/csv' }));
  form.set(
    'defaults',
    JSON.stringify({ horizonMonths: 24, priceUsdPerBtc: 90_000, difficulty: 1.48e14, height: 930_000, feesBtcPerBlock: 0.02, ...defaults }),
  );
  return form;
}

describe('the lists of a workspace', () => {
  it('are uploaded, computed by the worker with progress, read by cursor, shared and withdrawn', async () => {
    const headers = await signIn(workspace.people.operator.cookie);
    const at = (path: string, init: RequestInit = {}) =>
      fetch(`${getTestOrigin()}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const created = await at(API, { method: 'POST', body: aForm(LIST) });
    expect([created.status, await created.clone().text()]).toEqual([202, expect.stringContaining('id')]);
    const { id } = (await created.json()) as { id: string };
    expect(created.headers.get('Location')).toBe(`${API}/${id}`);

    const events = await at(`${API}/${id}/events`);
    expect(events.headers.get('Content-Type')).toContain('text/event-stream');
    const last = (await events.text()).trim().split('\n\n').at(-1)!;
    expect(JSON.parse(last.slice(last.indexOf('data: ') + 6))).toMatchObject({ status: 'done', read: 5, stored: 2, failed: 3 });

    const batch = (await (await at(`${API}/${id}`)).json()) as Record<string, unknown>;
    expect(batch).toMatchObject({ status: 'done', rowsTotal: 5, rowsOk: 2, rowsFailed: 3, rowsSkipped: 0, summary: { machines: 140 } });
    const first = (await (await at(`${API}/${id}/rows?limit=1`)).json()) as { rows: { row: number; machine: string }[]; next: number };
    expect(first).toMatchObject({ rows: [{ row: 2, machine: 'Antminer S21 Pro' }], next: 2 });
    const rest = (await (await at(`${API}/${id}/rows?after=${first.next}`)).json()) as { rows: unknown[]; next: null };
    expect([rest.rows.length, rest.next]).toEqual([1, null]);
    const csv = await (await at(`${API}/${id}/errors?format=csv&lng=zh`)).text();
    expect(csv).toContain('不是数字');

    const guest = (path: string) => fetch(`${getTestOrigin()}${path}`);
    expect((await guest(`${API}/${id}`)).status).toBe(401);
    const shared = (await (
      await at(`${API}/${id}`, { method: 'PATCH', body: JSON.stringify({ shared: true }), headers: { 'Content-Type': 'application/json' } })
    ).json()) as { path: string };
    expect((await guest(shared.path)).status).toBe(200);
    await at(`${API}/${id}`, { method: 'PATCH', body: JSON.stringify({ shared: false }), headers: { 'Content-Type': 'application/json' } });
    expect((await guest(shared.path)).status).toBe(404);
    expect((await at(`${API}/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await at(`${API}/${id}`)).status).toBe(404);
  });

  it('are refused to guests, to clients, and with a scenario out of range', async () => {
    const guest = await fetch(`${getTestOrigin()}${API}`, { method: 'POST', body: aForm(LIST) });
    expect(guest.status).toBe(401);
    const client = await fetch(`${getTestOrigin()}${API}`, {
      method: 'POST',
      body: aForm(LIST),
      headers: await signIn(workspace.people.client.cookie),
    });
    expect(client.status).toBe(403);
    const headers = await signIn(workspace.people.operator.cookie);
    const wrong = await fetch(`${getTestOrigin()}${API}`, { method: 'POST', body: aForm(LIST, { horizonMonths: 121 }), headers });
    expect(wrong.status).toBe(400);
    expect(((await wrong.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual(['defaults.horizonMonths']);
  });
});
