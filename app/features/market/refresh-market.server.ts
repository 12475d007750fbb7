/**
 * Asks the market sources that are due, and chooses each figure anew from what they last said. A figure that nobody says any more keeps its last
 * value, which ages visibly; nothing is invented and no figure waits for another.
 */
import type { Redis } from 'ioredis';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { getDb } from '#app/platform/db.server.ts';
import { takeLease } from '#app/platform/lease.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { createFetchJson, type FetchJson } from '#collectors/market/fetch-json.ts';
import { type ListedSource, listMarketSources } from '#collectors/market/market-sources.ts';
import { COLLECTED_FIGURES, type CollectedFigure, type MarketSource, type ReadFailure, type Reading } from '#collectors/market/source.ts';
import { mayAsk } from './choosing/breaker.ts';
import { chooseAll } from './choosing/choose-all.ts';
import type { Choice, LastChoice } from './choosing/choose-figure.ts';
import { forgetMarketSnapshot } from './market.server.ts';
import { getMarketConfig } from './market-config.server.ts';
import { type Asked, readReadings, readState, type SourcesDb, type SourcesTx, storeAsked } from './source-states.server.ts';

export type RefreshDeps = {
  db: SourcesDb;
  redis: Redis;
  sources: readonly ListedSource[];
  fetchJson: FetchJson;
  nowMs: () => number;
  signal?: AbortSignal;
};

export type RefreshResult = {
  read: (Reading & { source: string })[];
  failed: (ReadFailure & { source: string })[];
  /** Sources that were not asked, because they failed too often lately. */
  resting: string[];
  /** Sources that another run is asking, or asked a moment ago: its answer counts for both. */
  shared: string[];
  chosen: Partial<Record<CollectedFigure, Choice>>;
};

/** Figures that change together with others by themselves; asked for by the minute or by the quarter of an hour. */
export type RefreshScope = 'price' | 'everything';

const isInScope = (scope: RefreshScope, { figures }: Pick<MarketSource, 'figures'>) =>
  scope === 'everything' || figures.includes('priceUsdPerBtc');

/** Longest time for which a run is trusted to be asking a source: more than the time limits of all its requests. */
const ASKING_MS = 60_000;
/** Two runs that start together ask once. Shorter than the shortest schedule, which is a second. */
const LEAST_GAP_MS = 900;

/**
 * Runs may overlap, in one process or in several: a source is asked by one of them at a time, and each builds on what is stored by then. Rejects only when the database or Redis does; then
 * what was stored before it stays, and the job runs again.
 */
export async function refreshMarket(deps: RefreshDeps, scope: RefreshScope = 'everything'): Promise<RefreshResult> {
  const { db, sources, nowMs } = deps;
  const candidates = sources.flatMap(({ source }) => (source !== null && isInScope(scope, source) ? [source] : []));
  const result: RefreshResult = { read: [], failed: [], resting: [], shared: [], chosen: {} };
  await Promise.all(
    candidates.map(async (source) => {
      const asked = await askAlone(source, deps);
      if (asked === 'resting' || asked === 'shared') {
        result[asked].push(source.name);
        return;
      }
      for (const outcome of asked.outcomes) {
        if (outcome.kind === 'reading') result.read.push({ ...outcome, source: source.name });
        else result.failed.push({ ...outcome, source: source.name });
      }
    }),
  );
  result.chosen = await db.$transaction((tx) => chooseFigures(tx, sources, nowMs(), scope));
  return result;
}

/** Asks the source and keeps what it said, unless it rests or another run sees to it. */
async function askAlone(source: MarketSource, { db, redis, fetchJson, nowMs, signal }: RefreshDeps): Promise<Asked | 'resting' | 'shared'> {
  const lease = await takeLease(redis, `market-asking:${source.name} ${source.url}`, ASKING_MS);
  if (lease === null) return 'shared';
  try {
    const askedAtMs = nowMs();
    const state = await readState(db, source);
    if (state.askedAtMs !== null && askedAtMs >= state.askedAtMs && askedAtMs - state.askedAtMs < LEAST_GAP_MS) return 'shared';
    if (!mayAsk(state, askedAtMs)) return 'resting';
    const outcomes = await source.read({ fetchJson, nowMs, signal });
    const asked = { source, outcomes, askedAtMs, latencyMs: nowMs() - askedAtMs };
    await storeAsked(db, asked, state);
    return asked;
  } finally {
    await lease.release();
  }
}

/** One run chooses at a time, so that what counts in the end was chosen from everything that was stored. */
async function chooseFigures(
  db: SourcesTx,
  sources: readonly ListedSource[],
  nowMs: number,
  scope: RefreshScope,
): Promise<RefreshResult['chosen']> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('market-choice', 0))`;
  const readings = await readReadings(db);
  const last = await readLastChoices(db);
  const quotes = new Map(sources.map(({ name, source }) => [name, source?.priceQuote]));
  const all = chooseAll(
    {
      chain: (figure) => [
        ...new Set(sources.filter((source) => source.source !== null && source.figures.includes(figure)).map(({ name }) => name)),
      ],
      readings: (figure) => (readings.get(figure) ?? []).map((reading) => ({ ...reading, quote: quotes.get(reading.source) })),
      last: (figure) => last.get(figure) ?? null,
    },
    nowMs,
  );
  const chosen: RefreshResult['chosen'] = {};
  for (const figure of COLLECTED_FIGURES) {
    const choice = all[figure];
    if (choice === undefined || (scope === 'price' && figure !== 'priceUsdPerBtc')) continue;
    chosen[figure] = choice;
    const { value, source, sourceUrl, observedAtMs, basis } = choice;
    const stored = {
      value,
      source,
      sourceUrl,
      basis: basis as Prisma.InputJsonValue,
      observedAt: new Date(observedAtMs),
      fetchedAt: new Date(nowMs),
    };
    await db.marketFigure.upsert({ where: { name: figure }, create: { name: figure, ...stored }, update: stored });
  }
  return chosen;
}

/** What counts until now. A figure without a time cannot be compared with what is said today. */
async function readLastChoices(db: Pick<SourcesTx, 'marketFigure'>): Promise<Map<string, LastChoice>> {
  const rows = await db.marketFigure.findMany();
  return new Map(
    rows.flatMap(({ name, value, source, sourceUrl, observedAt }) =>
      observedAt === null ? [] : [[name, { value, source, sourceUrl, observedAtMs: observedAt.getTime() }] as const],
    ),
  );
}

/** One refresh with the process's own database and configured sources; says in the log what was not read, and why. */
export async function refreshMarketNow(scope: RefreshScope, signal?: AbortSignal): Promise<RefreshResult> {
  const sources = listMarketSources(getMarketConfig());
  const result = await refreshMarket(
    { db: getDb(), redis: getRedis(), sources, fetchJson: createFetchJson(), nowMs: Date.now, signal },
    scope,
  );
  const log = getLog();
  for (const { source, figure, kind, reason } of result.failed) log.warn('market.figure-not-read', { source, figure, kind, reason });
  log.info('market.refreshed', {
    scope,
    chosen: Object.keys(result.chosen).join(' '),
    failed: result.failed.length,
    resting: result.resting.join(' '),
    shared: result.shared.join(' '),
  });
  await forgetMarketSnapshot();
  return result;
}
