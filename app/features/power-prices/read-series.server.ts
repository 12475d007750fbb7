// The prices of one series between two moments, and the gaps in them.
import { type Caller, requireWhole, type Scoped, withScope } from '#app/features/sites/scope.server.ts';
import type { PowerDeps } from './ercot-config.server.ts';
import { toViews } from './series-store.server.ts';
import type { SeriesView } from './series-view.ts';

/** Of one answer: two months of five minutes, or two years of hours. */
export const MAX_READ_PRICES = 17_600;
/** Gaps are told by the longest of them. */
const MAX_GAPS = 50;
const DAY_MS = 86_400_000;

export type PriceRow = { startAt: string; endAt: string; pricePerMwh: number; source: string; fetchedAt: string };
/** From the end of one price to the beginning of the next. */
export type Gap = { fromAt: string; toAt: string; intervals: number };
export type SeriesPrices = { series: SeriesView; fromAt: string; toAt: string; prices: PriceRow[]; gaps: Gap[] };

/** `null` for a moment: the newest prices. */
export type Span = { fromMs: number | null; toMs: number | null };
export type ReadOutcome =
  | { kind: 'read'; value: SeriesPrices }
  | { kind: 'not-found' }
  | { kind: 'too-long'; intervals: number; max: number };

/** Days that are shown when nobody says from when. */
export const DEFAULT_DAYS = 14;

export function readSeries(deps: PowerDeps, caller: Caller, id: string, span: Span, nowMs = Date.now()): Promise<ReadOutcome> {
  return withScope(deps, caller, 'power-prices.read', async (scoped): Promise<ReadOutcome> => {
    requireWhole(scoped, 'power-prices.read');
    const row = await scoped.tx.powerPriceSeries.findFirst({ where: { id } });
    if (row === null) return { kind: 'not-found' };
    const [series] = await toViews(scoped, [row], deps.hasErcotKey, nowMs);
    if (series === undefined) return { kind: 'not-found' };
    const toMs = span.toMs ?? (series.coverage.toAt === null ? nowMs : Date.parse(series.coverage.toAt));
    const fromMs = span.fromMs ?? toMs - DEFAULT_DAYS * DAY_MS;
    const intervals = Math.ceil((toMs - fromMs) / (series.resolutionMinutes * 60_000));
    if (intervals > MAX_READ_PRICES) return { kind: 'too-long', intervals, max: MAX_READ_PRICES };
    const stepMs = series.resolutionMinutes * 60_000;
    const prices = await readPrices(scoped, id, fromMs, toMs, stepMs);
    const gaps = await readGaps(scoped, id, stepMs);
    return {
      kind: 'read',
      value: { series, fromAt: new Date(fromMs).toISOString(), toAt: new Date(toMs).toISOString(), prices, gaps },
    };
  });
}

export async function readPrices(
  { tx }: Pick<Scoped, 'tx'>,
  seriesId: string,
  fromMs: number,
  toMs: number,
  stepMs: number,
): Promise<PriceRow[]> {
  const rows = await tx.powerPrice.findMany({
    where: { seriesId, startAt: { gte: new Date(fromMs), lt: new Date(toMs) } },
    orderBy: { startAt: 'asc' },
    take: MAX_READ_PRICES,
  });
  return rows.map(({ startAt, pricePerMwh, source, fetchedAt }) => ({
    startAt: startAt.toISOString(),
    endAt: new Date(startAt.getTime() + stepMs).toISOString(),
    pricePerMwh,
    source,
    fetchedAt: fetchedAt.toISOString(),
  }));
}

/** The longest first. */
async function readGaps({ tx }: Pick<Scoped, 'tx'>, seriesId: string, stepMs: number): Promise<Gap[]> {
  const stepS = stepMs / 1000;
  const rows = await tx.$queryRaw<{ fromAt: Date; toAt: Date }[]>`
    SELECT start_at + make_interval(secs => ${stepS}::float8) AS "fromAt", next_at AS "toAt"
    FROM (SELECT start_at, lead(start_at) OVER (ORDER BY start_at) AS next_at FROM power_prices WHERE series_id = ${seriesId}::uuid) p
    WHERE next_at > start_at + make_interval(secs => ${stepS}::float8)
    ORDER BY next_at - start_at DESC, start_at LIMIT ${MAX_GAPS}::int4`;
  return rows.map(({ fromAt, toAt }) => ({
    fromAt: fromAt.toISOString(),
    toAt: toAt.toISOString(),
    intervals: Math.round((toAt.getTime() - fromAt.getTime()) / stepMs),
  }));
}
