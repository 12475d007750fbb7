import i18next, { type TFunction } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '#app/ui/format.ts';
import en from '../../../locales/en/market.json' with { type: 'json' };
import zh from '../../../locales/zh/market.json' with { type: 'json' };
import { MarketNotice } from './market-notice.tsx';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot } from './snapshot.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const liveFigure = { value: 1, source: 'a source', sourceUrl: null, at: NOW, origin: 'live' };
const LIVE: MarketSnapshot = Object.fromEntries(MARKET_FIGURE_NAMES.map((name) => [name, liveFigure])) as MarketSnapshot;
let texts: Record<'en' | 'zh', TFunction<'market'>>;

beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({ resources: { en: { market: en }, zh: { market: zh } }, ns: ['market'], interpolation: { escapeValue: false } });
  texts = { en: i18n.getFixedT('en', 'market'), zh: i18n.getFixedT('zh', 'market') };
});

function say(snapshot: MarketSnapshot, language: 'en' | 'zh' = 'en'): string {
  const markup = renderToStaticMarkup(
    <MarketNotice snapshot={snapshot} nowMs={Date.parse(NOW)} format={createFormat(language)} t={texts[language]} />,
  );
  return markup.replace(/<[^>]+>/g, '');
}

describe('MarketNotice', () => {
  it('is not there while the figures are live', () => {
    expect(say(LIVE)).toBe('');
  });

  it('says that nothing is live, and of which days the figures are', () => {
    expect(say(SHIPPED_SNAPSHOT)).toBe(
      'No live market figures. These are the last known ones, of Dec 11, 2025 to Jan 12, 2026; type your own under Market figures.',
    );
    expect(say(SHIPPED_SNAPSHOT, 'zh')).toBe(
      '暂无实时行情。以下为最近已知数据，日期 2025年12月11日至 2026年1月12日；可在“行情数据”中自行填写。',
    );
  });

  it('names the figures that are not live when others are', () => {
    const { height, difficulty } = SHIPPED_SNAPSHOT;
    expect(say({ ...LIVE, height, difficulty })).toBe(
      'Not all market figures are live. Last known, of Dec 11, 2025: block height and difficulty; type your own under Market figures.',
    );
    expect(say({ ...LIVE, height, difficulty }, 'zh')).toContain('区块高度和难度为 2025年12月11日的最近已知数据');
  });

  it('is a note to assistive technology', () => {
    const markup = renderToStaticMarkup(
      <MarketNotice snapshot={SHIPPED_SNAPSHOT} nowMs={Date.parse(NOW)} format={createFormat('en')} t={texts.en} />,
    );
    expect(markup).toMatch(/^<div class="note" role="note">/);
  });
});
