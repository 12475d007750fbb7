import { describe, expect, it } from 'vitest';
import { readShippedCandles } from '#app/features/market/history/shipped-candles.server.ts';
import { createFormat } from '#app/ui/format.ts';
import en from '../../../../locales/en/indicators.json';
import { INDICATORS } from '../registry.ts';
import { describeSignals } from '../signals/describe-signals.ts';
import { SIGNALS } from '../signals/signals.ts';
import { readShippedDays } from '../stored-history.server.ts';
import { layOutStored } from '../stored-history.ts';
import { DRAWINGS, UNDRAWN } from './drawings.ts';
import { type ChartData, countDifferent, toIndicatorPage } from './indicator-page.ts';
import { PAGE_PARAMS, readPageQuery, toIndicatorPath } from './page-query.ts';
import { INTERVALS, type Interval, listSpans } from './spans.ts';
import { listTimes, toPanes } from './to-panes.ts';

const DAY_MS = 86_400_000;
const history = readShippedDays();
const lastMs = history.startAtMs + (history.length - 1) * history.stepMs;

const queryOf = (query: string) => readPageQuery(new URL(`http://localhost/market/indicators${query}`));
const pageOf = (query: string, of: typeof history | null = history) =>
  toIndicatorPage(queryOf(query)!, { history: of, signals: [], nowMs: lastMs });

function chartOf(query: string): ChartData {
  const { chart } = pageOf(query);
  if (chart.kind !== 'drawn') throw new Error(chart.kind);
  return chart;
}

const words = { price: 'p', candles: 'c', close: 'l', volume: 'v', volumeTitle: 'V', name: 'n', output: (name: string) => name };
const panesOf = (query: string, name: string) => toPanes(chartOf(query), { name, isLong: false, format: createFormat('en'), words });

describe('the page of indicators', () => {
  it.each(INDICATORS.map(({ name }) => name))('%s: is drawn over every span of days, the newest candle last', (name) => {
    for (const span of listSpans('1d')) {
      const chart = chartOf(`?indicator=${name}&span=${span}`);
      expect(listTimes(chart)[chart.count - 1]).toBe(lastMs);
      expect(chart.candles?.open.at(-1)).toEqual(expect.any(Number));
      expect(chart.close.at(-1)).toBe(87_508.8);
      for (const output of chart.outputs) {
        expect(output.values).toHaveLength(chart.count + chart.ahead);
        expect(output.values[chart.count - 1]).toBe(output.last);
      }
    }
  });

  it.each(INDICATORS)('$name: every output has words and a place in the picture, or is said to have none', ({ name, outputs, params }) => {
    const drawn = DRAWINGS[name]!.flatMap(({ lines, band }) => [
      ...lines.map(({ output }) => output),
      ...(band === undefined ? [] : [band.lower, band.upper]),
    ]);
    expect([...new Set([...drawn, ...(UNDRAWN[name] ?? [])])].sort()).toEqual(Object.keys(outputs).sort());
    expect(Object.keys(en.outputs)).toEqual(expect.arrayContaining(Object.keys(outputs)));
    expect(Object.keys(en.labels)).toEqual(expect.arrayContaining(Object.keys(params)));
    expect(Object.keys(params).filter((param) => Object.hasOwn(PAGE_PARAMS, param) || param === 'lng')).toEqual([]);
  });

  it('has no words that nothing uses', () => {
    expect(new Set(Object.keys(en.outputs))).toEqual(new Set(INDICATORS.flatMap(({ outputs }) => Object.keys(outputs))));
    expect(new Set(Object.keys(en.labels))).toEqual(new Set(INDICATORS.flatMap(({ params }) => Object.keys(params))));
    expect(Object.keys(en.signals).sort()).toEqual(SIGNALS.map(({ name }) => name).sort());
  });

  it('computes a stretch from the first candle on: what is looked at changes no value', () => {
    const [short, long] = ['90d', 'all'].map((span) => chartOf(`?indicator=ema&period=200&span=${span}`).outputs[0]!.values);
    expect(short).toEqual(long!.slice(-90));
  });

  it('takes parameters from the address and changes the figures by them', () => {
    const [fast, slow] = ['5', '50'].map((period) => chartOf(`?indicator=sma&period=${period}`).outputs[0]!.last);
    expect(fast).not.toBe(slow);
    expect(pageOf('?indicator=sma&period=%205%20').fields[0]).toMatchObject({ name: 'period', text: ' 5 ' });
  });

  it.each([
    ['?indicator=sma&period=abc', 'period', 'not_a_number', 1, 5000],
    ['?indicator=sma&period=0', 'period', 'out_of_range', 1, 5000],
    ['?indicator=sma&period=2.5', 'period', 'not_an_integer', 1, 5000],
    ['?indicator=sma&period=1e999', 'period', 'not_a_number', 1, 5000],
    ['?indicator=macd&fast=26', 'fast', 'out_of_range', 1, 25],
    ['?indicator=supertrend&multiplier=0', 'multiplier', 'out_of_range', 0, 100],
    ['?indicator=parabolic-sar&step=0.3', 'step', 'out_of_range', 0, 0.2],
  ])('%s: says which field is wrong and what is allowed, keeps what was typed, and draws nothing', (query, param, code, min, max) => {
    const { faults, chart, fields } = pageOf(query);
    expect(faults).toEqual([{ param, code, min, max }]);
    expect(chart).toEqual({ kind: 'faults' });
    expect(fields.find(({ name }) => name === param)!.text).toBe(new URLSearchParams(query).get(param));
  });

  it('takes an empty field for the default', () => {
    expect(pageOf('?indicator=bollinger&period=&multiplier=3')).toMatchObject({ faults: [], fields: [{ text: '20' }, { text: '3' }] });
  });

  it('shows nothing else than what was asked for', () => {
    const isKnown = (query: string) => queryOf(query) !== null;
    expect(['', '?indicator=rsi&span=1y', '?indicator=atr', '?candles=1h', '?candles=1h&span=30d'].map(isKnown)).not.toContain(false);
    expect(['?span=2y', '?indicator=x', '?candles=1w', '?candles=1h&span=1y', '?candles=toString'].map(isKnown)).not.toContain(true);
  });

  it.each(
    INTERVALS.flatMap((interval) => listSpans(interval).map((span): [Interval, typeof span] => [interval, span])),
  )('%s %s: its address asks for it', (interval, span) => {
    const path = toIndicatorPath({ indicator: 'macd', interval, span, texts: { fast: '10' } });
    expect(readPageQuery(new URL(path, 'http://localhost'))).toMatchObject({ interval, span, typed: { params: { fast: 10 } } });
  });

  it('says why it draws nothing', () => {
    expect(pageOf('?indicator=rsi&candles=1h', null).chart).toEqual({ kind: 'no-hours' });
    expect(pageOf('?indicator=puell-multiple&candles=1h').chart).toEqual({ kind: 'daily-only' });
    const { volume: _, ...columns } = history.columns;
    expect(pageOf('?indicator=obv', { ...history, columns }).chart).toEqual({ kind: 'not-stored', columns: ['volume'] });
  });

  it('draws a line where only closes are known, meeting the candles', () => {
    const price = panesOf('?indicator=rsi&span=all', 'rsi')[0]!;
    const [line, candles] = price.series;
    if (line?.kind !== 'line' || candles?.kind !== 'candles') throw new Error('no line and candles');
    const first = (Date.parse('2014-09-17') - history.startAtMs) / DAY_MS;
    expect([first - 1, first, first + 1].map((day) => [line.values[day] !== null, candles.open[day] !== null])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    expect(panesOf('?indicator=rsi&span=1y', 'rsi')[0]!.series.map(({ kind }) => kind)).toEqual(['candles']);
    const bare = layOutStored({ ...readShippedCandles(), open: new Float64Array(history.length).fill(Number.NaN) }, [], {
      sources: [],
      values: new Float64Array(0),
    });
    const { chart } = pageOf('?indicator=sma', bare);
    expect(chart).toMatchObject({ candles: null, parts: [{ what: 'closes' }, { what: 'volumes' }] });
  });

  it('draws the spans of Ichimoku ahead of the newest candle', () => {
    const chart = chartOf('?indicator=ichimoku&span=90d&displacement=10');
    expect(chart.ahead).toBe(10);
    expect(listTimes(chart).at(-1)).toBe(lastMs + 10 * DAY_MS);
    expect(chart.outputs.find(({ name }) => name === 'spanA')!.values.at(-1)).toEqual(expect.any(Number));
    expect(chart.outputs.find(({ name }) => name === 'base')!.values.at(-1)).toBeNull();
  });

  it('puts what is a price over the candles and the rest below them', () => {
    expect(panesOf('?indicator=bollinger', 'bollinger').map(({ id }) => id)).toEqual(['price', 'volume', 'below-percentB', 'below-width']);
    for (const { name, outputs } of INDICATORS) {
      const over = DRAWINGS[name]!.filter(({ on }) => on === 'price').flatMap(({ lines }) => lines.map(({ output }) => outputs[output]));
      expect(
        over.every((unit) => unit === 'price' || unit === 'USD/BTC'),
        name,
      ).toBe(true);
      for (const pane of DRAWINGS[name]!) expect(new Set(pane.lines.map(({ output }) => outputs[output])).size, name).toBe(1);
    }
  });

  it('counts outcomes that are better or worse than what happens anyway', () => {
    const counts = countDifferent(describeSignals(history));
    // Fifteen signals, three horizons.
    expect(counts.all).toBe(45);
    expect(counts).toMatchObject({ better: 0, worse: 1 });
  });
});
