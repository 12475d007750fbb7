/**
 * Fills the holes of the histories: candles of days and hours, difficulties of epochs, a value a day of hash rate and fees, and the newest derivatives and pools. What is there is not asked for
 * again; what one exchange does not give the next one is asked for.
 */
import type { Prisma } from '#app/generated/prisma/client.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import {
  binanceCandles,
  type CandleInterval,
  type CandleSource,
  coinbaseCandles,
  INTERVAL_MS,
  krakenCandles,
  readCandles,
} from '#collectors/market/candles.ts';
import { readDeribit } from '#collectors/market/deribit-derivatives.ts';
import { createFetchJson, type FetchJson } from '#collectors/market/fetch-json.ts';
import { findServiceUrl, type MarketConfig } from '#collectors/market/market-sources.ts';
import {
  difficultyHistoryPath,
  findImpossibleEpoch,
  impossibleReason,
  POOLS_PATH,
  parseDifficultyHistory,
  parsePoolShares,
} from '#collectors/market/mempool-history.ts';
import { endpointUrl, type Trouble } from '#collectors/market/source.ts';
import { getMarketConfig } from '../market-config.server.ts';
import { SHIPPED_SNAPSHOT } from '../shipped-snapshot.ts';
import { findGaps, type Stretch } from './find-gaps.ts';
import { type HistoryDb, readFetchedEpochs, storeCandles, storeEpochs } from './history-store.server.ts';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from './read-history.server.ts';

const DAY_MS = 86_400_000;
/** Hours are kept for charts of the last weeks. */
const HOURS_KEPT_DAYS = 60;
/** Requests of one run: a long hole is filled over several runs, so that no exchange is asked in a rush. */
const MAX_REQUESTS = 20;
/** Figures that have no history of their own anywhere: their last value of a day is kept. */
const DAILY_FIGURES = ['networkHashrateThs', 'feesBtcPerBlock', 'cnyPerUsd'];

export type HistoryDeps = {
  db: HistoryDb;
  config: Pick<MarketConfig, 'urls' | 'mirrorUrl'>;
  fetchJson: FetchJson;
  nowMs: () => number;
  signal?: AbortSignal;
};

export type HistoryResult = { stored: Record<string, number>; failed: { what: string; source: string; reason: string }[] };

/** Rejects only when the database does. */
export async function refreshHistory(deps: HistoryDeps): Promise<HistoryResult> {
  const result: HistoryResult = { stored: {}, failed: [] };
  await fillCandles('1d', dailyStretch(deps.nowMs()), deps, result);
  await fillCandles('1h', hourlyStretch(deps.nowMs()), deps, result);
  await fillEpochs(deps, result);
  await keepPools(deps, result);
  await keepDerivatives(deps, result);
  await keepDays(deps.db, deps.nowMs());
  return result;
}

/** From the day after the shipped closes to the last that is over. */
function dailyStretch(nowMs: number): Stretch {
  const shipped = readDailyClosesUsdPerBtc();
  return { fromMs: shipped.startAtMs + shipped.values.length * DAY_MS, toMs: Math.floor(nowMs / DAY_MS) * DAY_MS };
}

function hourlyStretch(nowMs: number): Stretch {
  const toMs = Math.floor(nowMs / INTERVAL_MS['1h']) * INTERVAL_MS['1h'];
  return { fromMs: toMs - HOURS_KEPT_DAYS * DAY_MS, toMs };
}

function listCandleSources(config: HistoryDeps['config']): CandleSource[] {
  return [
    coinbaseCandles(findServiceUrl(config, 'coinbase-exchange')),
    krakenCandles(findServiceUrl(config, 'kraken')),
    binanceCandles(findServiceUrl(config, 'binance')),
  ];
}

async function fillCandles(interval: CandleInterval, stretch: Stretch, deps: HistoryDeps, result: HistoryResult): Promise<void> {
  const { db } = deps;
  let requests = 0;
  for (const source of listCandleSources(deps.config)) {
    const rows = await db.marketCandle.findMany({
      where: { interval, openedAt: { gte: new Date(stretch.fromMs), lt: new Date(stretch.toMs) } },
      select: { openedAt: true },
    });
    const known = new Set(rows.map(({ openedAt }) => openedAt.getTime()));
    const gaps = findGaps(known, stretch, INTERVAL_MS[interval], source.maxCandles);
    for (const gap of gaps) {
      if (requests++ >= MAX_REQUESTS) return;
      const candles = await readCandles(source, { interval, ...gap }, deps);
      if (!Array.isArray(candles)) {
        fail(result, `candles ${interval}`, source.name, candles);
        break;
      }
      // Between two holes lies what is known: it stays as the first exchange gave it.
      const missing = candles.filter(({ timeMs }) => !known.has(timeMs));
      if (missing.length > 0) count(result, `candles ${interval}`, await storeCandles(db, interval, source.name, missing));
    }
  }
}

/** Asks as far back as the first epoch that is missing: an installation that was off for years fills all of them. */
async function fillEpochs({ db, config, fetchJson, nowMs, signal }: HistoryDeps, result: HistoryResult): Promise<void> {
  const path = difficultyHistoryPath(nowMs() - (await findKnownUntilMs(db)));
  const reply = await fetchJson(endpointUrl(findServiceUrl(config, 'mempool'), path), { signal });
  const epochs = reply.kind === 'json' ? parseDifficultyHistory(reply.body, nowMs()) : reply;
  if (!Array.isArray(epochs)) return fail(result, 'epochs', 'mempool.space', epochs);
  const known = readDifficultyByEpoch().values;
  const before = known.slice(0, epochs[0]?.epoch ?? 0);
  const anchor = { epoch: before.length - 1, difficulty: before.at(-1) ?? Number.NaN };
  const impossible = before.length === 0 ? undefined : findImpossibleEpoch([anchor, ...epochs]);
  if (impossible !== undefined) return fail(result, 'epochs', 'mempool.space', { kind: 'refused', reason: impossibleReason(impossible) });
  await storeEpochs(db, 'mempool.space', epochs);
  count(result, 'epochs', epochs.length);
}

/** When the last epoch began up to which none is missing. */
async function findKnownUntilMs(db: HistoryDb): Promise<number> {
  // The shipped difficulty is that of the last shipped epoch, dated to its first block.
  let knownUntilMs = Date.parse(SHIPPED_SNAPSHOT.difficulty.at ?? '');
  let next = readDifficultyByEpoch().values.length;
  for (const { epoch, beganAtMs } of await readFetchedEpochs(db)) {
    if (epoch !== next || beganAtMs === null) continue;
    knownUntilMs = beganAtMs;
    next++;
  }
  return knownUntilMs;
}

async function keepPools({ db, config, fetchJson, nowMs, signal }: HistoryDeps, result: HistoryResult): Promise<void> {
  const reply = await fetchJson(endpointUrl(findServiceUrl(config, 'mempool'), POOLS_PATH), { signal });
  const pools = reply.kind === 'json' ? parsePoolShares(reply.body) : reply;
  if (!Array.isArray(pools)) return fail(result, 'pools', 'mempool.space', pools);
  await keepDocument(db, 'pools', { body: pools, source: 'mempool.space', observedAtMs: nowMs(), nowMs: nowMs() });
  count(result, 'pools', pools.length);
}

async function keepDerivatives({ db, config, fetchJson, nowMs, signal }: HistoryDeps, result: HistoryResult): Promise<void> {
  const derivatives = await readDeribit(findServiceUrl(config, 'deribit'), { fetchJson, nowMs, signal });
  if ('kind' in derivatives) return fail(result, 'derivatives', 'Deribit', derivatives);
  const { observedAtMs, ...body } = derivatives;
  await keepDocument(db, 'derivatives', { body, source: 'Deribit', observedAtMs, nowMs: nowMs() });
  count(result, 'derivatives', derivatives.futures.length);
}

async function keepDocument(
  db: HistoryDb,
  name: string,
  { body, source, observedAtMs, nowMs }: { body: Prisma.InputJsonValue; source: string; observedAtMs: number; nowMs: number },
): Promise<void> {
  const row = { body, source, observedAt: new Date(observedAtMs), fetchedAt: new Date(nowMs) };
  await db.marketDocument.upsert({ where: { name }, create: { name, ...row }, update: row });
}

/** The last live value of the day that its own time lies in. */
async function keepDays(db: HistoryDb, nowMs: number): Promise<void> {
  const figures = await db.marketFigure.findMany({ where: { name: { in: DAILY_FIGURES } } });
  for (const { name, value, source, observedAt } of figures) {
    if (observedAt === null || observedAt.getTime() > nowMs) continue;
    const day = new Date(Math.floor(observedAt.getTime() / DAY_MS) * DAY_MS);
    await db.marketDay.upsert({
      where: { figure_day: { figure: name, day } },
      create: { figure: name, day, value, source },
      update: { value, source },
    });
  }
}

function count(result: HistoryResult, what: string, rows: number): void {
  result.stored[what] = (result.stored[what] ?? 0) + rows;
}

function fail(result: HistoryResult, what: string, source: string, { reason }: Trouble): void {
  result.failed.push({ what, source, reason });
}

/** Replies with hundreds of options or candles are larger than a price. */
const LIMITS = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 };

/** One run with the process's own database and configuration. */
export async function refreshHistoryNow(signal?: AbortSignal): Promise<HistoryResult> {
  const result = await refreshHistory({
    db: getDb(),
    config: getMarketConfig(),
    fetchJson: createFetchJson(LIMITS),
    nowMs: Date.now,
    signal,
  });
  const log = getLog();
  for (const failure of result.failed) log.warn('market.history-not-read', failure);
  log.info('market.history-refreshed', result.stored);
  return result;
}
