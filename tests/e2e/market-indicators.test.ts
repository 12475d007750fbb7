// The page of indicators in a browser: readable in both languages and widths, accessible, and whole without script.
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { DESK, PHONE, textOf, visit } from '../support/visit.ts';

const PATH = '/market/indicators';
const GRAVE = ['serious', 'critical'];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

describe('the page of indicators', () => {
  for (const language of ['en', 'zh']) {
    for (const viewport of [PHONE, DESK]) {
      it(`is accessible and fits ${viewport.width} pixels in ${language}`, async () => {
        const { page, problems } = await visit(browser, `${PATH}?lng=${language}`, { viewport });
        const { violations } = await new AxePuppeteer(page).analyze();
        const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''));
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
        expect(problems).toEqual([]);
        await page.close();
      });
    }
  }

  it('shows another indicator without script', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { script: false });
    await page.select('select[name=indicator]', 'puell-multiple');
    await Promise.all([page.waitForNavigation(), page.click('form.pick button')]);
    expect(await textOf(page, '#indicator-title')).toBe('Puell multiple');
    expect(await page.$$('.panes svg[role=img]')).toHaveLength(2);
    await page.close();
  });

  it('says what signals were worth beside what happens anyway', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { script: false });
    expect(await textOf(page, '#signals-title')).toBe('No signal beat the calendar beyond chance');
    const rows = await page.$$eval('section[aria-labelledby=signals-title] tbody tr', (all) => all.map((row) => row.textContent ?? ''));
    expect(rows).toHaveLength(15);
    expect(rows.find((row) => row.startsWith('SuperTrend turns up'))).toContain('the stored history has no highs and lows');
    await page.close();
  });

  it('has no page for an indicator that cannot be drawn', async () => {
    expect((await fetch(`${getTestOrigin()}${PATH}?indicator=atr`)).status).toBe(404);
  });
});
