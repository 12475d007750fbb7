/** Direction and strength of a trend. Definitions and seeds: decision 0100. */
import { defineIndicator, factor, PERIOD_ALIASES, period } from './indicator.ts';
import { fillAverageTrueRange } from './volatility.ts';
import { rollingAge, rollingExtreme } from './windows.ts';

/**
 * Average directional index with both directional indicators, 0..100 (Wilder 1978, as Stock.Indicators has it). Movements and true range start as the sum of the first `period` and then lose
 * `1/period` of themselves a candle; ADX starts as the mean of the first `period` directional indices. While nothing has moved at all the directional indicators are unknown; equal ones count
 * as no direction.
 */
export const ADX = defineIndicator({
  name: 'adx',
  group: 'trend',
  inputs: ['high', 'low', 'close'],
  params: { period: period(14, { min: 2, aliases: PERIOD_ALIASES }) },
  outputs: { adx: '1', plusDi: '1', minusDi: '1' },
  warmUp: ({ period }) => ({ adx: 2 * period - 1, plusDi: period, minusDi: period }),
  compute: ({ high, low, close }, { period }, out) => {
    let range = 0;
    let plus = 0;
    let minus = 0;
    let adx = 0;
    for (let i = 1; i < close.length; i++) {
      const before = close[i - 1]!;
      const up = high[i]! - high[i - 1]!;
      const down = low[i - 1]! - low[i]!;
      const kept = i > period ? (period - 1) / period : 1;
      range = range * kept + Math.max(high[i]! - low[i]!, Math.abs(high[i]! - before), Math.abs(low[i]! - before));
      plus = plus * kept + (up > down ? Math.max(up, 0) : 0);
      minus = minus * kept + (down > up ? Math.max(down, 0) : 0);
      if (i < period) continue;
      if (range > 0) {
        out.plusDi[i] = (100 * plus) / range;
        out.minusDi[i] = (100 * minus) / range;
      }
      const index = plus === minus ? 0 : 100 * (Math.abs(plus - minus) / (plus + minus));
      // A running mean until there are `period` of them, Wilder's smoothing after that.
      adx += (index - adx) / Math.min(i - period + 1, period);
      if (i >= 2 * period - 1 && range > 0) out.adx[i] = adx;
    }
  },
});

/** Aroon, 0..100 (Chande 1995): how recent the highest high (`up`) and the lowest low (`down`) of `period` candles and the one before are; of equal ones the oldest counts. `oscillator = up - down`. */
export const AROON = defineIndicator({
  name: 'aroon',
  group: 'trend',
  inputs: ['high', 'low'],
  params: { period: period(25, { aliases: PERIOD_ALIASES }) },
  outputs: { up: '1', down: '1', oscillator: '1' },
  warmUp: ({ period }) => ({ up: period, down: period, oscillator: period }),
  compute: ({ high, low }, { period }, out) => {
    rollingAge(high, period + 1, 1, out.up);
    rollingAge(low, period + 1, -1, out.down);
    for (let i = period; i < high.length; i++) {
      out.up[i] = (100 * (period - out.up[i]!)) / period;
      out.down[i] = (100 * (period - out.down[i]!)) / period;
      out.oscillator[i] = out.up[i]! - out.down[i]!;
    }
  },
});

/**
 * Parabolic stop and reverse (Wilder 1978, as Stock.Indicators has it). It begins as a rise from the first low; because that is a guess, values up to and with the first reversal are unknown. The
 * acceleration starts at `step`, gains `step` with every new extreme and ends at `max`.
 */
export const PARABOLIC_SAR = defineIndicator({
  name: 'parabolic-sar',
  group: 'trend',
  inputs: ['high', 'low'],
  params: {
    step: factor(0.02, 0, 1, ['acceleration', 'accelerationStep', 'af']),
    max: factor(0.2, 0, 10, ['maximum', 'maxAcceleration', 'maxAccelerationFactor', 'maxAf']),
  },
  outputs: { sar: 'price' },
  warmUp: () => ({ sar: 2 }),
  findMisfit: ({ step, max }) => (step <= max ? null : { param: 'step', min: 0, max }),
  compute: ({ high, low }, { step, max }, out) => {
    let hasReversed = false;
    let acceleration = step;
    let extreme = high[0]!;
    let stop = low[0]!;
    // Rising: extremes are highs and the stop keeps below the lows; falling: the same turned upside down.
    let ahead = high;
    let behind = low;
    let sign = 1;
    for (let i = 1; i < high.length; i++) {
      stop += acceleration * (extreme - stop);
      if (i >= 2) stop = sign * Math.min(sign * stop, sign * behind[i - 1]!, sign * behind[i - 2]!);
      const isReversal = sign * behind[i]! < sign * stop;
      if (isReversal) {
        stop = extreme;
        extreme = behind[i]!;
        acceleration = step;
        sign = -sign;
        ahead = sign === 1 ? high : low;
        behind = sign === 1 ? low : high;
      } else if (sign * ahead[i]! > sign * extreme) {
        extreme = ahead[i]!;
        acceleration = Math.min(acceleration + step, max);
      }
      if (hasReversed) out.sar[i] = stop;
      hasReversed ||= isReversal;
    }
  },
});

/**
 * SuperTrend (Seban): middle of the candle ± `multiplier` average true ranges as a stop that only moves with the trend. `direction` 1 rising, -1 falling; `upper` is known while falling, `lower`
 * while rising. It begins rising when the first close is not below the middle of its candle.
 */
export const SUPERTREND = defineIndicator({
  name: 'supertrend',
  group: 'trend',
  inputs: ['high', 'low', 'close'],
  params: { period: period(10, { min: 2, aliases: ['atr', 'atrPeriod', ...PERIOD_ALIASES] }), multiplier: factor(3, 0, 100, ['factor']) },
  outputs: { supertrend: 'price', direction: '1', upper: 'price', lower: 'price' },
  warmUp: ({ period }) => ({ supertrend: period, direction: period, upper: period, lower: period }),
  compute: ({ high, low, close }, { period, multiplier }, out) => {
    const range = new Float64Array(close.length);
    fillAverageTrueRange(high, low, close, period, range);
    let upper = Number.POSITIVE_INFINITY;
    let lower = Number.NEGATIVE_INFINITY;
    let isRising = true;
    for (let i = period; i < close.length; i++) {
      const middle = (high[i]! + low[i]!) / 2;
      const reach = multiplier * range[i]!;
      if (i === period) isRising = close[i]! >= middle;
      // A band gives way only to a nearer one, or once the close before has broken it.
      if (middle + reach < upper || close[i - 1]! > upper) upper = middle + reach;
      if (middle - reach > lower || close[i - 1]! < lower) lower = middle - reach;
      // A stop is broken by a close beyond it, not on it: where nothing moves the trend stays.
      isRising = isRising ? close[i]! >= lower : close[i]! > upper;
      out.direction[i] = isRising ? 1 : -1;
      out.supertrend[i] = isRising ? lower : upper;
      if (isRising) out.lower[i] = lower;
      else out.upper[i] = upper;
    }
  },
});

function fillMiddle(high: Float64Array, low: Float64Array, period: number, out: Float64Array): void {
  const lowest = new Float64Array(low.length);
  rollingExtreme(high, period, 1, out);
  rollingExtreme(low, period, -1, lowest);
  for (let i = 0; i < high.length; i++) out[i] = (out[i]! + lowest[i]!) / 2;
}

type Spans = { spanA: Float64Array; spanB: Float64Array };

/** Both spans where they arise, not shifted. */
function fillSpans(high: Float64Array, low: Float64Array, periods: { conversion: number; base: number; spanB: number }, out: Spans): void {
  const base = new Float64Array(high.length);
  fillMiddle(high, low, periods.conversion, out.spanA);
  fillMiddle(high, low, periods.base, base);
  for (let i = 0; i < high.length; i++) out.spanA[i] = (out.spanA[i]! + base[i]!) / 2;
  fillMiddle(high, low, periods.spanB, out.spanB);
}

/**
 * Ichimoku (Hosoda): middles of the last 9 (`conversion`) and 26 (`base`) candles; span A their mean and span B the middle of 52 candles, both drawn 26 candles later (`displacement`); `lagging` the
 * close drawn 26 candles earlier, so unknown for the last 26. Spans that belong to candles still to come are given apart (`ahead`).
 */
export const ICHIMOKU = defineIndicator({
  name: 'ichimoku',
  group: 'trend',
  inputs: ['high', 'low', 'close'],
  params: {
    conversion: period(9, { aliases: ['tenkan', 'tenkanPeriods', 'conversionPeriod'] }),
    base: period(26, { aliases: ['kijun', 'kijunPeriods', 'basePeriod'] }),
    spanB: period(52, { aliases: ['senkou', 'senkouB', 'senkouBPeriods', 'spanBPeriod'] }),
    displacement: period(26, { min: 0, aliases: ['offset', 'offsetPeriods', 'shift'] }),
  },
  outputs: { conversion: 'price', base: 'price', spanA: 'price', spanB: 'price', lagging: 'price' },
  warmUp: ({ conversion, base, spanB, displacement }) => ({
    conversion: conversion - 1,
    base: base - 1,
    spanA: Math.max(conversion, base) - 1 + displacement,
    spanB: spanB - 1 + displacement,
    lagging: 0,
  }),
  compute: ({ high, low, close }, params, out) => {
    fillMiddle(high, low, params.conversion, out.conversion);
    fillMiddle(high, low, params.base, out.base);
    fillSpans(high, low, params, out);
    const shift = Math.min(params.displacement, close.length);
    for (const span of [out.spanA, out.spanB]) span.copyWithin(shift, 0).fill(Number.NaN, 0, shift);
    out.lagging.set(close.subarray(shift));
  },
  ahead: {
    outputs: ['spanA', 'spanB'],
    count: ({ displacement }) => displacement,
    compute: ({ high, low }, params, out) => {
      const spans = { spanA: new Float64Array(high.length), spanB: new Float64Array(high.length) };
      fillSpans(high, low, params, spans);
      const missing = Math.max(params.displacement - high.length, 0);
      for (const name of ['spanA', 'spanB'] as const)
        out[name].set(spans[name].subarray(Math.max(high.length - params.displacement, 0)), missing);
    },
  },
});
