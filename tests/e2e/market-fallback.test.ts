// The chain of fall-backs, seen by whoever has the calculator open: exchanges go silent one after another, and each step is said. No value is ever one that nobody gave.
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshMarket } from '#app/features/market/refresh-market.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type FakeMarketServer, type FakeReply, startFakeMarketServer } from '#collectors/market/fake-market-server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import bybitTickers from '#collectors/market/fixtures/bybit-tickers.json' with { type: 'json' };
import epoch from '#collectors/market/fixtures/difficulty-adjustment.json' with { type: 'json' };
import fx from '#collectors/market/fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from '#collectors/market/fixtures/hashrate-3d.json' with { type: 'json' };
import krakenTicker from '#collectors/market/fixtures/kraken-ticker.json' with { type: 'json' };
import okxTicker from '#collectors/market/fixtures/okx-ticker.json' with { type: 'json' };
import rewards from '#collectors/market/fixtures/reward-stats-144.json' with { type: 'json' };
import { listMarketSources } from '#collectors/market/market-sources.ts';
import { withClient } from '../../prisma/prepare-database.ts';
import { launchChromium, openPage } from '../support/chromium.ts';
import { type OwnWeb, startOwnWeb } from '../support/own-web.ts';
import { textOf } from '../support/visit.ts';

const json = (body: unknown): FakeReply => ({ kind: 'json', body });
const text = (body: string, status: number): FakeReply => ({ kind: 'text', body, status });

/** Every exchange with its price, and how it will fail: each in another way. */
const EXCHANGES = [
  { name: 'Coinbase', path: '/coinbase/v2/prices/BTC-USD/spot', usd: 87_500, fails: text('maintenance', 503) },
  { name: 'Kraken', path: '/kraken/0/public/Ticker', usd: 87_520, fails: { kind: 'cut-off', body: krakenTicker } },
  { name: 'Binance', path: '/binance/api/v3/ticker/price', usd: 87_560, fails: text('slow down', 429) },
  { name: 'OKX', path: '/okx/api/v5/market/ticker', usd: 87_620, fails: text('<html>Sign in</html>', 200) },
  { name: 'Bybit', path: '/bybit/v5/market/tickers', usd: 87_600, fails: text('bad gateway', 502) },
  { name: 'CoinGecko', path: '/coingecko/api/v3/simple/price', usd: 87_540, fails: text('gone', 410) },
] as const satisfies readonly { name: string; path: string; usd: number; fails: FakeReply }[];

function replyOf(name: (typeof EXCHANGES)[number]['name'], usd: number, nowMs: number): FakeReply {
  switch (name) {
    case 'Coinbase':
      return json({ data: { amount: String(usd), base: 'BTC', currency: 'USD' } });
    case 'Kraken':
      return json({ ...krakenTicker, result: { XXBTZUSD: { ...krakenTicker.result.XXBTZUSD, c: [String(usd), '0.001'] } } });
    case 'Binance':
      return json({ symbol: 'BTCUSDT', price: String(usd) });
    case 'OKX':
      return json({ ...okxTicker, data: [{ ...okxTicker.data[0], last: String(usd), ts: String(nowMs) }] });
    case 'Bybit': {
      const list = [{ ...bybitTickers.result.list[0], lastPrice: String(usd) }];
      return json({ ...bybitTickers, result: { ...bybitTickers.result, list }, time: nowMs });
    }
    case 'CoinGecko':
      return json({ bitcoin: { usd, last_updated_at: Math.floor(nowMs / 1000) } });
  }
}

/** What is left to be seen after so many exchanges have gone: the median of the rest, one alone, then the last price of all with its age. */
const STEPS = [
  { usd: '$87,550', said: 'median of 6 sources', how: 'Median of 6 sources.', passedOver: [] },
  { usd: '$87,560', said: 'median of 5 sources', how: 'Median of 5 sources.', passedOver: ['Coinbase'] },
  { usd: '$87,580', said: 'median of 4 sources', how: 'Median of 4 sources.', passedOver: ['Coinbase', 'Kraken'] },
  { usd: '$87,600', said: 'median of 3 sources', how: 'Median of 3 sources.', passedOver: ['Coinbase', 'Kraken', 'Binance'] },
  { usd: '$87,570', said: 'median of 2 sources', how: 'Median of 2 sources.', passedOver: ['Coinbase', 'Kraken', 'Binance', 'OKX'] },
  {
    usd: '$87,540',
    said: 'CoinGecko · nobody confirms it',
    how: 'One source only; nobody confirms it.',
    passedOver: ['Coinbase', 'Kraken', 'Binance', 'OKX', 'Bybit'],
  },
] as const;

const SEEN = { timeout: 20_000, interval: 250 };

let market: FakeMarketServer;
let web: OwnWeb;
let db: Db;
let browser: Browser;

beforeAll(async () => {
  market = await startFakeMarketServer();
  web = await startOwnWeb({ MARKET_MIRROR_URL: market.url, MARKET_REFRESH_MINUTES: '15' });
  db = createDb(web.scratch.appUrl, { maxConnections: 2 });
  browser = await launchChromium();
  market.answer('/mempool/api/v1/difficulty-adjustment', json(epoch));
  market.answer('/mempool/api/v1/mining/hashrate/3d', json(hashrate));
  market.answer('/mempool/api/v1/mining/reward-stats/144', json(rewards));
  market.answer('/frankfurter/v1/latest', json(fx));
});
afterAll(async () => {
  await browser?.close();
  await db?.$disconnect();
  await web?.stop();
  await market?.close();
});

/** The market job once, in the database of this journey, with so many exchanges gone; the job forgets what web servers remember. */
async function refresh(gone: number): Promise<void> {
  const nowMs = Date.now();
  for (const [index, { name, path, usd, fails }] of EXCHANGES.entries())
    market.answer(path, index < gone ? fails : replyOf(name, usd, nowMs));
  const keys = { coingecko: null, coinwarz: null, ankr: null };
  const sources = listMarketSources({ urls: {}, mirrorUrl: market.url, keys, bitcoinRpcUrl: null });
  await refreshMarket(
    { db, redis: web.redis, sources, fetchJson: createFetchJson(), nowMs: Date.now },
    gone === 0 ? 'everything' : 'price',
  );
  await web.redis.flushdb();
}

/** Four minutes go by: more than a price counts as fresh. They are written into what is known instead of being waited for. */
async function passFourMinutes(): Promise<void> {
  await withClient(web.scratch.ownerUrl, async (owner) => {
    for (const table of ['market_readings', 'market_figures'])
      await owner.query(
        `UPDATE ${table} SET observed_at = observed_at - interval '4 minutes', fetched_at = fetched_at - interval '4 minutes'`,
      );
    await owner.query(
      `UPDATE market_sources SET asked_at = asked_at - interval '4 minutes', open_until = open_until - interval '4 minutes'`,
    );
  });
}

const priceCell = (page: Page) => textOf(page, '.market > div:first-child');

/** Loads the open page again until it says so, and gives what the price's row of the page of sources says then. */
async function expectStep(calculator: Page, sources: Page, cell: string): Promise<string> {
  await expect
    .poll(async () => {
      await calculator.reload({ waitUntil: 'domcontentloaded' });
      return priceCell(calculator);
    }, SEEN)
    .toBe(cell);
  await sources.reload({ waitUntil: 'domcontentloaded' });
  const rows = await sources.$$eval('section[aria-labelledby=figures] tbody tr', (all) => all.map((row) => row.textContent ?? ''));
  return rows.find((row) => row.startsWith('BTC price')) ?? '';
}

describe('the chain of fall-backs', () => {
  it('is said step by step while the exchanges go silent one after another', async () => {
    await refresh(0);
    const calculator = await openPage(browser);
    await calculator.goto(`${web.origin}/?lng=en&power=0.05`, { waitUntil: 'domcontentloaded' });
    const sources = await openPage(browser);
    await sources.goto(`${web.origin}/market/sources?lng=en`, { waitUntil: 'domcontentloaded' });

    for (const [gone, { usd, said, how, passedOver }] of STEPS.entries()) {
      if (gone > 0) {
        await passFourMinutes();
        await refresh(gone);
      }
      const row = await expectStep(calculator, sources, `BTC price${usd}${said}just now`);
      expect(row, `${gone} gone`).toContain(`${usd}.00`);
      expect(row, `${gone} gone`).toContain(how);
      if (passedOver.length === 0) expect(row).not.toContain('Passed over');
      for (const name of passedOver) expect(row, `${gone} gone`).toContain(`${name} (too old)`);
      // The answer is computed with this price and no other.
      expect(await calculator.$eval('input[name=price]', (input) => (input as HTMLInputElement).placeholder.replace(/\D/g, ''))).toContain(
        usd.replace(/\D/g, ''),
      );
    }

    // The last one goes too: its price stays, and grows old in sight.
    await passFourMinutes();
    await refresh(EXCHANGES.length);
    await expectStep(calculator, sources, 'BTC price$87,540CoinGecko · nobody confirms it4 min ago');
    await passFourMinutes();
    await refresh(EXCHANGES.length);
    const row = await expectStep(calculator, sources, 'BTC price$87,540CoinGecko · nobody confirms it8 min ago');
    expect(row).toContain('$87,540.00');
    const states = await sources.$$eval('section[aria-labelledby=sources] tbody tr', (all) => all.map((line) => line.textContent ?? ''));
    for (const { name } of EXCHANGES) expect(states.find((line) => line.startsWith(name))).toMatch(/failing|left alone/);
  });
});
