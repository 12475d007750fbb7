/** From the row of a series to what pages and the API show. */
import type { PowerPriceSeries } from '#app/generated/prisma/client.ts';
import type { PowerCurrency, PowerPriceUnit, ResolutionMinutes } from '#engine/units/power-price.ts';
import type { Origin } from './series-fields.ts';
import type { Coverage, SeriesStatus, SeriesView } from './series-view.ts';

export type CoverageRow = { prices: number; fromAt: Date | null; lastAt: Date | null; fetchedAt: Date | null; source: string | null };

const iso = (date: Date | null) => date?.toISOString() ?? null;

function findStatus({ origin, restsUntil, askedAt, failureKind }: PowerPriceSeries, hasKey: boolean, nowMs: number): SeriesStatus {
  if (origin === 'file') return 'file';
  if (origin !== 'url' && !hasKey) return 'off';
  if (askedAt === null) return 'waiting';
  if (restsUntil !== null && restsUntil.getTime() > nowMs) return 'resting';
  return failureKind === null ? 'answers' : 'failing';
}

export function toCoverage(row: CoverageRow | undefined, resolutionMinutes: number): Coverage {
  if (row === undefined || row.fromAt === null || row.lastAt === null) {
    return { prices: 0, intervals: 0, missing: 0, fromAt: null, toAt: null, fetchedAt: null, source: null };
  }
  const stepMs = resolutionMinutes * 60_000;
  const intervals = Math.round((row.lastAt.getTime() - row.fromAt.getTime()) / stepMs) + 1;
  return {
    prices: row.prices,
    intervals,
    missing: intervals - row.prices,
    fromAt: row.fromAt.toISOString(),
    toAt: new Date(row.lastAt.getTime() + stepMs).toISOString(),
    fetchedAt: iso(row.fetchedAt),
    source: row.source,
  };
}

/** `hasKey`: the installation may ask ERCOT's API. */
export function toSeriesView(series: PowerPriceSeries, row: CoverageRow | undefined, hasKey: boolean, nowMs: number): SeriesView {
  return {
    id: series.id,
    name: series.name,
    // The database checks these words.
    origin: series.origin as Origin,
    timeZone: series.timeZone,
    resolutionMinutes: series.resolutionMinutes as ResolutionMinutes,
    currency: series.currency as PowerCurrency,
    unit: series.unit as PowerPriceUnit,
    node: series.node,
    priceColumn: series.priceColumn,
    url: series.url,
    everyMinutes: series.everyMinutes,
    createdAt: series.createdAt.toISOString(),
    status: findStatus(series, hasKey, nowMs),
    askedAt: iso(series.askedAt),
    answeredAt: iso(series.answeredAt),
    failure: series.failureKind === null ? null : { kind: series.failureKind, reason: series.failureReason ?? '' },
    restsUntil: series.restsUntil !== null && series.restsUntil.getTime() > nowMs ? series.restsUntil.toISOString() : null,
    rowsRefused: series.rowsRefused,
    coverage: toCoverage(row, series.resolutionMinutes),
  };
}
