/** Candles, epochs and days of figures as they are kept; every write may be repeated. */
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Candle, CandleInterval } from '#collectors/market/candles.ts';
import type { EpochDifficulty } from '#collectors/market/mempool-history.ts';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from './read-history.server.ts';

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

/** One row per day: `null` is not known. Days without a row between the first and the last are there with a close of `null`. */
export type DailyHistory = {
  /** Midnight UTC of every day, ascending, without a hole. */
  timesMs: Float64Array;
  /** USD; NaN where unknown. Shipped days have a close only. */
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** BTC; NaN where unknown. */
  volumeBtc: Float64Array;
  sources: string[];
};

const DAY_MS = 86_400_000;

/** The shipped closes, and after or over them the candles that were fetched or imported. O(days). */
export async function readDailyHistory(db: HistoryDb = getDb()): Promise<DailyHistory> {
  const shipped = readDailyClosesUsdPerBtc();
  const rows = await db.marketCandle.findMany({ where: { interval: '1d' }, orderBy: { openedAt: 'asc' } });
  const firstMs = Math.min(shipped.startAtMs, rows[0]?.openedAt.getTime() ?? Number.POSITIVE_INFINITY);
  const lastMs = Math.max(shipped.startAtMs + (shipped.values.length - 1) * DAY_MS, rows.at(-1)?.openedAt.getTime() ?? 0);
  const count = (lastMs - firstMs) / DAY_MS + 1;
  const column = () => new Float64Array(count).fill(Number.NaN);
  const history: DailyHistory = {
    timesMs: Float64Array.from({ length: count }, (_, day) => firstMs + day * DAY_MS),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volumeBtc: column(),
    sources: [...new Set([shipped.source, ...rows.map(({ source }) => source)])],
  };
  history.close.set(shipped.values, (shipped.startAtMs - firstMs) / DAY_MS);
  for (const row of rows) {
    const day = (row.openedAt.getTime() - firstMs) / DAY_MS;
    history.open[day] = row.openUsd;
    history.high[day] = row.highUsd;
    history.low[day] = row.lowUsd;
    history.close[day] = row.closeUsd;
    history.volumeBtc[day] = row.volumeBtc ?? Number.NaN;
  }
  return history;
}

/** Difficulty by epoch, index = epoch: the shipped ones, and after them the fetched ones up to the first that is missing. */
export async function readEpochHistory(db: HistoryDb = getDb()): Promise<{ difficulty: Float64Array; sources: string[] }> {
  const shipped = readDifficultyByEpoch();
  const rows = await db.marketEpoch.findMany({ where: { epoch: { gte: shipped.values.length } }, orderBy: { epoch: 'asc' } });
  const following: number[] = [];
  for (const { epoch, difficulty } of rows) {
    if (epoch !== shipped.values.length + following.length) break;
    following.push(difficulty);
  }
  return {
    difficulty: Float64Array.from([...shipped.values, ...following]),
    sources: [...new Set([shipped.source, ...rows.map(({ source }) => source)])],
  };
}

/** An epoch as it was fetched: `beganAtMs` is the time of its first block. */
export type FetchedEpoch = { epoch: number; beganAtMs: number | null; difficulty: number; source: string };

export async function readFetchedEpochs(db: HistoryDb = getDb()): Promise<FetchedEpoch[]> {
  const rows = await db.marketEpoch.findMany({ orderBy: { epoch: 'asc' } });
  return rows.map(({ epoch, beganAt, difficulty, source }) => ({ epoch, beganAtMs: beganAt?.getTime() ?? null, difficulty, source }));
}
