// Runs telemetry.upkeep; everything it does is in the telemetry room.
import { keepPartitions } from '#app/features/telemetry/partitions.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import type { TelemetryUpkeepPayload } from '#jobs/contracts/telemetry-upkeep.ts';

export async function processTelemetryUpkeep(_payload: TelemetryUpkeepPayload): Promise<void> {
  const { made, dropped } = await keepPartitions(getDb(), getEnv());
  if (made.length + dropped.length > 0) getLog().info('telemetry.partitions', { made, dropped });
}
