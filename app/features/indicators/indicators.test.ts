// Small series whose values follow by hand; the sums stand beside them.
import { describe, expect, it } from 'vitest';
import { compute, toColumns, valuesOf } from './indicators.fixture.ts';

const close = [1, 2, 3, 4, 5, 4, 3];
const _ = null;

describe('averages', () => {
  it('sma: means of three', () => {
    expect(valuesOf('sma', { close }, { period: 3 })).toEqual([_, _, 2, 3, 4, 4.3333333333, 4]);
  });

  it('ema: begins with the mean of three, then moves half way', () => {
    expect(valuesOf('ema', { close }, { period: 3 })).toEqual([_, _, 2, 3, 4, 4, 3.5]);
  });

  it('wma: weights 1, 2, 3', () => {
    // (1 + 2·2 + 3·3) / 6 = 14/6; ... (4 + 2·5 + 3·4) / 6 = 26/6; (5 + 2·4 + 3·3) / 6 = 22/6
    expect(valuesOf('wma', { close }, { period: 3 })).toEqual([_, _, 2.3333333333, 3.3333333333, 4.3333333333, 4.3333333333, 3.6666666667]);
  });

  it('dema: twice the average less the average of it', () => {
    // EMA 2, 3, 4, 4; EMA of it, begun at 2: 2.5, 3.25, 3.625
    expect(valuesOf('dema', { close: close.slice(0, 6) }, { period: 3 })).toEqual([_, _, 2, 3.5, 4.75, 4.375]);
  });

  it('tema: three times both less, once the third', () => {
    // EMA 2, 3, 4; of it 2, 2.5, 3.25; of that 2, 2.25, 2.75: 3·3 - 3·2.5 + 2.25; 3·4 - 3·3.25 + 2.75
    expect(valuesOf('tema', { close: close.slice(0, 5) }, { period: 3 })).toEqual([_, _, 2, 3.75, 5]);
  });

  it('of one candle are the candle itself, however far the one before was', () => {
    const apart = [1e13, 0.1, 3e12, 1e-9];
    for (const name of ['sma', 'ema', 'wma', 'dema', 'tema'])
      expect([...compute(name, toColumns({ close: apart }), { period: 1 })[name]!], name).toEqual(apart);
    const ranges = { high: [1e13, 0.3, 0.5], low: [1, 0.1, 0.2], close: [0.2, 0.2, 0.3] };
    expect(compute('atr', toColumns(ranges), { period: 1 }).atr!.slice(1)).toEqual(Float64Array.of(0.3 - 0.1, 0.5 - 0.2));
  });

  it('hma: weighted average over √4 of 2 WMA(2) - WMA(4)', () => {
    // A straight line is followed without lag: 2 WMA(2) - WMA(4) = 2 (x - 1/3) - (x - 1) = x + 1/3; WMA(2) of that = x + 1/3 - 1/3.
    expect(valuesOf('hma', { close: [1, 2, 3, 4, 5, 6] }, { period: 4 })).toEqual([_, _, _, _, 5, 6]);
  });

  it('macd: both averages, the signal begun at the mean of its first values', () => {
    // EMA(2) of 1..6, seeded at 1.5: 1.5, 2.5, 3.5 ...; EMA(3): 2, 3, 4 ...: apart by 0.5 from the third on
    const line = { close: [1, 2, 3, 4, 5, 6] };
    const params = { fast: 2, slow: 3, signal: 2 };
    expect(valuesOf('macd', line, params, 'macd')).toEqual([_, _, 0.5, 0.5, 0.5, 0.5]);
    expect(valuesOf('macd', line, params, 'signal')).toEqual([_, _, _, 0.5, 0.5, 0.5]);
    expect(valuesOf('macd', line, params, 'histogram')).toEqual([_, _, _, 0, 0, 0]);
  });
});

describe('oscillators', () => {
  it('rsi: gains over gains and losses, Wilder-smoothed', () => {
    // Changes 1 1 1 1 -1 -1; of the first two gain 1, loss 0; at the fall gain 1/2, loss 1/2; then 1/4 and 3/4.
    expect(valuesOf('rsi', { close }, { period: 2 })).toEqual([_, _, 100, 100, 100, 50, 25]);
  });

  it('stochastic: place in the window, smoothed, averaged', () => {
    const lists = { high: [2, 4, 6, 6], low: [0, 2, 2, 2], close: [1, 3, 5, 2] };
    // Place in the last two: (3-0)/4, (5-2)/4, (2-2)/4; k averages two of them, d two of those.
    const params = { k: 2, smooth: 2, d: 2 };
    expect(valuesOf('stochastic', lists, params, 'k')).toEqual([_, _, 75, 37.5]);
    expect(valuesOf('stochastic', lists, params, 'd')).toEqual([_, _, _, 56.25]);
    expect(valuesOf('stochastic', lists, params, 'j')).toEqual([_, _, _, 0]);
  });

  it('stochastic-rsi: place of the rsi in its own window', () => {
    // rsi 100 100 100 50 25: flat windows are unknown, then the lowest of its window.
    expect(valuesOf('stochastic-rsi', { close }, { rsi: 2, k: 2, d: 2 }, 'k')).toEqual([_, _, _, _, _, 0, 0]);
    expect(valuesOf('stochastic-rsi', { close }, { rsi: 2, k: 2, d: 2 }, 'd')).toEqual([_, _, _, _, _, _, 0]);
  });

  it('stochastic-rsi: unknown while the price halts, because what the rsi still moves by is rounding', () => {
    const moved = Array.from({ length: 18 }, (_value, i) => 100 * Math.exp(0.03 * Math.sin(7 * i)));
    const halted = [...moved, ...new Array<number>(30).fill(moved[17]!)];
    const rsi = compute('rsi', toColumns({ close: halted })).rsi!.slice(18);
    // The rounding is there: a window of it has a range, of some 1e-14.
    expect(new Set(rsi).size).toBeGreaterThan(1);
    expect(Math.max(...rsi) - Math.min(...rsi)).toBeLessThan(1e-10);
    expect(valuesOf('stochastic-rsi', { close: halted }, {}, 'k').slice(31)).toEqual(new Array(17).fill(null));
  });

  it('the ends of a scale are exact, whatever the digits of the price', () => {
    const rising = Array.from({ length: 400 }, (_value, i) => 0.7 * Math.exp(0.001 * i));
    const columns = toColumns({ close: rising, low: rising.map((price) => price * 0.99) });
    const settled = (name: string, output: string) => new Set(compute(name, columns)[output]!.slice(60));
    expect(settled('rsi', 'rsi')).toEqual(new Set([100]));
    expect(settled('mfi', 'mfi')).toEqual(new Set([100]));
    expect(settled('stochastic', 'k')).toEqual(new Set([100]));
    expect(settled('williams-r', 'williamsR')).toEqual(new Set([0]));
    expect(settled('adx', 'adx')).toEqual(new Set([100]));
    expect(settled('stochastic-rsi', 'k')).toEqual(new Set([Number.NaN]));
  });

  it('williams-r: below the highest', () => {
    expect(valuesOf('williams-r', { high: [2, 4, 6], low: [0, 2, 2], close: [1, 3, 6] }, { period: 2 }, 'williamsR')).toEqual([_, -25, 0]);
  });

  it('cci: distance over 0.015 mean deviations', () => {
    // Mean 2, deviations 1 0 1 -> 2/3; (3 - 2) / (0.015 · 2/3) = 100
    expect(valuesOf('cci', { close: [1, 2, 3] }, { period: 3 })).toEqual([_, _, 100]);
  });

  it('roc: change in percent and in price', () => {
    expect(valuesOf('roc', { close: [1, 2, 3] }, { period: 1 })).toEqual([_, 100, 50]);
    expect(valuesOf('roc', { close: [1, 2, 3] }, { period: 1 }, 'momentum')).toEqual([_, 1, 1]);
  });

  it('mfi: unknown while a negative price is in the window, and never outside of 0 to 100', () => {
    const close = [1, 2, -1, -3, 2, 3, 4, 3];
    // The typical price of candles 2 and 3 is negative; a window of two changes is free of them from candle 5 on.
    expect(valuesOf('mfi', { close, volume: new Array(8).fill(10) }, { period: 2 }).map((value) => value !== null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('supertrend: rising from the start where nothing moves', () => {
    expect(valuesOf('supertrend', { close: new Array(20).fill(100) }, {}, 'direction').slice(-3)).toEqual([1, 1, 1]);
  });

  it('mfi: money of rises over all that moved', () => {
    // Typical prices 1 2 1 1, volumes 10 each: flows +20, -10, none.
    expect(valuesOf('mfi', { close: [1, 2, 1, 1], volume: [10, 10, 10, 10] }, { period: 2 })).toEqual([_, _, 66.6666666667, 0]);
  });
});

describe('trends', () => {
  it('adx: movements and ranges as Wilder sums them', () => {
    // Highs rise by 1 each candle, ranges 2: +DM 1, TR 2; +DI = 2/4, -DI 0, DX 100, ADX 100.
    const lists = { high: [2, 3, 4, 5], low: [0, 1, 2, 3], close: [1, 2, 3, 4] };
    expect(valuesOf('adx', lists, { period: 2 }, 'plusDi')).toEqual([_, _, 50, 50]);
    expect(valuesOf('adx', lists, { period: 2 }, 'minusDi')).toEqual([_, _, 0, 0]);
    expect(valuesOf('adx', lists, { period: 2 }, 'adx')).toEqual([_, _, _, 100]);
  });

  it('aroon: how long ago the extremes were, the oldest of equal ones', () => {
    const lists = { high: [5, 5, 4, 4], low: [3, 3, 2, 3], close: [4, 4, 3, 4] };
    // Of 5 5 4 the first: 2 ago of 2; of 5 4 4 the first again. Lows: 3 3 2 now; 3 2 3 one ago.
    expect(valuesOf('aroon', lists, { period: 2 }, 'up')).toEqual([_, _, 0, 0]);
    expect(valuesOf('aroon', lists, { period: 2 }, 'down')).toEqual([_, _, 100, 50]);
    expect(valuesOf('aroon', lists, { period: 2 }, 'oscillator')).toEqual([_, _, -100, -50]);
  });

  it('parabolic-sar: unknown up to the first reversal, then the extreme and onwards', () => {
    const lists = { high: [10, 11, 12, 9, 8], low: [9, 10, 11, 7, 6], close: [10, 11, 12, 7, 6] };
    // Rising from 9: 9 + 0.1 · 1 = 9.1, limited to 9; then 9 + 0.2 · 2 = 9.4, limited to 9; the low of 7 breaks 9 + 0.2 · 3, so the stop jumps to 12.
    // Falling: 12 - 0.1 · (12 - 7) = 11.5, at least the last two highs (9, 12) -> 12.
    expect(valuesOf('parabolic-sar', lists, { step: 0.1, max: 0.2 }, 'sar')).toEqual([_, _, _, _, 12]);
  });

  it('supertrend: the nearer stop, and the other side once it is broken', () => {
    const lists = { high: [11, 12, 13, 14, 7], low: [9, 10, 11, 12, 5], close: [10, 11, 12, 13, 6] };
    // TR 2 2 2, then 14 -> 13 - 5 = 8: ATR(2) 2, 2, 5. Lower 12 - 2, 13 - 2; the close of 6 breaks 11, upper 6 + 5.
    expect(valuesOf('supertrend', lists, { period: 2, multiplier: 1 })).toEqual([_, _, 10, 11, 11]);
    expect(valuesOf('supertrend', lists, { period: 2, multiplier: 1 }, 'direction')).toEqual([_, _, 1, 1, -1]);
    expect(valuesOf('supertrend', lists, { period: 2, multiplier: 1 }, 'upper')).toEqual([_, _, _, _, 11]);
  });

  it('ichimoku: middles, spans moved on, close moved back', () => {
    const params = { conversion: 1, base: 2, spanB: 2, displacement: 1 };
    const lists = { high: [2, 4, 6], low: [0, 2, 4], close: [1, 3, 5] };
    expect(valuesOf('ichimoku', lists, params, 'conversion')).toEqual([1, 3, 5]);
    expect(valuesOf('ichimoku', lists, params, 'base')).toEqual([_, 2, 4]);
    expect(valuesOf('ichimoku', lists, params, 'spanA')).toEqual([_, _, 2.5]);
    expect(valuesOf('ichimoku', lists, params, 'spanB')).toEqual([_, _, 2]);
    expect(valuesOf('ichimoku', lists, params, 'lagging')).toEqual([3, 5, _]);
  });
});

describe('ranges and bands', () => {
  const lists = { high: [3, 5, 4], low: [1, 2, 3], close: [2, 4, 3] };

  it('true-range and atr: with the gap to the close before', () => {
    expect(valuesOf('true-range', lists, {}, 'trueRange')).toEqual([_, 3, 1]);
    expect(valuesOf('atr', lists, { period: 2 })).toEqual([_, _, 2]);
    expect(valuesOf('atr', lists, { period: 2 }, 'percent')).toEqual([_, _, 66.6666666667]);
  });

  it('stdev: of the population', () => {
    expect(valuesOf('stdev', { close: [1, 3] }, { period: 2 })).toEqual([_, 1]);
    expect(valuesOf('stdev', { close: [1, 3] }, { period: 2 }, 'zScore')).toEqual([_, 1]);
  });

  it('bollinger: mean and deviations', () => {
    expect(valuesOf('bollinger', { close: [1, 3] }, { period: 2 }, 'upper')).toEqual([_, 4]);
    expect(valuesOf('bollinger', { close: [1, 3] }, { period: 2 }, 'lower')).toEqual([_, 0]);
    expect(valuesOf('bollinger', { close: [1, 3] }, { period: 2 }, 'percentB')).toEqual([_, 0.75]);
    expect(valuesOf('bollinger', { close: [1, 3] }, { period: 2 }, 'width')).toEqual([_, 2]);
  });

  it('keltner: average of the close and average ranges around it', () => {
    // EMA(2): 3, then 3; ATR(2) 2; ± 2 · 2
    const params = { ema: 2, atr: 2 };
    expect(valuesOf('keltner', lists, params, 'middle')).toEqual([_, 3, 3]);
    expect(valuesOf('keltner', lists, params, 'upper')).toEqual([_, _, 7]);
    expect(valuesOf('keltner', lists, params, 'lower')).toEqual([_, _, -1]);
  });

  it('donchian: extremes with the candle itself', () => {
    expect(valuesOf('donchian', lists, { period: 2 }, 'upper')).toEqual([_, 5, 5]);
    expect(valuesOf('donchian', lists, { period: 2 }, 'lower')).toEqual([_, 1, 2]);
    expect(valuesOf('donchian', lists, { period: 2 }, 'middle')).toEqual([_, 3, 3.5]);
  });
});

describe('volume', () => {
  it('obv: with the sign of the change', () => {
    expect(valuesOf('obv', { close: [1, 2, 2, 1], volume: [5, 6, 7, 8] })).toEqual([0, 6, 6, -2]);
  });

  it('cmf: volume by the place of the close', () => {
    // Close at the high (+1 · 10), then in the middle (0 · 30): 10 / 40
    expect(valuesOf('cmf', { high: [2, 2], low: [0, 0], close: [2, 1], volume: [10, 30] }, { period: 2 })).toEqual([_, 0.25]);
  });

  it('vwap: unknown until there is volume', () => {
    expect(valuesOf('vwap', { close: [1, 2, 4], volume: [0, 1, 1] })).toEqual([_, 2, 3]);
  });
});

describe('mining', () => {
  /** At this difficulty 1 TH/s finds 86400 · 10^12 / 2^32 / D = 1e-6 blocks a day. */
  const difficulty = 86_400e12 / 2 ** 32 / 1e-6;
  const lists = { close: [50_000, 100_000], difficulty: [difficulty, difficulty], subsidyBtc: [3, 3] };

  it('hashprice: expected coins of a TH-day at the close', () => {
    expect(valuesOf('hashprice', lists)).toEqual([0.15, 0.3]);
  });

  it('miner-margin: what is left after the power', () => {
    // 20 J/TH · 86400 s = 0.48 kWh at 0.05: 0.024 USD of 0.15
    expect(valuesOf('miner-margin', lists, {}, 'profit')).toEqual([0.126, 0.276]);
    expect(valuesOf('miner-margin', lists, {}, 'margin')).toEqual([0.84, 0.92]);
  });

  it('production-cost: power of a TH-day over its coins', () => {
    // 15 J/TH: 0.018 USD for 3e-6 BTC
    expect(valuesOf('production-cost', lists, {}, 'low')).toEqual([6000, 6000]);
    expect(valuesOf('production-cost', lists, {}, 'high')).toEqual([12_000, 12_000]);
  });

  it('puell-multiple: value of new coins over its mean', () => {
    expect(valuesOf('puell-multiple', lists, { period: 2 }, 'puell')).toEqual([_, 1.3333333333]);
  });

  it('hash-ribbons: averages of the hash rate that the difficulty implies', () => {
    // D · 2^32 / 600 s = 86400e12 / 1e-6 / 600 H/s = 144e6 TH/s
    expect(valuesOf('hash-ribbons', lists, { fast: 1, slow: 2 }, 'fast')).toEqual([144e6, 144e6]);
    expect(valuesOf('hash-ribbons', lists, { fast: 1, slow: 2 }, 'slow')).toEqual([_, 144e6]);
  });

  it('difficulty-ribbon: averages of the difficulty', () => {
    const rising = Array.from({ length: 10 }, (_value, i) => i + 1);
    expect(valuesOf('difficulty-ribbon', { close: rising, difficulty: rising }, {}, 'd9').slice(7)).toEqual([_, 5, 6]);
  });
});
