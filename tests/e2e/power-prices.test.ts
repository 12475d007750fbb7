// A series of power prices as a person makes one: asked for its unit, given a good file and bad ones, looked at in both languages and on a phone, and taken away again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ElementHandle, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { DESK, findSeriousFindings, openAll, PHONE, textOf } from '../support/visit.ts';

const PATH = '/market/power';
let browser: Browser;
let workspace: SeededWorkspace;
let folder: string;

beforeAll(async () => {
  [browser, workspace, folder] = await Promise.all([launchChromium(), seedWorkspace(), mkdtemp(join(tmpdir(), 'prices-'))]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function openAs({ cookie }: SeededPerson, path: string, viewport = DESK): Promise<{ page: Page; problems: string[] }> {
  const page = await openPage(browser);
  await page.setViewport(viewport);
  const [name = '', value = ''] = cookie.split('=');
  await browser.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'load' });
  await page.waitForFunction(() => Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')));
  return { page, problems };
}

async function send(page: Page, intent: string): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click(`button[name=intent][value=${intent}]`)]);
}

async function upload(page: Page, fileName: string, text: string): Promise<string> {
  const path = join(folder, fileName);
  await writeFile(path, text);
  await ((await page.$('#price-file')) as ElementHandle<HTMLInputElement>).uploadFile(path);
  await send(page, 'load');
  return textOf(page, '[aria-live=polite] .note');
}

/** Two weeks of hours, one of them missing and some below zero. */
function toFile(): string {
  const beginMs = Date.parse('2024-07-01T05:00:00Z');
  const rows = Array.from({ length: 14 * 24 }, (_, hour) => {
    const price = (30 + 40 * Math.sin((hour / 12) * Math.PI)).toFixed(2);
    return `${new Date(beginMs + hour * 3_600_000).toISOString()},${hour === 100 ? '' : price}`;
  });
  return ['time,price USD/MWh', ...rows].join('\n');
}

describe('the page of power prices', () => {
  it('asks for what a file does not say, takes a good file over and names what is wrong with a bad one', { timeout: 120_000 }, async () => {
    const { page, problems } = await openAs(workspace.people.operator, `${PATH}?lng=en`);
    expect(await textOf(page, 'h1')).toBe('No power prices yet');
    await page.type('input[name=name]', 'West hub');
    await page.type('input[name=timeZone]', 'America/Chicago');
    await page.select('select[name=resolutionMinutes]', '60');
    await page.select('select[name=currency]', 'USD');
    await send(page, 'add');
    // The unit was left open; what was typed is still there.
    expect(await page.$eval('select[name=unit]', (select) => select.getAttribute('aria-invalid'))).toBe('true');
    expect(await page.$eval('input[name=name]', (input) => (input as HTMLInputElement).value)).toBe('West hub');
    await page.select('select[name=unit]', 'perMwh');
    await send(page, 'add');
    expect(await textOf(page, 'h1')).toBe('One series of power prices');

    expect(await upload(page, 'west.csv', toFile())).toContain('west.csv: 335 prices read');
    expect(await textOf(page, 'tbody tr')).toMatch(/West hub[\s\S]*west\.csv[\s\S]*1 of 336/);
    expect(await textOf(page, '#chosen ~ p')).toMatch(/Between −10\.00 and 70\.00 USD\/MWh/);

    const absurd = await upload(page, 'absurd.csv', 'time,price USD/MWh\n2024-07-20T05:00Z,1\n2024-07-20T06:00Z,500000\n');
    expect(absurd).toContain('Row 3: 500000 is outside −10,000 to 100,000 per MWh');
    expect(await upload(page, 'euro.csv', 'time,price EUR/MWh\n2024-07-20T05:00Z,1\n')).toContain(
      'The head says EUR/MWh, the series says USD/MWh',
    );
    expect(await upload(page, 'page.csv', '<!doctype html><html></html>')).toContain('a page of the web');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('hands a day to the what-if page, which names series and source, and refuses days with a gap', { timeout: 60_000 }, async () => {
    const { page, problems } = await openAs(workspace.people.operator, `${PATH}?lng=en`);
    const plan = async (from: string, to: string) => {
      for (const [name, date] of Object.entries({ from, to })) {
        await page.$eval(`#plan-${name}`, (input, value) => Object.assign(input, { value }), date);
      }
      await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.click('form[action="/curtailment/what-if"] button')]);
      return textOf(page, 'main');
    };
    expect(await plan('2024-07-03', '2024-07-04')).toContain('Stored prices of West hub, 60 min, America/Chicago. Source: west.csv');
    expect(await page.$eval('#whatif-day', (select) => (select as HTMLSelectElement).selectedOptions[0]?.text)).toBe(
      'West hub · Jul 3, 2024 to Jul 4, 2024',
    );
    await page.goBack({ waitUntil: 'load' });
    // The hundredth hour of the file, on the fifth, has no price.
    expect(await plan('2024-07-05', '2024-07-05')).toContain('1 of 24 prices of West hub are unknown');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('fills the flexible part of the calculator with the whole days of a series', { timeout: 60_000 }, async () => {
    const { page, problems } = await openAs(workspace.people.operator, '/?lng=en&curve=own#flexible');
    const picker = await page.waitForSelector('.flexible-inputs select[id$=-series]', { timeout: 30_000 });
    const id = await picker!.evaluate(
      (select) => [...(select as HTMLSelectElement).options].find(({ text }) => text === 'West hub (USD)')?.value ?? '',
    );
    await picker!.select(id);
    // The file's first day has a hole; its last whole days begin after the hole of July 5 and end with the thirteenth.
    await page.waitForFunction(() => document.querySelector('.flexible-inputs')?.textContent?.includes('from Jul 6, 2024 to'), {
      timeout: 30_000,
    });
    const lines = await page.$eval('.flexible-inputs textarea', (box) => (box as HTMLTextAreaElement).value.split('\n'));
    expect(lines[0]).toBe('USD/MWh');
    expect((lines.length - 1) % 24).toBe(0);
    expect(await textOf(page, '.flexible-inputs')).toContain('from West hub');
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['en', PHONE],
    ['zh', PHONE],
    ['en', DESK],
    ['zh', DESK],
  ])('is read in %s at %o without a grave finding or a way to scroll sideways', { timeout: 120_000 }, async (language, viewport) => {
    const { page, problems } = await openAs(workspace.people.operator, `${PATH}?lng=${language}`, viewport);
    await openAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    expect(await findSeriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is no client’s to see', async () => {
    const { cookie } = workspace.people.client;
    const response = await fetch(`${getTestOrigin()}${PATH}`, { headers: { Cookie: cookie }, redirect: 'manual' });
    expect(response.status).toBe(403);
  });

  it('deletes a series with its prices', { timeout: 60_000 }, async () => {
    const { page } = await openAs(workspace.people.operator, `${PATH}?lng=en`);
    await openAll(page);
    await send(page, 'delete');
    expect(await textOf(page, 'h1')).toBe('No power prices yet');
    await page.close();
  });
});
