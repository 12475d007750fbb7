// Chinese punctuation is as wide as a mark and a space: no blank follows it, wherever sentences are put together out of parts.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { openAll, visit } from '../support/visit.ts';

let browser: Browser;
let workspace: SeededWorkspace;

beforeAll(async () => {
  [browser, workspace] = await Promise.all([launchChromium(), seedWorkspace()]);
});
afterAll(() => browser?.close());

/** Blanks after a full-width mark, and before one that closes, each with the words around it. */
async function findBlanks(page: Page): Promise<string[]> {
  await openAll(page);
  return page.evaluate(() =>
    [
      ...(document.querySelector('main') ?? document.body).innerText.matchAll(
        /.{0,20}(?:[，。；：！？、] +(?=\S)|[p{L}p{N}%）”] +[，。；：！？、）]).{0,20}/gu,
      ),
    ].map(([found]) => found),
  );
}

const OF_EVERYBODY = [
  '/',
  '/?curve=sample&seed=1',
  '/batch',
  '/market',
  '/market/indicators',
  '/market/indicators?indicator=ichimoku',
  '/market/forecast',
  '/market/derivatives',
  '/market/sources',
  '/curtailment/what-if',
  '/developers',
  '/sign-in',
  '/no-such-page',
];

const OF_MEMBERS = [
  '/market/power',
  '/market/indicators',
  '/sites',
  '/machines',
  '/alerts',
  '/alerts/settings',
  '/alerts/settings/rules/offline',
  '/energy',
  '/batches',
  '/batches/compare',
  '/scenarios',
  '/reports',
  '/members',
  '/roles',
  '/audit',
  '/security',
  '/tokens',
];

const inChinese = (path: string) => `${path}${path.includes('?') ? '&' : '?'}lng=zh`;

describe('Chinese sentences', () => {
  it.each(OF_EVERYBODY)('follow each other without a blank on %s', async (path) => {
    const { page } = await visit(browser, inChinese(path));
    expect(await findBlanks(page)).toEqual([]);
    await page.close();
  });

  it.each(OF_MEMBERS)('follow each other without a blank on %s of a workspace', async (path) => {
    const [name = '', value = ''] = workspace.people.owner.cookie.split('=');
    await browser.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
    const { page } = await visit(browser, inChinese(path));
    expect(await findBlanks(page)).toEqual([]);
    await page.close();
  });
});
