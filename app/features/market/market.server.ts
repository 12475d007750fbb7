/**
 * The one place where pages and API read the market: the last stored live figures, else the shipped ones, each figure by itself
 * with its source, time and origin. Reads only; `refresh-market.server.ts` writes.
 */
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { composeSnapshot } from './consistent-snapshot.ts';
import { isMarketFigureName, type MarketSnapshot } from './snapshot.ts';

/** A page view asks several times; the figures change every quarter of an hour. */
const CACHE_MS = 5_000;

/** The live figures stored so far; names the product does not know (any more) are left out. */
export async function readLiveFigures(db: Pick<Db, 'marketFigure'>): Promise<Partial<MarketSnapshot>> {
  const rows = await db.marketFigure.findMany();
  const live: Partial<MarketSnapshot> = {};
  for (const { name, value, source, sourceUrl, observedAt } of rows) {
    if (isMarketFigureName(name)) live[name] = { value, source, sourceUrl, at: observedAt?.toISOString() ?? null, origin: 'live' };
  }
  return live;
}

export type MarketReader = () => Promise<MarketSnapshot>;

export type MarketReaderDeps = {
  readLive: () => Promise<Partial<MarketSnapshot>>;
  nowMs: () => number;
  onUnreadable: (error: unknown) => void;
};

/**
 * Reads through a cache of CACHE_MS. Callers that arrive while a read is under way share it. When the figures cannot be read
 * the snapshot is the shipped one, marked so in each figure's origin; that answer is cached too, so that a database in trouble
 * is not asked at every page view.
 */
export function createMarketReader({ readLive, nowMs, onUnreadable }: MarketReaderDeps): MarketReader {
  let cached: { atMs: number; snapshot: Promise<MarketSnapshot> } | undefined;
  return () => {
    if (cached === undefined || nowMs() - cached.atMs >= CACHE_MS) {
      const snapshot = readLive().then(composeSnapshot, (error: unknown) => {
        onUnreadable(error);
        return composeSnapshot({});
      });
      cached = { atMs: nowMs(), snapshot };
    }
    return cached.snapshot;
  };
}

let reader: MarketReader | undefined;

/** The market as the product knows it now. Never rejects because of the database; see `createMarketReader`. */
export function getMarketSnapshot(): Promise<MarketSnapshot> {
  reader ??= createMarketReader({
    readLive: async () => readLiveFigures(getDb()),
    nowMs: Date.now,
    onUnreadable: (error) => getLog().warn('market.unreadable', { error: error instanceof Error ? error.message : String(error) }),
  });
  return reader();
}
