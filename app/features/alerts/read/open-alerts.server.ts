// What is open now, for the pages that are about something else: a number beside a link, a number per site, the gravest of a site or a machine.
import { type Caller, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { SEVERITIES, type Severity } from '../rules/rule-table.ts';
import type { AlertView } from './alert-view.ts';
import { selectAlerts, toView, whereAlertVisible } from './read-alerts.server.ts';

/** Open alerts that the reader sees, for the number beside a link. */
export function countOpen(deps: SitesDeps, caller: Caller): Promise<number> {
  return withScope(deps, caller, 'alerts.read', async (scoped) => {
    const [row] = await scoped.tx.$queryRaw<[{ alerts: number }]>`
      SELECT count(*)::int4 AS alerts FROM alerts a WHERE ${whereAlertVisible(scoped)} AND a.resolved_at IS NULL`;
    return row.alerts;
  });
}

export type OpenOfSite = { alerts: number; gravest: Severity };

/** By the id of the site; sites without an open alert are not in it. */
export function countOpenBySite(deps: SitesDeps, caller: Caller): Promise<Map<string, OpenOfSite>> {
  return withScope(deps, caller, 'alerts.read', async (scoped) => {
    const rows = await scoped.tx.$queryRaw<{ siteId: string; alerts: number; gravest: number }[]>`
      SELECT a.site_id AS "siteId", count(*)::int4 AS alerts, min(a.severity)::int4 AS gravest
      FROM alerts a WHERE ${whereAlertVisible(scoped)} AND a.resolved_at IS NULL GROUP BY 1`;
    return new Map(rows.map(({ siteId, alerts, gravest }) => [siteId, { alerts, gravest: SEVERITIES[gravest] ?? 'P3' }]));
  });
}

export type OpenAlertsOf = { siteId: string } | { machineId: string };
/** `total`: all that are open. */
export type OpenAlerts = { alerts: AlertView[]; total: number };

/** Alerts that are shown on the page of a site or a machine; the rest is on the page of alerts. */
const SHOWN = 5;

/** The gravest first, of these the newest. */
export function listOpenOf(deps: SitesDeps, caller: Caller, of: OpenAlertsOf): Promise<OpenAlerts> {
  return withScope(deps, caller, 'alerts.read', async (scoped) => {
    const isIt =
      'siteId' in of
        ? Prisma.sql`a.site_id = ${of.siteId}::uuid`
        : Prisma.sql`EXISTS (SELECT FROM alert_members x WHERE x.alert_id = a.id AND x.machine_id = ${of.machineId}::uuid AND x.left_at IS NULL)`;
    const where = Prisma.sql`${whereAlertVisible(scoped)} AND a.resolved_at IS NULL AND ${isIt}`;
    const rows = await selectAlerts(scoped, where, Prisma.sql`ORDER BY a.severity, a.opened_at DESC, a.id LIMIT ${SHOWN}`);
    const [row] = await scoped.tx.$queryRaw<{ total: number }[]>`SELECT count(*)::int4 AS total FROM alerts a WHERE ${where}`;
    return { alerts: rows.flatMap((one) => toView(one, scoped.seesHost)), total: row?.total ?? 0 };
  });
}
