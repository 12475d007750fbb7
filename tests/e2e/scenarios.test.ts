// A scenario from the calculator to the explanation: saved, held against the market of now and against other inputs, read by a program, deleted.
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScenarioExplanationSchema, ScenariosAnswerSchema } from '#app/features/scenarios/scenario-answer.ts';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { DESK, findSeriousFindings, PHONE, replaceText, textOf, visit } from '../support/visit.ts';

let browser: Browser;
let workspace: SeededWorkspace;

beforeAll(async () => {
  browser = await launchChromium();
  workspace = await seedWorkspace();
  const [name = '', value = ''] = workspace.people.operator.cookie.split('=');
  await browser.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/', httpOnly: true });
});
afterAll(async () => {
  await browser.close();
});

const as = (cookie: string, path: string, init: RequestInit = {}) =>
  fetch(`${getTestOrigin()}${path}`, { redirect: 'manual', ...init, headers: { Cookie: cookie, ...init.headers } });
const read = async (path: string) => (await as(workspace.people.operator.cookie, path)).json();

async function findId(): Promise<string> {
  const { scenarios } = ScenariosAnswerSchema.parse(await read('/api/v1/scenarios'));
  return scenarios[0]?.id ?? '';
}

/** Of every chart: its title, and the words of its last column from then to now. */
const CHARTS = '.falls section';

describe('a saved scenario', () => {
  it('is saved from the calculator and stands still while nothing moves', { timeout: 60_000 }, async () => {
    const { page, problems } = await visit(browser, '/?lng=en&power=0.055&count=20');
    await Promise.all([page.waitForNavigation(), page.click('.share a[href^="/scenarios"]')]);
    expect(await textOf(page, 'section[aria-labelledby=current]')).toContain('20 × Antminer S21 Pro at 0.0550 USD/kWh');
    await replaceText(page, 'input[name=name]', 'Spring order');
    await Promise.all([page.waitForNavigation(), page.click('button[value=save]')]);
    expect(await textOf(page, 'h1')).toBe('What changed since Spring order');
    const titles = await page.$$eval(`${CHARTS} h2`, (all) => all.map((title) => title.textContent));
    expect(titles).toEqual(['NPV is what it was', 'Profit per day is what it was', expect.stringContaining('Payback')]);
    expect(await textOf(page, 'section[aria-labelledby=changed]')).toContain('Every input is what it was.');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('held against other inputs says what each kind of them did, and the API says the same', async () => {
    const id = await findId();
    const now = '?now=form&power=0.07&count=20&price=70000&capex=2600';
    const { page } = await visit(browser, `/scenarios/${id}/explanation${now}&lng=en`);
    expect(await textOf(page, `${CHARTS} h2`)).toMatch(/^NPV fell by \$[\d,]+; most of it: (BTC price|Power price)$/);
    const answer = ScenarioExplanationSchema.parse(await read(`/api/v1/scenarios/${id}/explanation${now}`));
    expect(answer.inputsOfNow).toBe('given');
    expect(answer.changed.map(({ input, group }) => [input, group])).toEqual([
      ['priceUsdPerBtc', 'price'],
      ['powerUsdPerKwh', 'powerPrice'],
      ['capexUsd', 'machine'],
    ]);
    const npv = answer.figures.find(({ figure }) => figure === 'npvUsd');
    const sum = npv?.contributions?.reduce((total, { change }) => total + change, 0);
    expect(sum).toBeCloseTo(npv?.change ?? Number.NaN, 4);
    const rows = await page.$$eval(`${CHARTS}:first-child tbody tr`, (all) =>
      all.map((row) => [row.querySelector('th')?.textContent, row.querySelector('.num')?.textContent]),
    );
    const usd = (value: number) => {
      const text = Math.round(Math.abs(value)).toLocaleString('en-US');
      return `${value < 0 ? '−' : '+'}$${text}`;
    };
    expect(rows[0]).toEqual(['Then', usd(npv?.valueThen ?? 0)]);
    expect(rows[1]).toEqual(['BTC price', usd(npv?.contributions?.[0]?.change ?? 0)]);
    expect(rows[2]).toEqual(['Difficulty', 'no change']);
    expect(rows[6]).toEqual(['Now', usd(npv?.valueNow ?? 0)]);
    await page.close();
  });

  it('refuses a parameter that nobody knows, as the other routes do', async () => {
    expect(await read('/api/v1/scenarios?page=2')).toMatchObject({ status: 400, errors: [{ field: 'page', value: '2' }] });
    expect(await read(`/api/v1/scenarios/${await findId()}/explanation?now=form&powr=0.07`)).toMatchObject({
      status: 400,
      errors: [{ field: 'powr', value: '0.07' }],
    });
  });

  it('shows no figure of now while an input is missing', async () => {
    const { page } = await visit(browser, `/scenarios/${await findId()}/explanation?now=form&power=&lng=en`, { script: false });
    expect(await textOf(page, '.note.bad')).toBe('Now cannot be computed, so no change is shown:Power price (left empty)');
    expect(await textOf(page, `${CHARTS}:first-child`)).toContain('Nothing is put in its place.');
    await page.close();
  });

  for (const language of ['en', 'zh']) {
    for (const viewport of [PHONE, DESK]) {
      it(`is explained accessibly at ${viewport.width} pixels in ${language}`, async () => {
        const id = await findId();
        for (const path of [`/scenarios/${id}/explanation?now=form&power=0.07`, '/scenarios?now=form&power=0.07']) {
          const { page, problems } = await visit(browser, `${path}&lng=${language}`, { viewport });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
          expect(await findSeriousFindings(page)).toEqual([]);
          expect(problems).toEqual([]);
          await page.close();
        }
      });
    }
  }

  it('is neither shown to others nor to whoever may not see it, and a guest is asked to sign in', async () => {
    const path = `/scenarios/${await findId()}/explanation`;
    const other = await seedWorkspace();
    expect((await as(other.people.operator.cookie, path)).status).toBe(404);
    expect((await as(other.people.operator.cookie, `/api/v1${path}`)).status).toBe(404);
    expect((await as(workspace.people.client.cookie, path)).status).toBe(403);
    expect((await as(workspace.people.client.cookie, '/api/v1/scenarios')).status).toBe(403);
    expect((await fetch(`${getTestOrigin()}/api/v1/scenarios`)).status).toBe(401);
    expect((await fetch(`${getTestOrigin()}${path}`, { redirect: 'manual' })).headers.get('Location')).toContain('/sign-in');
  });

  it('is deleted', async () => {
    const id = await findId();
    const { page } = await visit(browser, '/scenarios?lng=en');
    await Promise.all([page.waitForNavigation(), page.click('button[value=delete]')]);
    expect(await textOf(page, 'main')).toContain('The scenario was deleted.');
    expect((await as(workspace.people.operator.cookie, `/api/v1/scenarios/${id}/explanation`)).status).toBe(404);
    await page.close();
  });
});
