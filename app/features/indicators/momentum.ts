/** Oscillators. A quotient 0/0 (a window in which nothing moved) is unknown. Definitions and seeds: decision 0100. */
import { simpleAverage } from './averages.ts';
import { defineIndicator, PERIOD_ALIASES, period } from './indicator.ts';
import { smooth, wilderWeight } from './smoothing.ts';
import { rollingExtreme, rollingSum } from './windows.ts';

const HUNDRED = 100;
/** Lambert's constant: some three quarters of the values fall within -100..100. */
const CCI_FACTOR = 0.015;

/** What is left of a range of the RSI, which knows some 14 digits of 100, once nothing moves: its rounding. A window with less than this is one without a range. */
const RSI_ROUNDING = 1e-10;

/**
 * Relative strength index, 0..100: `100 gain / (gain + loss)`, both smoothed as Wilder does, from the mean of the first `period` changes (Wilder 1978). Without a loss it is 100; without any change
 * it is unknown.
 */
function fillRsi(close: Float64Array, period: number, out: Float64Array): void {
  const gain = new Float64Array(close.length);
  const loss = new Float64Array(close.length);
  for (let i = 1; i < close.length; i++) {
    const change = close[i]! - close[i - 1]!;
    gain[i] = Math.max(change, 0);
    loss[i] = Math.max(-change, 0);
  }
  smooth(gain, 1, period, wilderWeight(period), gain);
  smooth(loss, 1, period, wilderWeight(period), loss);
  for (let i = period; i < close.length; i++) {
    const moved = gain[i]! + loss[i]!;
    out[i] = moved === 0 ? Number.NaN : HUNDRED * (gain[i]! / moved);
  }
}

export const RSI = defineIndicator({
  name: 'rsi',
  group: 'momentum',
  inputs: ['close'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { rsi: '1' },
  warmUp: ({ period }) => ({ rsi: period }),
  compute: ({ close }, { period }, out) => fillRsi(close, period, out.rsi),
});

/** Where the last value stands between the lowest and the highest of the window, 0..100 of a close inside its candle (one outside of it, which is admitted, may leave the range); unknown when they are equal, or no further apart than `rounding`. */
function fillPlace(high: Float64Array, low: Float64Array, close: Float64Array, period: number, out: Float64Array, rounding = 0): void {
  const highest = new Float64Array(close.length);
  rollingExtreme(high, period, 1, highest);
  rollingExtreme(low, period, -1, out);
  for (let i = 0; i < close.length; i++) {
    const span = highest[i]! - out[i]!;
    // Divided first: whole shares are exactly 0 and 100.
    out[i] = span <= rounding ? Number.NaN : HUNDRED * ((close[i]! - out[i]!) / span);
  }
}

/** Slow stochastic, 0..100 of closes inside their candles (Lane): place of the close in the last `k` candles, smoothed by a simple average (`smooth`; 1: not at all); `d` averages that again. `j = 3 k - 2 d`. */
export const STOCHASTIC = defineIndicator({
  name: 'stochastic',
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  params: {
    k: period(14, { aliases: ['period', 'kPeriod', 'fastK', ...PERIOD_ALIASES] }),
    d: period(3, { aliases: ['dPeriod', 'signal', 'signalPeriod', 'signalPeriods'] }),
    smooth: period(3, { aliases: ['smoothK', 'slowing', 'smoothPeriod', 'smoothPeriods'] }),
  },
  outputs: { k: '1', d: '1', j: '1' },
  warmUp: ({ k, d, smooth }) => ({ k: k + smooth - 2, d: k + smooth + d - 3, j: k + smooth + d - 3 }),
  compute: ({ high, low, close }, { k, d, smooth }, out) => {
    fillPlace(high, low, close, k, out.j);
    simpleAverage(out.j, smooth, out.k);
    simpleAverage(out.k, d, out.d);
    for (let i = 0; i < close.length; i++) out.j[i] = 3 * out.k[i]! - 2 * out.d[i]!;
  },
});

/** The stochastic of the RSI, 0..100 (Chande and Kroll 1994). `smooth` 1 leaves k as it is. A halted price leaves the RSI where it is, and its rounding is no range. */
export const STOCHASTIC_RSI = defineIndicator({
  name: 'stochastic-rsi',
  group: 'momentum',
  inputs: ['close'],
  params: {
    rsi: period(14, { aliases: ['rsiPeriod', 'rsiPeriods', 'rsiLength'] }),
    k: period(14, { aliases: ['stochastic', 'stoch', 'stochPeriod', 'stochPeriods', 'kPeriod', ...PERIOD_ALIASES, 'period'] }),
    d: period(3, { aliases: ['dPeriod', 'signal', 'signalPeriod', 'signalPeriods'] }),
    smooth: period(1, { aliases: ['smoothK', 'slowing', 'smoothPeriod', 'smoothPeriods'] }),
  },
  outputs: { k: '1', d: '1' },
  warmUp: ({ rsi, k, d, smooth }) => ({ k: rsi + k + smooth - 2, d: rsi + k + smooth + d - 3 }),
  compute: ({ close }, { rsi, k, d, smooth }, out) => {
    if (close.length <= rsi) return;
    const strength = new Float64Array(close.length).fill(Number.NaN);
    fillRsi(close, rsi, strength);
    fillPlace(strength, strength, strength, k, out.d, RSI_ROUNDING);
    simpleAverage(out.d, smooth, out.k);
    simpleAverage(out.k, d, out.d);
  },
});

/** Williams %R, -100..0 of closes inside their candles: how far the close is below the highest of the window, by the window's span. */
export const WILLIAMS_R = defineIndicator({
  name: 'williams-r',
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { williamsR: '1' },
  warmUp: ({ period }) => ({ williamsR: period - 1 }),
  compute: ({ high, low, close }, { period }, out) => {
    fillPlace(high, low, close, period, out.williamsR);
    for (let i = 0; i < close.length; i++) out.williamsR[i]! -= HUNDRED;
  },
});

/**
 * Commodity channel index: distance of the typical price from its mean over 0.015 times its mean absolute deviation (Lambert 1980). O(n · period): a mean absolute deviation cannot be put
 * together from those of parts.
 */
export const CCI = defineIndicator({
  name: 'cci',
  group: 'momentum',
  inputs: ['high', 'low', 'close'],
  params: { period: period(20, { min: 2, aliases: PERIOD_ALIASES }) },
  outputs: { cci: '1' },
  warmUp: ({ period }) => ({ cci: period - 1 }),
  compute: ({ high, low, close }, { period }, out) => {
    const typical = typicalPrice(high, low, close);
    simpleAverage(typical, period, out.cci);
    for (let i = period - 1; i < close.length; i++) {
      const mean = out.cci[i]!;
      let apart = 0;
      let isFlat = true;
      for (let j = i - period + 1; j <= i; j++) {
        apart += Math.abs(typical[j]! - mean);
        isFlat &&= typical[j] === typical[i];
      }
      // Equal prices: what is left of them minus their mean is rounding.
      out.cci[i] = isFlat ? Number.NaN : (typical[i]! - mean) / (CCI_FACTOR * (apart / period));
    }
  },
});

/** `(high + low + close) / 3` */
export function typicalPrice(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const typical = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) typical[i] = (high[i]! + low[i]! + close[i]!) / 3;
  return typical;
}

/**
 * Money flow index, 0..100: share of volume at rising typical prices in volume at rising and falling ones, both weighted with the price, over `period` changes (Quong and Soudack). Without falling
 * ones it is 100; without either, or where a typical price of the window is negative, it is unknown.
 */
export const MFI = defineIndicator({
  name: 'mfi',
  group: 'volume',
  inputs: ['high', 'low', 'close', 'volume'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { mfi: '1' },
  warmUp: ({ period }) => ({ mfi: period }),
  compute: ({ high, low, close, volume }, { period }, out) => {
    const typical = typicalPrice(high, low, close);
    const rising = new Float64Array(close.length);
    const falling = new Float64Array(close.length);
    for (let i = 1; i < close.length; i++) {
      // A negative price (power has them) moves no share of the money: then the flow is unknown.
      const flow = typical[i]! < 0 ? Number.NaN : typical[i]! * volume[i]!;
      if (Number.isNaN(flow)) {
        rising[i] = flow;
        falling[i] = flow;
      } else if (typical[i]! > typical[i - 1]!) rising[i] = flow;
      else if (typical[i]! < typical[i - 1]!) falling[i] = flow;
    }
    rollingSum(rising, period, out.mfi);
    const fallen = new Float64Array(close.length);
    rollingSum(falling, period, fallen);
    for (let i = 0; i < close.length; i++) {
      const flow = out.mfi[i]! + fallen[i]!;
      // The first candle has no change, so its window is one change short.
      out.mfi[i] = i < period || flow === 0 ? Number.NaN : HUNDRED * (out.mfi[i]! / flow);
    }
  },
});

/** Change against `period` candles before: absolute (`momentum`) and in percent of the earlier close (`roc`; unknown when that was 0). */
export const ROC = defineIndicator({
  name: 'roc',
  group: 'momentum',
  inputs: ['close'],
  params: { period: period(14, { aliases: PERIOD_ALIASES }) },
  outputs: { roc: '%', momentum: 'price' },
  warmUp: ({ period }) => ({ roc: period, momentum: period }),
  compute: ({ close }, { period }, out) => {
    for (let i = period; i < close.length; i++) {
      const before = close[i - period]!;
      const change = close[i]! - before;
      out.momentum[i] = change;
      out.roc[i] = before === 0 ? Number.NaN : (HUNDRED * change) / before;
    }
  },
});
