/** Moving averages of the close, and the spread of two of them. Definitions and seeds: decision 0100. */
import { defineIndicator, type Param, PERIOD_ALIASES, period } from './indicator.ts';
import { emaWeight, follow, meanOf, smooth } from './smoothing.ts';
import { rollingSum, rollingWeightedSum } from './windows.ts';

const window = (absent: number, min = 1): Record<'period', Param> => ({ period: period(absent, { min, aliases: PERIOD_ALIASES }) });

/** Mean of the last `period` values. */
export function simpleAverage(values: Float64Array, period: number, out: Float64Array): void {
  rollingSum(values, period, out);
  for (let i = period - 1; i < values.length; i++) out[i]! /= period;
}

/** Mean of the last `period` values weighted 1, 2, ... `period`, the newest heaviest. */
export function weightedAverage(values: Float64Array, period: number, out: Float64Array): void {
  rollingWeightedSum(values, period, out);
  const weights = (period * (period + 1)) / 2;
  for (let i = period - 1; i < values.length; i++) out[i]! /= weights;
}

export const SMA = defineIndicator({
  name: 'sma',
  group: 'average',
  inputs: ['close'],
  params: window(20),
  outputs: { sma: 'price' },
  warmUp: ({ period }) => ({ sma: period - 1 }),
  compute: ({ close }, { period }, out) => simpleAverage(close, period, out.sma),
});

export const EMA = defineIndicator({
  name: 'ema',
  group: 'average',
  inputs: ['close'],
  params: window(20),
  outputs: { ema: 'price' },
  warmUp: ({ period }) => ({ ema: period - 1 }),
  compute: ({ close }, { period }, out) => smooth(close, 0, period, emaWeight(period), out.ema),
});

export const WMA = defineIndicator({
  name: 'wma',
  group: 'average',
  inputs: ['close'],
  params: window(20),
  outputs: { wma: 'price' },
  warmUp: ({ period }) => ({ wma: period - 1 }),
  compute: ({ close }, { period }, out) => weightedAverage(close, period, out.wma),
});

/** `2 EMA - EMA(EMA)`; both start at the mean of the first `period` closes (Stock.Indicators). */
export const DEMA = defineIndicator({
  name: 'dema',
  group: 'average',
  inputs: ['close'],
  params: window(20),
  outputs: { dema: 'price' },
  warmUp: ({ period }) => ({ dema: period - 1 }),
  compute: ({ close }, { period }, out) => {
    if (close.length < period) return;
    const weight = emaWeight(period);
    let once = meanOf(close, 0, period);
    let twice = once;
    out.dema[period - 1] = once;
    for (let i = period; i < close.length; i++) {
      once = follow(once, close[i]!, weight);
      twice = follow(twice, once, weight);
      out.dema[i] = 2 * once - twice;
    }
  },
});

/** `3 EMA - 3 EMA(EMA) + EMA(EMA(EMA))`; all three start at the mean of the first `period` closes (Stock.Indicators). */
export const TEMA = defineIndicator({
  name: 'tema',
  group: 'average',
  inputs: ['close'],
  params: window(20),
  outputs: { tema: 'price' },
  warmUp: ({ period }) => ({ tema: period - 1 }),
  compute: ({ close }, { period }, out) => {
    if (close.length < period) return;
    const weight = emaWeight(period);
    let once = meanOf(close, 0, period);
    let twice = once;
    let thrice = once;
    out.tema[period - 1] = once;
    for (let i = period; i < close.length; i++) {
      once = follow(once, close[i]!, weight);
      twice = follow(twice, once, weight);
      thrice = follow(thrice, twice, weight);
      out.tema[i] = 3 * once - 3 * twice + thrice;
    }
  },
});

/** `WMA(2 WMA(n/2) - WMA(n), √n)`, both lengths rounded down (Hull 2005, Stock.Indicators). */
export const HMA = defineIndicator({
  name: 'hma',
  group: 'average',
  inputs: ['close'],
  params: window(20, 2),
  outputs: { hma: 'price' },
  warmUp: ({ period }) => ({ hma: period + Math.floor(Math.sqrt(period)) - 2 }),
  compute: ({ close }, { period }, out) => {
    const whole = new Float64Array(close.length);
    const half = new Float64Array(close.length);
    weightedAverage(close, period, whole);
    weightedAverage(close, Math.floor(period / 2), half);
    for (let i = 0; i < close.length; i++) half[i] = 2 * half[i]! - whole[i]!;
    weightedAverage(half, Math.floor(Math.sqrt(period)), out.hma);
  },
});

/** `EMA(fast) - EMA(slow)`, its EMA as signal, their difference as histogram (Appel). Each EMA starts at the mean of its own first values. */
export const MACD = defineIndicator({
  name: 'macd',
  group: 'momentum',
  inputs: ['close'],
  params: {
    fast: period(12, { aliases: ['fastPeriod', 'fastLength', 'fastPeriods'] }),
    slow: period(26, { min: 2, aliases: ['slowPeriod', 'slowLength', 'slowPeriods'] }),
    signal: period(9, { aliases: ['signalPeriod', 'signalLength', 'signalPeriods'] }),
  },
  outputs: { macd: 'price', signal: 'price', histogram: 'price' },
  warmUp: ({ slow, signal }) => ({ macd: slow - 1, signal: slow + signal - 2, histogram: slow + signal - 2 }),
  findMisfit: ({ fast, slow }) => (fast < slow ? null : { param: 'fast', min: 1, max: slow - 1 }),
  compute: ({ close }, { fast, slow, signal }, out) => {
    smooth(close, 0, fast, emaWeight(fast), out.histogram);
    smooth(close, 0, slow, emaWeight(slow), out.macd);
    for (let i = 0; i < close.length; i++) out.macd[i] = out.histogram[i]! - out.macd[i]!;
    smooth(out.macd, slow - 1, signal, emaWeight(signal), out.signal);
    for (let i = 0; i < close.length; i++) out.histogram[i] = out.macd[i]! - out.signal[i]!;
  },
});
