/** Ranges, deviations and the bands made of them. Definitions and seeds: decision 0100. */
import { defineIndicator, factor, PERIOD_ALIASES, period } from './indicator.ts';
import { emaWeight, smooth, wilderWeight } from './smoothing.ts';
import { rollingExtreme, rollingMoments } from './windows.ts';

/** True range from the second candle on: the largest of high - low, |high - close before|, |low - close before| (Wilder 1978). */
export function fillTrueRange(high: Float64Array, low: Float64Array, close: Float64Array, out: Float64Array): void {
  for (let i = 1; i < close.length; i++) {
    const before = close[i - 1]!;
    out[i] = Math.max(high[i]! - low[i]!, Math.abs(high[i]! - before), Math.abs(low[i]! - before));
  }
}

/** Average true range: Wilder's smoothing from the mean of the first `period` true ranges. First value at `period`. */
export function fillAverageTrueRange(high: Float64Array, low: Float64Array, close: Float64Array, period: number, out: Float64Array): void {
  const range = new Float64Array(close.length);
  fillTrueRange(high, low, close, range);
  smooth(range, 1, period, wilderWeight(period), out);
}

export const TRUE_RANGE = defineIndicator({
  name: 'true-range',
  group: 'volatility',
  inputs: ['high', 'low', 'close'],
  params: {},
  outputs: { trueRange: 'price' },
  warmUp: () => ({ trueRange: 1 }),
  compute: ({ high, low, close }, _params, out) => fillTrueRange(high, low, close, out.trueRange),
});

export const ATR = defineIndicator({
  name: 'atr',
  group: 'volatility',
  inputs: ['high', 'low', 'close'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { atr: 'price', percent: '%' },
  warmUp: ({ period }) => ({ atr: period, percent: period }),
  compute: ({ high, low, close }, { period }, out) => {
    fillAverageTrueRange(high, low, close, period, out.atr);
    for (let i = period; i < close.length; i++) out.percent[i] = close[i] === 0 ? Number.NaN : (100 * out.atr[i]!) / close[i]!;
  },
});

/** Population standard deviation of the close, its mean, and how many deviations the close is from it (unknown when there is none). */
export const STDEV = defineIndicator({
  name: 'stdev',
  group: 'volatility',
  inputs: ['close'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { stdev: 'price', mean: 'price', zScore: '1' },
  warmUp: ({ period }) => ({ stdev: period - 1, mean: period - 1, zScore: period - 1 }),
  compute: ({ close }, { period }, out) => {
    rollingMoments(close, period, out.mean, out.stdev);
    fillZScore(close, out.mean, out.stdev, out.zScore);
  },
});

function fillZScore(close: Float64Array, mean: Float64Array, deviation: Float64Array, out: Float64Array): void {
  for (let i = 0; i < close.length; i++) out[i] = deviation[i] === 0 ? Number.NaN : (close[i]! - mean[i]!) / deviation[i]!;
}

/**
 * Mean ± `multiplier` population standard deviations (Bollinger). `percentB`: place of the close between the bands, 0 the lower, 1 the upper one; `width`: their distance over the mean; both unknown
 * where they would divide by 0.
 */
export const BOLLINGER = defineIndicator({
  name: 'bollinger',
  group: 'volatility',
  inputs: ['close'],
  params: {
    period: period(20, { min: 2, aliases: PERIOD_ALIASES }),
    multiplier: factor(2, 0, 100, ['stdDev', 'stdDevs', 'std', 'standardDeviations', 'deviations', 'k']),
  },
  outputs: { middle: 'price', upper: 'price', lower: 'price', percentB: 'ratio', width: 'ratio', zScore: '1' },
  warmUp: ({ period }) => {
    const first = period - 1;
    return { middle: first, upper: first, lower: first, percentB: first, width: first, zScore: first };
  },
  compute: ({ close }, { period, multiplier }, out) => {
    rollingMoments(close, period, out.middle, out.width);
    fillZScore(close, out.middle, out.width, out.zScore);
    for (let i = period - 1; i < close.length; i++) {
      const middle = out.middle[i]!;
      const reach = multiplier * out.width[i]!;
      out.upper[i] = middle + reach;
      out.lower[i] = middle - reach;
      out.percentB[i] = reach === 0 ? Number.NaN : (close[i]! - middle + reach) / (2 * reach);
      out.width[i] = middle === 0 ? Number.NaN : (2 * reach) / middle;
    }
  },
});

/** EMA of the close ± `multiplier` average true ranges (Keltner in Raschke's form, Wilder's smoothing of the range). `width`: distance of the bands over the middle. */
export const KELTNER = defineIndicator({
  name: 'keltner',
  group: 'volatility',
  inputs: ['high', 'low', 'close'],
  params: {
    ema: period(20, { min: 2, aliases: ['period', 'emaPeriod', 'emaPeriods', ...PERIOD_ALIASES] }),
    atr: period(10, { min: 2, aliases: ['atrPeriod', 'atrPeriods', 'atrLength'] }),
    multiplier: factor(2, 0, 100, ['scalar', 'factor']),
  },
  outputs: { middle: 'price', upper: 'price', lower: 'price', width: 'ratio' },
  warmUp: ({ ema, atr }) => {
    const first = Math.max(ema - 1, atr);
    return { middle: ema - 1, upper: first, lower: first, width: first };
  },
  compute: ({ high, low, close }, { ema, atr, multiplier }, out) => {
    smooth(close, 0, ema, emaWeight(ema), out.middle);
    fillAverageTrueRange(high, low, close, atr, out.width);
    for (let i = 0; i < close.length; i++) {
      const reach = multiplier * out.width[i]!;
      const middle = out.middle[i]!;
      out.upper[i] = middle + reach;
      out.lower[i] = middle - reach;
      out.width[i] = middle === 0 ? Number.NaN : (2 * reach) / middle;
    }
  },
});

/** Highest high and lowest low of the last `period` candles, the current one included, and their middle (Donchian). `width`: distance over the middle. */
export const DONCHIAN = defineIndicator({
  name: 'donchian',
  group: 'volatility',
  inputs: ['high', 'low'],
  params: { period: period(20, { aliases: PERIOD_ALIASES }) },
  outputs: { upper: 'price', middle: 'price', lower: 'price', width: 'ratio' },
  warmUp: ({ period }) => ({ upper: period - 1, middle: period - 1, lower: period - 1, width: period - 1 }),
  compute: ({ high, low }, { period }, out) => {
    rollingExtreme(high, period, 1, out.upper);
    rollingExtreme(low, period, -1, out.lower);
    for (let i = period - 1; i < high.length; i++) {
      const middle = (out.upper[i]! + out.lower[i]!) / 2;
      out.middle[i] = middle;
      out.width[i] = middle === 0 ? Number.NaN : (out.upper[i]! - out.lower[i]!) / middle;
    }
  },
});
