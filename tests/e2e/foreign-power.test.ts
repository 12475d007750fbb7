// Power paid in euros and Canadian dollars, and a market that knows the rate of one of them alone: whoever plans with it is told the rate, whose it is and of which day; the other is refused, by name, until its rate is known.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshMarket } from '#app/features/market/refresh-market.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { createFormat } from '#app/ui/format.ts';
import { type FakeMarketServer, startFakeMarketServer } from '#collectors/market/fake-market-server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import { listMarketSources } from '#collectors/market/market-sources.ts';
import { withClient } from '../../prisma/prepare-database.ts';
import { launchChromium, openPage } from '../support/chromium.ts';
import { type OwnWeb, startOwnWeb } from '../support/own-web.ts';
import { type SeededPerson, seedWorkspace } from '../support/seeded-workspace.ts';
import { textOf } from '../support/visit.ts';

const HOUR_MS = 3_600_000;
/** Two weeks of Berlin's hours: midnight there is 22:00 UTC of the day before. */
const FIRST_MS = Date.parse('2024-06-30T22:00:00Z');
const HOURS = 14 * 24;
const PRICE_PER_MWH = 43;
const EUR_PER_USD = 0.86;
const CAD_PER_USD = 1.37;
/** The day of the rates: one of last week would be too old to be chosen. */
const FIXED_ON = new Date().toISOString().slice(0, 10);
const sayDay = (language: 'en' | 'zh') => createFormat(language).date(`${FIXED_ON}T00:00:00Z`);

let market: FakeMarketServer;
let web: OwnWeb;
let db: Db;
let browser: Browser;
let operator: SeededPerson;
let ids: Record<'EUR' | 'CAD', string>;

/** A series of one price all the time: what becomes of it is checked by hand. */
async function storeSeries(tenantId: string, name: string, currency: string): Promise<string> {
  return withClient(web.scratch.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO power_price_series (tenant_id, name, origin, time_zone, resolution_minutes, currency, unit)
       VALUES ($1, $2, 'file', 'Europe/Berlin', 60, $3, 'perMwh') RETURNING id`,
      [tenantId, name, currency],
    );
    const { id } = rows[0]!;
    await owner.query(
      `INSERT INTO power_prices (tenant_id, series_id, start_at, price_per_mwh, source, fetched_at)
       SELECT $1, $2, to_timestamp(($3::float8 + hour * $4::float8) / 1000), $5, 'hours.csv', now() FROM generate_series(0, $6::int - 1) AS hour`,
      [tenantId, id, FIRST_MS, HOUR_MS, PRICE_PER_MWH, HOURS],
    );
    return id;
  });
}

/** The market job once, with the rates that the source has then. */
async function refresh(rates: Readonly<Record<string, number>>): Promise<void> {
  market.answer('/frankfurter/v1/latest', { kind: 'json', body: { amount: 1, base: 'USD', date: FIXED_ON, rates } });
  const keys = { coingecko: null, coinwarz: null, ankr: null };
  const sources = listMarketSources({ urls: {}, mirrorUrl: market.url, keys, bitcoinRpcUrl: null });
  await refreshMarket({ db, redis: web.redis, sources, fetchJson: createFetchJson(), nowMs: Date.now }, 'everything');
}

beforeAll(async () => {
  market = await startFakeMarketServer();
  web = await startOwnWeb({ MARKET_MIRROR_URL: market.url, MARKET_REFRESH_MINUTES: '15' });
  db = createDb(web.scratch.appUrl, { maxConnections: 2 });
  browser = await launchChromium();
  const { tenantId, people } = await seedWorkspace({ ownerUrl: web.scratch.ownerUrl, redisUrl: web.redisUrl });
  operator = people.operator;
  ids = { EUR: await storeSeries(tenantId, 'Leipzig', 'EUR'), CAD: await storeSeries(tenantId, 'Toronto', 'CAD') };
  await refresh({ EUR: EUR_PER_USD });
});
afterAll(async () => {
  await browser?.close();
  await db?.$disconnect();
  await web?.stop();
  await market?.close();
});

async function open(path: string): Promise<Page> {
  const page = await openPage(browser);
  const [name = '', value = ''] = operator.cookie.split('=');
  await browser.setCookie({ name, value, domain: new URL(web.origin).hostname, path: '/' });
  await page.goto(`${web.origin}${path}`, { waitUntil: 'load' });
  return page;
}

async function askCurve(id: string): Promise<{ kind: string; curve?: { currency: string; usdPerMwh: number[]; rate: unknown } }> {
  const response = await fetch(`${web.origin}/market/power/curve?series=${id}`, { headers: { Cookie: operator.cookie } });
  expect(response.status).toBe(200);
  return (await response.json()) as Awaited<ReturnType<typeof askCurve>>;
}

/** What the page says of the chosen prices, choices left out. */
const readPricesPart = (page: Page) =>
  page.$eval('#whatif-day', (select) =>
    [...(select.closest('details')?.querySelectorAll('p') ?? [])].map(({ textContent }) => textContent?.replace(/\s+/g, ' ')).join('\n'),
  );

const dayOf = (id: string, language: string) => `/curtailment/what-if?lng=${language}&series=${id}&from=2024-07-03`;

describe('power paid in another currency', () => {
  it.each([
    [
      'en',
      'Turned into dollars at 1 USD = 0.8600 EUR (Frankfurter (ECB), {day}).',
      'no source has given a rate of their currency: Toronto (CAD).',
    ],
    ['zh', '按 1 美元 = 0.8600 EUR 折算为美元（Frankfurter (ECB)，{day}）。', '还没有来源给出其币种的汇率：Toronto (CAD)。'],
  ] as const)('is planned with at a rate that is said with its source and its day, in %s', async (language, rate, left) => {
    const page = await open(dayOf(ids.EUR, language));
    const said = await readPricesPart(page);
    expect(said).toContain(rate.replace('{day}', sayDay(language)));
    // The one without a rate is named with the reason and not offered.
    expect(said).toContain(left);
    const offered = await page.$$eval('#whatif-day option', (options) => options.map(({ textContent }) => textContent ?? ''));
    expect(offered.filter((option) => option.startsWith('Leipzig'))).not.toEqual([]);
    expect(offered.filter((option) => option.startsWith('Toronto'))).toEqual([]);
    await page.close();
  });

  it('is planned with in dollars: every price over the rate', async () => {
    const { kind, curve } = await askCurve(ids.EUR);
    expect(kind).toBe('curve');
    expect(curve).toMatchObject({ currency: 'EUR', rate: { currencyPerUsd: EUR_PER_USD, at: `${FIXED_ON}T00:00:00.000Z` } });
    // 43 EUR / 0.86 EUR per USD
    expect(curve?.usdPerMwh.length).toBeGreaterThan(0);
    for (const price of curve?.usdPerMwh ?? []) expect(price).toBeCloseTo(50, 10);
  });

  it('fills the calculator with dollars, and says at which rate', async () => {
    const page = await open('/?lng=en&curve=own#flexible');
    const picker = (await page.waitForSelector('.flexible-inputs select[id$=-series]'))!;
    await picker.select(ids.EUR);
    await page.waitForFunction(() => document.querySelector('.flexible-inputs')?.textContent?.includes('Turned into dollars'));
    expect(await textOf(page, '.flexible-inputs')).toContain(
      `Turned into dollars at 1 USD = 0.8600 EUR (Frankfurter (ECB), ${sayDay('en')}).`,
    );
    const filled = await page.$eval('.flexible-inputs textarea', (box) => (box as HTMLTextAreaElement).value);
    expect(new Set(filled.split('\n'))).toEqual(new Set(['USD/MWh', '50']));
    // The other one is refused in words, and leaves the box as it is.
    await picker.select(ids.CAD);
    await page.waitForFunction(() => document.querySelector('.flexible-inputs .bad')?.textContent?.includes('rate'));
    expect(await textOf(page, '.flexible-inputs .hint.bad')).toBe(
      'No source has given a rate of its currency yet, so its prices cannot be turned into dollars.',
    );
    expect(await page.$eval('.flexible-inputs textarea', (box) => (box as HTMLTextAreaElement).value)).toBe(filled);
    await page.close();
  });

  it('is refused by name where an address asks for days of a series without a rate, and nothing is planned in its place', async () => {
    for (const [language, reason] of [
      ['en', 'There is no rate of exchange for Toronto (CAD) yet, so its prices cannot be turned into dollars. Choose other prices.'],
      ['zh', '还没有 Toronto (CAD) 币种的汇率，电价无法折算为美元。请另选电价。'],
    ] as const) {
      const page = await open(dayOf(ids.CAD, language));
      expect(await textOf(page, '#whatif-day-error'), language).toBe(reason);
      // The script has the form in its hands as soon as it says how it plans; the day is still the one that was asked for.
      await page.waitForFunction(() => Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')));
      expect(await page.$eval('#whatif-day', (select) => (select as HTMLSelectElement).value), language).toBe(
        `${ids.CAD}:2024-07-03:2024-07-03`,
      );
      expect(await textOf(page, '#whatif-day-error'), language).toBe(reason);
      await page.close();
    }
    expect(await askCurve(ids.CAD)).toEqual({ kind: 'no-rate' });
    const page = await open(`/market/power?lng=en&series=${ids.CAD}`);
    expect(await textOf(page, 'main')).toContain('no source has given a rate of CAD yet');
    expect(await page.$('form[action="/curtailment/what-if"]')).toBeNull();
    await page.close();
  });

  it('is planned with as soon as its rate is known', async () => {
    await refresh({ EUR: EUR_PER_USD, CAD: CAD_PER_USD });
    const page = await open(dayOf(ids.CAD, 'en'));
    expect(await readPricesPart(page)).toContain(`1 USD = 1.3700 CAD (Frankfurter (ECB), ${sayDay('en')})`);
    expect(await page.$eval('#whatif-day', (select) => (select as HTMLSelectElement).selectedOptions[0]?.text)).toBe(
      'Toronto · Jul 3, 2024',
    );
    for (const price of (await askCurve(ids.CAD)).curve?.usdPerMwh ?? []) expect(price).toBeCloseTo(PRICE_PER_MWH / CAD_PER_USD, 10);
    await page.close();
  });
});
