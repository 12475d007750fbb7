// A guest's visit: the answer in the first HTML, every input answered without the network, the link that gives the same page, the
// page without script. Both languages, a phone and a desk.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, openAll, PHONE, replaceText, shiftsOf, textOf, visit } from '../support/visit.ts';

const LANGUAGES = ['en', 'zh'] as const;
const NET = '.figs .big dd';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

/** Every figure of the answer, in the order of the page. */
function figuresOf(page: Page): Promise<string[]> {
  return page.$$eval('.figs dd', (cells) => cells.map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()));
}

/** Cells of the month table as shown on a desk. */
function monthsOf(page: Page): Promise<string[][]> {
  return page.$$eval('.months tbody tr', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').trim())),
  );
}

/** Until the engine is in the browser, inputs wait; then the answer is no longer marked as an earlier one. */
async function waitUntilAnswered(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.is-stale') === null && document.querySelector('.is-moving') === null);
}

/** Where React begins to send what the shell did not wait for. */
const FIRST_STREAMED = '<div hidden id="S:';

/** The page as it comes over the wire: the shell, and what was streamed after it. */
async function readPage(path: string): Promise<{ shell: string; streamed: string }> {
  const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36' };
  const html = await (await fetch(`${getTestOrigin()}${path}`, { headers })).text();
  const end = html.indexOf(FIRST_STREAMED);
  return { shell: html.slice(0, end), streamed: html.slice(end) };
}

describe.each(LANGUAGES)('the page in %s', (language) => {
  it.each([
    ['phone', PHONE],
    ['desk', DESK],
  ])('opens quietly on a %s: no complaint, no shift, nothing too wide', async (_, viewport) => {
    const { page, problems } = await visit(browser, `/?lng=${language}`, { viewport });
    expect(problems).toEqual([]);
    expect(await shiftsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect(await page.$eval('html', (html) => html.lang)).toBe(language === 'zh' ? 'zh-CN' : 'en');
    await page.close();
  });

  it.each([
    ['phone', PHONE],
    ['desk', DESK],
  ])('has no serious accessibility finding on a %s, groups opened', async (_, viewport) => {
    const { page } = await visit(browser, `/?lng=${language}`, { viewport });
    await openAll(page);
    expect(await findSeriousFindings(page)).toEqual([]);
    await page.close();
  });

  it('holds the whole answer in the shell; maps, tornado and catalogue follow', async () => {
    const { shell, streamed } = await readPage(`/?lng=${language}`);
    const mapCaption = language === 'zh' ? '币价与电价敏感性</caption>' : 'NPV by BTC price and power price</caption>';
    expect(shell).toContain('<h1 id="answer">');
    expect(shell).toContain('class="figs"');
    expect(shell.match(/<td class="num wide"/g)).toHaveLength(48);
    expect(shell).toContain('class="line1"');
    expect(shell).not.toContain('<datalist');
    expect(shell).not.toContain(mapCaption);
    expect(streamed).toContain('<datalist');
    expect(streamed).toContain(mapCaption);
    expect(shell + streamed).not.toContain('\u0000');
  });

  it('answers a slider without asking anybody', async () => {
    const { page, problems, requests } = await visit(browser, `/?lng=${language}`);
    requests.length = 0;
    const before = { net: await textOf(page, NET), map: await textOf(page, '.heat'), month: (await monthsOf(page))[0] };
    await page.focus('input[name=power]');
    await page.focus('.field input[type=range]');
    for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowLeft');
    await page.waitForFunction((net, selector) => document.querySelector(selector)?.textContent !== net, {}, before.net, NET);
    await waitUntilAnswered(page);
    expect(await page.$eval('input[name=power]', (input) => (input as HTMLInputElement).value)).toBe('0.05');
    expect(await textOf(page, NET)).not.toBe(before.net);
    expect(await textOf(page, '.heat')).not.toBe(before.map);
    expect((await monthsOf(page))[0]).not.toEqual(before.month);
    await page.waitForFunction(() => window.location.search.includes('power=0.05'));
    expect(requests).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('gives the same figures from its own address, with and without script', async () => {
    const { page } = await visit(browser, `/?lng=${language}`);
    await replaceText(page, 'input[name=power]', '0.045');
    await replaceText(page, 'input[name=capex]', '2,500');
    await waitUntilAnswered(page);
    await page.waitForFunction(() => window.location.search.includes('capex=2%2C500'));
    const expected = { figures: await figuresOf(page), months: await monthsOf(page) };
    const { pathname, search } = new URL(page.url());
    await page.close();

    for (const script of [true, false]) {
      const again = await visit(browser, `${pathname}${search}`, { script });
      expect({ figures: await figuresOf(again.page), months: await monthsOf(again.page) }).toEqual(expected);
      await again.page.close();
    }
  });

  it('works by plain submitting when scripts are off', async () => {
    const { page } = await visit(browser, `/?lng=${language}`, { script: false });
    await replaceText(page, 'input[name=power]', '0.04');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    const without = await figuresOf(page);
    // Nothing is left to be moved into place by a script.
    expect(await page.$$eval('main .heat', (tables) => tables.filter((table) => !table.classList.contains('wait')).length)).toBe(2);
    expect(await page.$$('main .wait')).toHaveLength(0);
    await page.close();

    const { page: other } = await visit(browser, `/?lng=${language}&power=0.04`);
    expect(await figuresOf(other)).toEqual(without);
    await other.close();
  });
});

describe('the link', () => {
  it('carries the market figures of its moment, and says that it was copied', async () => {
    const { page } = await visit(browser, '/?lng=en');
    const context = browser.defaultBrowserContext();
    await context.overridePermissions(getTestOrigin(), ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await replaceText(page, 'input[name=count]', '7');
    await waitUntilAnswered(page);
    await page.focus('.share button');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.share output')?.textContent !== '');
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect([...link.searchParams.keys()]).toEqual(expect.arrayContaining(['count', 'price', 'difficulty', 'height', 'fees']));
    const expected = { figures: await figuresOf(page), months: await monthsOf(page) };
    await page.close();

    const { page: other } = await visit(browser, `${link.pathname}${link.search}`);
    expect({ figures: await figuresOf(other), months: await monthsOf(other) }).toEqual(expected);
    await other.close();
  });

  it('keeps the inputs when the language is switched', async () => {
    const { page } = await visit(browser, '/?lng=en');
    await replaceText(page, 'input[name=power]', '0.033');
    await waitUntilAnswered(page);
    await page.click('header a[lang=zh-CN]');
    // Not waitForNavigation: the address bar following the form counts as one.
    await page.waitForSelector('html[lang=zh-CN] input[name=power]');
    expect(await page.$eval('input[name=power]', (input) => (input as HTMLInputElement).value)).toBe('0.033');
    await page.close();
  });
});

describe('inputs', () => {
  it('shows the name of an own machine as text, whatever it is', async () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const { page, problems } = await visit(browser, `/?lng=en&model=${encodeURIComponent(name)}&ths=200&watt=3500`);
    expect(await textOf(page, '.lead')).toContain(name);
    expect(await page.$$('.lead script, .lead img, .cmp img')).toHaveLength(0);
    expect(problems).toEqual([]);
    const csv = await fetch(`${getTestOrigin()}/months.csv?model=${encodeURIComponent('=1+1')}&ths=200&watt=3500`);
    expect(await csv.text()).toContain("'=1+1,1,");
    await page.close();
  });

  it('keeps the last good answer, dimmed, and says what to do about a slip', async () => {
    const { page, problems } = await visit(browser, '/?lng=en');
    const before = await figuresOf(page);
    await page.focus('input[name=power]');
    await page.keyboard.press('End');
    await page.keyboard.type('x');
    await page.waitForSelector('.hint.bad');
    expect(await page.$('.is-stale')).not.toBeNull();
    expect(await figuresOf(page)).toEqual(before);
    expect(await textOf(page, '.field .hint.bad')).toContain('0.055');
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => document.querySelector('.is-stale') === null);
    expect(await figuresOf(page)).toEqual(before);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('does not crash on a hostile address', async () => {
    const hostile = `power=${'9'.repeat(500)}&view=root&currency=%00&model=${encodeURIComponent('\u0000\ud83d\ude00'.repeat(40))}&months=1e400&count=-1&start=never`;
    const { page, problems } = await visit(browser, `/?lng=en&${hostile}`);
    expect(await page.$$('.hint.bad')).not.toHaveLength(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('takes power prices in yuan and shows money in yuan, at the rate it names', async () => {
    const { page } = await visit(browser, '/?lng=zh');
    const usd = await textOf(page, NET);
    await page.click('input[name=currency][value=cny]');
    await page.waitForFunction((net, selector) => document.querySelector(selector)?.textContent !== net, {}, usd, NET);
    await waitUntilAnswered(page);
    const rate = Number(/1 美元 = ([\d.]+) 元/.exec(await textOf(page, '.currency'))?.[1]);
    const power = Number(await page.$eval('input[name=power]', (input) => (input as HTMLInputElement).value));
    expect(power).toBeCloseTo(0.06 * rate, 4);
    const amount = (text: string) => Number(text.replace(/[^\d.-]/g, ''));
    // Both are rounded to cents.
    expect(Math.abs(amount(await textOf(page, NET)) - amount(usd) * rate)).toBeLessThan(0.05);
    expect(await textOf(page, '.months tbody')).toContain('¥');
    await page.close();
  });

  it('compares four machines, with a price of its own for one of them', async () => {
    const { page } = await visit(browser, '/?lng=en&vs1=Antminer+S21+XP&vs1price=4600&vs2=Whatsminer+M60S&vs3=Antminer+S19+XP');
    const rows = await page.$$eval('.cmp tbody tr', (all) => all.map((row) => (row.textContent ?? '').trim()));
    expect(rows).toHaveLength(4);
    expect(rows[1]).toContain('$4,600');
    expect(rows[2]).toContain('≈');
    await page.close();
  });

  it('finds machines by parts of their names, by keyboard alone', async () => {
    const { page } = await visit(browser, '/?lng=en');
    await replaceText(page, 'input[name=model]', 's21 xp');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.$eval('input[name=model]', (input) => (input as HTMLInputElement).value)).toContain('S21 XP');
    expect(await page.$('[role=listbox]')).toBeNull();
    await page.close();
  });

  it('shows both sides of a contract from any side', async () => {
    const { page } = await visit(browser, '/?lng=en&view=host&client=0.08&build=400');
    expect(await page.$$('.sides > div')).toHaveLength(2);
    expect(await textOf(page, '.lead')).toContain('$0.080');
    await page.click('input[name=view][value=client]');
    await page.waitForFunction(() => document.querySelector('.lead')?.textContent?.includes('hosted at') === true);
    await page.close();
  });
});

describe('the file of the months', () => {
  it('holds the figures of the table', async () => {
    const { page } = await visit(browser, '/?lng=en&power=0.05');
    const href = await page.$eval('a[href*="months.csv"]', (link) => link.getAttribute('href') ?? '');
    const shown = await monthsOf(page);
    await page.close();

    const response = await fetch(`${getTestOrigin()}${href}`);
    expect(response.headers.get('Content-Disposition')).toContain('attachment');
    const [header = '', ...lines] = (await response.text()).replace('\ufeff', '').trimEnd().split('\r\n');
    expect(header).toContain('Mined (BTC)');
    expect(header).toContain('Cumulative (USD)');
    expect(lines).toHaveLength(shown.length);
    const number = (text: string) => Number(text.replace('−', '-').replace(/[^\d.-]/g, ''));
    lines.forEach((line, index) => {
      const cells = line.split(',');
      const [month, mined, revenue, power, fixed, net, cumulative] = shown[index]!;
      expect(cells[1]).toBe(month);
      expect(Number(cells[3])).toBeCloseTo(number(mined!), 6);
      expect(Number(cells[4])).toBeCloseTo(number(revenue!), 2);
      expect(Number(cells[5])).toBeCloseTo(number(power!), 2);
      expect(Number(cells[6])).toBeCloseTo(number(fixed!), 2);
      expect(Number(cells[7])).toBeCloseTo(number(net!), 2);
      expect(Math.abs(Number(cells[8]) - number(cumulative!))).toBeLessThanOrEqual(0.5);
    });
  });

  it('says what is wrong instead of inventing a table', async () => {
    const response = await fetch(`${getTestOrigin()}/months.csv?lng=en&power=cheap`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('power:');
  });
});
