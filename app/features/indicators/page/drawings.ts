/** How the outputs of every indicator are drawn: on the price, or in panes below it. Pure; a test holds it to the registry. */
import type { Tone } from '#app/ui/time-chart/series.ts';

export type DrawnLine = { output: string; kind: 'line' | 'steps' | 'dots' | 'bars'; tone: Tone | 'bySign'; isDashed?: boolean };
/** The room between two outputs, named after the indicator. */
export type DrawnBand = { lower: string; upper: string };

export type DrawnPane = {
  /** `price`: over the candles. Another one stands below and is named after its first line. */
  on: 'price' | 'below';
  lines: readonly DrawnLine[];
  band?: DrawnBand;
  /** Levels by which the figure is read, as they are known. */
  levels?: readonly number[];
  /** Values of one sign that grow by factors: over years only a logarithm shows them. */
  growsByFactors?: boolean;
};

const line = (output: string, tone: Tone, isDashed = false): DrawnLine => ({ output, kind: 'line', tone, isDashed });
const onPrice = (...lines: DrawnLine[]): DrawnPane => ({ on: 'price', lines });
const below = (lines: DrawnLine | readonly DrawnLine[], rest: Pick<DrawnPane, 'levels' | 'growsByFactors' | 'band'> = {}): DrawnPane => ({
  on: 'below',
  lines: 'output' in lines ? [lines] : lines,
  ...rest,
});
const band = (lower: string, upper: string, ...lines: DrawnLine[]): DrawnPane => ({ on: 'price', lines, band: { lower, upper } });
const channel = band('lower', 'upper', line('middle', 2), line('upper', 3), line('lower', 3));

/** Dash is the slower or derived line of a pair, so that colour is not all that tells them apart. */
export const DRAWINGS: Readonly<Record<string, readonly DrawnPane[]>> = {
  sma: [onPrice(line('sma', 2))],
  ema: [onPrice(line('ema', 2))],
  wma: [onPrice(line('wma', 2))],
  dema: [onPrice(line('dema', 2))],
  tema: [onPrice(line('tema', 2))],
  hma: [onPrice(line('hma', 2))],
  rsi: [below(line('rsi', 2), { levels: [30, 70] })],
  macd: [below([{ output: 'histogram', kind: 'bars', tone: 'bySign' }, line('macd', 2), line('signal', 3, true)])],
  stochastic: [below([line('k', 2), line('d', 3, true)], { levels: [20, 80] }), below(line('j', 4), { levels: [0, 100] })],
  'stochastic-rsi': [below([line('k', 2), line('d', 3, true)], { levels: [20, 80] })],
  cci: [below(line('cci', 2), { levels: [-100, 100] })],
  'williams-r': [below(line('williamsR', 2), { levels: [-80, -20] })],
  roc: [below(line('roc', 2), { levels: [0] }), below({ output: 'momentum', kind: 'bars', tone: 'bySign' })],
  adx: [below([line('adx', 1), line('plusDi', 4), line('minusDi', 3, true)], { levels: [25] })],
  aroon: [
    below([line('up', 4), line('down', 3, true)], { levels: [30, 70] }),
    below({ output: 'oscillator', kind: 'bars', tone: 'bySign' }),
  ],
  'parabolic-sar': [onPrice({ output: 'sar', kind: 'dots', tone: 2 })],
  supertrend: [onPrice(line('lower', 4), line('upper', 3, true))],
  ichimoku: [band('spanA', 'spanB', line('spanA', 4), line('spanB', 3), line('conversion', 2), line('base', 5), line('lagging', 6, true))],
  bollinger: [channel, below(line('percentB', 2), { levels: [0, 1] }), below(line('width', 3))],
  keltner: [channel, below(line('width', 3))],
  donchian: [channel, below(line('width', 3))],
  atr: [below(line('atr', 2)), below(line('percent', 3))],
  'true-range': [below({ output: 'trueRange', kind: 'bars', tone: 2 })],
  stdev: [onPrice(line('mean', 2)), below(line('stdev', 3)), below(line('zScore', 4), { levels: [-2, 0, 2] })],
  obv: [below(line('obv', 2))],
  mfi: [below(line('mfi', 2), { levels: [20, 80] })],
  cmf: [below({ output: 'cmf', kind: 'bars', tone: 'bySign' })],
  vwap: [onPrice(line('vwap', 2))],
  hashprice: [below(line('hashprice', 2), { growsByFactors: true })],
  'hash-ribbons': [below([line('fast', 2), line('slow', 3, true)], { growsByFactors: true })],
  'puell-multiple': [below(line('puell', 2), { levels: [0.5, 4], growsByFactors: true })],
  'difficulty-ribbon': [
    below(
      [
        line('d9', 2),
        line('d14', 2),
        line('d25', 4),
        line('d40', 4),
        line('d60', 5),
        line('d90', 5),
        line('d128', 3, true),
        line('d200', 3, true),
      ],
      { growsByFactors: true },
    ),
  ],
  'production-cost': [band('low', 'high', line('low', 2), line('high', 3, true))],
  'miner-margin': [below(line('margin', 2), { levels: [0] }), below({ output: 'profit', kind: 'bars', tone: 'bySign' })],
};

/** Said in the figures above the chart alone: they repeat what is drawn. */
export const UNDRAWN: Readonly<Record<string, readonly string[]>> = { supertrend: ['supertrend', 'direction'], bollinger: ['zScore'] };
