/** Workspaces that store telemetry: who is asked, every minute, whether there is something to roll up. */
import type { Db } from '#app/platform/db.server.ts';

/** Roll-ups of a workspace that has stored nothing for so long are finished. */
const QUIET_DAYS = 4;

export async function listTelemetryTenants(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM telemetry_tenants WHERE stored_at > now() - make_interval(days => ${QUIET_DAYS}::int4) ORDER BY id`;
  return rows.map(({ id }) => id);
}
