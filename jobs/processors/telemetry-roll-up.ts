// Runs telemetry.roll-up; everything it does is in the telemetry room.
import { rollUp } from '#app/features/telemetry/roll-up.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';
import type { TelemetryRollUpPayload } from '#jobs/contracts/telemetry-roll-up.ts';

export async function processTelemetryRollUp({ tenantId }: TelemetryRollUpPayload, { signal }: JobContext): Promise<void> {
  const { expired } = await rollUp(getDb(), tenantId, { nowMs: Date.now(), rawDays: getEnv().TELEMETRY_RAW_DAYS, signal });
  if (expired > 0) getLog().warn('telemetry.expired', { tenantId, buckets: expired });
}
