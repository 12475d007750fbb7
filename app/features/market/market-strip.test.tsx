import { createInstance, type i18n } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '#app/ui/format.ts';
import en from '../../../locales/en/market.json' with { type: 'json' };
import zh from '../../../locales/zh/market.json' with { type: 'json' };
import { MarketStrip } from './market-strip.tsx';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { type MarketSnapshot, unknownFigure } from './snapshot.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const languages: Partial<Record<'en' | 'zh', i18n>> = {};

beforeAll(async () => {
  for (const lng of ['en', 'zh'] as const) {
    const language = createInstance().use(initReactI18next);
    await language.init({
      lng,
      resources: { en: { market: en }, zh: { market: zh } },
      ns: ['market'],
      interpolation: { escapeValue: false },
    });
    languages[lng] = language;
  }
});

function draw(snapshot: MarketSnapshot, language: 'en' | 'zh' = 'en'): string {
  const i18n = languages[language]!;
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <MarketStrip snapshot={snapshot} nowMs={NOW_MS} format={createFormat(language)} t={i18n.getFixedT(language, 'market')} />
    </I18nextProvider>,
  );
}

/** What a reader sees: the markup without its tags. */
const readable = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('MarketStrip', () => {
  it('shows every shipped figure with its source, marked as the last known of its day', () => {
    const text = readable(draw(SHIPPED_SNAPSHOT));
    expect(text).toContain('$87,509');
    expect(text).toContain('Yahoo Finance last known, Dec 31, 2025');
    expect(text).toContain('148.20 T');
    expect(text).toContain('Electrum · block 927,360 last known, Dec 11, 2025');
    expect(text).toContain('1,045.0 EH/s JPMorgan (through Phemex)');
    expect(text).toContain('0.0173 BTC');
    expect(text).toContain('122,640 blocks');
    expect(text).toContain('≈ Apr 2028');
  });

  it('dates what it reckons by the oldest figure that went in, and says that hashprice is before the pool fee', () => {
    const text = readable(draw(SHIPPED_SNAPSHOT));
    // Price of Dec 31, fees of Jan 12, difficulty and height of Dec 11.
    expect(text).toMatch(/Hashprice before pool fee .{10,60} last known, Dec 11, 2025 Difficulty/);
    expect(text).toContain('block 1,050,000 · ≈ Apr 2028 last known, Dec 11, 2025');
    expect(readable(draw(SHIPPED_SNAPSHOT, 'zh'))).toMatch(/算力价格（扣除矿池费率前） .{10,60} 最近已知，2025年12月11日 难度/);
  });

  it('says that the shipped hash rate is the mean of a month', () => {
    expect(readable(draw(SHIPPED_SNAPSHOT))).toContain('last known, mean of Dec 2025');
  });

  it('speaks Chinese to Chinese readers', () => {
    const text = readable(draw(SHIPPED_SNAPSHOT, 'zh'));
    expect(text).toContain('最近已知，2025年12月31日');
    expect(text).toContain('还有 122,640 块');
    expect(text).toContain('约 2028年4月');
    expect(text).toContain('摩根大通（经 Phemex）');
  });

  it('marks a price that one source alone gave, and links the many to their page', () => {
    const price = { value: 60_000, sourceUrl: null, at: '2026-11-22T11:59:50.000Z', origin: 'live' as const };
    const used = [{ source: 'Kraken', value: 60_000 }];
    const alone = { ...price, source: 'Kraken', basis: { kind: 'single' as const, used, passedOver: [] } };
    expect(readable(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc: alone }))).toContain('$60,000 Kraken · nobody confirms it just now');
    expect(readable(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc: alone }, 'zh'))).toContain('Kraken · 仅此一家 刚刚');
    const basis = { kind: 'median' as const, used: [...used, { source: 'OKX', value: 60_000 }], passedOver: [] };
    expect(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc: { ...price, source: 'Kraken, OKX', basis } })).toContain('href="/market/sources"');
  });

  it('says when the price is the last one because the sources disagree', () => {
    const passedOver = [60_000, 600_000].map((value) => ({ source: 'Kraken', reason: 'disputed' as const, value }));
    const basis = { kind: 'disputed' as const, used: [], passedOver };
    const at = '2026-11-22T11:48:00.000Z';
    const priceUsdPerBtc = { value: 60_005, source: 'Kraken, OKX', sourceUrl: null, at, origin: 'live' as const, basis };
    const html = draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc });
    expect(readable(html)).toContain('$60,005 sources disagree: last price 12 min ago');
    expect(html).toContain('href="/market/sources"');
    expect(readable(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc }, 'zh'))).toContain('来源报价不一致，沿用上次价格 12 分钟前');
  });

  it('says the age of live figures', () => {
    const priceUsdPerBtc = { value: 60_000, source: 'Coinbase', sourceUrl: null, at: '2026-11-22T11:56:00.000Z', origin: 'live' as const };
    expect(readable(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc }))).toContain('$60,000 Coinbase 4 min ago');
    expect(readable(draw({ ...SHIPPED_SNAPSHOT, priceUsdPerBtc }, 'zh'))).toContain('Coinbase 4 分钟前');
  });

  it('draws an unknown figure as a dash with the reason, never as zero', () => {
    const html = draw({ ...SHIPPED_SNAPSHOT, feesBtcPerBlock: unknownFigure('live') });
    expect(readable(html)).toContain(en.strip.unknownReason);
    expect(readable(html)).toContain(en.strip.hashpriceUnknownReason);
    expect(html).not.toContain('0.0000 BTC');
    expect(readable(html)).not.toContain(en.age.unknown);
    expect(readable(html)).not.toContain(en.strip.lastDayBlocks);
  });

  it('falls back to the implied hash rate and says so', () => {
    const snapshot = { ...SHIPPED_SNAPSHOT, networkHashrateThs: unknownFigure('shipped') };
    expect(readable(draw(snapshot))).toContain('1,060.8 EH/s implied by difficulty');
  });

  it('uses no inline style', () => {
    expect(draw(SHIPPED_SNAPSHOT)).not.toContain('style=');
  });
});
