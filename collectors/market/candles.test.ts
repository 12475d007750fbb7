import { describe, expect, it } from 'vitest';
import { binanceCandles, type Candle, coinbaseCandles, krakenCandles, readCandles } from './candles.ts';
import binanceRows from './fixtures/binance-klines.json' with { type: 'json' };
import coinbaseRows from './fixtures/coinbase-candles.json' with { type: 'json' };
import krakenRows from './fixtures/kraken-ohlc.json' with { type: 'json' };

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');

describe('candles', () => {
  const DAY_MS = 86_400_000;
  const query = { interval: '1d', fromMs: Date.parse('2025-12-29'), toMs: Date.parse('2025-12-31') } as const;
  const read = (source: ReturnType<typeof krakenCandles>, body: unknown, nowMs = ASKED_AT_MS) =>
    readCandles(source, query, { fetchJson: async () => ({ kind: 'json', body }), nowMs: () => nowMs });

  it.each([
    ['Coinbase Exchange', coinbaseCandles('http://127.0.0.1:1'), coinbaseRows, 87_700, 4100.25],
    ['Kraken', krakenCandles('http://127.0.0.1:1'), krakenRows, 87_700, 1100.25],
    ['Binance', binanceCandles('http://127.0.0.1:1'), binanceRows, 87_710, 14_100.25],
  ] as const)('%s: closed days in order', async (_, source, rows, open, volumeBtc) => {
    const candles = (await read(source, rows)) as Candle[];
    expect(candles.map(({ timeMs }) => timeMs)).toEqual([query.fromMs, query.fromMs + DAY_MS]);
    expect(candles[0]).toMatchObject({ open, volumeBtc });
    expect(candles[0]!.low).toBeLessThan(candles[0]!.high);
  });

  it('leave out what is still open, doubled, or outside of the range', async () => {
    const candles = await read(krakenCandles('http://127.0.0.1:1'), krakenRows, Date.parse('2025-12-30T12:00:00Z'));
    expect(candles).toHaveLength(1);
    const doubled = [...coinbaseRows, coinbaseRows[0]!, [1_766_880_000, 1, 2, 1, 2, 1]];
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), doubled)).toHaveLength(2);
  });

  it('are not believed when they contradict themselves', async () => {
    const [first, second] = coinbaseRows;
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), [first, [second![0], 90_000, 88_000, 89_000, 89_000, 1]])).toMatchObject({
      kind: 'refused',
    });
    expect(await read(coinbaseCandles('http://127.0.0.1:1'), [first, [second![0], 0, 88_000, 87_000, 87_000, 1]])).toMatchObject({
      kind: 'refused',
    });
  });
});
