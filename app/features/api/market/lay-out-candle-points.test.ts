import { describe, expect, it } from 'vitest';
import { layOutHistory } from '#app/features/market/history/candle-history.ts';
import { readShippedCandles } from '#app/features/market/history/shipped-candles.server.ts';
import { layOutCandlePoints } from './lay-out-candle-points.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const range = (from: string, to: string) => ({ fromMs: day(from), toMs: day(to) });

describe('candles of a range of time', () => {
  it('say of every one who said its prices and who its volume', () => {
    const fetched = { timeMs: day('2026-01-01'), open: 1, high: 3, low: 1, close: 2, volumeBtc: 5, source: 'Coinbase Exchange' };
    const history = layOutHistory(86_400_000, [fetched], readShippedCandles());
    const [open, volume] = [history.sources[1], history.sources[2]];
    expect(open).not.toBe(volume);
    const points = layOutCandlePoints(history, range('2025-12-30', '2026-01-01'), 10);
    expect(points.map(({ source, volumeSource }) => [source, volumeSource])).toEqual([
      [open, volume],
      [open, volume],
      ['Coinbase Exchange', 'Coinbase Exchange'],
    ]);
    const [early] = layOutCandlePoints(history, range('2012-01-01', '2012-01-01'), 10);
    expect(early).toMatchObject({ open: null, close: expect.any(Number), source: 'dennisgrobe/btc_data', volumeSource: null });
  });

  it('are those that open in it, and no more than asked for', () => {
    const history = readShippedCandles();
    expect(layOutCandlePoints(history, range('2025-12-30', '2027-01-01'), 10).map(({ time }) => time.slice(0, 10))).toEqual([
      '2025-12-30',
      '2025-12-31',
    ]);
    expect(layOutCandlePoints(history, range('2000-01-01', '2027-01-01'), 3)).toHaveLength(3);
    expect(layOutCandlePoints(history, range('2027-01-01', '2028-01-01'), 3)).toEqual([]);
  });
});
