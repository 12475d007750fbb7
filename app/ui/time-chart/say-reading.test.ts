import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import chart from '../../../locales/en/chart.json' with { type: 'json' };
import { sayMoment } from './say-reading.ts';
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
