import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import chart from '../../../locales/en/chart.json' with { type: 'json' };
import { listSaid, sayMoment } from './say-reading.ts';
import type { Pane } from './series.ts';

let t: TFunction<'chart'>;
beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'en', resources: { en: { chart } }, ns: ['chart'], interpolation: { escapeValue: false } });
  t = i18n.getFixedT('en', 'chart');
});

const say = (value: number | null) => (value === null ? '—' : `$${value}`);
const pane = (title: string, series: Pane['series']): Pane => ({
  id: title,
  title,
  heightPx: 100,
  scale: 'linear',
  series,
  say,
  sayTick: String,
});
const PANES: Pane[] = [
  pane('Price, USD', [
    { id: 'a', name: 'BTC', kind: 'candles', open: [1, 2], high: [3, 4], low: [0, 1], close: [2, 3] },
    { id: 'b', name: 'Bands', kind: 'band', tone: 'wide', lower: [null, 1], upper: [null, 5] },
  ]),
  pane('RSI', [{ id: 'c', name: 'RSI 14', kind: 'line', tone: 2, values: [null, 55] }]),
];

describe('sayMoment', () => {
  it('says the values of every pane with the moment, so that keys read more than dates', () => {
    expect(sayMoment(t, 'Dec 31', PANES, 1)).toBe('Dec 31; Price, USD: BTC O $2 H $4 L $1 C $3, Bands $1 – $5; RSI: RSI 14 $55');
  });

  it('leaves out what is not known at the moment', () => {
    expect(sayMoment(t, 'Dec 30', PANES, 0)).toBe('Dec 30; Price, USD: BTC O $1 H $3 L $0 C $2');
  });
});

describe('listSaid', () => {
  const prices = pane('Price, USD', [
    { id: 'a', name: 'BTC', kind: 'candles', open: [null, 2, null], high: [null, 4, null], low: [null, 1, null], close: [null, 3, null] },
    { id: 'b', name: 'Close', kind: 'line', tone: 1, values: [2, null, null], standsInFor: 'a' },
    { id: 'c', name: 'Average', kind: 'line', tone: 2, values: [null, null, null] },
  ]);
  const names = (index: number) => listSaid(prices, index).map(({ name }) => name);

  it('names what stands in for a series only where that series is unknown', () => {
    expect(names(0)).toEqual(['Close', 'Average']);
    expect(names(1)).toEqual(['BTC', 'Average']);
  });

  it('names the series itself where neither is known, and its unknown value with it', () => {
    expect(names(2)).toEqual(['BTC', 'Average']);
  });
});
