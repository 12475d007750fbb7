// A guest plans curtailment: the plan in the first HTML, every input replanned in the browser, a curve dropped as a file, files that can be checked without the
// solver, limits that cannot hold told in words, the keyboard alone, and the page without script. Both languages, a phone and a desk.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPlanText, describeVerdict } from '#engine/checker/index.ts';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { DESK, findSeriousFindings, openAll, PHONE, replaceText, textOf, visit } from '../support/visit.ts';

const PATH = '/curtailment/what-if';
const CAP = 'input[name=ck1]';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

async function waitForHeadline(page: Page, part: string): Promise<string> {
  await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent?.includes(wanted) === true, {}, part);
  return textOf(page, 'h1');
}

/** Until the improvement, which any small fleet gets, is over. */
async function waitUntilQuiet(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.improving button') === null);
}

/** The amount after the first dollar sign. */
function amountOf(headline: string): number {
  return Number(/\$([\d,.]*\d)/.exec(headline)?.[1]?.replaceAll(',', ''));
}

/** Clicks the button with the words and gives the file that the browser saves. */
async function downloadBy(page: Page, words: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'what-if-'));
  const session = await page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
  const name = new Promise<string>((resolve) => {
    session.on('Browser.downloadWillBegin', (event) => resolve(event.suggestedFilename));
  });
  const done = new Promise<void>((resolve) => {
    session.on('Browser.downloadProgress', (event) => {
      if (event.state === 'completed') resolve();
    });
  });
  await page.evaluate((wanted) => {
    for (const button of document.querySelectorAll('button')) if (button.textContent?.includes(wanted)) button.click();
  }, words);
  const file = join(folder, await name);
  await done;
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return text;
}

describe.each(['en', 'zh'])('the page in %s', (language) => {
  it.each([
    ['phone', PHONE],
    ['desk', DESK],
  ])('opens quietly on a %s, fits, and has no serious accessibility finding with everything opened', async (_, viewport) => {
    const { page, problems } = await visit(browser, `${PATH}?lng=${language}`, { viewport });
    await waitUntilQuiet(page);
    await openAll(page);
    await page.waitForSelector('.intervals tbody tr');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect(await findSeriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('holds the plan, its certificate and its figures in the first HTML', async () => {
    const html = await (await fetch(`${getTestOrigin()}${PATH}?lng=${language}`)).text();
    expect(html).toMatch(language === 'zh' ? /<h1[^>]*>方案收益 \$/ : /<h1[^>]*>The plan earns \$/);
    expect(html).toContain(language === 'zh' ? '已证明：' : 'Proven: no plan can earn');
    expect(html.match(/class="day-row"/g)?.length).toBeGreaterThan(4);
    expect(html).toContain('ERCOT');
    expect(html).not.toMatch(/<[a-z][^>]*\sstyle=/i);
  });
});

describe('a guest', () => {
  it('moves a cap and sees another plan at once, without asking the network', async () => {
    const { page, requests } = await visit(browser, `${PATH}?lng=en`);
    await waitUntilQuiet(page);
    const before = await textOf(page, 'h1');
    requests.length = 0;
    await replaceText(page, CAP, '150');
    // On a slow machine what is typed is planned digit by digit: the plan of "15" comes before that of "150".
    await page.waitForFunction(() => document.querySelector('.cap-text')?.textContent === 'cap 150 kW');
    expect(amountOf(await textOf(page, 'h1'))).toBeGreaterThan(amountOf(before));
    await waitUntilQuiet(page);
    // Improving starts a worker of its own: it and its module come from this origin or its cache, and nothing else is asked for.
    expect(requests.filter((url) => !url.startsWith(`${getTestOrigin()}/assets/`))).toEqual([]);
    await page.focus('input[name=ct1]');
    expect(new URL(page.url()).searchParams.get('ck1')).toBe('150');
    const after = await textOf(page, 'h1');
    await page.reload({ waitUntil: 'networkidle0' });
    await waitUntilQuiet(page);
    expect(amountOf(await textOf(page, 'h1'))).toBeCloseTo(amountOf(after), 1);
    await page.close();
  });

  it('drops a curve of negative prices with a decimal comma and sees every machine run', async () => {
    const { page, problems } = await visit(browser, `${PATH}?lng=en&ck1=`);
    await openAll(page);
    await page.select('select[name=day]', 'own');
    await page.waitForSelector('.drop textarea');
    await page.$eval('.drop', (zone) => {
      const lines = Array.from({ length: 96 }, (_, quarter) => `${quarter};${quarter < 48 ? '-12,5' : '8,25'}`);
      const data = new DataTransfer();
      data.items.add(new File([['quarter;price', ...lines].join('\r\n')], 'day.csv', { type: 'text/csv' }));
      zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    });
    await page.waitForFunction(() => document.querySelector('.day h2')?.textContent === 'Every machine runs the whole time');
    expect(await textOf(page, '#whatif-prices-hint')).toBe('96 prices read: -12.50 to 8.25 USD/MWh, 15 min each.'.replace('-', '−'));
    await replaceText(page, '#whatif-prices', 'cheap');
    await page.waitForFunction(
      () => document.querySelector('#whatif-prices-hint')?.textContent?.includes('“cheap” is not a price') === true,
    );
    expect(await textOf(page, '.stale-note')).toContain('earlier inputs');
    // Neither the fault nor the words are lost by a reload.
    await page.focus(CAP.replace('ck1', 'hashprice'));
    await page.reload({ waitUntil: 'networkidle0' });
    await page.waitForFunction(() => (document.querySelector('#whatif-prices') as HTMLTextAreaElement | null)?.value === 'cheap');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is asked when prices do not fill the day on which the clock changes, and has them run on when he says so', async () => {
    const prices = new Array(24).fill('40').join('+');
    const { page } = await visit(browser, `${PATH}?lng=en&day=own&prices=${prices}&date=2026-03-08&zone=America/Chicago`);
    expect(await textOf(page, '#whatif-prices-hint')).toBe(
      'The clock changes on Mar 8, 2026 in America/Chicago: the day has 23 hours, so 23 prices are expected; 24 were found.',
    );
    expect(await textOf(page, 'h1')).toBe('No plan: an input has to be corrected');
    await page.click('input[name=span]');
    await waitForHeadline(page, 'The plan earns $');
    await page.focus(CAP);
    expect(new URL(page.url()).searchParams.get('span')).toBe('asGiven');
    await page.close();
  });

  it('reads on a phone the answer first, its map of the day next, and then the form', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { viewport: PHONE });
    const tops = await page.$$eval('.plan-answer, .plan-first, .plan-inputs, .plan-rest', (parts) =>
      parts.map((part) => ({ part: part.className.split(' ', 1)[0], top: part.getBoundingClientRect().top })),
    );
    // In the order of the document, which is that of keyboard and readers, and on the screen alike.
    expect(tops.map(({ part }) => part)).toEqual(['plan-answer', 'plan-first', 'plan-inputs', 'plan-rest']);
    expect(tops.map(({ top }) => top)).toEqual(tops.map(({ top }) => top).sort((a, b) => a - b));
    await page.click('.to-inputs a');
    expect(await page.evaluate(() => window.location.hash)).toBe('#inputs');
    await page.close();
  });

  it('takes the plan of 6,000 machines along as JSON that the checker proves, and as CSV', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en&preset=evening`);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((button) => button.textContent === 'Checkable JSON' && !button.disabled),
    );
    await replaceText(page, CAP, '7000');
    await page.waitForFunction(() => document.querySelector('.cap-text')?.textContent === 'cap 7.00 MW');
    await waitUntilQuiet(page);
    const checked = checkPlanText(await downloadBy(page, 'Checkable JSON'));
    if (checked.kind !== 'checked') throw new Error(checked.sentence);
    const { isProven, lines } = describeVerdict(checked.verdict);
    expect(isProven, lines.join('\n')).toBe(true);
    const value = checked.verdict.kind === 'plan' ? Number(checked.verdict.recount.valuePusd) / 1e12 : Number.NaN;
    expect(amountOf(await textOf(page, 'h1'))).toBe(Math.round(value));
    const csv = await downloadBy(page, 'Plan as CSV');
    const machines = new Set(
      csv
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',', 2).join()),
    );
    expect(machines.size).toBe(6000);
    await page.close();
  });

  it('reads which limits cannot hold together, in both languages, and makes the change that is offered', async () => {
    const impossible = 'ck1=60&cf1=08:00&ct1=22:00&sla.A=90';
    const zh = await visit(browser, `${PATH}?lng=zh&${impossible}`);
    expect(await textOf(zh.page, 'h1')).toBe('这些限制无法同时满足');
    expect(await textOf(zh.page, '.infeasible')).toContain('客户 A 的保底 1,296 台时');
    await zh.page.close();

    const { page } = await visit(browser, `${PATH}?lng=en&${impossible}`);
    await waitForHeadline(page, 'No plan keeps all of these limits');
    expect(await textOf(page, '.infeasible')).toMatch(/the cap at \d\d:00–\d\d:00 and client A’s floor of 1,296 machine hours/);
    expect(await page.$$eval('.sec .acts button:disabled', (buttons) => buttons.map(({ textContent }) => textContent))).toEqual([
      'Plan as CSV',
    ]);
    expect(await textOf(page, '.why')).toContain('There is no plan to write as CSV');
    const checked = checkPlanText(await downloadBy(page, 'Checkable JSON'));
    if (checked.kind !== 'checked') throw new Error(checked.sentence);
    expect(describeVerdict(checked.verdict).isProven).toBe(true);
    await page.click('.infeasible .btn.main');
    await waitForHeadline(page, 'The plan ');
    await page.close();
  });

  it('reaches cap, fleet and interval by keyboard alone', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`);
    await waitUntilQuiet(page);
    const before = await textOf(page, 'h1');
    await page.focus('.cap-row input[type=range]');
    for (let step = 0; step < 15; step++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction((old) => document.querySelector('h1')?.textContent !== old, {}, before);
    expect(await page.$eval(CAP, (input) => (input as HTMLInputElement).value)).toBe('115');
    await page.focus('.groups details summary');
    await page.keyboard.press('Enter');
    await page.focus('input[name=n1]');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('n1');
    await page.focus('#whatif-interval');
    await page.keyboard.press('Home');
    expect(await textOf(page, '.readout h3')).toContain('At 00:00');
    await page.keyboard.press('ArrowRight');
    expect(await textOf(page, '.readout h3')).toContain('At 01:00');
    await page.close();
  });

  it('is told what is wrong beside the field, and keeps the plan before', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`);
    await waitUntilQuiet(page);
    const before = await textOf(page, 'h1');
    await replaceText(page, CAP, 'much');
    await page.waitForSelector('.stale-note');
    expect(await textOf(page, '.cap-row .hint.bad')).toBe('Not a number. Type one from 0 to 1,000,000.');
    expect(await textOf(page, 'h1')).toBe(before);
    await page.close();
  });
});

describe('without script', () => {
  it('shows the plan, and plans again on the server when the form is sent', async () => {
    const { page } = await visit(browser, `${PATH}?lng=en`, { script: false });
    const before = await textOf(page, 'h1');
    expect(before).toContain('The plan earns $');
    await page.$eval(CAP, (input) => {
      (input as HTMLInputElement).value = '150';
    });
    await Promise.all([page.waitForNavigation(), page.click('.submit button')]);
    expect(new URL(page.url()).searchParams.get('ck1')).toBe('150');
    expect(new URL(page.url()).searchParams.get('lng')).toBe('en');
    expect(amountOf(await textOf(page, 'h1'))).toBeGreaterThan(amountOf(before));
    await page.close();
  });

  it('answers the absurd in words, with status 200 and without planning it', async () => {
    for (const query of [
      'n1=20001&m1=Antminer+S21',
      'm1=%3Cscript%3E&n1=1',
      'day=own&prices=%00',
      'day=own&prices=1&step=5&zone=Mars',
      'ck1=-5&hashprice=1e999',
    ]) {
      const response = await fetch(`${getTestOrigin()}${PATH}?lng=en&${query}`);
      const html = await response.text();
      expect(response.status, query).toBe(200);
      expect(html, query).toContain('No plan: an input has to be corrected');
      expect(html, query).not.toContain('<script>"');
    }
    const large = await (
      await fetch(`${getTestOrigin()}${PATH}?lng=en&day=own&prices=${'40+'.repeat(288)}&m1=Antminer+S21&n1=20000`)
    ).text();
    expect(large).toContain('This fleet is planned in your browser');
  });
});
