// The market strip of the first page in a browser: six figures at every width, its links told apart from the words around them.
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';

const GRAVE = ['serious', 'critical'];
/** WCAG 2.5.8, CSS pixels. */
const MIN_TARGET_PX = 24;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

describe('the market strip', () => {
  for (const width of [360, 900, 1440]) {
    for (const language of ['en', 'zh']) {
      it(`shows six figures and accessible links at ${width} pixels in ${language}`, async () => {
        const page = await openPage(browser);
        await page.setViewport({ width, height: 900 });
        await page.goto(`${getTestOrigin()}/?lng=${language}`, { waitUntil: 'networkidle0' });
        const shown = await page.$$eval('.market > div', (cells) => cells.filter((cell) => cell.getClientRects().length > 0).length);
        expect(shown).toBe(6);
        const linkHeightsPx = await page.$$eval('.market a', (links) => links.map((link) => link.getBoundingClientRect().height));
        expect(linkHeightsPx.length).toBeGreaterThan(0);
        expect(Math.min(...linkHeightsPx)).toBeGreaterThanOrEqual(MIN_TARGET_PX);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        const { violations } = await new AxePuppeteer(page).include('.market').analyze();
        const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''));
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([]);
        await page.close();
      });
    }
  }
});
