// Runs telemetry.upkeep; everything it does is in the telemetry room.
import { keepTelemetry } from '#app/features/telemetry/telemetry-jobs.server.ts';
import type { TelemetryUpkeepPayload } from '#jobs/contracts/telemetry-upkeep.ts';

export async function processTelemetryUpkeep(_payload: TelemetryUpkeepPayload): Promise<void> {
  await keepTelemetry();
}
