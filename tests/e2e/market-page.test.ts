// The page of the market in a browser: its chart over all days, read and looked at closer by keyboard, in both languages and widths.
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, openAll, PHONE, textOf, visit } from '../support/visit.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the page of the market', () => {
  for (const language of ['en', 'zh']) {
    for (const viewport of [PHONE, DESK]) {
      it(`is accessible and fits ${viewport.width} pixels in ${language}`, async () => {
        const { page, problems } = await visit(browser, `/market?lng=${language}`, { viewport });
        expect(await findSeriousFindings(page)).toEqual([]);
        await openAll(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
        expect(problems).toEqual([]);
        await page.close();
      });
    }
  }

  it('is read and looked at closer by keyboard alone, candle by candle', async () => {
    const { page } = await visit(browser, '/market?lng=en');
    await page.focus('.tc-focus');
    await page.keyboard.press('End');
    const newest = await textOf(page, '.tc-read > b');
    await page.keyboard.press('ArrowLeft');
    expect(await textOf(page, '.tc-read > b')).not.toBe(newest);
    expect(await textOf(page, '.tc-read')).toMatch(/O \$[\d,]+ H \$[\d,]+ L \$[\d,]+ C \$[\d,]+/);
    const candles = () =>
      page.$$eval('.tc-pane:first-child .tc-candle', (paths) => paths.map((path) => path.getAttribute('d')?.length ?? 0));
    const before = await candles();
    for (const key of ['+', '+', '+'] as const) await page.keyboard.press(key);
    expect(await candles()).not.toEqual(before);
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    expect(await textOf(page, '.tc-read > b')).toBe('Jul 17, 2010');
    await page.close();
  });

  it('has its chart and the newest figures without script', async () => {
    const { page } = await visit(browser, '/market?lng=en', { script: false });
    expect((await page.$$('.tc-pane')).length).toBeGreaterThanOrEqual(4);
    expect(await page.$$('.tc-table tbody tr')).toHaveLength(20);
    await page.close();
  });
});
