// Runs telemetry.tick: one job for each workspace that stores telemetry.
import { beginRollUps } from '#app/features/telemetry/telemetry-jobs.server.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { telemetryRollUp } from '#jobs/contracts/telemetry-roll-up.ts';
import type { TelemetryTickPayload } from '#jobs/contracts/telemetry-tick.ts';

export async function processTelemetryTick(_payload: TelemetryTickPayload): Promise<void> {
  const queues = processSingleton('telemetry-queues', () => new Queues(createQueueConnection()));
  await beginRollUps((tenantId) => queues.enqueue(telemetryRollUp, { tenantId }));
}
