import { describe, expect, it } from 'vitest';
import { parseCandlesCsv } from './candles-csv.ts';

const NOW_MS = Date.parse('2026-01-07T12:30:00Z');
const HEADER = 'date,open,high,low,close,volume';

describe('candles from a CSV file', () => {
  it('are read whatever the order of columns and the way times are written', () => {
    const byDate = parseCandlesCsv(`\uFEFF${HEADER}\r\n2026-01-02,10,12,9,11,5\r\n2026-01-01 00:00:00,9,11,8,10,4\r\n`, '1d', NOW_MS);
    expect(byDate.problems).toEqual([]);
    expect(byDate.candles).toEqual([
      { timeMs: Date.parse('2026-01-01'), open: 9, high: 11, low: 8, close: 10, volumeBtc: 4 },
      { timeMs: Date.parse('2026-01-02'), open: 10, high: 12, low: 9, close: 11, volumeBtc: 5 },
    ]);
    const bySecond = parseCandlesCsv('Close;Low;High;Open;Timestamp\n10;8;11;9;1767225600\n10;8;11;9;1767229200000', '1h', NOW_MS);
    expect(bySecond.candles.map(({ timeMs }) => timeMs)).toEqual([1_767_225_600_000, 1_767_229_200_000]);
    expect(bySecond.candles[0]!.volumeBtc).toBeNaN();
  });

  it('names every line that cannot be believed and keeps the others', () => {
    const text = [
      HEADER,
      '2026-01-01,9,11,8,10,4',
      '2026-02-31,9,11,8,10,4',
      'yesterday,9,11,8,10,4',
      '2026-01-02 06:00,9,11,8,10,4',
      '2026-01-03,9,11,12,10,4',
      '2026-01-04,9,11,0,10,4',
      '2026-01-05,9,eleven,8,10,4',
      '2026-01-01,9,11,8,10,4',
      '2026-01-06,9,11,8,10,',
    ].join('\n');
    const { candles, problems } = parseCandlesCsv(text, '1d', NOW_MS);
    expect(candles.map(({ timeMs }) => new Date(timeMs).getUTCDate())).toEqual([1, 6]);
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(problems[5]).toEqual({ line: 8, problem: 'high "eleven" is not a number' });
  });

  it('are not taken before they are closed, nor from a time without bitcoin', () => {
    const row = (time: string) => `${time},9,11,8,10,4`;
    const text = ['2026-01-06', '2026-01-07', '2026-01-08', '9999-01-01', '2009-01-03', '2008-12-31', '1996-01-01'].map(row);
    const days = parseCandlesCsv([HEADER, ...text].join('\n'), '1d', NOW_MS);
    expect(days.candles.map(({ timeMs }) => timeMs)).toEqual([Date.parse('2009-01-03'), Date.parse('2026-01-06')]);
    expect(days.problems.map(({ line }) => line)).toEqual([3, 4, 5, 7, 8]);
    expect(days.problems[2]).toEqual({ line: 5, problem: 'time "9999-01-01": the 1d from then on is not over yet' });
    const hours = ['2026-01-07T11:00', '2026-01-07T12:00', '2924-01-01T00:00', '99999999999999'].map(row);
    expect(parseCandlesCsv([HEADER, ...hours].join('\n'), '1h', NOW_MS).candles).toHaveLength(1);
  });

  it('is refused whole without the columns of a candle', () => {
    expect(parseCandlesCsv('date,close\n2026-01-01,10', '1d', NOW_MS)).toEqual({
      candles: [],
      problems: [{ line: 1, problem: 'no column open, high, low' }],
    });
    expect(parseCandlesCsv('', '1d', NOW_MS).problems).toHaveLength(1);
  });
});
