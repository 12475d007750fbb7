// The page of indicators in a browser: readable in both languages and widths, accessible, whole without script, looked at closer by every means there is.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, openAll, PHONE, replaceText, textOf, visit } from '../support/visit.ts';

const PATH = '/market/indicators';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

/** First and last moment of the axis, as they are written. */
const axisOf = (page: Page) =>
  page.$$eval('.tc-pane:last-child .tc-plot > text', (texts) => [texts.at(0)?.textContent, texts.at(-1)?.textContent].join(' … '));
const rowsOf = (page: Page) => page.$$eval('.tc-table tbody th', (heads) => heads.map((head) => head.textContent ?? ''));
const press = async (page: Page, keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key as 'Enter');
};

describe('the page of indicators', () => {
  for (const language of ['en', 'zh']) {
    for (const viewport of [PHONE, DESK]) {
      for (const query of ['indicator=bollinger&span=90d', 'indicator=macd&fast=40&slow=x', 'indicator=rsi&candles=1h']) {
        it(`is accessible and fits ${viewport.width} pixels in ${language} with ${query}`, async () => {
          const { page, problems } = await visit(browser, `${PATH}?${query}&lng=${language}`, { viewport });
          expect(await findSeriousFindings(page)).toEqual([]);
          // The table of the chart is wider than a phone and has to scroll in its own place.
          await openAll(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
          expect(problems.filter((problem) => !problem.includes('400'))).toEqual([]);
          await page.close();
        });
      }
    }
  }

  it('shows another indicator, its candles and its figures without script', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { script: false });
    await page.select('select[name=indicator]', 'bollinger');
    await Promise.all([page.waitForNavigation(), page.click('form.which button')]);
    expect(await textOf(page, '#indicator-title')).toBe('Bollinger bands');
    expect(await page.$$eval('.tc-pane figcaption', (titles) => titles.map((title) => title.textContent))).toEqual([
      'BTC, USD',
      'Volume, BTC',
      'Bollinger bands: %B',
      'Bollinger bands: Width',
    ]);
    expect(await page.$$('.tc-pane:first-child .tc-candle')).toHaveLength(2);
    expect(await rowsOf(page)).toHaveLength(20);
    expect((await rowsOf(page))[0]).toBe('Dec 31, 2025');
    expect(await textOf(page, '.parts')).toContain('365 candles from Yahoo Finance, Jan 1, 2025 to Dec 31, 2025.');
    expect(await textOf(page, '.age')).toMatch(/The newest candle is of Dec 31, 2025: it closed [\d,]+ days ago/);
    await page.close();
  });

  it('takes a parameter without script, keeps it in the address, and another one changes the figures', async () => {
    const { page } = await visit(browser, `${PATH}?indicator=sma&span=90d&lng=en`, { script: false });
    const before = await textOf(page, '.figs dd');
    await replaceText(page, 'input[name=period]', '5');
    await Promise.all([page.waitForNavigation(), page.click('form.params button')]);
    expect(new URL(page.url()).searchParams.get('period')).toBe('5');
    expect(new URL(page.url()).searchParams.get('span')).toBe('90d');
    expect(await textOf(page, '.figs dd')).not.toBe(before);
    await page.close();
  });

  it('says what is wrong with a parameter beside its field, keeps what was typed, and draws nothing until it is put right', async () => {
    const { page } = await visit(browser, `${PATH}?indicator=macd&lng=en`);
    const submit = async () => {
      await page.click('form.params button');
      await page.waitForNetworkIdle();
    };
    await replaceText(page, 'input[name=fast]', '26');
    await submit();
    expect(await textOf(page, 'form.params [role=alert]')).toBe('Fast average is 26. Allowed: 1 to 25.');
    expect(
      await page.$eval('input[name=fast]', (input) => [(input as HTMLInputElement).value, input.getAttribute('aria-invalid')]),
    ).toEqual(['26', 'true']);
    expect(await page.$('.tc')).toBeNull();
    await replaceText(page, 'input[name=fast]', 'twelve');
    await submit();
    expect(await textOf(page, 'form.params [role=alert]')).toBe('Fast average is “twelve”, which is not a number. Allowed: 1 to 5,000.');
    await replaceText(page, 'input[name=fast]', '10');
    await submit();
    await page.waitForSelector('.tc');
    expect(await page.$('form.params [role=alert]')).toBeNull();
    await page.close();
  });

  it('is looked at closer, moved and read by keyboard alone', async () => {
    const { page } = await visit(browser, `${PATH}?indicator=rsi&span=1y&lng=en`);
    await page.focus('.tc-focus');
    const whole = await axisOf(page);
    await press(page, ['End', '+', '+']);
    const close = await axisOf(page);
    expect(close).not.toBe(whole);
    expect(await page.$eval('.tc-focus', (chart) => chart.getAttribute('aria-valuetext'))).toMatch(
      /^Dec 31, 2025; .*BTC O \$[\d,]+ H \$[\d,]+ L \$[\d,]+ C \$[\d,]+; .*\d/,
    );
    await press(page, ['ArrowLeft']);
    expect(await textOf(page, '.tc-read > b')).toBe('Dec 30, 2025');
    expect(await textOf(page, '.tc-read')).toMatch(/BTC O \$[\d,]+ H \$[\d,]+ L \$[\d,]+ C \$[\d,]+/);
    await page.keyboard.down('Shift');
    await press(page, ['ArrowLeft', 'ArrowLeft']);
    await page.keyboard.up('Shift');
    const moved = await axisOf(page);
    expect(moved).not.toBe(close);
    await press(page, ['0']);
    expect(await axisOf(page)).toBe(whole);
    await page.close();
  });

  it('takes the wheel once it is chosen and leaves it to the page before', async () => {
    const { page } = await visit(browser, `${PATH}?indicator=rsi&span=1y&lng=en`);
    const plot = await page.waitForSelector('.tc-pane:first-child .tc-plot');
    await plot!.scrollIntoView();
    const { x, y, width, height } = (await plot!.boundingBox())!;
    const whole = await axisOf(page);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.wheel({ deltaY: -400 });
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeLessThan(400);
    expect(await axisOf(page)).toBe(whole);
    await page.focus('.tc-focus');
    for (let notch = 0; notch < 8; notch += 1) await page.mouse.wheel({ deltaY: -100 });
    await expect.poll(() => axisOf(page)).not.toBe(whole);
    await page.close();
  });

  it('is looked at closer, moved and seen whole again by buttons and a drag', async () => {
    const { page } = await visit(browser, `${PATH}?indicator=rsi&span=1y&lng=en`);
    const whole = await axisOf(page);
    await page.click('button[aria-label="Look closer"]');
    await page.click('button[aria-label="Look closer"]');
    const middle = await axisOf(page);
    expect(middle).not.toBe(whole);
    await page.click('button[aria-label="Later"]');
    expect(await axisOf(page)).not.toBe(middle);
    await page.$$eval('.tc-tools button', (buttons) => (buttons.find((button) => button.textContent === 'All') as HTMLElement).click());
    expect(await axisOf(page)).toBe(whole);
    const { x, y, width, height } = (await (await page.$('.tc-pane:first-child .tc-plot'))!.boundingBox())!;
    await page.mouse.move(x + width * 0.4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await axisOf(page)).not.toBe(whole);
    await page.close();
  });

  it('says what signals were worth beside what happens anyway, and whether they are on', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { script: false });
    expect(await textOf(page, '#signals-title')).toBe('No signal beat the calendar beyond chance');
    const rows = await page.$$eval('section[aria-labelledby=signals-title] tbody tr', (all) => all.map((row) => row.textContent ?? ''));
    expect(rows).toHaveLength(15);
    expect(rows.find((row) => row.startsWith('SuperTrend turns down'))).toMatch(/Onsince Oct 10, 2025/);
    expect(rows.filter((row) => row.includes('not measured'))).toEqual([]);
    await page.close();
  });

  it('has no page for what there is not, and says so of an hour that nobody has stored', async () => {
    for (const query of ['indicator=x', 'span=2y', 'candles=1h&span=1y'])
      expect((await fetch(`${getTestOrigin()}${PATH}?${query}`)).status, query).toBe(404);
    expect((await fetch(`${getTestOrigin()}${PATH}?indicator=sma&period=0`)).status).toBe(400);
    const { page } = await visit(browser, `${PATH}?indicator=rsi&candles=1h&lng=en`);
    expect(await textOf(page, '.undrawn')).toContain('No candle of an hour is stored yet.');
    await page.close();
  });
});
