/** Read model of /market: closes and candles, hashprice and difficulty of every day, and the pools of the last week. */
import { z } from 'zod';
import { readStoredHistory } from '#app/features/indicators/stored-history.server.ts';
import { readDailyHistory } from '#app/features/market/history/history-store.server.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { getDb } from '#app/platform/db.server.ts';
import { TH_PER_PH } from '#engine/units/constants.ts';
import { hashpriceBtcPerThDay } from '#engine/units/network.ts';

const DAY_MS = 86_400_000;
/** Pools with a line of their own; the rest is one line. */
const POOLS_SHOWN = 12;

const StoredPools = z.array(z.object({ name: z.string(), blocks: z.number(), blocksRatio: z.number() }));

export type MarketView = {
  market: MarketSnapshot;
  nowAt: string;
  /** Midnight UTC of the first day; the others follow day by day. */
  startAtMs: number;
  close: (number | null)[];
  /** `null` before the first day that has more than a close. */
  candles: {
    fromDay: number;
    open: (number | null)[];
    high: (number | null)[];
    low: (number | null)[];
    volumeBtc: (number | null)[];
  } | null;
  /** As long as the difficulty is known; from the subsidy alone. */
  hashpriceUsdPerPhDay: (number | null)[];
  difficultyT: (number | null)[];
  sources: string[];
  pools: {
    source: string;
    observedAt: string;
    shares: { name: string; blocks: number; ratio: number }[];
    others: { count: number; ratio: number };
  } | null;
};

/** Five digits: as many as a chart and its read-out show. */
const significant = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);

export async function readMarketPage(nowMs = Date.now()): Promise<MarketView> {
  const [market, history, stored, pools] = await Promise.all([
    getMarketSnapshot(),
    readDailyHistory(),
    readStoredHistory(),
    getDb().marketDocument.findUnique({ where: { name: 'pools' } }),
  ]);
  const offset = (stored.startAtMs - history.timesMs[0]!) / DAY_MS;
  const at = (column: Float64Array, day: number) => column[day - offset] ?? Number.NaN;
  const days = [...history.timesMs.keys()];
  const fromDay = history.open.findIndex((value) => Number.isFinite(value));
  const tail = (column: Float64Array) => [...column.subarray(fromDay)].map(significant);
  return {
    market,
    nowAt: new Date(nowMs).toISOString(),
    startAtMs: history.timesMs[0]!,
    close: days.map((day) => significant(history.close[day]!)),
    candles:
      fromDay < 0
        ? null
        : {
            fromDay,
            open: tail(history.open),
            high: tail(history.high),
            low: tail(history.low),
            volumeBtc: tail(history.volumeBtc),
          },
    hashpriceUsdPerPhDay: days.map((day) =>
      significant(
        hashpriceBtcPerThDay(at(stored.columns.difficulty, day), at(stored.columns.subsidyBtc, day)) * history.close[day]! * TH_PER_PH,
      ),
    ),
    difficultyT: days.map((day) => significant(at(stored.columns.difficulty, day) / 1e12)),
    sources: history.sources,
    pools: toPools(pools),
  };
}

function toPools(row: { body: unknown; source: string; observedAt: Date } | null): MarketView['pools'] {
  const stored = StoredPools.safeParse(row?.body);
  if (row === null || !stored.success) return null;
  const rest = stored.data.slice(POOLS_SHOWN);
  return {
    source: row.source,
    observedAt: row.observedAt.toISOString(),
    shares: stored.data.slice(0, POOLS_SHOWN).map(({ name, blocks, blocksRatio }) => ({ name, blocks, ratio: blocksRatio })),
    others: { count: rest.length, ratio: rest.reduce((sum, { blocksRatio }) => sum + blocksRatio, 0) },
  };
}
