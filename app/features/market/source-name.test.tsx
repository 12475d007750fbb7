import { createInstance } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import en from '../../../locales/en/market.json';
import zh from '../../../locales/zh/market.json';
import { readDailyCandleParts, readDailyClosesUsdPerBtc, readDifficultyByEpoch } from './history/read-history.server.ts';
import { readShippedCandles } from './history/shipped-candles.server.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { Sourced, SourceNames } from './source-name.tsx';
import { NAMED_SOURCES, readSourceName } from './source-names.ts';

async function render(node: React.ReactNode, language: Language): Promise<string> {
  const i18n = createInstance().use(initReactI18next);
  await i18n.init({ ...I18NEXT_OPTIONS, lng: language, resources: { en: { market: en }, zh: { market: zh } } });
  return renderToStaticMarkup(<I18nextProvider i18n={i18n}>{node}</I18nextProvider>);
}

const CLOSES = readDailyClosesUsdPerBtc().source;

describe('the name of a source', () => {
  it('is read in parts, each with the days that are its own', () => {
    expect(readSourceName(CLOSES).map(({ name, from, to }) => ({ name, from, to }))).toEqual([
      { name: 'dennisgrobe/btc_data', from: null, to: '2014-09-16' },
      { name: 'Yahoo Finance BTC-USD', from: '2014-09-17', to: null },
    ]);
    expect(readSourceName('Binance (USDT)')).toEqual([{ name: 'Binance (USDT)', key: null, url: null, from: null, to: null }]);
  });

  it('stands in the sentence in the reader’s words and leads to where it can be checked', async () => {
    const node = <Sourced source={CLOSES} say={(sources) => `Closes: ${sources}.`} />;
    expect(await render(node, 'en')).toBe(
      'Closes: <a class="in-text" href="https://github.com/dennisgrobe/btc_data" rel="noreferrer">btc_data (a public table of daily closes)</a> (to Sep 16, 2014)' +
        ' and <a class="in-text" href="https://finance.yahoo.com/quote/BTC-USD/history/" rel="noreferrer">Yahoo Finance</a> (from Sep 17, 2014).',
    );
    expect(await render(node, 'zh')).toContain('btc_data（公开的日收盘价表）</a>（至 2014年9月16日）和<a');
  });

  it('that is not listed says itself, and takes the address its figure has', async () => {
    expect(await render(<SourceNames source="prices.csv" />, 'zh')).toBe('prices.csv');
    expect(await render(<SourceNames source="Kraken" url="https://example.org/k" />, 'en')).toBe(
      '<a class="in-text" href="https://example.org/k" rel="noreferrer">Kraken</a>',
    );
  });

  it('is listed for everything that ships, so that nobody reads the name of a file', () => {
    const { open, volumeBtc } = readDailyCandleParts();
    const shipped = [CLOSES, open.source, volumeBtc.source, readDifficultyByEpoch().source, ...readShippedCandles().sources];
    for (const { name } of shipped.flatMap(readSourceName)) expect(NAMED_SOURCES, name).toContain(name);
    // Those of single figures are names of people's own words unless they say through whom they came.
    for (const { source } of Object.values(SHIPPED_SNAPSHOT)) if (source?.includes('via')) expect(NAMED_SOURCES).toContain(source);
  });

  it.each(LANGUAGES)('has words in %s for every listed one', async (language) => {
    for (const name of NAMED_SOURCES) expect(await render(<SourceNames source={name} />, language), name).not.toContain('sourceName.');
  });
});
