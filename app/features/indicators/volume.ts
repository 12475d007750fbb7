/** What volume says. Sums that run from the first candle begin anew after a gap. Definitions: decision 0100. */
import { defineIndicator, PERIOD_ALIASES, period } from './indicator.ts';
import { typicalPrice } from './momentum.ts';
import { rollingSum } from './windows.ts';

/** On-balance volume: volume added when the close rises, taken away when it falls; 0 at the first candle (Granville). */
export const OBV = defineIndicator({
  name: 'obv',
  group: 'volume',
  inputs: ['close', 'volume'],
  params: {},
  outputs: { obv: 'volume' },
  warmUp: () => ({ obv: 0 }),
  compute: ({ close, volume }, _params, out) => {
    let balance = 0;
    for (let i = 0; i < close.length; i++) {
      if (i > 0) balance += Math.sign(close[i]! - close[i - 1]!) * volume[i]!;
      out.obv[i] = balance;
    }
  },
});

/**
 * Chaikin money flow, -1..1 of closes inside their candles: volume weighted with the place of the close in its candle (`((close - low) - (high - close)) / (high - low)`, 0 when the candle has no range), over volume. Unknown
 * without volume.
 */
export const CMF = defineIndicator({
  name: 'cmf',
  group: 'volume',
  inputs: ['high', 'low', 'close', 'volume'],
  params: { period: period(20, { aliases: PERIOD_ALIASES }) },
  outputs: { cmf: '1' },
  warmUp: ({ period }) => ({ cmf: period - 1 }),
  compute: ({ high, low, close, volume }, { period }, out) => {
    const flow = new Float64Array(close.length);
    for (let i = 0; i < close.length; i++) {
      const range = high[i]! - low[i]!;
      flow[i] = range === 0 ? 0 : ((close[i]! - low[i]! - (high[i]! - close[i]!)) / range) * volume[i]!;
    }
    const traded = new Float64Array(close.length);
    rollingSum(flow, period, out.cmf);
    rollingSum(volume, period, traded);
    for (let i = 0; i < close.length; i++) out.cmf[i] = traded[i] === 0 ? Number.NaN : out.cmf[i]! / traded[i]!;
  },
});

/** Volume-weighted mean of the typical price from the first candle on; unknown until there is volume. */
export const VWAP = defineIndicator({
  name: 'vwap',
  group: 'volume',
  inputs: ['high', 'low', 'close', 'volume'],
  params: {},
  outputs: { vwap: 'price' },
  warmUp: () => ({ vwap: 0 }),
  compute: ({ high, low, close, volume }, _params, out) => {
    const typical = typicalPrice(high, low, close);
    let value = 0;
    let traded = 0;
    for (let i = 0; i < close.length; i++) {
      value += typical[i]! * volume[i]!;
      traded += volume[i]!;
      out.vwap[i] = traded === 0 ? Number.NaN : value / traded;
    }
  },
});
