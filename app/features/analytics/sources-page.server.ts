/** Read model of /market/sources: every source with how asking it goes, and every figure with what it was chosen from. */
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { getMarketConfig } from '#app/features/market/market-config.server.ts';
import { type ChosenFigure, MARKET_FIGURE_NAMES, type MarketFigure } from '#app/features/market/snapshot.ts';
import { readRateFigures } from '#app/features/market/usd-rates.server.ts';
import { findErcotConfig } from '#app/features/power-prices/ercot-config.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { findServiceUrl, type ListedSource, listMarketSources } from '#collectors/market/market-sources.ts';
import { type PriceQuote, RATE_FIGURES } from '#engine/units/quotes.ts';

/**
 * - `off`: the configuration lacks its key or address. `waiting`: never asked yet. `answers`: the last time it did.
 * - `failing`: the last time it did not. `resting`: it failed so often that it is left alone for a while.
 */
export type SourceStatus = 'off' | 'waiting' | 'answers' | 'failing' | 'resting';

export type SourceRow = {
  name: string;
  url: string | null;
  figures: ChosenFigure[];
  /** Of a source of prices. */
  priceQuote: PriceQuote | null;
  status: SourceStatus;
  missing: 'key' | 'address' | null;
  askedAt: string | null;
  answeredAt: string | null;
  latencyMs: number | null;
  /** Share of failures among the last hundred times; `null`: never asked. */
  errorRatio: number | null;
  /** Times that the share is taken over. */
  times: number;
  lastError: { at: string; kind: string; reason: string } | null;
  restsUntil: string | null;
};

export type SourcesView = {
  sources: SourceRow[];
  figures: { name: ChosenFigure; figure: MarketFigure }[];
  /** ERCOT's API, which is asked for the series of workspaces; `missing`: the configuration lacks its key, user name or password. */
  ercot: { host: string; missing: 'key' | null };
  /** Minutes between two fetches; 0 = the installation fetches nothing. */
  everyMinutes: number;
  nowAt: string;
};

type StateRow = Awaited<ReturnType<Db['marketSourceState']['findMany']>>[number];

export async function readSourcesPage(nowMs = Date.now()): Promise<SourcesView> {
  const [snapshot, rates, states] = await Promise.all([getMarketSnapshot(), readRateFigures(), getDb().marketSourceState.findMany()]);
  return {
    sources: listMarketSources(getMarketConfig()).map((listed) => toRow(listed, states, nowMs)),
    figures: [
      ...MARKET_FIGURE_NAMES.map((name) => ({ name, figure: snapshot[name] })),
      ...RATE_FIGURES.map((name) => ({ name, figure: rates[name] })),
    ],
    ercot: {
      host: new URL(findServiceUrl(getMarketConfig(), 'ercot')).host,
      missing: findErcotConfig() === null ? 'key' : null,
    },
    everyMinutes: getEnv().MARKET_REFRESH_MINUTES,
    nowAt: new Date(nowMs).toISOString(),
  };
}

function toRow({ name, figures, source, missing }: ListedSource, states: readonly StateRow[], nowMs: number): SourceRow {
  const state = states.find((row) => row.source === name && row.url === source?.url);
  const failures = [...(state?.recent ?? '')].filter((outcome) => outcome === '0').length;
  const iso = (date: Date | null | undefined) => date?.toISOString() ?? null;
  return {
    name,
    url: source?.url ?? null,
    figures: [...figures],
    priceQuote: source?.priceQuote ?? null,
    status: source === null ? 'off' : findStatus(state, nowMs),
    missing,
    askedAt: iso(state?.askedAt),
    answeredAt: iso(state?.answeredAt),
    latencyMs: state?.latencyMs ?? null,
    errorRatio: state === undefined || state.recent === '' ? null : failures / state.recent.length,
    times: state?.recent.length ?? 0,
    lastError:
      state?.failedAt && state.failureKind !== null
        ? { at: state.failedAt.toISOString(), kind: state.failureKind, reason: state.failureReason ?? '' }
        : null,
    restsUntil: state?.openUntil && state.openUntil.getTime() > nowMs ? state.openUntil.toISOString() : null,
  };
}

function findStatus(state: StateRow | undefined, nowMs: number): SourceStatus {
  if (state === undefined) return 'waiting';
  if (state.openUntil !== null && state.openUntil.getTime() > nowMs) return 'resting';
  return state.failuresInRow === 0 ? 'answers' : 'failing';
}
