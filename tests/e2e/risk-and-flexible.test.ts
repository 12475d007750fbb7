// Risk and hourly power prices on the guest page: nothing of them is fetched before they are seen, the same seed gives the same figures everywhere, a person's own
// prices are read or refused line by line and stay in the tab. Both languages, a phone and a desk, with and without script.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, openAll, PHONE, replaceText, textOf, visit } from '../support/visit.ts';

const LANGUAGES = ['en', 'zh'] as const;
const HOURS_PER_YEAR = 8760;
/** Chunks of the late parts, the simulation thread and the sample's prices. */
const LATE_FILES = /risk|flexible|power-ercot|worker/;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

type Part = 'risk' | 'flexible';

async function scrollTo(page: Page, part: Part): Promise<void> {
  await page.$eval(`#${part}`, (section) => section.scrollIntoView());
}

/** Until the part shows figures of the present inputs. */
async function waitUntilReady(page: Page, part: Part): Promise<void> {
  await page.waitForSelector(`#${part} [data-part="ready"]`);
}

async function openPart(page: Page, part: Part): Promise<void> {
  await scrollTo(page, part);
  await waitUntilReady(page, part);
}

/** Title, figures and every cell of every table of a part. */
function figuresOf(page: Page, part: Part): Promise<string[]> {
  return page.$$eval(`#${part} h2, #${part} .figs dd, #${part} td`, (cells) =>
    cells.map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()),
  );
}

/** Until the text is another than `before`, as `textOf` reads it. */
async function waitUntilChanged(page: Page, selector: string, before: string): Promise<void> {
  await page.waitForFunction(
    (where, text) => (document.querySelector(where)?.textContent ?? '').replace(/\s+/g, ' ').trim() !== text,
    {},
    selector,
    before,
  );
}

/** As from the clipboard: a year of lines is not typed. */
async function paste(page: Page, text: string): Promise<void> {
  await page.$eval(
    '.paste',
    (field, content) => {
      const area = field as HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, content);
      area.dispatchEvent(new Event('input', { bubbles: true }));
    },
    text,
  );
}

/** Cheap power but for two hours of each evening. */
function makeYear(dear: string): string {
  const lines = Array.from({ length: HOURS_PER_YEAR }, (_, hour) => `${hour};${hour % 24 === 18 || hour % 24 === 19 ? dear : '25,5'}`);
  return ['hour;USD/MWh', ...lines].join('\n');
}

describe.each(LANGUAGES)('the late parts in %s', (language) => {
  it('cost the first view nothing', async () => {
    const { page, requests, problems } = await visit(browser, `/?lng=${language}`);
    expect(requests.filter((path) => LATE_FILES.test(path))).toEqual([]);
    await openPart(page, 'risk');
    expect(requests.filter((path) => /risk/.test(path)).length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('are left out of a print in words until they have figures, and then are in it', async () => {
    const { page } = await visit(browser, `/?lng=${language}`);
    const printed = () => page.$eval('main', (main) => (main as HTMLElement).innerText);
    const leftOut = language === 'zh' ? /打印件中不含/g : /is not in this print/g;
    await page.emulateMediaType('print');
    expect((await printed()).match(leftOut)).toHaveLength(2);
    expect(await printed()).not.toMatch(/Loading|Simulating|载入中|正在/);
    await page.emulateMediaType('screen');
    await openPart(page, 'risk');
    await openPart(page, 'flexible');
    const titles = [await textOf(page, '#risk h2'), await textOf(page, '#flexible h2')];
    await page.emulateMediaType('print');
    const paper = (await printed()).replace(/\s+/g, ' ');
    for (const title of titles) expect(paper).toContain(title);
    expect(paper).not.toMatch(leftOut);
    expect((await page.pdf()).byteLength).toBeGreaterThan(0);
    await page.close();
  });

  it.each([
    ['phone', PHONE],
    ['desk', DESK],
  ])('fit a %s, quietly, with no serious accessibility finding', async (_, viewport) => {
    const { page, problems } = await visit(browser, `/?lng=${language}`, { viewport });
    await openPart(page, 'risk');
    await openPart(page, 'flexible');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await page.click('#flexible input[name=curve][value=own]');
    await page.waitForSelector('.paste');
    await openAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect(await findSeriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('come from the server whole when the address asks for them and no script runs', async () => {
    const query = `/?lng=${language}&seed=7&paths=2000&curve=sample`;
    const { page } = await visit(browser, query);
    await openPart(page, 'risk');
    await openPart(page, 'flexible');
    const expected = { risk: await figuresOf(page, 'risk'), flexible: await figuresOf(page, 'flexible') };
    await page.close();

    const { page: plain } = await visit(browser, `${query}&nojs=1`, { script: false });
    expect({ risk: await figuresOf(plain, 'risk'), flexible: await figuresOf(plain, 'flexible') }).toEqual(expected);
    expect(await plain.$$('main .late-bone')).toHaveLength(0);
    await plain.close();
  });
});

describe('risk', () => {
  it('gives the same figures after a reload and in a second browser from the seed in the address', async () => {
    const { page, problems } = await visit(browser, '/?lng=en');
    await openPart(page, 'risk');
    const first = await figuresOf(page, 'risk');
    const before = await textOf(page, '#risk header p');
    await page.click('#risk button.btn');
    await page.waitForFunction(() => /[?&]seed=\d+/.test(window.location.search));
    await waitUntilChanged(page, '#risk header p', before);
    await waitUntilReady(page, 'risk');
    const drawn = await figuresOf(page, 'risk');
    expect(drawn).not.toEqual(first);
    const { pathname, search } = new URL(page.url());

    await page.reload({ waitUntil: 'networkidle0' });
    await openPart(page, 'risk');
    expect(await figuresOf(page, 'risk')).toEqual(drawn);
    // By this browser too, and not only by the server that rendered it: there and back again.
    const sub = await textOf(page, '#risk header p');
    await replaceText(page, 'input[name=paths]', '9999');
    await waitUntilChanged(page, '#risk header p', sub);
    await replaceText(page, 'input[name=paths]', '10000');
    await page.waitForFunction(() => document.querySelector('#risk header p')?.textContent?.includes('10,000') === true);
    await waitUntilReady(page, 'risk');
    expect(await figuresOf(page, 'risk')).toEqual(drawn);
    expect(problems).toEqual([]);
    await page.close();

    const second = await launchChromium();
    const { page: other } = await visit(second, `${pathname}${search}`);
    await openPart(other, 'risk');
    expect(await figuresOf(other, 'risk')).toEqual(drawn);
    await second.close();
  });

  it('follows the inputs of the page', async () => {
    const { page, problems } = await visit(browser, '/?lng=en&seed=3');
    await openPart(page, 'risk');
    const before = await textOf(page, '#risk .figs');
    await replaceText(page, 'input[name=power]', '0.03');
    await waitUntilChanged(page, '#risk .figs', before);
    await waitUntilReady(page, 'risk');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('says what is wrong with a volatility and keeps the last good figures', async () => {
    const { page } = await visit(browser, '/?lng=en&seed=3');
    await openPart(page, 'risk');
    const before = await figuresOf(page, 'risk');
    await replaceText(page, 'input[name=pvol]', '900');
    await page.waitForSelector('#risk .hint.bad');
    expect(await textOf(page, '#risk .hint.bad')).toContain('500');
    expect(await page.$('#risk .is-old')).not.toBeNull();
    expect(await figuresOf(page, 'risk')).toEqual(before);
    await replaceText(page, 'input[name=pvol]', '');
    await page.waitForFunction(() => document.querySelector('#risk .is-old') === null);
    expect(await figuresOf(page, 'risk')).toEqual(before);
    await page.close();
  });

  it('names source and dates of its estimates, and says that it is no better than a naive walk', async () => {
    const { page } = await visit(browser, '/?lng=en&seed=1');
    await openPart(page, 'risk');
    const text = await textOf(page, '#risk');
    expect(text).toMatch(/from \w+ \d+, 2021 to \w+ \d+, 2025/);
    expect(text).toContain('Sources:');
    expect(text).toContain('not better than a naive random walk');
    await page.close();
  });
});

describe('hourly prices', () => {
  it('of the sample have source and year, and follow the inputs', async () => {
    const { page, problems } = await visit(browser, '/?lng=en&curve=sample');
    await openPart(page, 'flexible');
    expect(await textOf(page, '#flexible header p')).toMatch(/ERCOT.*2022.*Source:/);
    const before = await textOf(page, '#flexible .figs');
    await replaceText(page, 'input[name=restart]', '5');
    await waitUntilChanged(page, '#flexible .figs', before);
    await page.waitForFunction(() => window.location.search.includes('restart=5'));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('of one’s own are followed, stay in the tab over a reload, and are in no address and no request', async () => {
    const { page, problems, requests } = await visit(browser, '/?lng=en');
    await openPart(page, 'flexible');
    await page.click('#flexible input[name=curve][value=own]');
    await page.waitForSelector('.paste');
    const sentBefore = requests.length;
    await paste(page, makeYear('3000,0'));
    await waitUntilReady(page, 'flexible');
    // Two dear hours of each evening: a twelfth of the year.
    expect(await textOf(page, '#flexible .figs')).toContain('8.3% of the time');
    await page.waitForFunction(() => window.location.search.includes('curve=own'));
    expect(page.url()).not.toContain('3000');
    expect(requests.slice(sentBefore)).toEqual([]);
    const expected = await figuresOf(page, 'flexible');

    await page.reload({ waitUntil: 'networkidle0' });
    await openPart(page, 'flexible');
    expect(await figuresOf(page, 'flexible')).toEqual(expected);
    const { pathname, search } = new URL(page.url());
    expect(problems).toEqual([]);
    await page.close();

    const { page: other } = await visit(browser, `${pathname}${search}`);
    await scrollTo(other, 'flexible');
    await other.waitForSelector('.paste');
    expect(await textOf(other, '#flexible')).toContain('stayed in the browser');
    expect(await other.$$('#flexible .figs')).toHaveLength(0);
    await other.close();
  });

  it.each([
    ['en', 'Line 12: “cheap” is not a price.', 'Line 12: 20,000 USD/MWh is outside of −1,000 to 10,000 USD/MWh.'],
    ['zh', '第 12 行：“cheap” 不是电价。', '第 12 行：20,000 美元/MWh 超出 −1,000 到 10,000 美元/MWh。'],
  ])('that cannot be read are refused with line, value and range in %s', async (language, unreadable, outside) => {
    const { page, problems } = await visit(browser, `/?lng=${language}&curve=own`);
    await scrollTo(page, 'flexible');
    await page.waitForSelector('.paste');
    const lines = makeYear('80').split('\n');
    const withLine = (value: string) => lines.map((line, index) => (index === 11 ? `10;${value}` : line)).join('\n');
    await paste(page, withLine('cheap'));
    await page.waitForSelector('.faults');
    expect(await textOf(page, '.faults')).toContain(unreadable);
    await paste(page, withLine('20000'));
    await page.waitForFunction((text) => document.querySelector('.faults')?.textContent?.includes(text) === true, {}, outside);
    await paste(page, lines.slice(0, -1).join('\n'));
    await page.waitForFunction(() => document.querySelector('.faults')?.textContent?.includes('8,759') === true);
    await paste(page, lines.join('\n'));
    await waitUntilReady(page, 'flexible');
    expect(await page.$('.faults')).toBeNull();
    expect(problems).toEqual([]);
    await page.close();
  });
});
