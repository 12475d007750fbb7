// What holds for every indicator of the registry.
import { describe, expect, it } from 'vitest';
import en from '../../../locales/en/indicators.json';
import { computeIndicator, toValues } from './compute-indicator.ts';
import { COLUMNS, GROUPS, type Indicator } from './indicator.ts';
import { aWalk, type CandleColumns, slice, toColumns } from './indicators.fixture.ts';
import { defaultParams, findIndicator, INDICATORS } from './registry.ts';

const LENGTH = 500;
const WALK = aWalk(LENGTH);

const cases = INDICATORS.map((indicator): [string, Indicator] => [indicator.name, indicator]);

function outputsOf(indicator: Indicator, columns: CandleColumns): Readonly<Record<string, Float64Array>> {
  return computeIndicator(indicator, columns, columns.close.length, defaultParams(indicator)).outputs;
}

const firstKnown = (column: Float64Array) => column.findIndex((value) => !Number.isNaN(value));

describe('the registry', () => {
  it('has the indicators under the names that were promised', () => {
    const promised =
      'sma ema wma dema tema hma rsi macd bollinger keltner donchian atr adx stochastic stochastic-rsi cci williams-r mfi obv cmf aroon parabolic-sar supertrend ichimoku roc stdev true-range vwap hashprice hash-ribbons puell-multiple difficulty-ribbon production-cost miner-margin';
    expect(INDICATORS.map(({ name }) => name).sort()).toEqual(promised.split(' ').sort());
    expect(findIndicator('tr')).toBe(findIndicator('true-range'));
    expect(findIndicator('constructor')).toBeNull();
  });

  it('has the defaults that were promised', () => {
    const defaultsOf = (name: string) => Object.values(defaultParams(findIndicator(name)!));
    for (const name of ['sma', 'ema', 'wma', 'dema', 'tema', 'hma', 'donchian', 'cci', 'cmf']) expect(defaultsOf(name), name).toEqual([20]);
    for (const name of ['rsi', 'atr', 'adx', 'williams-r', 'mfi']) expect(defaultsOf(name), name).toEqual([14]);
    expect(defaultsOf('bollinger')).toEqual([20, 2]);
    expect(defaultsOf('macd')).toEqual([12, 26, 9]);
    expect(defaultsOf('keltner')).toEqual([20, 10, 2]);
    expect(defaultsOf('stochastic')).toEqual([14, 3, 3]);
    expect(defaultsOf('stochastic-rsi')).toEqual([14, 14, 3, 1]);
    expect(defaultsOf('aroon')).toEqual([25]);
    expect(defaultsOf('parabolic-sar')).toEqual([0.02, 0.2]);
    expect(defaultsOf('supertrend')).toEqual([10, 3]);
    expect(defaultsOf('ichimoku')).toEqual([9, 26, 52, 26]);
  });

  it('has words for every entry and no words for others', () => {
    const names = INDICATORS.map(({ name }) => name).sort();
    expect(Object.keys(en.names).sort()).toEqual(names);
    expect(Object.keys(en.meanings).sort()).toEqual(names);
    const params = new Set(INDICATORS.flatMap((indicator) => Object.keys(indicator.params)));
    expect(Object.keys(en.params).sort()).toEqual([...params].sort());
    expect(GROUPS.filter((group) => !INDICATORS.some((indicator) => indicator.group === group))).toEqual([]);
  });
});

describe.each(cases)('%s', (_, indicator) => {
  it('knows how long its warm-up is', () => {
    const warmUp = indicator.warmUp(defaultParams(indicator));
    expect(Object.keys(warmUp).sort()).toEqual(Object.keys(indicator.outputs).sort());
    for (const [name, column] of Object.entries(outputsOf(indicator, WALK))) {
      // Where the first value waits for a reversal, or for a trend of one direction, the warm-up is the least.
      const waits = indicator.name === 'parabolic-sar' || (indicator.name === 'supertrend' && (name === 'upper' || name === 'lower'));
      if (waits) expect(firstKnown(column), name).toBeGreaterThanOrEqual(warmUp[name]!);
      else expect(firstKnown(column), name).toBe(warmUp[name]);
    }
  });

  it('names no parameter twice', () => {
    const names = Object.entries(indicator.params).flatMap(([name, { aliases }]) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const { default: value, min, max } of Object.values(indicator.params)) expect(value >= min && value <= max).toBe(true);
    expect(indicator.findMisfit?.(defaultParams(indicator)) ?? null).toBeNull();
  });

  it('says the same of a day whatever comes after it', () => {
    const whole = outputsOf(indicator, WALK);
    const early = outputsOf(indicator, slice(WALK, 0, 400));
    for (const [name, column] of Object.entries(early)) {
      // The lagging line is the close of later days by definition; no signal reads it.
      if (name === 'lagging') continue;
      expect([...whole[name]!.subarray(0, 400)], name).toEqual([...column]);
    }
  });

  it('begins anew after a gap, and has no value in it', () => {
    const columns = slice(WALK, 0, LENGTH);
    for (const name of COLUMNS) columns[name][100] = Number.NaN;
    const afresh = outputsOf(indicator, slice(WALK, 101, LENGTH));
    const before = outputsOf(indicator, slice(WALK, 0, 100));
    for (const [name, column] of Object.entries(outputsOf(indicator, columns))) {
      expect(column[100]).toBeNaN();
      expect([...column.subarray(101)], name).toEqual([...afresh[name]!]);
      expect([...column.subarray(0, 100)], name).toEqual([...before[name]!]);
    }
  });

  it.each([
    ['zeros', 0],
    ['a constant', 0.1],
    ['the largest price', 1e15],
    ['the smallest price', 5e-324],
  ])('has numbers or nothing on %s', (_name, value) => {
    const columns = toColumns({ close: new Array<number>(200).fill(value), difficulty: new Array<number>(200).fill(Math.max(value, 1)) });
    for (const values of Object.values(outputsOf(indicator, columns))) {
      for (const one of toValues({ only: values }, 0, 200)) expect(one === null || Number.isFinite(one)).toBe(true);
    }
  });

  it.each([0, 1, 2, 13])('takes %i candles', (length) => {
    const columns = slice(WALK, 0, length);
    for (const column of Object.values(outputsOf(indicator, columns))) expect(column.length).toBe(length);
  });

  it('takes the smallest of its parameters', () => {
    const smallest = Object.fromEntries(Object.entries(indicator.params).map(([name, { min }]) => [name, min]));
    const { outputs } = computeIndicator(indicator, WALK, LENGTH, smallest);
    for (const column of Object.values(outputs)) expect(column.length).toBe(LENGTH);
  });
});

describe('what lies ahead', () => {
  const ichimoku = findIndicator('ichimoku')!;

  it('are the spans that a longer series has', () => {
    const { ahead } = computeIndicator(ichimoku, slice(WALK, 0, 300), 300, defaultParams(ichimoku));
    const { spanA, spanB } = outputsOf(ichimoku, WALK);
    expect([...ahead!.spanA!]).toEqual([...spanA!.subarray(300, 326)]);
    expect([...ahead!.spanB!]).toEqual([...spanB!.subarray(300, 326)]);
  });

  it('is nothing when the last candle is a gap', () => {
    const columns = slice(WALK, 0, 300);
    columns.close[299] = Number.NaN;
    const { ahead } = computeIndicator(ichimoku, columns, 300, defaultParams(ichimoku));
    expect(toValues(ahead!, 0, 26)).toEqual(new Array(26).fill(null));
  });

  it('reaches beyond a series shorter than the displacement', () => {
    const params = { conversion: 1, base: 1, spanB: 1, displacement: 3 };
    const { ahead } = computeIndicator(ichimoku, toColumns({ close: [7, 8] }), 2, params);
    expect([...ahead!.spanA!]).toEqual([Number.NaN, 7, 8]);
  });
});

describe('a window in which nothing moved', () => {
  it('has no rsi, stochastic, williams-r, cci, mfi or z-score, rather than an invented one', () => {
    const still = toColumns({ close: new Array<number>(60).fill(100) });
    for (const name of ['rsi', 'stochastic', 'stochastic-rsi', 'williams-r', 'cci', 'mfi']) {
      for (const column of Object.values(outputsOf(findIndicator(name)!, still))) expect(firstKnown(column), name).toBe(-1);
    }
    const bands = outputsOf(findIndicator('bollinger')!, still);
    expect([bands.upper![30], bands.middle![30], bands.lower![30]]).toEqual([100, 100, 100]);
    expect([bands.percentB![30], bands.zScore![30]]).toEqual([Number.NaN, Number.NaN]);
  });
});
