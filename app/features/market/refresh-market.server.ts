/**
 * Asks every market source once and stores what may be believed. A figure that could not be read keeps its last value, which
 * ages visibly; nothing is invented and no figure waits for another.
 */

import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { createFetchJson, type FetchJson } from '#collectors/market/fetch-json.ts';
import { createMarketSources } from '#collectors/market/market-sources.ts';
import type { MarketSource, ReadFailure, Reading } from '#collectors/market/source.ts';

export type RefreshDeps = {
  db: Pick<Db, 'marketFigure'>;
  sources: readonly MarketSource[];
  fetchJson: FetchJson;
  nowMs: () => number;
  signal?: AbortSignal;
};

export type RefreshResult = { stored: Reading[]; failed: (ReadFailure & { source: string })[] };

/** Rejects only when the database does; then the readings stored before it stay, and the job runs again. */
export async function refreshMarket({ db, sources, fetchJson, nowMs, signal }: RefreshDeps): Promise<RefreshResult> {
  const result: RefreshResult = { stored: [], failed: [] };
  const read = await Promise.all(sources.map(async (source) => ({ source, outcomes: await source.read({ fetchJson, nowMs, signal }) })));
  for (const { source, outcomes } of read) {
    for (const outcome of outcomes) {
      if (outcome.kind === 'reading') {
        await storeReading(db, source, outcome, nowMs());
        result.stored.push(outcome);
      } else {
        result.failed.push({ ...outcome, source: source.name });
      }
    }
  }
  return result;
}

async function storeReading(db: Pick<Db, 'marketFigure'>, source: MarketSource, reading: Reading, fetchedAtMs: number): Promise<void> {
  const stored = {
    value: reading.value,
    source: source.name,
    sourceUrl: source.url,
    observedAt: new Date(reading.observedAtMs),
    fetchedAt: new Date(fetchedAtMs),
  };
  await db.marketFigure.upsert({ where: { name: reading.figure }, create: { name: reading.figure, ...stored }, update: stored });
}

/** One refresh with the process's own database and configured sources; says in the log what was not read, and why. */
export async function refreshMarketNow(signal?: AbortSignal): Promise<RefreshResult> {
  const { MARKET_NETWORK_URL, MARKET_PRICE_URL, MARKET_FX_URL } = getEnv();
  const result = await refreshMarket({
    db: getDb(),
    sources: createMarketSources({ networkUrl: MARKET_NETWORK_URL, priceUrl: MARKET_PRICE_URL, fxUrl: MARKET_FX_URL }),
    fetchJson: createFetchJson(),
    nowMs: Date.now,
    signal,
  });
  const log = getLog();
  for (const { source, figure, kind, reason } of result.failed) log.warn('market.figure-not-read', { source, figure, kind, reason });
  log.info('market.refreshed', { stored: result.stored.map(({ figure }) => figure).join(' '), failed: result.failed.length });
  return result;
}
