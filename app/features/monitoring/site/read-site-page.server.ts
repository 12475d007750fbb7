/** Read model of /sites/{id}: the machines of the site as they are now, and what it did over the span that was asked for. */

import { listOpenOf, type OpenAlerts } from '#app/features/alerts/read/open-alerts.server.ts';
import { type ChartPoints, toChartPoints } from '#app/features/monitoring/charts/chart-points.ts';
import { type ChartWindow, WINDOW_HOURS } from '#app/features/monitoring/charts/chart-window.ts';
import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { readSiteCards, type SiteCard } from '#app/features/monitoring/overview/read-overview.server.ts';
import { readRecentUptime } from '#app/features/monitoring/overview/recent-uptime.server.ts';
import type { FleetCells } from '#app/features/monitoring/rack-map/fleet-cells.ts';
import type { Rack } from '#app/features/monitoring/rack-map/rack-layout.ts';
import { toGapLimitS, toSilenceLimitS } from '#app/features/telemetry/layers.ts';
import { listLive, MAX_LIVE_ROWS } from '#app/features/telemetry/read/read-live.server.ts';
import { readSiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';
import type { Uptime } from '#app/features/telemetry/read/uptime.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

export type SitePageView = {
  nowMs: number;
  site: SiteCard;
  gapS: number;
  window: ChartWindow;
  isOwnOnly: boolean;
  mayEdit: boolean;
  cells: FleetCells;
  /** The site has more machines than are shown at once. */
  isCut: boolean;
  racks: Rack[];
  series: ChartPoints;
  uptime: Uptime | null;
  /** Null: alerts are not the reader's to see. */
  openAlerts: OpenAlerts | null;
};

/** Null: no such site for this reader. */
export async function readSitePage(reader: FleetReader, siteId: string, window: ChartWindow): Promise<SitePageView | null> {
  if (!isUuid(siteId)) return null;
  const { deps, caller, tenantId, reach, may } = reader;
  const nowMs = Date.now();
  const nowS = nowMs / 1000;
  const hours = WINDOW_HOURS[window];
  const found = await deps.db.$withTenant(tenantId, async (tx) => {
    const [site] = await readSiteCards(tx, reach, { nowS, siteId });
    if (site === undefined) return null;
    const [racks, uptimes] = [await readRacks(tx, reader, siteId), await readRecentUptime(tx, reach, [site.number], { nowS, hours })];
    return { site, racks, uptime: uptimes.get(site.number) ?? null };
  });
  if (found === null) return null;
  const span = { fromS: Math.floor(nowS - hours * 3_600), toS: Math.floor(nowS) };
  const [machines, series, openAlerts] = await Promise.all([
    listLive(deps.db, tenantId, reach, { siteId, take: MAX_LIVE_ROWS }),
    readSiteSeries(deps.db, tenantId, reach, { siteId, ...span }),
    may.readAlerts ? listOpenOf(deps, caller, { siteId }) : null,
  ]);
  const places = new Map(found.racks.map(({ id }, place) => [id, place]));
  const cells: FleetCells = {
    silenceS: toSilenceLimitS(found.site.cadenceS),
    numbers: machines.map(({ number }) => number),
    atS: machines.map(({ atS }) => atS),
    states: machines.map(({ state }) => state),
    hashrateThs: machines.map(({ hashrateThs }) => toShown(hashrateThs, 1)),
    powerW: machines.map(({ powerW }) => toShown(powerW, 0)),
    chipTemperatureC: machines.map(({ chipTemperatureC }) => chipTemperatureC),
    ratedHashrateThs: machines.map(({ ratedHashrateThs }) => ratedHashrateThs),
    racks: machines.map(({ rackId }) => (rackId === null ? null : (places.get(rackId) ?? null))),
    rackRows: machines.map(({ rackRow }) => rackRow),
    rackColumns: machines.map(({ rackColumn }) => rackColumn),
  };
  return {
    nowMs,
    site: found.site,
    gapS: toGapLimitS(found.site.cadenceS),
    window,
    isOwnOnly: reach.kind === 'own' && reach.clientIds.length > 0,
    mayEdit: may.writeSites,
    cells,
    isCut: machines.length === MAX_LIVE_ROWS,
    racks: found.racks,
    series: toChartPoints(series, span),
    uptime: found.uptime,
    openAlerts,
  };
}

/** Figures of four bytes have digits that nobody reads. */
const toShown = (value: number | null, decimals: number) => (value === null ? null : Number(value.toFixed(decimals)));

/** Racks in which machines stand that the reader sees, in the order of their names. How large they are is the host's to know. */
async function readRacks(tx: TenantClient, { seesHost, reach }: FleetReader, siteId: string): Promise<Rack[]> {
  const clientIds = reach.kind === 'own' ? reach.clientIds : [];
  const own = clientIds.length === 0 ? Prisma.sql`true` : Prisma.sql`m.client_id = ANY(${[...clientIds]}::uuid[])`;
  const racks = await tx.$queryRaw<(Rack & { parent: string | null })[]>`
    SELECT p.id, p.name, p.rows, p.columns, up.name AS parent FROM site_places p LEFT JOIN site_places up ON up.id = p.parent_id
    WHERE p.site_id = ${siteId}::uuid AND p.kind = 'rack' AND EXISTS (SELECT 1 FROM machines m WHERE m.rack_id = p.id AND ${own})`;
  const named = racks.map(({ parent, name, id, rows, columns }) => ({
    id,
    name: parent === null ? name : `${parent}/${name}`,
    rows: seesHost ? rows : null,
    columns: seesHost ? columns : null,
  }));
  return named.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}
