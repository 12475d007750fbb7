/** The forecast of one series as the product knows it now: the stored back-test and the market of the moment. */
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { composeDifficultyForecast, composeHashrateForecast, composePriceForecast } from './compose-forecast.ts';
import type { ForecastSeries, SeriesForecast } from './forecast-answer.ts';
import { type Stored, StoredDifficultySchema, StoredHashrateSchema, StoredPriceSchema } from './stored-backtest.ts';

type Row = { inputsHash: string; result: unknown; computedAt: Date | null; progressRatio: number | null } | null;

/** A result that another version wrote and this one cannot read counts as not computed. */
function toStored<Result>(row: Row, schema: { safeParse(value: unknown): { success: boolean; data?: Result } }): Stored<Result> | null {
  if (row === null || row.computedAt === null) return null;
  const parsed = schema.safeParse(row.result);
  if (!parsed.success || parsed.data === undefined) return null;
  return { result: parsed.data, computedAt: row.computedAt.toISOString(), inputsHash: row.inputsHash };
}

export type ReadForecastDeps = { db: Pick<Db, 'forecastBacktest'>; readSnapshot: () => Promise<MarketSnapshot>; nowMs: () => number };

export async function readForecast(
  series: ForecastSeries,
  { db, readSnapshot, nowMs }: ReadForecastDeps = { db: getDb(), readSnapshot: getMarketSnapshot, nowMs: Date.now },
): Promise<SeriesForecast> {
  const [row, snapshot] = await Promise.all([db.forecastBacktest.findUnique({ where: { series } }), readSnapshot()]);
  const asked = { progressRatio: row?.progressRatio ?? null, snapshot, nowMs: nowMs() };
  switch (series) {
    case 'price':
      return composePriceForecast({ ...asked, stored: toStored(row, StoredPriceSchema) });
    case 'difficulty':
      return composeDifficultyForecast({ ...asked, stored: toStored(row, StoredDifficultySchema) });
    case 'networkHashrate':
      return composeHashrateForecast({ ...asked, stored: toStored(row, StoredHashrateSchema) });
  }
}
