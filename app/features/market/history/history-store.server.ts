/** Candles, epochs and days of figures as they are kept; every write may be repeated. */
import { type Db, getDb } from '#app/platform/db.server.ts';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#collectors/market/candles.ts';
import type { EpochDifficulty } from '#collectors/market/mempool-history.ts';
import { type CandleHistory, layOutHistory, type StoredCandle } from './candle-history.ts';
import { readDifficultyByEpoch } from './read-history.server.ts';
import { readShippedCandles } from './shipped-candles.server.ts';

export type HistoryDb = Pick<Db, 'marketCandle' | 'marketEpoch' | 'marketDay' | 'marketFigure' | 'marketDocument' | '$executeRaw'>;

/** Replaces candles of the same time. One statement for all. Returns how many were written. */
export async function storeCandles(db: HistoryDb, interval: CandleInterval, source: string, candles: readonly Candle[]): Promise<number> {
  const column = (pick: (candle: Candle) => number) => candles.map(pick);
  return db.$executeRaw`
    INSERT INTO market_candles (interval, opened_at, open_usd, high_usd, low_usd, close_usd, volume_btc, source)
    SELECT ${interval}, to_timestamp(t / 1000.0), o, h, l, c, v, ${source}
    FROM unnest(${column(({ timeMs }) => timeMs)}::float8[], ${column(({ open }) => open)}::float8[], ${column(({ high }) => high)}::float8[],
                ${column(({ low }) => low)}::float8[], ${column(({ close }) => close)}::float8[], ${candles.map(({ volumeBtc }) => (Number.isFinite(volumeBtc) ? volumeBtc : null))}::float8[]) AS rows(t, o, h, l, c, v)
    ON CONFLICT (interval, opened_at) DO UPDATE SET open_usd = excluded.open_usd, high_usd = excluded.high_usd, low_usd = excluded.low_usd,
      close_usd = excluded.close_usd, volume_btc = excluded.volume_btc, source = excluded.source`;
}

export async function storeEpochs(db: HistoryDb, source: string, epochs: readonly EpochDifficulty[]): Promise<void> {
  for (const { epoch, timeMs, difficulty } of epochs) {
    const row = { beganAt: new Date(timeMs), difficulty, source };
    await db.marketEpoch.upsert({ where: { epoch }, create: { epoch, ...row }, update: row });
  }
}

/** The shipped candles, and after or over them those that were fetched or imported. O(days). */
export async function readDailyHistory(db: HistoryDb = getDb()): Promise<CandleHistory> {
  return layOutHistory(INTERVAL_MS['1d'], await readRows(db, '1d'), readShippedCandles());
}

/** Hours that were fetched or imported; `null` while there is none. O(hours). */
export async function readHourlyHistory(db: HistoryDb = getDb()): Promise<CandleHistory | null> {
  const rows = await readRows(db, '1h');
  return rows.length === 0 ? null : layOutHistory(INTERVAL_MS['1h'], rows, null);
}

async function readRows(db: HistoryDb, interval: CandleInterval): Promise<StoredCandle[]> {
  const rows = await db.marketCandle.findMany({ where: { interval }, orderBy: { openedAt: 'asc' } });
  return rows.map(({ openedAt, openUsd, highUsd, lowUsd, closeUsd, volumeBtc, source }) => ({
    timeMs: openedAt.getTime(),
    open: openUsd,
    high: highUsd,
    low: lowUsd,
    close: closeUsd,
    volumeBtc: volumeBtc ?? Number.NaN,
    source,
  }));
}

/** Difficulty by epoch, index = epoch, and who said it: the shipped ones, and after them the fetched ones up to the first that is missing. */
export async function readEpochHistory(
  db: HistoryDb = getDb(),
): Promise<{ difficulty: Float64Array; sourceOf: (epoch: number) => string }> {
  const shipped = readDifficultyByEpoch();
  const rows = await db.marketEpoch.findMany({ where: { epoch: { gte: shipped.values.length } }, orderBy: { epoch: 'asc' } });
  const following: number[] = [];
  for (const { epoch, difficulty } of rows) {
    if (epoch !== shipped.values.length + following.length) break;
    following.push(difficulty);
  }
  return {
    difficulty: Float64Array.from([...shipped.values, ...following]),
    sourceOf: (epoch) => rows[epoch - shipped.values.length]?.source ?? shipped.source,
  };
}

/** An epoch as it was fetched: `beganAtMs` is the time of its first block. */
export type FetchedEpoch = { epoch: number; beganAtMs: number | null; difficulty: number; source: string };

export async function readFetchedEpochs(db: HistoryDb = getDb()): Promise<FetchedEpoch[]> {
  const rows = await db.marketEpoch.findMany({ orderBy: { epoch: 'asc' } });
  return rows.map(({ epoch, beganAt, difficulty, source }) => ({ epoch, beganAtMs: beganAt?.getTime() ?? null, difficulty, source }));
}
