// The pages of the market in a browser: readable in both languages and widths, accessible, and of one story with the figures that ship.
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, PHONE, textOf, visit } from '../support/visit.ts';

const PATHS = ['/market', '/market/sources', '/market/derivatives'];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});

describe('the pages of the market', () => {
  for (const path of PATHS) {
    for (const language of ['en', 'zh']) {
      for (const viewport of [PHONE, DESK]) {
        it(`${path} is accessible and fits ${viewport.width} pixels in ${language}`, async () => {
          const { page, problems } = await visit(browser, `${path}?lng=${language}`, { viewport });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
          expect(await findSeriousFindings(page)).toEqual([]);
          expect(problems).toEqual([]);
          await page.close();
        });
      }
    }
  }

  it('lead to each other and mark the one that is open, without script', async () => {
    const { page } = await visit(browser, '/market?lng=en', { script: false });
    for (const path of PATHS.slice(1)) {
      await Promise.all([page.waitForNavigation(), page.click(`.subnav a[href^="${path}"]`)]);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await page.$eval('.subnav a[aria-current=page]', (link) => link.getAttribute('href'))).toContain(path);
    }
    await page.close();
  });

  it('say that nothing is fetched and what ships, where fetching is switched off', async () => {
    const { page } = await visit(browser, '/market/sources?lng=en', { script: false });
    expect(await textOf(page, 'h1')).toBe('Market sources are switched off');
    const price = await page.$$eval('section[aria-labelledby=figures] tbody tr', (rows) =>
      rows.map((row) => row.textContent ?? '').find((row) => row.startsWith('BTC price')),
    );
    expect(price).toContain('Ships with the product');
    await page.close();
  });
});
