/**
 * The one place where pages and API read the market: the last stored live figures, else the shipped ones, each figure by itself
 * with its source, time and origin. Reads only; `refresh-market.server.ts` writes.
 */
import { type Cache, createCache } from '#app/platform/cache.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { composeSnapshot } from './consistent-snapshot.ts';
import { isMarketFigureName, type MarketSnapshot } from './snapshot.ts';
import { FigureBasisSchema, LiveFiguresSchema } from './stored-figures.ts';

/** A page view asks several times: they see one market. */
const CACHE_MS = 1_000;
/** What all processes share; a refresh forgets it, so this is only how long a lost message can be believed. */
const SHARED_FRESH_MS = 4_000;
const SHARED_STALE_MS = 60_000;

/** The live figures stored so far; names the product does not know (any more) are left out. */
export async function readLiveFigures(db: Pick<Db, 'marketFigure'>): Promise<Partial<MarketSnapshot>> {
  const rows = await db.marketFigure.findMany();
  const live: Partial<MarketSnapshot> = {};
  for (const { name, value, source, sourceUrl, observedAt, basis } of rows) {
    if (!isMarketFigureName(name)) continue;
    const chosen = FigureBasisSchema.nullable().safeParse(basis);
    live[name] = {
      value,
      source,
      sourceUrl,
      at: observedAt?.toISOString() ?? null,
      origin: 'live',
      basis: chosen.success ? chosen.data : null,
    };
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

const warn = (error: unknown) => getLog().warn('market.unreadable', { error: error instanceof Error ? error.message : String(error) });

function getLiveCache(): Cache<Partial<MarketSnapshot>> {
  return processSingleton('market-figures', () =>
    createCache(getRedis, {
      key: 'market-figures',
      freshMs: SHARED_FRESH_MS,
      staleMs: SHARED_STALE_MS,
      schema: LiveFiguresSchema,
      make: () => readLiveFigures(getDb()),
      onTrouble: warn,
    }),
  );
}

/** The market as the product knows it now. Never rejects because of the database; see `createMarketReader`. */
export function getMarketSnapshot(): Promise<MarketSnapshot> {
  reader ??= createMarketReader({ readLive: () => getLiveCache().get(), nowMs: Date.now, onUnreadable: warn });
  return reader();
}

/** New figures are stored: nobody is shown the old ones as fresh any more. */
export function forgetMarketSnapshot(): Promise<void> {
  return getLiveCache().forget();
}
