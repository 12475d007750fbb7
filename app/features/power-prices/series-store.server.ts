// The series of power prices of a workspace: listed, made, deleted. What power costs is the whole workspace's business, so whoever is limited to single sites has none of it.
import { type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '#app/features/sites/refused-change.ts';
import { type Caller, requireWhole, type Scoped, withScope } from '#app/features/sites/scope.server.ts';
import type { PowerPriceSeries, Prisma } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { ERCOT_RESOLUTION_MINUTES, ERCOT_ZONE } from '#collectors/market/power/ercot-api.ts';
import type { PowerDeps } from './ercot-config.server.ts';
import { DEFAULT_EVERY_MINUTES, isFeedUrl, isTimeZone, MAX_SERIES, type NewSeries, toResolution } from './series-fields.ts';
import { type CoverageRow, toSeriesView } from './series-view.server.ts';
import type { SeriesView } from './series-view.ts';

export function listSeries(deps: PowerDeps, caller: Caller, nowMs = Date.now()): Promise<SeriesView[]> {
  return withScope(deps, caller, 'power-prices.read', async (scoped) => {
    requireWhole(scoped, 'power-prices.read');
    const rows = await scoped.tx.powerPriceSeries.findMany({ orderBy: { name: 'asc' }, take: MAX_SERIES });
    return toViews(scoped, rows, deps.hasErcotKey, nowMs);
  });
}

export async function toViews(
  { tx }: Pick<Scoped, 'tx'>,
  rows: readonly PowerPriceSeries[],
  hasErcotKey: boolean,
  nowMs: number,
): Promise<SeriesView[]> {
  const coverage = new Map((await readCoverage(tx)).map((row) => [row.seriesId, row]));
  return rows.map((row) => toSeriesView(row, coverage.get(row.id), hasErcotKey, nowMs));
}

function readCoverage(tx: Scoped['tx']): Promise<(CoverageRow & { seriesId: string })[]> {
  return tx.$queryRaw`
    SELECT c.series_id AS "seriesId", c.prices, c.from_at AS "fromAt", c.last_at AS "lastAt", p.fetched_at AS "fetchedAt", p.source
    FROM (SELECT series_id, count(*)::int AS prices, min(start_at) AS from_at, max(start_at) AS last_at FROM power_prices GROUP BY series_id) c
    JOIN power_prices p ON p.series_id = c.series_id AND p.start_at = c.last_at`;
}

type Known = Pick<Prisma.PowerPriceSeriesUncheckedCreateInput, 'timeZone' | 'resolutionMinutes' | 'currency' | 'unit'>;

/** What ERCOT publishes is known; for everything else nothing is assumed. */
function findKnown({ origin, timeZone, resolutionMinutes, currency, unit }: NewSeries): Known | { missing: string } {
  if (origin === 'ercot-dam' || origin === 'ercot-rtm') {
    const resolution = ERCOT_RESOLUTION_MINUTES[origin === 'ercot-dam' ? 'dam' : 'rtm'];
    return { timeZone: ERCOT_ZONE, resolutionMinutes: resolution, currency: 'USD', unit: 'perMwh' };
  }
  if (!timeZone) return { missing: 'timeZone' };
  if (!resolutionMinutes) return { missing: 'resolutionMinutes' };
  if (!currency) return { missing: 'currency' };
  if (!unit) return { missing: 'unit' };
  return { timeZone, resolutionMinutes: toResolution(resolutionMinutes), currency, unit };
}

export function createSeries(deps: PowerDeps, caller: Caller, request: NewSeries, nowMs = Date.now()): Promise<ChangeOutcome<SeriesView>> {
  return withScope(deps, caller, 'power-prices.write', async (scoped) => {
    requireWhole(scoped, 'power-prices.write');
    const { tx, tenantId } = scoped;
    const { origin, name } = request;
    const isErcot = origin === 'ercot-dam' || origin === 'ercot-rtm';
    const known = findKnown(request);
    if ('missing' in known) return refuse(toChangeFault(known.missing, null, 'needs_other', { other: 'origin' }));
    if (!isTimeZone(known.timeZone)) return refuse(toChangeFault('timeZone', known.timeZone, 'not_a_time_zone'));
    if (origin === 'url' && !isFeedUrl(request.url ?? '')) return refuse(toChangeFault('url', request.url ?? null, 'not_a_host'));
    if (isErcot && !request.node) return refuse(toChangeFault('node', null, 'needs_other', { other: 'origin' }));
    if ((await tx.powerPriceSeries.count()) >= MAX_SERIES) return refuse(toChangeFault('', MAX_SERIES, 'too_many', { max: MAX_SERIES }));
    const series = await tx.powerPriceSeries.create({
      data: {
        tenantId,
        name,
        origin,
        ...known,
        node: request.node ?? null,
        priceColumn: isErcot ? null : (request.priceColumn ?? null),
        url: origin === 'url' ? (request.url ?? null) : null,
        everyMinutes: origin === 'file' ? null : (request.everyMinutes ?? DEFAULT_EVERY_MINUTES),
      },
    });
    if (origin !== 'file') await tx.$executeRaw`INSERT INTO power_price_tenants (id) VALUES (${tenantId}::uuid) ON CONFLICT DO NOTHING`;
    await audit(scoped, 'power-price.create', series);
    return done(toSeriesView(series, undefined, deps.hasErcotKey, nowMs));
  });
}

/** Its prices go with it. */
export function deleteSeries(deps: PowerDeps, caller: Caller, id: string): Promise<ChangeOutcome<null>> {
  return withScope(deps, caller, 'power-prices.write', async (scoped) => {
    requireWhole(scoped, 'power-prices.write');
    const series = await scoped.tx.powerPriceSeries.findFirst({ where: { id } });
    if (series === null) return NOT_FOUND;
    await scoped.tx.powerPriceSeries.delete({ where: { id } });
    await audit(scoped, 'power-price.delete', series);
    return done(null);
  });
}

async function audit(
  { tx, tenantId, caller }: Scoped,
  action: 'power-price.create' | 'power-price.delete',
  { id, name, origin, url }: PowerPriceSeries,
): Promise<void> {
  const { actor, origin: from } = caller;
  await recordAudit(tx, tenantId, { action, actor, origin: from, target: { kind: 'setting', id }, after: { name, origin, url } });
}
