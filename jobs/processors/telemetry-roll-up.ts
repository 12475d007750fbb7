// Runs telemetry.roll-up; everything it does is in the telemetry room.
import { rollUpWorkspace } from '#app/features/telemetry/telemetry-jobs.server.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';
import type { TelemetryRollUpPayload } from '#jobs/contracts/telemetry-roll-up.ts';

export async function processTelemetryRollUp({ tenantId }: TelemetryRollUpPayload, { signal }: JobContext): Promise<void> {
  await rollUpWorkspace(tenantId, signal);
}
