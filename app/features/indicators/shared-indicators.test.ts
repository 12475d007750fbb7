/**
 * Indicators against results that others published for the same candles. They lie beside the project and are not part of it; in CI their absence is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { computeIndicator } from './compute-indicator.ts';
import { type CandleColumns, compute, toColumns } from './indicators.fixture.ts';
import { defaultParams, INDICATORS } from './registry.ts';
import { emaWeight, smooth, wilderWeight } from './smoothing.ts';

const shared = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folder = `${shared}/indicators`;

/** Rows of a table, its first line left out; an empty cell is null. */
function readRows(file: string): (string | null)[][] {
  const lines = readFileSync(`${folder}/${file}`, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(',').map((cell) => (cell === '' ? null : cell)));
}

function numbersOf(rows: readonly (string | null)[][], column: number): number[] {
  return rows.map((row) => (row[column] === null || row[column] === undefined ? Number.NaN : Number(row[column])));
}

function readQuotes(file: string): CandleColumns {
  const rows = readRows(file);
  const [open, high, low, close, volume] = [1, 2, 3, 4, 5].map((column) => numbersOf(rows, column));
  return toColumns({ open: open!, high: high!, low: low!, close: close!, volume: volume! });
}

/** Name of the file, indicator, parameters that differ from the defaults, and what the file calls our outputs. */
const VECTORS: [file: string, name: string, params: Record<string, number>, outputs: Record<string, string>][] = [
  ['sma', 'sma', {}, { sma: 'sma' }],
  ['ema', 'ema', {}, { ema: 'ema' }],
  ['wma', 'wma', { period: 14 }, { wma: 'wma' }],
  ['rsi', 'rsi', {}, { rsi: 'rsi' }],
  ['macd', 'macd', {}, { macd: 'macd', signal: 'signal', histogram: 'histogram' }],
  [
    'bb',
    'bollinger',
    {},
    { middle: 'sma', upper: 'upperBand', lower: 'lowerBand', percentB: 'percentB', width: 'width', zScore: 'zScore' },
  ],
  ['atr', 'atr', {}, { atr: 'atr', percent: 'atrp' }],
  ['tr', 'true-range', {}, { trueRange: 'tr' }],
  ['obv', 'obv', {}, { obv: 'obv' }],
  ['roc', 'roc', {}, { roc: 'roc', momentum: 'momentum' }],
  ['stdev', 'stdev', {}, { stdev: 'stdDev', mean: 'mean', zScore: 'zScore' }],
  ['stoch', 'stochastic', {}, { k: 'k', d: 'd', j: 'j' }],
  ['vwap', 'vwap', {}, { vwap: 'vwap' }],
];

/** Values of single days that Stock.Indicators publishes for the same candles, to the digits given there. */
const SAMPLES: [name: string, params: Record<string, number>, output: string, day: number, value: number, digits: number][] = [
  ['dema', {}, 'dema', 501, 241.1677, 4],
  ['tema', {}, 'tema', 501, 238.769, 4],
  ['hma', {}, 'hma', 501, 235.6972, 4],
  ['adx', {}, 'plusDi', 501, 17.7565, 4],
  ['adx', {}, 'minusDi', 501, 31.151, 4],
  ['adx', {}, 'adx', 501, 34.2987, 4],
  ['keltner', {}, 'upper', 501, 262.1873, 4],
  ['keltner', {}, 'lower', 501, 236.5165, 4],
  ['stochastic-rsi', {}, 'k', 501, 97.5244, 4],
  ['stochastic-rsi', {}, 'd', 501, 89.8385, 4],
  ['cci', {}, 'cci', 501, -52.9946, 4],
  ['williams-r', {}, 'williamsR', 501, -52.0121, 4],
  ['mfi', {}, 'mfi', 501, 39.9494, 4],
  ['cmf', {}, 'cmf', 501, -0.1238, 4],
  ['aroon', {}, 'up', 501, 28, 12],
  ['aroon', {}, 'down', 501, 88, 12],
  ['aroon', {}, 'down', 298, 20, 12],
  ['parabolic-sar', {}, 'sar', 14, 212.83, 10],
  ['parabolic-sar', {}, 'sar', 94, 228.36, 10],
  ['parabolic-sar', {}, 'sar', 501, 229.7662, 10],
  ['supertrend', {}, 'supertrend', 355, 256.690208623684, 11],
  ['supertrend', {}, 'supertrend', 371, 270.507207190542, 11],
  ['supertrend', {}, 'supertrend', 446, 284.26686338795, 11],
  ['ichimoku', {}, 'conversion', 501, 241.26, 10],
  ['ichimoku', {}, 'base', 501, 251.505, 10],
  ['ichimoku', {}, 'spanA', 501, 264.77, 10],
  ['ichimoku', {}, 'spanB', 501, 269.82, 10],
];

if (!existsSync(folder)) {
  it('found no shared candles: nothing was compared (a failure in CI)', () => {
    console.info(`shared candles are absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  const quotes = readQuotes('quotes_default.csv');

  describe('results of Stock.Indicators', () => {
    it.each(VECTORS)('%s: every candle of %s to 1e-8, unknown where theirs is', (file, name, params, outputs) => {
      const expected = JSON.parse(readFileSync(`${folder}/expected/${file}.standard.json`, 'utf8')) as Record<string, number | null>[];
      const actual = compute(name, quotes, params);
      for (const [ours, theirs] of Object.entries(outputs)) {
        expect(expected.length).toBe(502);
        for (const [day, row] of expected.entries()) {
          const value = actual[ours]![day]!;
          if (row[theirs] === null) expect(value, `${ours} ${day}`).toBeNaN();
          else expect(Math.abs(value - row[theirs]!), `${ours} ${day}`).toBeLessThanOrEqual(1e-8);
        }
      }
    });

    it.each(SAMPLES)('%s %o: %s of day %i is %f', (name, params, output, day, value, digits) => {
      expect(compute(name, quotes, params)[output]![day]).toBeCloseTo(value, digits);
    });
  });

  describe('work sheets of ChartSchool', () => {
    it('obv: every printed value', () => {
      const rows = readRows('ta_chartschool/cs-obv.csv');
      const columns = toColumns({
        close: numbersOf(rows, 1),
        volume: numbersOf(rows, 2).map((volume) => (Number.isNaN(volume) ? 0 : volume)),
      });
      expect([...compute('obv', columns).obv!].slice(1)).toEqual(numbersOf(rows, 5).slice(1));
    });

    it('bollinger: every printed digit', () => {
      const rows = readRows('ta_chartschool/cs-bbands.csv');
      const actual = compute('bollinger', toColumns({ close: numbersOf(rows, 1) }));
      const deviation = compute('stdev', toColumns({ close: numbersOf(rows, 1) }), { period: 20 }).stdev!;
      for (const [i, row] of rows.entries()) {
        if (row[2] === null) {
          expect(actual.middle![i]).toBeNaN();
          continue;
        }
        expect(actual.middle![i]).toBeCloseTo(Number(row[2]), 6);
        expect(deviation[i]).toBeCloseTo(Number(row[3]), 6);
        expect(actual.upper![i]).toBeCloseTo(Number(row[4]), 6);
        expect(actual.lower![i]).toBeCloseTo(Number(row[5]), 6);
        // The sheet's width is in percent.
        expect(100 * actual.width![i]!).toBeCloseTo(Number(row[6]), 6);
        expect(actual.percentB![i]).toBeCloseTo(Number(row[9]), 6);
      }
    });

    it('atr: another seed, which counts the range of the first candle; apart by 13/14 of the day before', () => {
      const rows = readRows('ta_chartschool/cs-atr.csv');
      const columns = toColumns({ high: numbersOf(rows, 1), low: numbersOf(rows, 2), close: numbersOf(rows, 3) });
      const range = compute('true-range', columns).trueRange!;
      const atr = compute('atr', columns).atr!;
      const theirs = numbersOf(rows, 5);
      for (let i = 1; i < rows.length; i++) expect(range[i]).toBeCloseTo(Number(rows[i]![4]), 12);
      expect(range[0]).toBeNaN();
      // Theirs is known one candle earlier.
      expect(theirs[13]).toBe(0.555);
      expect(atr[13]).toBeNaN();
      const apart = theirs[14]! - atr[14]!;
      expect(apart).toBeCloseTo(0.0253571, 7);
      for (let i = 15; i < rows.length; i++) expect(theirs[i]! - atr[i]!).toBeCloseTo(apart * (13 / 14) ** (i - 14), 8);
    });

    it('rsi: another seed, averages that begin at 0; with it every printed digit', () => {
      const rows = readRows('ta_chartschool/cs-rsi.csv');
      const average = (column: number) => {
        const changes = Float64Array.from(numbersOf(rows, column), (value) => (Number.isNaN(value) ? 0 : value));
        smooth(changes, 0, 1, wilderWeight(14), changes);
        return changes;
      };
      const [gain, loss] = [average(3), average(4)];
      for (const [i, row] of rows.entries()) {
        expect(gain[i]).toBeCloseTo(Number(row[5]), 6);
        expect(loss[i]).toBeCloseTo(Number(row[6]), 6);
        if (row[8] !== null) expect((100 * gain[i]!) / (gain[i]! + loss[i]!)).toBeCloseTo(Number(row[8]), 6);
      }
      const rsi = compute('rsi', toColumns({ close: numbersOf(rows, 1) })).rsi!;
      expect(rsi[14]! - Number(rows[14]![8])).toBeCloseTo(-1.3293, 4);
      expect(rsi[32]! - Number(rows[32]![8])).toBeCloseTo(2.284, 3);
    });

    it('macd: another seed, averages that begin at the first close; with it every printed digit', () => {
      const rows = readRows('ta_chartschool/cs-macd.csv');
      const close = Float64Array.from(numbersOf(rows, 1));
      const fromFirst = (values: Float64Array, period: number) => {
        const out = new Float64Array(values.length);
        smooth(values, 0, 1, emaWeight(period), out);
        return out;
      };
      const [fast, slow] = [fromFirst(close, 12), fromFirst(close, 26)];
      const line = fast.map((value, i) => value - slow[i]!);
      for (const [i, row] of rows.entries()) {
        expect(fast[i]).toBeCloseTo(Number(row[2]), 7);
        expect(slow[i]).toBeCloseTo(Number(row[3]), 7);
        if (i > 0) expect(line[i]).toBeCloseTo(Number(row[4]), 7);
      }
      const { macd, signal } = compute('macd', toColumns({ close: [...close] }));
      expect(macd!.at(-1)! - Number(rows.at(-1)![4])).toBeCloseTo(7.782e-5, 8);
      expect(signal!.at(-1)! - Number(rows.at(-1)![5])).toBeCloseTo(1.1445e-4, 8);
    });
  });

  describe('candles that are hard to take', () => {
    const withoutFaults = (columns: CandleColumns): CandleColumns => {
      for (let i = 0; i < columns.close.length; i++) {
        if (columns.high[i]! < columns.low[i]!) columns.high[i] = Number.NaN;
        if (columns.volume[i]! < 0) columns.volume[i] = Number.NaN;
      }
      return columns;
    };

    it.each(['quotes_bad.csv', 'quotes_zeros.csv', 'quotes_intraday.csv'])('%s: every indicator answers numbers or nothing', (file) => {
      const columns = withoutFaults(readQuotes(file));
      for (const indicator of INDICATORS.filter(({ group }) => group !== 'mining')) {
        const result = computeIndicator(indicator, columns, columns.close.length, defaultParams(indicator));
        for (const [name, column] of Object.entries(result.outputs)) {
          const wrong = column.findIndex((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);
          expect(wrong, `${indicator.name} ${name}`).toBe(-1);
        }
      }
    });

    it('quotes_bad: a price that falls from 2e7 to 1e-8 leaves nothing behind in the averages of the small ones', () => {
      const columns = withoutFaults(readQuotes('quotes_bad.csv'));
      const first = columns.close.findIndex((value) => value > 0 && value < 1e-7);
      const small = [...columns.close.subarray(first, first + 20)];
      const mean = small.reduce((sum, value) => sum + value, 0) / small.length;
      expect(compute('sma', columns).sma![first + 19]! / mean).toBeCloseTo(1, 12);
    });

    it('quotes_bad: empty days have no value', () => {
      const columns = readQuotes('quotes_bad.csv');
      const { sma } = compute('sma', columns, { period: 1 });
      for (const [i, close] of columns.close.entries()) expect(Number.isNaN(sma![i])).toBe(Number.isNaN(close));
    });

    it('quotes_zeros: averages and bands are 0, quotients unknown', () => {
      const zeros = readQuotes('quotes_zeros.csv');
      expect(compute('bollinger', zeros).upper!.at(-1)).toBe(0);
      expect(compute('obv', zeros).obv!.at(-1)).toBe(0);
      for (const name of ['rsi', 'cci', 'vwap', 'cmf', 'mfi']) expect(Object.values(compute(name, zeros))[0]!.at(-1), name).toBeNaN();
      expect(compute('roc', zeros).roc!.at(-1)).toBeNaN();
    });
  });
}
