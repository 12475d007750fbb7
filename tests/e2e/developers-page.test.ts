// The page for developers in a browser: readable in both languages and widths, accessible, its code copyable.
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';

const GRAVE = ['serious', 'critical'];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

describe('/developers', () => {
  for (const language of ['en', 'zh']) {
    for (const width of [360, 1440]) {
      it(`is accessible and fits ${width} pixels in ${language}`, async () => {
        const page = await openPage(browser);
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.setViewport({ width, height: 900 });
        await page.goto(`${getTestOrigin()}/developers?lng=${language}`, { waitUntil: 'networkidle0' });
        const { violations } = await new AxePuppeteer(page).analyze();
        const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''));
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        expect(complaints).toEqual([]);
        await page.close();
      });
    }
  }

  it('copies the example as it is shown', async () => {
    const page = await openPage(browser);
    await browser.defaultBrowserContext().overridePermissions(getTestOrigin(), ['clipboard-read', 'clipboard-sanitized-write']);
    await page.goto(`${getTestOrigin()}/developers?lng=en`, { waitUntil: 'networkidle0' });
    await page.bringToFront();
    const shown = await page.$eval('#example pre', (element) => element.textContent);
    await page.click('#example figcaption button');
    await page.waitForFunction(() => document.querySelector('#example figcaption button')?.textContent === 'Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    expect(shown).toContain(`curl '${getTestOrigin()}/api/v1/roi'`);
    await page.close();
  });

  it('shows the example without script, and no button that would do nothing', async () => {
    const page = await openPage(browser);
    await page.setJavaScriptEnabled(false);
    await page.goto(`${getTestOrigin()}/developers?lng=en`);
    expect(await page.$$('#example figcaption button')).toHaveLength(0);
    expect(await page.$eval('#example', (element) => element.textContent)).toContain('"npvUsd": -769.8916886687');
    await page.close();
  });
});
