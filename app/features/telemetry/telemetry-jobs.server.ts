/** What the jobs of telemetry do, with the database and the configuration of the process. */

import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { keepPartitions } from '#app/features/telemetry/store/partitions.server.ts';
import { listTelemetryTenants } from '#app/features/telemetry/store/telemetry-tenants.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';

/** Calls `begin` for every workspace that stores telemetry, one after the other. */
export async function beginRollUps(begin: (tenantId: string) => Promise<void>): Promise<void> {
  for (const tenantId of await listTelemetryTenants(getDb())) await begin(tenantId);
}

export async function rollUpWorkspace(tenantId: string, signal: AbortSignal): Promise<void> {
  const { expired } = await rollUp(getDb(), tenantId, { nowMs: Date.now(), rawDays: getEnv().TELEMETRY_RAW_DAYS, signal });
  if (expired > 0) getLog().warn('telemetry.expired', { tenantId, buckets: expired });
}

export async function keepTelemetry(): Promise<void> {
  const { made, dropped } = await keepPartitions(getDb(), getEnv());
  if (made.length + dropped.length > 0) getLog().info('telemetry.partitions', { made, dropped });
}
