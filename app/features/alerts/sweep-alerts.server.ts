// What time alone does to alerts, once a minute for all workspaces with telemetry: machines nobody hears any more, snoozes that end, news that nobody has told.
import { listTelemetryTenants } from '#app/features/telemetry/store/telemetry-tenants.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { type EvaluateDeps, getEvaluateDeps, sweepSiteWith } from './evaluate-batch.server.ts';
import { IS_DUE } from './notify/read-news.server.ts';

export async function sweepAlerts(signal: AbortSignal): Promise<void> {
  const db = getDb();
  for (const tenantId of await listTelemetryTenants(db)) {
    if (signal.aborted) return;
    await sweepWorkspace(db, getEvaluateDeps(), tenantId);
  }
}

/** One site that cannot be swept is no reason to leave out the others. */
export async function sweepWorkspace(db: Db, deps: EvaluateDeps, tenantId: string): Promise<void> {
  const now = new Date(deps.nowMs());
  const woken = await wakeSnoozed(db, tenantId, now);
  for (const siteNumber of await listWatchableSites(db, tenantId)) {
    try {
      await sweepSiteWith(deps, tenantId, siteNumber);
    } catch (error) {
      getLog().error('alerts.sweep', { tenantId, site: siteNumber, error });
    }
  }
  if (woken || (await hasUntold(db, tenantId))) await deps.orderNotices(tenantId);
}

const listWatchableSites = (db: Db, tenantId: string): Promise<number[]> =>
  db.$withTenant(tenantId, async (tx) => {
    const sites = await tx.site.findMany({ where: { status: 'active' }, select: { number: true }, orderBy: { number: 'asc' } });
    return sites.map(({ number }) => number);
  });

/** What was snoozed and is still open is news again. */
function wakeSnoozed(db: Db, tenantId: string, now: Date): Promise<boolean> {
  return db.$withTenant(tenantId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH woken AS (UPDATE alerts SET snoozed_until = NULL WHERE snoozed_until <= ${now} AND resolved_at IS NULL RETURNING id)
      INSERT INTO alert_events (tenant_id, alert_id, at, kind, is_news) SELECT ${tenantId}::uuid, id, ${now}, 'woken', true FROM woken RETURNING alert_id AS id`;
    return rows.length > 0;
  });
}

const hasUntold = (db: Db, tenantId: string): Promise<boolean> =>
  db.$withTenant(tenantId, async (tx) => {
    const [row] = await tx.$queryRaw<{ untold: boolean }[]>`
      SELECT EXISTS (SELECT FROM alert_events e WHERE ${IS_DUE}) OR EXISTS (SELECT FROM alert_deliveries WHERE finished_at IS NULL) AS untold`;
    return row?.untold ?? false;
  });
