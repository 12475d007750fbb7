// The page of forecasts in a browser, once the worker of a fresh installation has made the first back-test.
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeriesForecastSchema } from '#app/features/forecasting/forecast-answer.ts';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';

const GRAVE = ['serious', 'critical'];
/** Half a minute on an idle machine. */
const FIRST_RESULT_MS = 400_000;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

async function readForecast(series: string) {
  const response = await fetch(`${getTestOrigin()}/api/v1/forecasts/${series}`);
  return SeriesForecastSchema.parse(await response.json());
}

describe('the page of forecasts', () => {
  it('has a first result soon after a fresh start', { timeout: FIRST_RESULT_MS }, async () => {
    for (const series of ['difficulty', 'networkHashrate', 'price'])
      await expect
        .poll(async () => (await readForecast(series)).backtest !== null, { timeout: FIRST_RESULT_MS, interval: 1000 })
        .toBe(true);
    const { backtest } = await readForecast('price');
    expect(backtest?.rows).toHaveLength(12);
    expect(new Set(backtest?.rows.map(({ model }) => model))).toEqual(new Set(['naive', 'drift', 'arima']));
    // One method in use at every horizon.
    expect(backtest?.rows.filter(({ isUsed }) => isUsed).map(({ horizonDays }) => horizonDays)).toEqual([1, 7, 30, 90]);
  });

  it('shows an installation that fetches nothing the forecast of the last known day, dated, and opens it in the calculator with its inputs', async () => {
    const [price, difficulty] = [await readForecast('price'), await readForecast('difficulty')];
    expect([price.status, difficulty.status]).toEqual(['too-old', 'too-old']);
    const page = await openPage(browser);
    await page.goto(`${getTestOrigin()}/market/forecast?lng=en&power=0.0312`, { waitUntil: 'networkidle0' });
    const text = await page.$eval('main', (main) => main.textContent ?? '');
    expect(text).toContain('As of Dec 31, 2025: by Mar 31, 2026, 95% interval ');
    expect(text).toContain('Next retarget as of Dec 11, 2025');
    expect(text).not.toContain('Price now');
    const [cautious] = await page.$$eval('[aria-labelledby=scenarios-title] tbody a', (links) =>
      links.map((link) => (link as HTMLAnchorElement).href),
    );
    const { searchParams } = new URL(cautious ?? '');
    expect(searchParams.get('power')).toBe('0.0312');
    expect(Number(searchParams.get('price'))).toBe(Math.round(price.dated!.horizons.at(-1)!.lower80));
    await page.close();
  });

  for (const width of [360, 1440]) {
    for (const language of ['en', 'zh']) {
      it(`shows forecasts, their record and no grave fault at ${width} pixels in ${language}`, async () => {
        const page = await openPage(browser);
        await page.setViewport({ width, height: 900 });
        await page.goto(`${getTestOrigin()}/market/forecast?lng=${language}`, { waitUntil: 'networkidle0' });
        const price = await readForecast('price');
        const rows = await page.$$eval('#price-title', ([title]) =>
          [...(title?.closest('section')?.querySelectorAll('table') ?? [])].map((table) => table.tBodies[0]?.rows.length),
        );
        expect(rows).toEqual(price.status === 'ready' || price.dated !== null ? [4, 12] : [12]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        const { violations } = await new AxePuppeteer(page).include('main').analyze();
        const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''));
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)).toEqual([]);
        await page.close();
      });
    }
  }
});
