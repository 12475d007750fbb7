import { describe, expect, it } from 'vitest';
import { layOutHistory, listParts, type StoredCandle } from './candle-history.ts';
import { readDailyCandleParts, readDailyClosesUsdPerBtc } from './read-history.server.ts';
import { readShippedCandles } from './shipped-candles.server.ts';

const HOUR_MS = 3_600_000;
const aCandle = (step: number, source: string, volumeBtc = 1): StoredCandle => ({
  timeMs: step * HOUR_MS,
  open: step,
  high: step + 2,
  low: step - 1,
  close: step + 1,
  volumeBtc,
  source,
});

describe('layOutHistory', () => {
  it('leaves a candle that is missing unknown', () => {
    const { close, timesMs } = layOutHistory(HOUR_MS, [aCandle(5, 'a'), aCandle(7, 'a')], null);
    expect([...close]).toEqual([6, Number.NaN, 8]);
    expect([...timesMs]).toEqual([5, 6, 7].map((step) => step * HOUR_MS));
  });

  it('lays what was fetched over what ships, before and after it too', () => {
    const shipped = layOutHistory(HOUR_MS, [aCandle(3, 'shipped'), aCandle(4, 'shipped')], null);
    const { close, sources, priceSource } = layOutHistory(HOUR_MS, [{ ...aCandle(4, 'new'), close: 50 }, aCandle(6, 'new')], shipped);
    expect([...close]).toEqual([4, 50, Number.NaN, 7]);
    expect([...priceSource].map((source) => sources[source] ?? null)).toEqual(['shipped', 'new', null, 'new']);
  });

  it('says what came from whom', () => {
    const history = layOutHistory(HOUR_MS, [aCandle(1, 'a'), aCandle(2, 'b'), aCandle(3, 'a', Number.NaN)], null);
    expect(listParts(history, 0, 3)).toEqual([
      { what: 'candles', source: 'a', candles: 2, fromMs: HOUR_MS, toMs: 3 * HOUR_MS },
      { what: 'candles', source: 'b', candles: 1, fromMs: 2 * HOUR_MS, toMs: 2 * HOUR_MS },
    ]);
    expect(listParts(history, 1, 2)).toHaveLength(1);
  });
});

describe('the candles that ship', () => {
  const history = readShippedCandles();

  it('are closes alone at first, then candles of one table with the volume of one exchange', () => {
    expect(
      listParts(history, 0, history.close.length).map(({ what, candles, toMs }) => [
        what,
        candles,
        new Date(toMs).toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['closes', 1523, '2014-09-16'],
      ['candles', 4124, '2025-12-31'],
      ['volumes', 3059, '2025-12-31'],
    ]);
    for (const part of listParts(history, 0, history.close.length).slice(0, 2))
      expect(readDailyClosesUsdPerBtc().source).toContain(part.source);
  });

  it('hold open and close between low and high on every day', () => {
    const first = history.open.findIndex((value) => Number.isFinite(value));
    for (let day = first; day < history.close.length; day++) {
      const [low, high] = [history.low[day]!, history.high[day]!];
      expect(Math.min(history.open[day]!, history.close[day]!), `day ${day}`).toBeGreaterThanOrEqual(low);
      expect(Math.max(history.open[day]!, history.close[day]!), `day ${day}`).toBeLessThanOrEqual(high);
    }
    expect(readDailyCandleParts().volumeBtc.values.every((volume) => volume > 0)).toBe(true);
  });
});
