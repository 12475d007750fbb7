/**
 * Asks the market sources that are due, and chooses each figure anew from what they last said. A figure that nobody says any more keeps its last
 * value, which ages visibly; nothing is invented and no figure waits for another.
 */
import type { Prisma } from '#app/generated/prisma/client.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { createFetchJson, type FetchJson } from '#collectors/market/fetch-json.ts';
import { type ListedSource, listMarketSources } from '#collectors/market/market-sources.ts';
import { type CollectedFigure, MARKET_FIGURES, type MarketSource, type ReadFailure, type Reading } from '#collectors/market/source.ts';
import { mayAsk } from './choosing/breaker.ts';
import { chooseAll } from './choosing/choose-all.ts';
import type { Choice, LastChoice } from './choosing/choose-figure.ts';
import { forgetMarketSnapshot } from './market.server.ts';
import { getMarketConfig } from './market-config.server.ts';
import { type Asked, readBreakers, readReadings, type SourcesDb, storeAsked } from './source-states.server.ts';

export type RefreshDeps = {
  db: SourcesDb;
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
  chosen: Partial<Record<CollectedFigure, Choice>>;
};

/** Figures that change together with others by themselves; asked for by the minute or by the quarter of an hour. */
export type RefreshScope = 'price' | 'everything';

const isInScope = (scope: RefreshScope, { figures }: Pick<MarketSource, 'figures'>) =>
  scope === 'everything' || figures.includes('priceUsdPerBtc');

/** Rejects only when the database does; then what was stored before it stays, and the job runs again. */
export async function refreshMarket(
  { db, sources, fetchJson, nowMs, signal }: RefreshDeps,
  scope: RefreshScope = 'everything',
): Promise<RefreshResult> {
  const stateOf = await readBreakers(db);
  const candidates = sources.flatMap(({ source }) => (source !== null && isInScope(scope, source) ? [source] : []));
  const due = candidates.filter((source) => mayAsk(stateOf(source), nowMs()));
  const asked = await Promise.all(due.map((source) => ask(source, { fetchJson, nowMs, signal })));
  const result: RefreshResult = { read: [], failed: [], resting: [], chosen: {} };
  result.resting = candidates.filter((source) => !due.includes(source)).map(({ name }) => name);
  for (const answer of asked) {
    await storeAsked(db, answer, stateOf(answer.source));
    for (const outcome of answer.outcomes) {
      if (outcome.kind === 'reading') result.read.push({ ...outcome, source: answer.source.name });
      else result.failed.push({ ...outcome, source: answer.source.name });
    }
  }
  result.chosen = await chooseFigures(db, sources, nowMs(), scope);
  return result;
}

async function ask(source: MarketSource, deps: Pick<RefreshDeps, 'fetchJson' | 'nowMs' | 'signal'>): Promise<Asked> {
  const askedAtMs = deps.nowMs();
  const outcomes = await source.read(deps);
  return { source, outcomes, askedAtMs, latencyMs: deps.nowMs() - askedAtMs };
}

async function chooseFigures(
  db: SourcesDb,
  sources: readonly ListedSource[],
  nowMs: number,
  scope: RefreshScope,
): Promise<RefreshResult['chosen']> {
  const readings = await readReadings(db);
  const last = await readLastChoices(db);
  const all = chooseAll(
    {
      chain: (figure) => [
        ...new Set(sources.filter((source) => source.source !== null && source.figures.includes(figure)).map(({ name }) => name)),
      ],
      readings: (figure) => readings.get(figure) ?? [],
      last: (figure) => last.get(figure) ?? null,
    },
    nowMs,
  );
  const chosen: RefreshResult['chosen'] = {};
  for (const figure of MARKET_FIGURES) {
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
async function readLastChoices(db: SourcesDb): Promise<Map<string, LastChoice>> {
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
  const result = await refreshMarket({ db: getDb(), sources, fetchJson: createFetchJson(), nowMs: Date.now, signal }, scope);
  const log = getLog();
  for (const { source, figure, kind, reason } of result.failed) log.warn('market.figure-not-read', { source, figure, kind, reason });
  log.info('market.refreshed', {
    scope,
    chosen: Object.keys(result.chosen).join(' '),
    failed: result.failed.length,
    resting: result.resting.join(' '),
  });
  await forgetMarketSnapshot();
  return result;
}
