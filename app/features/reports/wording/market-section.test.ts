import { expect, it } from 'vitest';
import type { UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import { toMarketSection } from './market-section.ts';
import { createSay } from './report-texts.ts';

const market: UsedMarket = {
  priceUsdPerBtc: { value: 87_509, source: 'Yahoo Finance', sourceUrl: null, at: '2025-12-31T00:00:00.000Z', origin: 'shipped' },
  difficulty: {
    value: 148.2e12,
    source: 'Electrum checkpoints',
    sourceUrl: 'https://github.com/spesmilo/electrum',
    at: '2025-12-11T00:00:00.000Z',
    origin: 'shipped',
  },
  height: { value: 930_000, source: 'request', sourceUrl: null, at: null, origin: 'request' },
  feesBtcPerBlock: { value: 0.02, source: 'A, B', sourceUrl: null, at: null, origin: 'live' },
  networkHashrateThs: null,
  epochElapsedS: null,
};
const sourcesIn = (language: 'en' | 'zh') => toMarketSection(createSay(language), market).table.rows.map(([, , source]) => source?.text);

it('names the sources of a report as the pages do, a name that is not listed as it is, and what was given as given', () => {
  expect(sourcesIn('en')).toEqual([
    'Yahoo Finance',
    'Electrum’s checkpoints (github.com)',
    expect.stringMatching(/request|given|entered/i),
    'A, B',
    '—',
    '—',
  ]);
  expect(sourcesIn('zh').slice(0, 2)).toEqual(['雅虎财经', expect.stringContaining('(github.com)')]);
});
