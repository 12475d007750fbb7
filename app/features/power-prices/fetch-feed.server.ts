/** Fetches the prices of one series and remembers how that went: a breaker as that of the market sources, whose state is a row that all workers see. */
import { afterFailure, afterSuccess } from '#app/features/market/choosing/breaker.ts';
import type { PowerPriceSeries, Prisma } from '#app/generated/prisma/client.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import { type Asked, askFeed, type FeedDeps } from './ask-feed.server.ts';
import { findErcotConfig } from './ercot-config.server.ts';
import { toSettings } from './load-file.server.ts';
import type { Origin } from './series-fields.ts';
import { MAX_PRICES } from './series-fields.ts';
import { isOverfull, storePrices } from './store-prices.server.ts';

const MAX_REASON_CHARS = 300;
const STORE_TIMEOUT_MS = 60_000;
/** Ticks come a little early and a little late. */
const SLACK_S = 60;
/** Two days of quarters of a node are less than 100 kB. */
const ERCOT_LIMITS = { timeoutMs: 30_000, maxBytes: 2 * 1024 * 1024 };

export type FetchDeps = FeedDeps & { db: Db; nowMs: () => number };
export type Fetched =
  | { kind: 'stored'; added: number; changed: number; refused: number }
  | { kind: 'not-due' }
  | Exclude<Asked, { kind: 'prices' }>;

/** Rejects only when the database does. */
export async function fetchFeed(deps: FetchDeps, tenantId: string, seriesId: string): Promise<Fetched> {
  const { db, nowMs } = deps;
  const series = await db.$withTenant(tenantId, (tx) => tx.powerPriceSeries.findFirst({ where: { id: seriesId } }));
  if (series === null || series.origin === 'file' || (series.restsUntil !== null && series.restsUntil.getTime() > nowMs()))
    return { kind: 'not-due' };
  const askedAtMs = nowMs();
  const { url, node, etag, lastModified } = series;
  const asked = await askFeed(deps, {
    origin: series.origin as Origin,
    url,
    node,
    etag,
    lastModified,
    settings: toSettings(series, askedAtMs),
  });
  if (asked.kind === 'off') return asked;
  return db.$withTenant(tenantId, (tx) => keep(tx, { series, asked, askedAtMs }), { timeoutMs: STORE_TIMEOUT_MS });
}

type Tx = Parameters<typeof storePrices>[0];

async function keep(
  tx: Tx,
  { series, asked, askedAtMs }: { series: PowerPriceSeries; asked: Exclude<Asked, { kind: 'off' }>; askedAtMs: number },
): Promise<Fetched> {
  const remember = (data: Prisma.PowerPriceSeriesUpdateManyMutationInput) =>
    // Deleted meanwhile: nothing is left to remember.
    tx.powerPriceSeries.updateMany({ where: { id: series.id }, data: { askedAt: new Date(askedAtMs), ...data } });
  const well = {
    answeredAt: new Date(askedAtMs),
    failureKind: null,
    failureReason: null,
    failuresInRow: afterSuccess().failuresInRow,
    restsUntil: null,
  };
  if (asked.kind === 'not-modified') {
    await remember(well);
    return asked;
  }
  if (asked.kind !== 'prices') return fail(asked);
  if ((await tx.powerPriceSeries.count({ where: { id: series.id } })) === 0) return { kind: 'not-due' };
  if (await isOverfull(tx, series.id, asked.read.prices)) {
    return fail({ kind: 'refused', reason: `the series would have more than ${MAX_PRICES} prices` });
  }
  const { source, read, etag, lastModified } = asked;
  const place = { tenantId: series.tenantId, seriesId: series.id };
  const { added, changed } = await storePrices(tx, place, read.prices, { source, fetchedAt: new Date(askedAtMs) });
  // A row that was refused today, as one too far ahead, may be believed tomorrow: "nothing new" would keep it out for good.
  const conditions = read.refused.length > 0 ? { etag: null, lastModified: null } : { etag, lastModified };
  await remember({ ...well, ...conditions, rowsRefused: read.refused.length });
  return { kind: 'stored', added, changed, refused: read.refused.length };

  async function fail(trouble: Extract<Asked, { reason: string }>): Promise<Fetched> {
    const breaker = afterFailure({ failuresInRow: series.failuresInRow, openUntilMs: null }, askedAtMs, trouble.retryAfterMs);
    await remember({
      failureKind: trouble.kind,
      failureReason: trouble.reason.slice(0, MAX_REASON_CHARS),
      failuresInRow: breaker.failuresInRow,
      restsUntil: breaker.openUntilMs === null ? null : new Date(breaker.openUntilMs),
    });
    return trouble;
  }
}

/** Calls `begin` for every series whose time has come. */
export async function beginFetches(begin: (tenantId: string, seriesId: string) => Promise<void>, db: Db = getDb()): Promise<void> {
  const tenants = await db.powerPriceTenant.findMany({ orderBy: { id: 'asc' } });
  for (const { id: tenantId } of tenants) {
    const due = await db.$withTenant(
      tenantId,
      (tx) => tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM power_price_series
        WHERE origin <> 'file' AND (rests_until IS NULL OR rests_until <= now())
          AND (asked_at IS NULL OR asked_at + make_interval(mins => every_minutes) <= now() + make_interval(secs => ${SLACK_S}::float8))
        ORDER BY asked_at NULLS FIRST, id`,
    );
    for (const { id } of due) await begin(tenantId, id);
  }
}

/** One fetch with the process's own database and configuration. */
export async function fetchFeedNow(tenantId: string, seriesId: string, signal: AbortSignal): Promise<void> {
  const deps: FetchDeps = {
    db: getDb(),
    guard: { privateNetworks: getEnv().OUTBOUND_PRIVATE_NETWORKS },
    fetchJson: createFetchJson(ERCOT_LIMITS),
    ercot: findErcotConfig(),
    nowMs: Date.now,
    signal,
  };
  const fetched = await fetchFeed(deps, tenantId, seriesId);
  if ('reason' in fetched) getLog().warn('power.feed-not-read', { tenantId, seriesId, kind: fetched.kind, reason: fetched.reason });
}
