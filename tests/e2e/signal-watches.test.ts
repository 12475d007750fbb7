// Being told of signals: a member presses the switch without script, a program of his does the same, and a guest is shown the way in.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNAL_ANSWERS } from '#app/features/api/market/signal-watch-schemas.ts';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { asDatabaseOwner, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { DESK, findSeriousFindings, PHONE, textOf, visit } from '../support/visit.ts';

const PATH = '/market/indicators?indicator=sma&span=90d&period=50&lng=en';
const API = '/api/v1/signal-watches';

let browser: Browser;
let workspace: SeededWorkspace;

beforeAll(async () => {
  browser = await launchChromium();
  workspace = await seedWorkspace();
});
afterAll(() => browser.close());

async function openSignedIn(width: number, script: boolean): Promise<Page> {
  const [name = '', value = ''] = workspace.people.operator.cookie.split('=');
  const context = await browser.createBrowserContext();
  await context.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const page = await context.newPage();
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  await page.goto(`${getTestOrigin()}${PATH}`, { waitUntil: 'networkidle0' });
  return page;
}

const readApi = async () => {
  const response = await fetch(`${getTestOrigin()}${API}`, { headers: { Cookie: workspace.people.operator.cookie } });
  expect(response.headers.get('cache-control')).toContain('no-store');
  return SIGNAL_ANSWERS.SignalWatches.parse(await response.json());
};

describe('a signal', () => {
  it('is watched and no longer watched without script, and the picture stays what it was', async () => {
    const page = await openSignedIn(PHONE.width, false);
    await Promise.all([page.waitForNavigation(), page.click('button[aria-label^="Tell me when this signal turns: Golden cross"]')]);
    expect(new URL(page.url()).search).toContain('period=50');
    expect(await page.$('button[aria-label^="Stop telling me about: Golden cross"]')).not.toBeNull();
    expect(await textOf(page, 'section[aria-labelledby=told-title]')).toContain('Nothing has turned since you began to watch.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect((await readApi()).watches.filter(({ isWatched }) => isWatched)).toEqual([{ signal: 'golden-cross', isWatched: true }]);
    await Promise.all([page.waitForNavigation(), page.click('button[aria-label^="Stop telling me about: Golden cross"]')]);
    expect((await readApi()).watches.some(({ isWatched }) => isWatched)).toBe(false);
    await page.browserContext().close();
  });

  it('that has turned stands on the page with how often it was right beside any day', async () => {
    await asDatabaseOwner(async (owner) => {
      const { tenantId, people } = workspace;
      const facts = {
        direction: 'rise',
        closeUsdPerBtc: 87_508.83,
        outcomes: [{ horizonDays: 7, settled: 12, hitRatio: 0.25, baseRatio: 0.55 }],
      };
      await owner.query(
        `WITH w AS (INSERT INTO signal_watches (tenant_id, user_id, signal, is_on, judged_at) VALUES ($1, $2, 'golden-cross', true, '2025-12-31') RETURNING id)
         INSERT INTO signal_news (tenant_id, watch_id, at, is_on, facts, told_at) SELECT $1, id, '2025-12-31', true, $3, now() FROM w`,
        [tenantId, people.operator.userId, JSON.stringify(facts)],
      );
    });
    const page = await openSignedIn(DESK.width, true);
    const row = await textOf(page, 'section[aria-labelledby=told-title] tbody tr');
    expect(row).toContain('Golden cross: SMA 50 rises above SMA 200');
    expect(row).toMatch(/Dec 31, 2025.*on.*\$87,509.*25%.*55% any day/);
    expect(await findSeriousFindings(page)).toEqual([]);
    expect((await readApi()).news).toMatchObject([{ signal: 'golden-cross', isOn: true }]);
    await page.browserContext().close();
  });

  it('is nobody’s without an account: the page shows the way in, the interface refuses', async () => {
    const { page } = await visit(browser, PATH, { script: false });
    expect(await page.$eval('a[href^="/sign-in"][href*="period"]', (link) => link.textContent)).toContain('Sign in to be told');
    expect(await page.$('button[name=intent]')).toBeNull();
    await page.close();
    const refused = await fetch(`${getTestOrigin()}${API}`);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('cache-control')).toContain('no-store');
  });
});
